"""The asker's own role, told beside the question: "I'm the CSM, is the renewal mine?"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.questions import Question, frame_of, last_of
from bot.understand.frames import Reading
from bot.understand.lexicon import Span
from bot.understand.text import Token

OPENS = frozenset({"i", "i'm", "im", "as", "we", "we're"})
TELLING = re.compile(r"(?:(?:^| )(?:i am|i'm|im|we are|we're)|(?:^|[^\w\s] ?)as)(?: (?:an?|the|your|their))?$")
"""What people say before their own role, and the words with which it begins."""
REACH = 4
"""How many words before a role are looked at for that."""


def tell_role(reading: Reading, question: Question) -> Question:
    """The question from the point of view that it tells itself."""
    told = own_role(reading)
    sense = told.sense("role") if told else None
    return replace(question, as_role=sense.ids[0]) if sense and not question.as_role else question


def without_role(reading: Reading) -> list[Token]:
    """The words without those that tell the asker's own role; none where they tell none."""
    told = own_role(reading)
    if told is None:
        return []
    tokens = reading.tokens
    start = next(at for at in range(told.position, -1, -1) if tokens[at].text in OPENS)
    return [*tokens[:start], Token(",", ",", tokens[start].start, is_stop=True), *tokens[told.position + told.length :]]


def own_role(reading: Reading) -> Span | None:
    """The role that somebody says to have."""
    roles = (span for span in reading.spans if (sense := span.sense("role")) and len(sense.ids) == 1)
    return next((span for span in roles if tells_own(span, reading.tokens)), None)


def tells_own(span: Span, tokens: list[Token]) -> bool:
    """Whether "I am the" stands before a role."""
    before = " ".join(token.text for token in tokens[max(0, span.position - REACH) : span.position])
    return bool(TELLING.search(before))


def remember_role(question: Question) -> Question:
    """The question from the point of view that was told earlier in the thread."""
    before = frame_of(last_of(question.before))
    if question.as_role or before is None or not before.as_role:
        return question
    return replace(question, as_role=before.as_role)
