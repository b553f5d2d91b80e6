"""A long message that nothing reads as a whole: people tell what happened, and ask in their last sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.questions import Frame
from bot.understand.facts import facts_of
from bot.understand.frames import WEAK, Reading
from bot.understand.prepare import Prepared
from bot.understand.text import Token

LONG, LONGER, ASKS = 6, 12, 3
"""A story has at least so many words, or so many where only a comma ends it, and the question behind it at least so many."""
ENDS = frozenset(".!?;:\n")
"""Stops that end a sentence; a comma parts clauses, and is looked at last."""
ABOUT = frozenset({"who", "does", "when", "why", "steps"})
"""Intents that are asked about a subject: one that is only the account is no more than a guess."""


def closings(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the question may begin that follows a story: the last sentence first, then the last clause."""
    stops = [index for index, token in reversed([*enumerate(tokens)]) if token.is_stop and spoken(tokens[index:]) >= ASKS]
    yield from (at + 1 for at in stops if ends(tokens[at]) and spoken(tokens[:at]) >= LONG)
    yield from (at + 1 for at in stops if not ends(tokens[at]) and spoken(tokens[:at]) >= LONGER)


def ends(token: Token) -> bool:
    """Whether a stop ends a sentence."""
    return bool(ENDS & set(token.typed))


def spoken(tokens: Sequence[Token]) -> int:
    """How many words there are."""
    return sum(not token.is_stop for token in tokens)


def is_asked(found: object) -> bool:
    """Whether a last sentence was read as a question that needs nothing of the story."""
    if not isinstance(found, Frame) or found.intent == "declined":
        return False
    is_about = bool(set(found.subjects) - set(WEAK)) or bool(found.things.get("entry"))
    return is_about or (found.intent not in ABOUT and not found.subjects)


def told(found: Frame, reading: Reading, prepared: Prepared) -> Frame:
    """The question with the facts that the story gives."""
    return replace(found, facts={**facts_of(reading, found.subjects, prepared.grounds), **found.facts})
