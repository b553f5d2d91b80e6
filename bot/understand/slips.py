"""Which words may have been meant by what was typed, and how likely each slip of the keyboard is. The only door to `rapidfuzz`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.keyboard import keys_around

SLIP = 0.03
"""How many words are mistyped."""
SWAPPED, DOUBLED, DROPPED, NEAR, ADDED, OTHER = 0.24, 0.2, 0.22, 0.22, 0.05, 0.07
"""Of those, two letters the wrong way round, one typed twice, one left out, a neighbouring key for another, one too many, any other."""
AROUND = 5
"""So many keys are around one."""
AGAIN = 0.002
"""How likely a second slip is in one long word."""
TWO_SLIPS = 7
"""Words from this length may have two slips."""
FIRST = 0.3
"""The first letter is mistyped less often than the others."""


BESIDE = {letter: frozenset(keys_around(letter)) for letter in ascii_lowercase}


def one_slip(typed: str) -> Iterator[tuple[str, float]]:
    """Every text of which one slip makes what was typed, with how likely that slip is in it."""
    long = len(typed)
    for at in range(long):
        before, letter, after = typed[:at], typed[at], typed[at + 1 :]
        is_double = after[:1] == letter
        yield before + after, DOUBLED / (long - 1 or 1) if is_double else ADDED / (long * AROUND)
        if after and not is_double:
            yield before + after[0] + letter + after[1:], SWAPPED / (long - 1)
        beside = BESIDE.get(letter, frozenset())
        for other in ascii_lowercase:
            if other != letter:
                first = 1.0 if at else FIRST
                yield before + other + after, first * (NEAR / (long * AROUND) if other in beside else OTHER / (long * len(ascii_lowercase)))
    for at in range(long + 1):
        for other in ascii_lowercase:
            yield typed[:at] + other + typed[at:], DROPPED / (long + 1)


def meant_by(typed: str, is_word: Callable[[str], bool], long_words: Sequence[str]) -> list[tuple[str, float]]:
    """The words that may have been meant, with how likely each would be typed so; two slips only where one explains nothing."""
    found: dict[str, float] = {}
    for text, share in one_slip(typed):
        if text != typed and is_word(text):
            found[text] = max(found.get(text, 0.0), SLIP * share)
    if len(typed) >= TWO_SLIPS and found.keys().isdisjoint(long_words):
        near = process.extract(typed, long_words, scorer=OSA.distance, score_cutoff=2, limit=None)
        found |= {text: SLIP * AGAIN / len(typed) for text, _, _ in near if text[:1] == typed[:1] or text[:2] == typed[1::-1]}
    return list(found.items())
