"""Weighing: signs and what they count, on answers of the five lines."""

from __future__ import annotations

import pytest
from opened import TODAY, open_company

from bot.domain.answers import Answer
from bot.domain.questions import Frame, NotUnderstood, Question, Understood
from bot.load.shipped import shipped_folder
from bot.pipeline import answer
from bot.understand import Reading, hear
from bot.understand.others import others
from bot.understand.threads import others_in_thread
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
    those = [*understood_as(first, reading, question, view().prepared), *more]
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


def test_nothing_is_weighed_that_is_known_not_to_be_answered() -> None:
    question, _, reading = heard(ASKED)
    elsewhere, far = Frame("help", confidence=0.3), NotUnderstood(reason="amount")

    assert weigh(far, question, reading).understood == far
    assert weigh(elsewhere, question, None).frame == elsewhere


@pytest.mark.parametrize("said", ["who used to own the renewal", "who does not own renewal"])
def test_words_that_turn_what_is_asked_are_not_passed_over(said: str) -> None:
    question, _, reading = heard(said)

    assert not [each for each in others(reading, question, view().prepared) if each.by == "intent" and each.meant == Frame("who")]
    assert answer(question, open_company("acme")).resolution.outcome in ("not-understood", "declined")


def test_what_a_story_is_about_is_guessed_from_all_of_its_words() -> None:
    question, _, reading = heard("the contract of a customer with 60 people ends in 90 days, who gets it signed again")
    about = [each for each in others(reading, question, view().prepared) if each.by == "subject"]

    assert next(each.meant.subjects for each in about if isinstance(each.meant, Frame)) == ("renew",)
    assert 0.0 < about[-1].share <= about[0].share <= 1.0


@pytest.mark.parametrize("said", ["who owns renewal", "who owns brand", "who used to sign such a contract again when it had ended"])
def test_no_subject_is_guessed_where_one_is_named_nothing_tells_or_the_question_is_turned(said: str) -> None:
    question, _, reading = heard(said)

    assert not [each for each in others(reading, question, view().prepared) if each.by == "subject"]


def test_in_a_thread_a_question_is_also_read_alone_and_with_what_the_thread_was_about() -> None:
    before = heard("who owns the renewal in smb")[1]
    question = Question("and who writes the quote", TODAY, before=before)
    reading = heard(question.text)[2]
    those = list(others_in_thread(reading, question, view().prepared))
    frames = [each.meant for each in those if isinstance(each.meant, Frame) and each.has_thread]

    assert {each.has_thread for each in those} == {False, True}
    assert any(frame.subjects == ("renew",) and "segment" in frame.facts for frame in frames)
    assert all(0 <= mention.start < mention.end <= len(question.text) for frame in frames for mention in frame.mentions)
