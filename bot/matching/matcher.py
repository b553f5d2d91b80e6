"""An index and a question -> the ids that may be meant, best first, each with a calibrated score; and why.

matcher = build({"holidays": ["how many days off do I have", "vacation days"], "laptop": ["my laptop is broken"]})
matcher.rank("how many vacation days are there?")     # (Ranked("holidays", 0.93), Ranked("laptop", 0.01))
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.matching.index import Index
from bot.matching.scoring import common_words, open_scorer
from bot.matching.semantic import Embedder
from bot.matching.signals import Read, Signals, read, signals_of
from bot.matching.spelling import Speller, count_words
from bot.matching.weights import Floats
from bot.matching.words import root, words_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """An id, and how likely it is what was meant."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """An id with the phrasing of it that is nearest to the question."""

    id: str
    score: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question was matched as it was."""

    repairs: tuple[tuple[str, str], ...]
    """Words as typed, and as they were read."""
    words: tuple[tuple[str, float], ...]
    """The words of the question that the nearest phrasing has too, and the share of each in that, highest first."""
    unknown: tuple[str, ...]
    """The words of the question that no phrasing has."""
    best: Nearest | None
    runner_up: Nearest | None

    @property
    def distance(self) -> float:
        """How far the best is ahead."""
        return (self.best.score if self.best else 0.0) - (self.runner_up.score if self.runner_up else 0.0)


class Matcher:
    """Finds the ids that a question may mean. Does not change, so threads can share it."""

    def __init__(self, index: Index, embedder: Embedder | None) -> None:
        self.index = index
        self.embedder = embedder if index.vectors is not None else None
        self.scorer = open_scorer(self.embedder is not None)

    @cached_property
    def speller(self) -> Speller:
        """Repairs words to those of the index."""
        return Speller(count_words(self.index.words), common_words())

    def rank(self, text: str) -> tuple[Ranked, ...]:
        """The ids that may be meant, best first, a dozen at most.

        The first score is the probability that the first id is right. Where the second is nearly as high, both may be meant.
        """
        question, signals, scores = self.look_at(text)
        if question is None or signals is None:
            return ()
        return tuple(Ranked(self.index.ids[signals.candidates[each]], float(scores[each])) for each in order(scores))

    def explain(self, text: str) -> Explanation:
        """Why the ids rank as they do."""
        question, signals, scores = self.look_at(text)
        if question is None or signals is None:
            return Explanation((), (), words_of(text), None, None)
        best, *others = order(scores)
        return Explanation(
            tuple((typed, word) for typed, word in zip(question.typed, question.words, strict=True) if typed != word),
            self.shared_words(question, int(signals.nearest[best])),
            tuple(word for word in dict.fromkeys(question.words) if root(word) not in self.index.terms.numbers),
            self.nearest(signals, scores, best),
            self.nearest(signals, scores, others[0]) if others else None,
        )

    def look_at(self, text: str) -> tuple[Read | None, Signals | None, Floats]:
        """The question as read, what speaks for which id, and the score of each."""
        typed = words_of(text)
        if not typed or not self.index.ids:
            return None, None, np.zeros(0, dtype=np.float32)
        question = read(self.index, self.embedder, self.speller, typed)
        signals = signals_of(self.index, question)
        return question, signals, self.scorer.scores(signals.rows)

    def nearest(self, signals: Signals, scores: Floats, place: int) -> Nearest:
        """One of the candidates with its nearest phrasing."""
        return Nearest(self.index.ids[signals.candidates[place]], float(scores[place]), self.index.phrasings[signals.nearest[place]])

    def shared_words(self, question: Read, phrasing: int) -> tuple[tuple[str, float], ...]:
        """The words that a phrasing has too, by their share: rare words count more."""
        numbers = self.index.terms.numbers
        shared = {word: numbers[root(word)] for word in question.words if numbers.get(root(word)) in self.index.roots[phrasing]}
        weights = {word: self.index.rarities[number] ** 2 for word, number in shared.items()}
        whole = sum(weights.values())
        return tuple(sorted(((word, weight / whole) for word, weight in weights.items()), key=lambda pair: (-pair[1], pair[0])))


def order(scores: Floats) -> list[int]:
    """The places of the scores, highest first."""
    return [int(place) for place in np.argsort(-scores, kind="stable")]
