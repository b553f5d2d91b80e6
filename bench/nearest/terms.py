"""TF-IDF and BM25 over words, pairs of words, or letters: for each term the texts that have it, weighed when they are taught."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import Stemmer

from bench.nearest import Kept

WORD = re.compile(r"\w+")
STEMMER = Stemmer.Stemmer("english")
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 and b, as they usually are."""


class Postings:
    """Finds the text with the greatest sum of what its terms add."""

    def __init__(self, kept: Kept, _: float) -> None:
        self.cut, self.count = CUTS[kept["variant"]], kept["count"]
        self.terms: Mapping[str, tuple[np.ndarray, np.ndarray, float]] = kept["terms"]
        self.unknown: float = kept["unknown"]
        self.whole = WHOLES[kept["variant"]]

    def nearest(self, question: str) -> tuple[int, float]:
        """The number of the nearest text, and how near it is."""
        scores = np.zeros(self.count, dtype=np.float32)
        weights = []
        for term, times in Counter(self.cut(question)).items():
            found = self.terms.get(term)
            weights.append(self.weight(times) * (found[2] if found else self.unknown))
            if found:
                scores[found[0]] += weights[-1] * found[1]
        best = int(scores.argmax())
        return best, float(scores[best]) / (self.whole(weights) or 1.0)

    def weight(self, times: int) -> float:
        """How much a term of a question weighs that stands there so often."""
        return 1.0 + float(np.log(times))


def teach_tfidf(texts: Sequence[str], variant: str) -> Kept:
    """The texts as vectors of length one."""
    counted = [Counter(CUTS[variant](text)) for text in texts]
    having = Counter(term for counts in counted for term in counts)
    rare = {term: 1.0 + float(np.log((1 + len(texts)) / (1 + some))) for term, some in having.items()}
    entries = []
    for counts in counted:
        weighed = {term: (1.0 + float(np.log(times))) * rare[term] for term, times in counts.items()}
        length = float(np.linalg.norm(list(weighed.values()))) or 1.0
        entries.append({term: weight / length for term, weight in weighed.items()})
    return listed(entries, rare, 1.0 + float(np.log(1 + len(texts))), variant)


def teach_bm25(texts: Sequence[str], variant: str) -> Kept:
    """The texts with what each of their terms adds, as in BM25."""
    counted = [Counter(CUTS[variant](text)) for text in texts]
    having = Counter(term for counts in counted for term in counts)
    rare = {term: float(np.log(1 + (len(texts) - some + 0.5) / (some + 0.5))) for term, some in having.items()}
    mean = sum(counts.total() for counts in counted) / len(texts)
    entries = []
    for counts in counted:
        around = SATURATION * (1 - LENGTH + LENGTH * counts.total() / mean)
        entries.append({term: times * (SATURATION + 1) / (times + around) for term, times in counts.items()})
    return listed(entries, rare, float(np.log(1 + (len(texts) + 0.5) / 0.5)), variant)


def teach(texts: Sequence[str], variant: str) -> Kept:
    """For each term the texts that have it."""
    return (teach_bm25 if variant in BM25 else teach_tfidf)(texts, variant)


def listed(entries: Sequence[Mapping[str, float]], rare: Mapping[str, float], unknown: float, variant: str) -> Kept:
    """For each term the texts that have it."""
    numbers: dict[str, list[int]] = defaultdict(list)
    adds: dict[str, list[float]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for term, weight in entry.items():
            numbers[term].append(number)
            adds[term].append(weight)
    terms = {term: (np.array(numbers[term], np.int32), np.array(adds[term], np.float32), rare[term]) for term in numbers}
    return {"terms": terms, "count": len(entries), "unknown": unknown, "variant": variant}


def words(text: str) -> list[str]:
    """The roots of the words."""
    return [rooted(word) for word in WORD.findall(text.lower())]


def pairs(text: str) -> list[str]:
    """The roots of the words, and each two that follow each other."""
    said = words(text)
    return [*said, *(f"{one} {other}" for one, other in pairwise(said))]


def letters(text: str) -> list[str]:
    """Three to five letters that follow each other in a word, the spaces around it included."""
    padded = [f" {word} " for word in WORD.findall(text.lower())]
    return [word[at : at + size] for word in padded for size in (3, 4, 5) for at in range(max(1, len(word) - size + 1))]


@lru_cache(maxsize=100_000)
def rooted(word: str) -> str:
    """A word without its ending."""
    return str(STEMMER.stemWord(word))


def norm(weights: Iterable[float]) -> float:
    """The length of a vector."""
    return float(np.linalg.norm(list(weights)))


def best_possible(weights: Iterable[float]) -> float:
    """What a text would score that has all terms once."""
    return sum(weights)


def one(_: Iterable[float]) -> float:
    """A score is taken as it is."""
    return 1.0


BM25 = ("as it is", "share of the best")
CUTS: Mapping[str, Callable[[str], list[str]]] = {"words": words, "words and pairs": pairs, "letters": letters} | dict.fromkeys(BM25, words)
WHOLES: Mapping[str, Callable[[Iterable[float]], float]] = {
    "words": norm,
    "words and pairs": norm,
    "letters": norm,
    "as it is": one,
    "share of the best": best_possible,
}
"""By what a score is divided. Words that no text has count there too: the less of a question is known, the less near a text is."""
ASKED = Postings
