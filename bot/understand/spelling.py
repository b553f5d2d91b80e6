"""Repairs words towards the vocabulary. The only door to `rapidfuzz`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Words shorter than this are not repaired: too many are one slip apart."""
TWO_SLIPS = 8
"""Words from this length may have two slips."""
REMEMBERED = 10_000


class Speller:
    """Finds the word that was meant."""

    def __init__(self, targets: Mapping[str, int], known: Iterable[str]) -> None:
        """`targets` are the words to repair towards with their rank: of equally near ones the lowest is meant."""
        self.known = frozenset(known)
        self.ranks = targets
        self.targets = sorted(word for word in targets if len(word) >= SHORTEST and word.isalpha())
        self.vocabulary = self.known | set(self.targets)
        self.remembered: dict[str, str | None] = {}

    def repair(self, word: str) -> str | None:
        """The vocabulary's word nearest to a word that is not in it, or None."""
        if word in self.vocabulary or len(word) < SHORTEST or len(word) > 30 or not word.isalpha():
            return None
        if word not in self.remembered:
            if len(self.remembered) > REMEMBERED:
                self.remembered.clear()
            self.remembered[word] = self.search(word)
        return self.remembered[word]

    def search(self, word: str) -> str | None:
        """The nearest target; of equally near ones that with the same first letter, the lowest rank and the likeliest slip."""
        slips = 2 if len(word) >= TWO_SLIPS else 1
        found = process.extract(word, self.targets, scorer=OSA.distance, score_cutoff=slips, limit=8)
        fit = [(target, distance) for target, distance, _ in found if self.is_likely(word, target, int(distance))]
        if not fit:
            return None
        return min(
            fit,
            key=lambda pair: (pair[1], pair[0][0] != word[0], slip(word, pair[0]) > 0, self.ranks[pair[0]], slip(word, pair[0]), pair[0]),
        )[0]

    @staticmethod
    def is_likely(word: str, target: str, distance: int) -> bool:
        """Whether the target was meant: in short words and after two slips the first letter is right, or the first two are swapped."""
        same = target[0] == word[0] or target[:2] == word[1::-1]
        return same or (distance == 1 and len(word) > SHORTEST + 1)


def slip(word: str, target: str) -> int:
    """How unlikely the slip is: letters swapped, one left out, one doubled, one wrong."""
    if sorted(word) == sorted(target):
        return 0
    if len(target) > len(word):
        return 1
    doubled = len(target) < len(word) and any(one == other for one, other in pairwise(word))
    return 2 if doubled else 3
