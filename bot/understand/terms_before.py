"""A question what is normal of the term that was explained before: "what does NRR mean", and then "what's a normal one"."""

from __future__ import annotations

from bot.domain.questions import Frame, NotUnderstood, Question, Understood, last_of
from bot.understand.frames import WEAK, Reading
from bot.understand.prepare import Prepared, read
from bot.understand.text import tokenize

TERM, EXPLAINED = "term", frozenset({"define", "compare", "benchmark"})
"""What was explained, and the intents that explain it."""
NAMES = frozenset({"term", "archetype", "role", "stakeholder", "step", "process", "practice"})
"""Tags of what else may be asked about."""
NORMAL = frozenset({"good", "widespread", "metrics"})
"""Cues by which a figure is asked for."""


def with_term(found: Understood, reading: Reading, question: Question, prepared: Prepared) -> Reading | None:
    """The question with the term before it; None where it needs none, or is about something else."""
    before = last_of(question.before)
    if prepared.company.name or not isinstance(before, Frame) or before.intent not in EXPLAINED or not is_same(found, before):
        return None
    tags = {tag for span in reading.spans for tag in span.tags}
    named = {id for span in reading.spans if (sense := span.sense("subject")) for id in sense.ids} - set(WEAK)
    asks_figure = tags & NORMAL or any(token.is_number for token in reading.tokens)
    term = prepared.company.guidance.terms.get(next(iter(before.things.get(TERM, ())), ""))
    if term is None or named or tags & NAMES or not asks_figure:
        return None
    return read([*tokenize(term.name), *reading.tokens], prepared, "")


def is_same(found: Understood, before: Frame) -> bool:
    """Whether nothing is understood beside what was told before."""
    if isinstance(found, NotUnderstood):
        return True
    return isinstance(found, Frame) and (found.intent, found.things) == (before.intent, before.things) and before.intent == "define"
