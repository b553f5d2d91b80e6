"""A question that was not understood: the smallest changes that would have it answered, each of them tried."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from opened import TODAY, open_company

from bot.cli import main
from bot.domain.questions import Question
from bot.suggest import Suggestion, suggest
from bot.suggest.changes import OtherName, OtherPhrasing, OtherValue, OtherWord, file_of
from bot.suggest.search import tried


def suggested(text: str, company: str = "start-up") -> list[Suggestion]:
    return suggest(Question(text, TODAY), open_company(company))


def test_a_verb_that_nobody_knows_is_another_word_for_a_cue() -> None:
    first, second = suggested("who frobnicates the renewal")

    assert isinstance(first.change, OtherWord)
    assert first.change.says == (
        'if "frobnicates" says the same as "own": add `frobnicates` to the cue `own` in knowledge/language/cues/ownership.yaml'
    )
    assert first.done.message.headline == "The Account Executive owns renewal."
    assert isinstance(second.change, OtherPhrasing)
    assert second.change.text == "who frobnicates the {about}"
    assert second.change.where == "knowledge/language/intents/who.yaml"


def test_a_name_that_nobody_knows_is_another_name_for_what_it_is_spelt_like() -> None:
    first = suggested("who handles the recommit")[0]

    assert isinstance(first.change, OtherName)
    assert first.change.says == (
        'if "recommit" is forecast: add `recommit` to `aka` of the activity `forecast` in knowledge/guidance/activities.yaml'
    )


def test_beside_or_a_name_is_a_role() -> None:
    first = suggested("the csm or the zookeeper for renewal")[0]

    assert isinstance(first.change, OtherName)
    assert first.change.thing.id == "ae"
    assert first.change.where == "company.yaml:12"


def test_a_word_is_taken_for_what_begins_it() -> None:
    first = suggested("tell me of the renewal's whereabouts", "every-feature")[0]

    assert isinstance(first.change, OtherWord)
    assert first.change.cue == "where"


def test_with_several_unknown_words_the_whole_question_is_a_phrasing() -> None:
    (only,) = suggested("zorkmid renewal blorb")

    assert isinstance(only.change, OtherPhrasing)
    assert only.change.text == "zorkmid {about} blorb"
    assert only.done.resolution.outcome == "answered"


@pytest.mark.parametrize("text", ["", "bananas", "is it raining", "who owns renewal?", "who owns a 50.000 renewal", "x" * 2000])
def test_nothing_is_suggested_where_nothing_is_known_or_nothing_is_missing(text: str) -> None:
    assert suggested(text) == []


def test_a_change_is_made_in_memory_alone() -> None:
    engine = open_company("every-feature")
    prepared = engine.view()[0]
    company, language = prepared.company, prepared.language
    segment, role = company.segments["smb"], company.parties["ae"]
    asked = Question("who owns upsell for tiddlers", TODAY)

    done = tried(OtherValue("tiddlers", segment, "segments.yaml"), asked, engine)
    assert done.frame is not None
    assert done.frame.facts["segment"].values == frozenset({"smb"})
    assert OtherName("hunter-gatherer", role, "role", "here").made(company, language)[0].parties["ae"].aka[-1] == "hunter-gatherer"
    assert (company.segments["smb"], company.parties["ae"]) == (segment, role)
    assert prepared.language is language


def test_every_file_that_is_named_is_one_in_which_the_thing_stands() -> None:
    company = open_company("every-feature").company

    assert file_of(company.subjects["renew"], company).startswith(("knowledge/guidance/motions.yaml", "the model"))
    assert file_of(company.parties["account-owner"], company) == "knowledge/guidance/positions.yaml"
    assert file_of(company.parties["ae"], company) == company.parties["ae"].place.short


def test_why_tells_what_would_have_it_answered() -> None:
    said = CliRunner().invoke(main, ["why", "who frobnicates the discuont", "--company", "start-up"]).stdout
    known = json.loads(CliRunner().invoke(main, ["why", "who frobnicates the discuont", "--company", "start-up", "--json"]).stdout)

    assert '  "frobnicates": nobody knows it\n' in said
    assert "mended: discuont -> discount\n" in said
    assert 'to have it answered:\n  - if "frobnicates" says the same as "own": add' in said
    assert [each["where"] for each in known["suggestions"]] == [
        "knowledge/language/cues/ownership.yaml",
        "knowledge/language/intents/who.yaml",
    ]
