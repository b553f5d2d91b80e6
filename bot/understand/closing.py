"""A long message that nothing reads as a whole: people tell what happened and ask in their last sentence, or ask and then tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from bot.domain.questions import Frame
from bot.understand.facts import facts_of
from bot.understand.frames import WEAK, Reading
from bot.understand.prepare import Prepared
from bot.understand.text import Token

LONG, LONGER, ASKS = 6, 12, 3
"""A story has at least so many words, or so many where only a comma ends it, and the question behind it at least so many."""
SHORT = 4
"""So many words are enough where the whole was read already, and its question alone only tells how sure that is."""
ENDS = frozenset(".!?;:\n")
"""Stops that end a sentence; a comma parts clauses, and is looked at last."""
ABOUT = frozenset({"who", "does", "when", "why", "steps"})
"""Intents that are asked about a subject: one that is only the account is no more than a guess."""


def asked_alone(tokens: Sequence[Token], openers: frozenset[str], long: int = LONG) -> Iterator[Sequence[Token]]:
    """What may be the question of a story that has at least so many words: its last sentence first, then the last clause, then the clause
    with which it opens."""
    stops = [index for index, token in enumerate(tokens) if token.is_stop]
    closing = [at for at in reversed(stops) if spoken(tokens[at:]) >= ASKS]
    yield from (tokens[at + 1 :] for at in closing if ends(tokens[at]) and spoken(tokens[:at]) >= long)
    yield from (tokens[at + 1 :] for at in closing if not ends(tokens[at]) and spoken(tokens[:at]) >= LONGER)
    opened = next((at for at in stops if at >= ASKS), 0) if tokens and tokens[0].text in openers else 0
    if opened and spoken(tokens[opened:]) > ASKS:
        yield tokens[:opened]


def ends(token: Token) -> bool:
    """Whether a stop ends a sentence."""
    return bool(ENDS & set(token.typed))


def spoken(tokens: Sequence[Token]) -> int:
    """How many words there are."""
    return sum(not token.is_stop for token in tokens)


def is_asked(found: object, asked: Reading) -> TypeGuard[Frame]:
    """Whether a sentence was read as a question that needs nothing of the story: "is that legal" does."""
    if not isinstance(found, Frame) or found.intent == "declined" or any("pronoun" in span.tags for span in asked.spans):
        return False
    is_about = bool(set(found.subjects) - set(WEAK)) or bool(found.things.get("entry"))
    return is_about or (found.intent not in ABOUT and not found.subjects)


def told(found: Frame, reading: Reading, prepared: Prepared) -> Frame:
    """The question with the facts that the story gives."""
    return replace(found, facts={**facts_of(reading, found.subjects, prepared.grounds), **found.facts})
