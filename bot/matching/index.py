"""Phrasings by id -> what is computed of them once, so that a question is answered by looking things up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.linear import sharpen, train
from bot.matching.semantic import Embedder
from bot.matching.weights import Floats, TermIndex, Weighted, Whole, index_terms
from bot.matching.words import pieces_of, root, terms_of, words_of

MEANING = 1.5
"""How much meaning counts beside words and pieces of words, in the similarity that the linear model learns from."""
EVENED = 0.5
"""How far the linear model's liking for ids with many phrasings is taken back."""
MOST_WORK = 300_000_000
"""Phrasings, squared, times ids: beyond that the linear model would take many seconds to learn."""


@dataclass(frozen=True, slots=True)
class Index:
    """All that is known of the phrasings. Those of one id stand together, in the order of `ids`."""

    ids: tuple[str, ...]
    phrasings: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    """The words of each phrasing."""
    starts: Whole
    """Where the phrasings of each id begin, and the end of all."""
    terms: TermIndex
    pieces: TermIndex
    roots: tuple[frozenset[int], ...]
    """The numbers, among the terms, of the roots of each phrasing."""
    rarities: tuple[float, ...]
    """How rare each term is."""
    vectors: Floats | None
    """What each phrasing means; None without the extra `semantic`."""
    coefficients: Floats | None
    """Of the linear model, phrasing by id; None where there are too many phrasings to learn one."""
    constants: Floats

    def kernel(self, by_terms: Floats, by_pieces: Floats, by_meaning: Floats | None) -> Floats:
        """The similarity that the linear model learns from."""
        return by_terms + by_pieces if by_meaning is None else by_terms + by_pieces + np.float32(MEANING) * by_meaning

    def logits(self, kernel: Floats) -> Floats:
        """What the linear model says of each id, given the similarity to each phrasing."""
        if self.coefficients is None:
            return sharpen(kernel, self.starts)
        return kernel @ self.coefficients + self.constants


def make_index(phrasings: Mapping[str, Sequence[str]], embedder: Embedder | None) -> Index:
    """The index. Phrasings without a word in them are left out, and ids without a phrasing."""
    kept = {id: [text for text in texts if words_of(text)] for id, texts in phrasings.items()}
    kept = {id: texts for id, texts in kept.items() if texts}
    texts = tuple(text for each in kept.values() for text in each)
    words = tuple(words_of(text) for text in texts)
    terms = index_terms(terms_of(each) for each in words)
    index = Index(
        ids=tuple(kept),
        phrasings=texts,
        words=words,
        starts=np.cumsum([0, *(len(each) for each in kept.values())]).astype(np.int32),
        terms=terms,
        pieces=index_terms(pieces_of(each) for each in words),
        roots=number_roots(words, terms),
        rarities=tuple(terms.rarity.tolist()),
        vectors=embedder.embed([" ".join(each) for each in words]) if embedder else None,
        coefficients=None,
        constants=np.zeros(len(kept), dtype=np.float32),
    )
    return teach(index) if 0 < len(texts) ** 2 * len(kept) <= MOST_WORK else index


def number_roots(words: Sequence[Sequence[str]], terms: TermIndex) -> tuple[frozenset[int], ...]:
    """The numbers of the roots of each phrasing."""
    return tuple(frozenset(terms.numbers[root(word)] for word in each) for each in words)


def teach(index: Index) -> Index:
    """The same index with a linear model."""
    counts = np.diff(index.starts)
    rows = [index.kernel(*similarities(index, each, row)) for row, each in enumerate(index.words)]
    owners = np.repeat(np.arange(len(index.ids), dtype=np.int32), counts)
    coefficients, constants = train(np.stack(rows), owners, len(index.ids))
    evened = (constants - EVENED * np.log(counts)).astype(np.float32)
    return replace(index, coefficients=coefficients, constants=evened)


def similarities(index: Index, words: Sequence[str], row: int) -> tuple[Floats, Floats, Floats | None]:
    """How similar one phrasing is to each."""
    by_terms = index.terms.similarities(index.terms.weigh(terms_of(words)))
    by_pieces = index.pieces.similarities(index.pieces.weigh(pieces_of(words)))
    return by_terms, by_pieces, None if index.vectors is None else index.vectors @ index.vectors[row]


def within(similarity: Floats, weighted: Weighted) -> Floats:
    """The cosine with each phrasing as if the question had only the terms that the index has."""
    return similarity / np.float32(np.sqrt(weighted.known or 1))
