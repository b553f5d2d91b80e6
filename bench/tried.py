"""Labelled questions and golden cases, answered by all of their readings, each answer judged: what bench/fit_weighing.py learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cases import CaseShape, FileShape, first_difference
from opened import make_question, open_company

from bot.cli.eval import open_questions
from bot.domain.answers import Answer
from bot.domain.labels import Conversation
from bot.domain.questions import Question, Understood
from bot.evaluate.judge import Judgement, judge
from bot.load.layout import Part
from bot.load.shaping import shape_part
from bot.load.source import read_file
from bot.pipeline import Engine
from bot.understand import hear
from bot.weigh.signs import Signs, Told, signs
from bot.weigh.weigh import is_settled, told, understood_as

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
DECLINES = frozenset({"declined", "not-understood"})
"""Outcomes that tell nothing; a case that expects them wants no answer."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A question with the signs of each of its answers and what that is worth, the one first by which it was understood, if that tells
    something."""

    answers: tuple[tuple[Signs, Judgement], ...]
    otherwise: Judgement
    """What it is worth to give none of them."""
    counts: float
    """How much it counts."""
    goes_on: bool = False
    """Whether it goes on from another one."""


def questions_tried(folder: Path, counts: float, *, talks: bool = False) -> Iterator[Tried]:
    """The labelled questions of a folder, or only its conversations; each question of these after a right answer to the one before, where
    there is one."""
    conversations, engines = open_questions([folder], None)
    for asked in (each for each in conversations if not (talks and each.is_alone)):
        engine, before = engines[asked.company], None
        for number, turn in enumerate(asked.turns):
            those = readings(replace(question_of(asked, number), before=before), engine)
            before = None
            if those is None:
                break
            otherwise: Judgement = "right" if turn.label.is_outside or "not-understood" in turn.label.expect else "refused"
            worth = [judge(asked, number, each.done, engine).judgement for each in those]
            yield Tried(tuple(zip(signs(those), worth, strict=True)), otherwise, counts, goes_on=number > 0)
            if not those:
                break
            before = next((each.done for each, judged in zip(those, worth, strict=True) if judged == "right"), those[0].done).understood


def answers_of(asked: Conversation, engine: Engine) -> list[Answer]:
    """The answers to all readings of the first question of a conversation."""
    return [each.done for each in readings(question_of(asked), engine) or ()]


def question_of(asked: Conversation, number: int = 0) -> Question:
    """One of the questions of a conversation, as it is asked."""
    return Question(asked.turns[number].text, TODAY, asked.as_role or None, asked.segment or None)


def cases_tried(counts: float) -> Iterator[Tried]:
    """The golden cases; those that go on each after a right answer to the one before, where there is one."""
    for file in sorted((ROOT / "tests" / "conversations").glob("*.yaml")):
        document, problems = read_file(file, file.name)
        shape = shape_part(FileShape, Part(document, (), document.value), problems)
        for case in shape.cases:
            yield from case_tried(case, shape, open_company(shape.company), counts)


def case_tried(case: CaseShape, shape: FileShape, engine: Engine, counts: float) -> Iterator[Tried]:
    """One golden case, in all of its wordings."""
    before: Understood | None = None
    for number, turn in enumerate(case.turns or (case,)):
        otherwise: Judgement = "right" if turn.outcome and DECLINES & set(turn.outcome) else "refused"
        right: list[Understood] = []
        for said in turn.say:
            those = readings(make_question(said, shape, case, before), engine) or []
            worth: list[Judgement] = ["confident-wrong" if first_difference(turn, each.done, engine) else "right" for each in those]
            yield Tried(tuple(zip(signs(those), worth, strict=True)), otherwise, counts, goes_on=number > 0)
            right += [each.done.understood for each, judged in zip(those, worth, strict=True) if judged == "right"]
        if not right:
            return
        before = right[0]


def readings(question: Question, engine: Engine) -> list[Told] | None:
    """What all readings of a question are told; None where it is known why it has none."""
    view = engine.view(question.audiences)
    understood, reading = hear(question, view.prepared)
    if reading is None or is_settled(understood):
        return None
    first = view.tell(understood, question)
    others = told(first, reading, question, view.prepared, lambda meant: view.tell(meant, question))
    return [*understood_as(first, reading, question, view.prepared), *others]
