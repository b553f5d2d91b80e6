"""Names that the company does not have: better said than passed over."""

from __future__ import annotations

from bot.understand.frames import Reading
from bot.understand.lexicon import Span

OR = frozenset({"or", "vs", "versus", "nor"})


def names_stranger(reading: Reading) -> bool:
    """Whether "the wizard or the CSM" sets a word that nobody knows against a role."""
    for index, token in enumerate(reading.tokens):
        if token.text not in OR:
            continue
        before = [span for span in reading.spans if span.position < index and counts(span)]
        after = [span for span in reading.spans if span.position > index and counts(span)]
        left, right = before[-1:], after[:1]
        if right and right[0].senses and len(after) > 1 and after[1].position == right[0].position + right[0].length:
            right = [after[0], after[1]] if not after[1].senses and "role" not in after[0].tags else right
        if (any(map(is_unknown, left)) and any("role" in span.tags for span in right)) or (
            any("role" in span.tags for span in left) and any(map(is_unknown, right))
        ):
            return True
    return False


def counts(span: Span) -> bool:
    """Whether a span is more than filler."""
    return bool(span.senses) or span.weight > 0


def is_unknown(span: Span) -> bool:
    """Whether nothing is known of the words."""
    return not span.senses and span.weight > 0
