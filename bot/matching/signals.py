"""A question and an index -> the ids that come into question, each with numbers that speak for or against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.index import Index, within
from bot.matching.semantic import Embedder
from bot.matching.spelling import Speller, overlaps
from bot.matching.weights import Floats, Weighted, Whole, unseen_rarity
from bot.matching.words import pieces_of, root, terms_of

CANDIDATES = 8
"""How many ids are looked at closely."""
NEAREST = 3
"""How many phrasings of each."""
FLOOR = 1e-4
"""No share of the linear model counts as less."""
BY_ID = (
    "terms of the nearest phrasing",
    "pieces of the nearest phrasing",
    "nearest phrasing, all similarities",
    "three nearest phrasings, all similarities",
    "linear share, logarithm",
    "linear share",
    "linear logit",
    "phrasings, logarithm",
    "words asked that a phrasing has",
    "words of a phrasing that are asked",
    "words asked that any phrasing has",
    "overlap with a phrasing, of the shorter",
    "overlap with a phrasing, of both",
)
BY_MEANING = ("meaning of the nearest phrasing", "meaning of three", "meaning of all phrasings")
BY_QUESTION = (
    "words, logarithm",
    "share of terms known",
    "share of pieces known",
    "share of words unknown",
    "how undecided the linear model is",
    "ids, logarithm",
    "phrasings for each id, logarithm",
    "share of words repaired",
    "highest linear logit",
)


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it was read, and how similar it is to each phrasing."""

    typed: tuple[str, ...]
    words: tuple[str, ...]
    """After repair."""
    terms: Weighted
    pieces: Weighted
    by_terms: Floats
    by_pieces: Floats
    by_meaning: Floats | None
    vector: Floats | None

    @property
    def together(self) -> Floats:
        """All similarities to each phrasing."""
        both = self.by_terms + self.by_pieces
        return both if self.by_meaning is None else both + self.by_meaning


@dataclass(frozen=True, slots=True)
class Signals:
    """The ids that come into question by number, with the phrasing of each that is nearest, and a row of numbers for each."""

    candidates: Whole
    nearest: Whole
    rows: Floats
    """What speaks for each, then how far each is ahead of the best other in it, then what is so whatever the id."""


def read(index: Index, embedder: Embedder | None, speller: Speller, typed: tuple[str, ...]) -> Read:
    """The question, repaired and weighed."""
    words = tuple(speller.repair(word) for word in typed)
    terms, pieces = index.terms.weigh(terms_of(words)), index.pieces.weigh(pieces_of(words))
    vector = meaning = None
    if embedder is not None and index.vectors is not None:
        vector = embedder.embed_one(" ".join(words))
        meaning = index.vectors @ vector
    by_terms, by_pieces = index.terms.similarities(terms), index.pieces.similarities(pieces)
    return Read(typed, words, terms, pieces, by_terms, by_pieces, meaning, vector)


def signals_of(index: Index, question: Read) -> Signals:
    """The signals for the ids that come into question, in no order that counts."""
    logits = index.logits(
        index.kernel(within(question.by_terms, question.terms), within(question.by_pieces, question.pieces), question.by_meaning)
    )
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    together, begins = question.together, index.starts[:-1]
    nearest = np.maximum.reduceat(together, begins)
    candidates = np.argsort(-(np.log(shares + FLOOR) + 4 * nearest), kind="stable")[:CANDIDATES].astype(np.int32)
    best = [nearest_of(index, together, each) for each in candidates]
    linear = np.stack([np.log(shares + FLOOR), shares, logits], axis=1)[candidates]
    rows = np.array([row_of(index, question, together, each, near) for each, near in zip(candidates, best, strict=True)], dtype=np.float32)
    rows = np.concatenate([rows[:, :4], linear, rows[:, 4:]], axis=1)
    whole = np.tile(about_question(index, question, shares, logits), (len(rows), 1))
    return Signals(candidates, np.array([near[0] for near in best], dtype=np.int32), np.concatenate([rows, ahead(rows), whole], axis=1))


def nearest_of(index: Index, together: Floats, id: int) -> Whole:
    """The nearest phrasings of an id, nearest first."""
    begin, end = index.starts[id], index.starts[id + 1]
    nearest: Whole = (np.argsort(-together[begin:end], kind="stable")[:NEAREST] + begin).astype(np.int32)
    return nearest


def row_of(index: Index, question: Read, together: Floats, id: int, nearest: Whole) -> list[float]:
    """What speaks for one id, but for the linear model: the first four of `BY_ID`, and those after the linear ones."""
    span = slice(index.starts[id], index.starts[id + 1])
    texts = [" ".join(index.words[each]) for each in nearest]
    shorter, both = overlaps(" ".join(question.words), texts)
    row = [
        float(question.by_terms[span].max()),
        float(question.by_pieces[span].max()),
        float(together[nearest[0]]),
        float(together[nearest].mean()),
        float(np.log(span.stop - span.start)),
        *coverage(index, question, nearest, span),
        max(shorter),
        max(both),
    ]
    if question.by_meaning is not None and index.vectors is not None and question.vector is not None:
        middle = index.vectors[span].mean(axis=0)
        meant = question.by_meaning[span]
        length = float(np.linalg.norm(middle)) or 1.0
        row += [float(meant.max()), float(np.sort(meant)[-NEAREST:].mean()), float(middle @ question.vector) / length]
    return row


def coverage(index: Index, question: Read, nearest: Whole, span: slice) -> list[float]:
    """How much of the question a phrasing has, of a phrasing the question, and of the question all phrasings; rare words count more."""
    asked = {index.terms.numbers.get(root(word), -1) for word in question.words}
    whole = weight(index, asked) + unseen(index, question.words) or 1
    shared = [weight(index, asked & index.roots[each]) for each in nearest]
    parts = [part / (weight(index, index.roots[each]) or 1) for part, each in zip(shared, nearest, strict=True)]
    anywhere = weight(index, asked & frozenset[int]().union(*index.roots[span]))
    return [max(shared) / whole, max(parts), anywhere / whole]


def weight(index: Index, numbers: frozenset[int] | set[int]) -> float:
    """How rare some terms are, together."""
    return float(sum(index.rarities[number] for number in numbers if number >= 0))


def unseen(index: Index, words: Sequence[str]) -> float:
    """How rare those words are that the index does not have, together."""
    return unseen_rarity(index.terms.size) * len({one for word in words if (one := root(word)) not in index.terms.numbers})


def ahead(rows: Floats) -> Floats:
    """How far each row is ahead of the best other one, number by number; of nothing, where there is no other."""
    if len(rows) < 2:
        return rows
    second, first = np.sort(rows, axis=0)[-2:]
    return np.asarray(rows - np.where(rows >= first, second, first), dtype=np.float32)


def about_question(index: Index, question: Read, shares: Floats, logits: Floats) -> Floats:
    """What is so whatever the id: `BY_QUESTION`."""
    asked = {index.terms.numbers.get(root(word), -1) for word in question.words}
    unknown = unseen(index, question.words)
    repaired = sum(one != other for one, other in zip(question.typed, question.words, strict=True))
    undecided = -float((shares * np.log(shares + 1e-9)).sum()) / np.log(len(index.ids) + 1)
    return np.array(
        [
            np.log1p(len(question.words)),
            question.terms.known,
            question.pieces.known,
            unknown / (unknown + weight(index, asked) or 1),
            undecided,
            np.log(len(index.ids)),
            np.log(len(index.phrasings) / len(index.ids)),
            repaired / max(1, len(question.words)),
            logits.max(),
        ],
        dtype=np.float32,
    )
