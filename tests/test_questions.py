"""The labelled questions of `bench/questions/`: in shape, of their own, and enough of every kind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from opened import open_company
from sentences import ROOT, as_words, known_sentences, sentences_of

from bot.domain.labels import Conversation
from bot.evaluate import check_names
from bot.load import example_names, load_shipped
from bot.load.questions import read_questions
from bot.load.shapes.questions import Style
from bot.load.source import read_file
from bot.problems import format_problem

QUESTIONS = ROOT / "bench" / "questions"
PRACTICE = [ROOT / "bench" / name for name in ("practice", "weighing", "unlearnt")]
"""What is mended for, and what is learnt from."""
FILES = sorted([*QUESTIONS.rglob("*.yaml"), *(file for folder in PRACTICE for file in folder.glob("*.yaml"))])
WANTED = (*example_names(), "none")
IN_SCOPE, OUT_OF_SCOPE, CONVERSATIONS = 900, 300, 80
NEAR = 0.4, 0.6
"""Which share of what is out of scope sounds like ours."""
KEPT = 0.6, 0.73
"""Which share is kept unread."""

whole = pytest.mark.skipif(not (QUESTIONS / "keep").is_dir(), reason="bench/questions/keep is not there yet: nothing to count")


@cache
def conversations(name: str = "") -> tuple[Conversation, ...]:
    """The questions of a set, or of both."""
    return tuple(read_questions([QUESTIONS / name]).conversations) if FILES else ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT / "bench").as_posix())
def test_a_file_has_the_right_shape_and_names_what_exists(file: Path) -> None:
    read = read_questions([file])
    problems = [*read.problems]
    for company in {each.company for each in read.conversations}:
        problems += check_names(read.conversations, open_company(company))

    assert not problems, "\n\n".join(format_problem(found, read.sources) for found in problems)
    assert not [place for path, place in read_file(file, file.name)[0].keys.items() if path[-1] == "why"], "a set says no why"


def test_no_sentence_stands_in_the_tests_or_in_the_language_too() -> None:
    known = known_sentences() if FILES else {}
    asked = [*conversations(), *read_questions(PRACTICE).conversations]
    shared = [f"{each.place}: also in {known[said]}" for each in asked for said in sentences_of(each) if said in known]

    assert not shared, "\n".join(shared)


def test_nothing_that_is_kept_unread_is_practised_on() -> None:
    kept = {said for each in conversations("keep") for said in sentences_of(each)} if FILES else set()

    assert not kept.intersection(said for each in read_questions(PRACTICE).conversations for said in sentences_of(each))


def test_no_question_is_asked_twice() -> None:
    counts = Counter(as_words(each.turns[0].text) for each in conversations() if each.is_alone)

    assert not [said for said, count in counts.items() if count > 1]


@whole
def test_every_intent_company_person_and_style_is_asked_for() -> None:
    inside = [each for each in conversations() if each.is_alone and not each.turns[0].label.is_outside]
    intents = Counter(each.turns[0].label.intent for each in inside)

    assert len(inside) >= IN_SCOPE
    assert set(intents) == {intent.id for intent in load_shipped().language.intents} - {"declined"}
    assert {each.company for each in inside} == set(WANTED)
    assert {each.asker for each in inside} == {"seller", "csm", "manager", "revops"}
    assert {style for each in inside for style in each.style} == set(Style.__args__)  # type: ignore[attr-defined]


@whole
def test_enough_is_to_be_refused_and_half_of_it_sounds_like_ours() -> None:
    groups = Counter(each.group for each in conversations() if each.is_alone and each.turns[0].label.is_outside)

    assert groups.total() >= OUT_OF_SCOPE
    assert set(groups) == {"near", "far"}
    assert NEAR[0] <= groups["near"] / groups.total() <= NEAR[1]


@whole
def test_people_go_on_in_enough_conversations() -> None:
    assert sum(not each.is_alone and len(each.turns) > 1 for each in conversations()) >= CONVERSATIONS


@whole
def test_two_thirds_are_kept_unread() -> None:
    assert KEPT[0] <= len(conversations("keep")) / len(conversations()) <= KEPT[1]
