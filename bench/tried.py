"""Labelled questions and golden cases, answered by all of their readings, each answer judged: what bench/fit_weighing.py learns from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cases import CaseShape, FileShape, first_difference
from opened import make_question, open_company

from bot.cli.eval import open_questions
from bot.domain.answers import Answer
from bot.domain.labels import Conversation
from bot.domain.questions import Question
from bot.evaluate.judge import Judgement, judge
from bot.load.layout import Part
from bot.load.shaping import shape_part
from bot.load.source import read_file
from bot.pipeline import Engine
from bot.understand import hear
from bot.weigh.signs import Signs, signs
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


def questions_tried(folder: Path, counts: float) -> Iterator[Tried]:
    """The labelled questions of a folder; of conversations the first."""
    conversations, engines = open_questions([folder], None)
    for each in conversations:
        engine = engines[each.company]
        question = Question(each.turns[0].text, TODAY, each.as_role or None, each.segment or None)
        label = each.turns[0].label
        otherwise: Judgement = "right" if label.is_outside or "not-understood" in label.expect else "refused"
        yield from tried(question, engine, worth_of(each, engine), otherwise, counts)


def worth_of(conversation: Conversation, engine: Engine) -> Callable[[Answer], Judgement]:
    """What an answer to the first question of a conversation is worth."""
    return lambda done: judge(conversation, 0, done, engine).judgement


def cases_tried(counts: float) -> Iterator[Tried]:
    """The golden cases that stand alone."""
    for file in sorted((ROOT / "tests" / "conversations").glob("*.yaml")):
        document, problems = read_file(file, file.name)
        shape = shape_part(FileShape, Part(document, (), document.value), problems)
        engine = open_company(shape.company)
        for case in shape.cases:
            otherwise: Judgement = "right" if case.outcome and DECLINES & set(case.outcome) else "refused"
            for said in case.say:
                yield from tried(make_question(said, shape, case, None), engine, worth_of_case(case, engine), otherwise, counts)


def worth_of_case(case: CaseShape, engine: Engine) -> Callable[[Answer], Judgement]:
    """What an answer to a case is worth."""
    return lambda done: "confident-wrong" if first_difference(case, done, engine) else "right"


def tried(question: Question, engine: Engine, worth: Callable[[Answer], Judgement], otherwise: Judgement, counts: float) -> Iterator[Tried]:
    """A question with all of its answers; nothing where it is known why it has none."""
    view = engine.view(question.audiences)
    understood, reading = hear(question, view.prepared)
    if reading is None or is_settled(understood):
        return
    first = view.tell(understood, question)
    others = told(first, reading, question, view.prepared, lambda meant: view.tell(meant, question))
    those = [*understood_as(first, reading, view.prepared), *others]
    yield Tried(tuple((each, worth(one.done)) for each, one in zip(signs(those), those, strict=True)), otherwise, counts)
