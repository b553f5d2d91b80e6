"""Several questions in one message: "who owns renewal and who supports upsell?" is cut where the second begins."""

from __future__ import annotations

from bot.domain.questions import Understood, frame_of
from bot.understand.text import Token

JOINING = frozenset({"and", "also", "plus", "then"})
TOGETHER = frozenset({"who", "does", "when", "steps", "why", "sheet", "declined"})
"""Intents that answer about several subjects at once."""


def cut(tokens: list[Token], openers: frozenset[str]) -> list[tuple[list[Token], list[Token]]]:
    """Each way to cut a message in two where a question begins after a question mark or after "and"."""
    halves = []
    for index in range(1, len(tokens) - 1):
        token, at = tokens[index], index + 1
        if not ((token.is_stop and "?" in token.text) or token.text in JOINING):
            continue
        while at < len(tokens) - 1 and tokens[at].text in JOINING:
            at += 1
        if tokens[at].text in openers and any(not each.is_stop for each in tokens[:index]):
            halves.append((tokens[:index], tokens[at:]))
    return halves


def differ(first: Understood | None, second: Understood | None) -> bool:
    """Whether both are questions, and cannot be answered as one: another intent, kind of owner or step, other roles or things."""
    one, other = frame_of(first), frame_of(second)
    if one is None or other is None:
        return False
    if one.intent == other.intent and one.intent not in TOGETHER:
        return (one.roles, one.things, one.key, one.subjects) != (other.roles, other.things, other.key, other.subjects)
    return (one.intent, one.key, one.step) != (other.intent, other.key, other.step)
