"""Repairs the words of a question towards those that the index has. The only door to `rapidfuzz` in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Words shorter than this are not repaired: too many are one slip apart."""
TWO_SLIPS = 8
"""Words from this length may have two slips."""


class Speller:
    """Finds the word that was meant among those of the index."""

    def __init__(self, counts: Mapping[str, int], common: frozenset[str]) -> None:
        """`counts` says how often the index has a word; `common` words are right as they are."""
        self.counts, self.known = counts, common | counts.keys()
        self.targets = sorted(word for word in counts if len(word) >= SHORTEST and word.isalpha())

    def repair(self, word: str) -> str:
        """The word that was meant: the word itself where it is known, or where nothing is near."""
        if word in self.known or len(word) < SHORTEST or not word.isalpha():
            return word
        slips = 2 if len(word) >= TWO_SLIPS else 1
        found = process.extract(word, self.targets, scorer=OSA.distance, score_cutoff=slips, limit=8)
        fit = [(distance, target[0] != word[0], -self.counts[target], target) for target, distance, _ in found if is_likely(word, target)]
        return min(fit)[3] if fit else word


def count_words(texts: Iterable[Sequence[str]]) -> Mapping[str, int]:
    """How often each word stands in some texts."""
    return Counter(word for words in texts for word in words)


def is_likely(word: str, target: str) -> bool:
    """Whether the target was meant: the first letter is right, the first two are swapped, or the word is long."""
    return target[0] == word[0] or target[:2] == word[1::-1] or len(word) > SHORTEST + 1


def overlaps(text: str, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """How much of the words a text shares with each of some others, whatever their order: of the shorter one's, and of all."""
    return (
        [fuzz.token_set_ratio(text, other) / 100 for other in texts],
        [fuzz.token_sort_ratio(text, other) / 100 for other in texts],
    )
