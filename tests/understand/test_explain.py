"""How a question was read: which words counted, what was mended, and which reading comes next."""

from __future__ import annotations

import json

from click.testing import CliRunner
from opened import TODAY, open_company

from bot.cli import main
from bot.domain.questions import Question
from bot.understand import understand
from bot.understand.explain import Explained, explain


def explained(text: str, company: str = "start-up") -> Explained:
    prepared = open_company(company).view()[0]
    question = Question(text, TODAY)
    return explain(question, understand(question, prepared), prepared)


def uses(told: Explained) -> dict[str, str]:
    return {word.typed: word.use for word in told.words}


def test_words_count_where_the_reading_needs_or_allows_them() -> None:
    assert uses(explained("pls tell who owns the renewal here")) == {
        "pls": "fits",
        "tell": "around",
        "who": "needed",
        "owns": "needed",
        "the": "around",
        "renewal": "needed",
        "here": "fits",
    }


def test_a_word_that_nobody_knows_does_not_count() -> None:
    told = explained("who frobnicates the renewal")

    assert uses(told)["frobnicates"] == "unknown"
    assert told.chosen is None
    assert told.readings[0].intent == "who"
    assert told.distance is None


def test_repairs_are_told_as_they_were_typed_and_meant() -> None:
    assert explained("who onws the renwal").repairs == (("renwal", "renewal"),)


def test_the_runner_up_is_another_intent_and_explains_less() -> None:
    told = explained("who owns renewal")

    assert told.chosen is not None
    assert told.runner_up is not None
    assert told.runner_up.intent != told.chosen.intent == "who"
    assert told.distance == round(told.chosen.share - told.runner_up.share, 3)
    assert told.distance > 0


def test_words_of_a_phrasing_count_as_the_phrasing_has_them() -> None:
    told = explained("what share of teams has renewal in its charter")

    assert told.chosen is not None
    assert told.chosen.by == "phrasing"
    assert uses(told)["charter"] == "needed"


def test_why_tells_tools_the_same() -> None:
    said = json.loads(CliRunner().invoke(main, ["why", "who owns the renwal", "--company", "start-up", "--json"]).stdout)

    assert said["repairs"] == [{"typed": "renwal", "meant": "renewal"}]
    assert [word["use"] for word in said["words"]] == ["needed", "needed", "around", "needed"]
    assert said["readings"][0]["intent"] == "who"
    assert said["distance"] > 0
    assert said["suggestions"] == []


def test_several_questions_of_one_message_are_told() -> None:
    said = CliRunner().invoke(main, ["why", "who owns renewal and who supports upsell?", "--company", "start-up"]).stdout

    assert "  several questions: who, who\n" in said


def test_what_is_guessed_from_all_words_is_said_and_what_is_named_is_not() -> None:
    story = "the contract of one of our largest customers runs out in spring, whose is it"
    said = json.loads(CliRunner().invoke(main, ["why", story, "--company", "established-vendor", "--json"]).stdout)
    told = CliRunner().invoke(main, ["why", story, "--company", "established-vendor"]).stdout

    assert [each["subject"] for each in said["guessed"]] == ["renew"]
    assert 0.0 < said["guessed"][0]["share"] < 1.0
    assert "  about renew: guessed from all of its words (" in told
    assert explained("who owns renewal").guessed == ()
