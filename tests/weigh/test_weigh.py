"""Weighing: signs and what they count, on answers of the five lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from opened import TODAY, open_company

from bot.domain.answers import Answer
from bot.domain.questions import Frame, NotUnderstood, Question, Understood
from bot.load.shipped import shipped_folder
from bot.pipeline import answer
from bot.understand import Reading, hear
from bot.understand.others import others
from bot.view import View
from bot.weigh import likeliest
from bot.weigh.signs import signs
from bot.weigh.trees import read_trees
from bot.weigh.weigh import told, understood_as

WEIGHING = shipped_folder("knowledge") / "language" / "weighing.json"
ASKED = "who owns the renewal of an smb customer"


def view() -> View:
    return open_company("gitlab-fy24").view()


def heard(text: str) -> tuple[Question, Understood, Reading]:
    question = Question(text, TODAY)
    understood, reading = hear(question, view().prepared)
    assert reading is not None
    return question, understood, reading


def weigh(understood: Understood, question: Question, reading: Reading | None) -> Answer:
    return likeliest(understood, reading, question, view().prepared, lambda meant: view().tell(meant, question))


def test_what_speaks_for_an_answer_makes_it_likelier() -> None:
    trees = read_trees(WEIGHING)
    plain = {"by:found": 1.0, "always": 1.0, "confidence": 0.6, "leans": 0.5, "words": 0.5, "names": 0.5, "outcome:answered": 1.0}

    for better in ({"confidence": 1.0}, {"leans": 0.95, "odds": 3.0}, {"words": 1.0, "names": 1.0, "words best": 1.0}):
        assert trees.sum({**plain, **better}) > trees.sum(plain), better
    assert trees.sum({**plain, "words less": 0.5}) < trees.sum(plain), "it says less of what was asked than another one"


def test_every_sign_of_an_answer_counts_something() -> None:
    question, understood, reading = heard(ASKED)
    first = view().tell(understood, question)
    more = told(first, reading, question, view().prepared, lambda meant: view().tell(meant, question))
    those = [*understood_as(first, reading, view().prepared), *more]
    names = {name for found in signs(those) for name in found}

    assert len(those) > 1
    assert names <= {*read_trees(WEIGHING).names, *(f"intent:{each.id}" for each in view().prepared.language.intents)}


def test_an_answer_says_how_likely_it_is() -> None:
    done = answer(Question("who owns renewal for smb", TODAY), open_company("gitlab-fy24"))

    assert 0.5 < done.chance <= 1.0


def test_another_reading_is_taken_where_its_answer_is_likelier() -> None:
    question, understood, reading = heard(ASKED)
    elsewhere = Frame("help", confidence=0.3)

    found = weigh(elsewhere, question, reading).frame

    assert found is not None
    assert (found.intent, found.subjects) == ("who", ("renew",))
    assert isinstance(understood, Frame)
    assert weigh(understood, question, reading).frame == understood


def test_nothing_is_weighed_that_goes_on_or_is_known_not_to_be_answered() -> None:
    question, _, reading = heard(ASKED)
    elsewhere, far = Frame("help", confidence=0.3), NotUnderstood(reason="amount")

    assert weigh(elsewhere, replace(question, before=elsewhere), reading).frame == elsewhere
    assert weigh(far, question, reading).understood == far
    assert weigh(elsewhere, question, None).frame == elsewhere


@pytest.mark.parametrize("said", ["who used to own the renewal", "who does not own renewal"])
def test_words_that_turn_what_is_asked_are_not_passed_over(said: str) -> None:
    question, _, reading = heard(said)

    assert not [each for each in others(reading, question, view().prepared) if each.by == "intent" and each.meant == Frame("who")]
    assert answer(question, open_company("acme")).resolution.outcome in ("not-understood", "declined")
