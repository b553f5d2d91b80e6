"""What would match an intent: its forms taken apart, with examples that are understood so."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from opened import TODAY, open_company

from bot.cli import main
from bot.domain.questions import Question, frame_of
from bot.load import load_shipped
from bot.load.language import TAGS
from bot.understand import understand
from bot.understand.sample import KINDS, sample

INTENTS = {intent.id: intent for intent in load_shipped().language.intents}


def test_every_kind_of_name_has_its_words() -> None:
    assert set(KINDS) == TAGS


@pytest.mark.parametrize("intent", ["who", "permission", "compare", "faq", "declined"])
def test_the_examples_are_understood_as_the_intent(intent: str) -> None:
    prepared = open_company("every-feature").view()[0]
    found = sample(INTENTS[intent], prepared, TODAY)
    examples = [form.example for form in found.forms if form.example]

    assert len(examples) >= 0.7 * len(found.forms)
    for text in examples:
        frame = frame_of(understand(Question(text, TODAY), prepared))
        assert frame is not None
        assert frame.intent == intent


def test_a_form_says_what_it_needs_allows_and_bars() -> None:
    found = sample(INTENTS["who"], open_company("start-up").view()[0], TODAY)
    support = next(form for form in found.forms if form.form.text.startswith("support about"))

    assert support.needs == ("support", "about")
    assert set(support.bars) == {"past", "mine", "role"}
    assert "here" in support.optional
    assert "renewal" in found.names["about"]
    assert found.words["support"][:2] == ("support", "supports")


def test_names_that_not_everybody_may_see_are_not_used() -> None:
    engine = open_company("every-feature")
    found = sample(INTENTS["compensation"], engine.view()[0], TODAY)

    assert engine.company.restricted_to()
    assert found == sample(INTENTS["compensation"], engine.view(frozenset({"public"}))[0], TODAY)


def test_the_command_tells_people_and_tools() -> None:
    said = CliRunner().invoke(main, ["phrases", "who", "--company", "start-up"])
    known = json.loads(CliRunner().invoke(main, ["phrases", "who", "--company", "start-up", "--json"]).stdout)

    assert said.stdout.startswith("who: who holds a part in a subject\n")
    assert '    "who" + "executes" + {about}\n' in said.stdout
    assert "    who signs off on" not in said.stdout
    assert {form["form"] for form in known["forms"]} == {form.text for form in INTENTS["who"].forms}
    assert len(known["phrasings"]) == len(INTENTS["who"].phrasings)


@pytest.mark.parametrize(("asked", "told"), [(["whom"], 'There is no intent "whom". did you mean "who"?\n'), ([], "Which intent?\n")])
def test_an_intent_that_does_not_exist_is_told_with_those_that_do(asked: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["phrases", *asked, "--company", "five-lines"])

    assert done.exit_code == 2
    assert done.stderr.startswith(told + "There are:\n")
    assert all(f"  {intent}" in done.stderr for intent in INTENTS)
