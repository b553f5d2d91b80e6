"""Which entry of a model a question speaks of, where entries are sentences and not names: by the words that both have, rare ones first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from bot.domain.company import Company, Entry
from bot.domain.language import Language
from bot.understand.lexicon import Span
from bot.understand.text import Token, tokenize

TEXTS: Mapping[str, tuple[str, ...]] = {
    "permissions": ("may",),
    "transfers": ("reason", "valid-reasons", "not-valid-reasons"),
    "disputes": ("about",),
    "boundaries": ("not",),
    "faqs": ("ask",),
    "links": ("name", "for"),
    "processes": ("name", "aka"),
    "handoffs": ("trigger",),
    "escalations": ("level", "is"),
}
"""Section -> the keys by whose words an entry is found."""
NEAR = 0.85
"""Entries that fit nearly as well as the best are found with it."""
ASIDE = frozenset({"role", "stage", "level"})
"""Names by which entries are chosen otherwise."""
english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of a word: "quoting" and "quotes" -> "quot"."""
    stemmed: str = english.stemWord(word)
    return stemmed


def roots(text: str, grammar: frozenset[str]) -> frozenset[str]:
    """The roots of a text without the words of grammar."""
    return frozenset(root(token.text) for token in tokenize(text) if not token.is_stop and token.text not in grammar)


@dataclass(frozen=True, slots=True)
class Match:
    """The entries that a question speaks of, best first, and the spans whose words they have."""

    ids: tuple[str, ...]
    spans: frozenset[int]
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The roots of a question: in which spans each stands, and those that an entry should have."""

    spans: Mapping[str, frozenset[int]]
    wanted: frozenset[str]


def asked_of(tokens: Sequence[Token], spans: Sequence[Span], language: Language) -> Asked:
    """The roots of a question; cues, the topic, roles and segments need not stand in an entry."""
    found: dict[str, set[int]] = defaultdict(set)
    wanted: set[str] = set()
    cues = frozenset(language.cues)
    for index, span in enumerate(spans):
        aside = span.tags <= cues or bool(span.tags & (language.decisive | ASIDE)) or is_segment(span)
        for token in tokens[span.position : span.position + span.length]:
            if token.text and token.text not in language.grammar and not token.is_stop:
                found[root(token.text)].add(index)
                if span.weight and (not aside or not span.tags):
                    wanted.add(root(token.text))
    return Asked({word: frozenset(at) for word, at in found.items()}, frozenset(wanted))


def is_segment(span: Span) -> bool:
    """Whether a span is a segment, which decides where an entry holds and not what it is about."""
    fact = span.sense("fact")
    return fact is not None and fact.attribute == "segment"


class Matters:
    """The texts of one section, by their words."""

    def __init__(self, texts: Iterable[tuple[str, str]], grammar: frozenset[str]) -> None:
        """`texts` are pairs of an entry's id and one of its texts."""
        listed = list(texts)
        self.words = frozenset(token.text for _, text in listed for token in tokenize(text) if token.text.isalpha())
        self.units = [(id, words) for id, text in listed if (words := roots(text, grammar))]
        counts: dict[str, int] = defaultdict(int)
        self.having: dict[str, list[int]] = defaultdict(list)
        for number, (_, words) in enumerate(self.units):
            for word in words:
                counts[word] += 1
                self.having[word].append(number)
        total = len(self.units)
        self.rarity = {word: math.log(1 + total / count) for word, count in counts.items()}
        self.unknown = math.log(1 + total)
        self.weights = [self.weigh(words) for _, words in self.units]

    def weigh(self, words: Iterable[str]) -> float:
        """How much words count: rare ones more."""
        return sum(self.rarity.get(word, self.unknown) for word in words)

    def rank(self, asked: Asked) -> list[tuple[float, float, str, frozenset[str]]]:
        """Every unit that shares a word: how much of the question it has, how much of it the question has, its id, the shared words."""
        wanted = self.weigh(asked.wanted)
        shared: dict[int, float] = defaultdict(float)
        served: dict[int, float] = defaultdict(float)
        for word in asked.spans:
            rarity, is_wanted = self.rarity.get(word, 0.0), word in asked.wanted
            for number in self.having.get(word, ()):
                shared[number] += rarity
                served[number] += rarity if is_wanted else 0.0
        ranked = []
        for number, weight in shared.items():
            id, words = self.units[number]
            had = weight / self.weights[number]
            ranked.append((served[number] / wanted if wanted else had, had, id, words & asked.spans.keys()))
        return sorted(ranked, key=lambda each: (-each[0] - each[1], each[2]))

    def find(self, asked: Asked, has: float, had: float) -> Match | None:
        """The entries that have at least this share of the question, and of which the question has at least that share."""
        fit = [each for each in self.rank(asked) if each[0] >= has and each[1] >= had]
        if not fit:
            return None
        best = fit[0][0] + fit[0][1]
        near = [each for each in fit if each[0] + each[1] >= NEAR * best]
        spans = frozenset(index for word in near[0][3] for index in asked.spans[word])
        return Match(tuple(dict.fromkeys(each[2] for each in near)), spans, fit[0][0])


def matters_of(company: Company, grammar: frozenset[str]) -> dict[str, Matters]:
    """The texts of each section of a company, and of the guidance's findings."""
    found = {section: Matters(texts_of(company.section(section), keys), grammar) for section, keys in TEXTS.items()}
    findings = ((finding.id, f"{finding.says} {' '.join(finding.of)}") for finding in company.guidance.findings)
    found["findings"] = Matters(findings, grammar)
    return found


def texts_of(entries: Iterable[Entry], keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every text by which an entry is found."""
    for entry in entries:
        for key in keys:
            value = entry.fields.get(key) or ()
            for text in (value,) if isinstance(value, str) else value:
                yield entry.id, text
