"""Several questions in one message: "who owns renewal and who supports upsell?" is cut where the second begins."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Understood
from bot.understand.text import Token

JOINING = frozenset({"and", "also", "plus", "then"})


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


def frame_of(found: Understood | None) -> Frame | None:
    """The frame of what was understood, also where it has to be asked back."""
    found = found.frame if isinstance(found, Ambiguous) else found
    return found if isinstance(found, Frame) else None


def differ(first: Understood | None, second: Understood | None) -> bool:
    """Whether both are questions, and cannot be answered as one: another intent, kind of owner or step, another role."""
    one, other = frame_of(first), frame_of(second)
    if one is None or other is None:
        return False
    if one.intent == other.intent == "role":
        return one.roles != other.roles
    return (one.intent, one.key, one.step) != (other.intent, other.key, other.step)


def with_more(found: Frame | Ambiguous) -> Frame | Ambiguous:
    """What was understood, with the note that more was asked."""
    if isinstance(found, Frame):
        return replace(found, more=True)
    options = tuple(replace(option, frame=replace(option.frame, more=True)) for option in found.options)
    return replace(found, options=options, frame=replace(found.frame, more=True))
