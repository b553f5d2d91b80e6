"""What a thread supposes: "unless it's a tender?" and "once it is red" put another case, where what was said still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.questions import Fact, Frame, Understood
from bot.understand.frames import Reading
from bot.understand.text import Token

OPENING = frozenset({"and", "but", "ok", "okay", "so", "hm", "hmm", "oh", "also", "well"})
"""Words before the one that supposes."""
SUPPOSING = frozenset({"unless", "once", "supposing", "provided", "assuming"})
WHEN = frozenset({"when", "whenever"})
CLAUSES = frozenset({"the", "it", "its", "it's", "they", "theyre", "they're", "a", "an", "there", "theres", "this", "that", "he", "she"})
"""Words behind "when" with which a case begins, and no question for a time."""
IF, FOLLOWS = "if", "follow"
HANDOFF, OWNED = "handoff", frozenset({"who", "does", "why"})
POINTING = frozenset({"it", "that", "this"})
"""What is handed over is what was asked about before, where it is only pointed to."""
WHAT = "what"
"""The word before "if" in "what if"."""
ASKS = frozenset({"who", "when", "why", "steps", "where", "how-long", "how-often", "introduces", "push-back", "approve", "hands-over"})
"""Tags of words that ask something of a case, beyond putting it."""


def supposed(tokens: list[Token]) -> list[Token] | None:
    """The words with "if" for another word that supposes a case, where they begin with one; None where they do not."""
    at = next((index for index, token in enumerate(tokens) if token.text not in OPENING and not token.is_stop), len(tokens))
    if at >= len(tokens):
        return None
    word, behind = tokens[at].text, tokens[at + 1].text if at + 1 < len(tokens) else ""
    if word not in SUPPOSING and not (at and word in WHEN and behind in CLAUSES):
        return None
    return [*tokens[:at], replace(tokens[at], text=IF), *tokens[at + 1 :]]


def is_bare(found: Frame, reading: Reading) -> bool:
    """Whether a question names nothing that is handed over, and points to what was asked before."""
    return not found.subjects and not found.roles and not found.facts and any(token.text in POINTING for token in reading.tokens)


def puts_case(reading: Reading) -> bool:
    """Whether the words put another case, by a fact, and ask nothing themselves: "what if there's no CSM on it", "if it turned red"."""
    words = [token.text for token in reading.tokens if token.text not in OPENING and token.text != WHAT]
    tags = {tag for span in reading.spans for tag in span.tags}
    return words[:1] == [IF] and not tags & ASKS and any("fact" in span.tags and "subject" not in span.tags for span in reading.spans)


def is_case_of(before: Understood | None, found: Understood, tokens: list[Token]) -> bool:
    """Whether a question was understood as another case of the one before it, and its words say so."""
    if not isinstance(before, Frame) or not isinstance(found, Frame) or (before.intent, before.subjects) != (found.intent, found.subjects):
        return False
    words = [token.text for token in tokens if token.text not in OPENING and token.text != WHAT]
    return found.facts != before.facts and (words[:1] == [IF] or supposed(tokens) is not None)


def still_given(before: Understood | None, found: Understood | None, reading: Reading) -> Understood | None:
    """A whole question that goes on about what was asked before, with what was said of the case: "hm, and who owns it without a CSM"."""
    if not isinstance(before, Frame) or not isinstance(found, Frame):
        return found
    if found.intent == HANDOFF and before.subjects and before.intent in OWNED and is_bare(found, reading):
        return replace(found, subjects=before.subjects, facts={**before.facts, **found.facts})
    if not found.subjects:
        return found
    is_same = (before.intent, before.subjects, before.step, before.whose) == (found.intent, found.subjects, found.step, found.whose)
    if not is_same or not any(FOLLOWS in span.tags for span in reading.spans):
        return found
    facts: Mapping[str, Fact] = {**before.facts, **found.facts}
    return replace(found, facts=facts)
