"""Which text has which terms, and how much each counts: TF-IDF kept by term, so that a question touches only its own terms."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Weighted:
    """The terms of one text that the index has, with their weights; the weights of all its terms together are of length one."""

    terms: Whole
    weights: Floats
    known: float
    """The share of the weights, squared, that the index has."""


@dataclass(frozen=True, slots=True)
class TermIndex:
    """For each term the texts that have it, and its weight in each."""

    numbers: Mapping[str, int]
    rarity: Floats
    starts: Whole
    """Where the texts of each term begin in the next two."""
    texts: Whole
    weights: Floats
    size: int

    def weigh(self, terms: Sequence[str]) -> Weighted:
        """The terms of a question. Those that no text has count as the rarest."""
        counts, rarest = Counter(terms), unseen_rarity(self.size)
        known = [(number, count) for term, count in counts.items() if (number := self.numbers.get(term)) is not None]
        unseen = sum((rarest * (1 + math.log(count))) ** 2 for term, count in counts.items() if term not in self.numbers)
        numbers = np.array([number for number, _ in known], dtype=np.int32)
        weights = self.rarity[numbers] * (1 + np.log(np.array([count for _, count in known], dtype=np.float32)))
        inside = float(weights @ weights)
        whole = inside + unseen
        return Weighted(numbers, (weights / np.sqrt(whole or 1)).astype(np.float32), inside / (whole or 1))

    def similarities(self, weighted: Weighted) -> Floats:
        """The cosine of the question with each text."""
        if not weighted.terms.size:
            return np.zeros(self.size, dtype=np.float32)
        spans = [slice(self.starts[term], self.starts[term + 1]) for term in weighted.terms]
        lengths = self.starts[weighted.terms + 1] - self.starts[weighted.terms]
        texts = np.concatenate([self.texts[span] for span in spans])
        parts = np.concatenate([self.weights[span] for span in spans]) * np.repeat(weighted.weights, lengths)
        return np.bincount(texts, weights=parts, minlength=self.size).astype(np.float32)


def unseen_rarity(size: int) -> float:
    """How rare a term is that no text has."""
    return math.log(1 + size) + 1


def index_terms(texts: Iterable[Iterable[str]]) -> TermIndex:
    """The index of texts, each given as its terms."""
    numbers: dict[str, int] = {}
    columns, rows, times = array("i"), array("i"), array("i")
    size = 0
    for row, terms in enumerate(texts):
        size = row + 1
        for term, count in Counter(terms).items():
            columns.append(numbers.setdefault(term, len(numbers)))
            rows.append(row)
            times.append(count)
    order = np.argsort(np.array(columns, dtype=np.int32), kind="stable")
    by_term, of_text, often = (np.array(each, dtype=np.int32)[order] for each in (columns, rows, times))
    held = np.bincount(by_term, minlength=len(numbers))
    rarity = (np.log((1 + size) / (1 + held)) + 1).astype(np.float32)
    weights = rarity[by_term] * (1 + np.log(often))
    lengths = np.sqrt(np.bincount(of_text, weights=weights**2, minlength=size))
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
    return TermIndex(numbers, rarity, starts, of_text, (weights / lengths[of_text]).astype(np.float32), size)
