"""Which entry of a model a question speaks of, where entries are sentences and not names: by the words that both have, rare ones first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.domain.company import Company, Entry
from bot.domain.language import Language
from bot.understand.lexicon import Span
from bot.understand.roots import root
from bot.understand.senses import ENTRY_TAGS, names_in
from bot.understand.text import Token, tokenize

TEXTS: Mapping[str, tuple[str, ...]] = {
    "permissions": ("may", "aka"),
    "transfers": ("reason", "valid-reasons", "not-valid-reasons", "aka"),
    "disputes": ("about", "aka"),
    "boundaries": ("not", "aka"),
    "faqs": ("ask",),
    "links": ("name", "aka", "for"),
    "processes": ("name", "aka"),
    "handoffs": ("trigger", "aka"),
    "escalations": ("level", "is", "aka"),
}
"""Section -> the keys by whose words an entry is found."""
MOST = 0.65
"""How much of an entry has to be said where nothing that is said has to be in it."""
NEAR = 0.85
"""Entries that fit nearly as well as the best are found with it."""
CUSTOMER = frozenset({"account"})
"""The subject whose words stand in every second question."""
ASIDE = frozenset({"role", "stage", "level"})
"""Names by which entries are chosen otherwise."""
VERB = "verb"
"""The tag of a word that is a command elsewhere in a question."""


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
class Wanted:
    """Words that an entry should have: as they were typed, or as the thing is called that they name ("opp" for the opportunity)."""

    typed: frozenset[str]
    called: tuple[frozenset[str], ...] = ()
    """The roots of each name that they can mean."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The roots of a question: in which spans each stands, and those that an entry should have."""

    spans: Mapping[str, frozenset[int]]
    wanted: tuple[Wanted, ...]
    cues: tuple[Wanted, ...] = ()
    """Words that say what kind of question it is; where there are no others, an entry should have those that entries of its kind have."""
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """The spans of roles with the roots of their names: an entry may name them in its own words."""

    def without_roles(self) -> Asked:
        """The same without the words of roles: who hands over is told by a handoff's ends, and not by what starts it."""
        roles = {index for index, name in self.roles.items() if name}
        return replace(self, spans={word: at for word, at in self.spans.items() if not at <= roles})


Names = Mapping[tuple[str, str], frozenset[str]]
"""Tag and id of what has a name -> the roots of its name."""


def asked_of(tokens: Sequence[Token], spans: Sequence[Span], language: Language, names: Names) -> Asked:
    """The roots of a question; cues, the topic, roles, segments and the customer need not stand in an entry."""
    found: dict[str, set[int]] = defaultdict(set)
    wanted: list[Wanted] = []
    beside: list[Wanted] = []
    roles: dict[int, frozenset[str]] = {}
    cues = frozenset(language.cues)
    for index, span in enumerate(spans):
        words = (token for token in tokens[span.position : span.position + span.length] if token.text and not token.is_stop)
        typed = frozenset(root(token.text) for token in words if token.text not in language.grammar)
        meant = ((sense.tag, id) for sense in span.senses if sense.tag != "role" for id in sense.ids)
        called = tuple(name for each in meant if (name := names.get(each)))
        role = span.sense("role")
        roles[index] = names.get(("role", role.ids[0]), frozenset()) if role else frozenset()
        for word in typed.union(alike(span, language), *called):
            found[word].add(index)
        if typed and span.weight and not is_aside(span, cues, language.decisive):
            wanted.append(Wanted(typed, called))
        elif typed and span.tags & cues and not span.tags & ASIDE:
            beside.append(Wanted(typed, called))
    return Asked({word: frozenset(at) for word, at in found.items()}, tuple(wanted), tuple(beside), roles)


def alike(span: Span, language: Language) -> frozenset[str]:
    """The roots of single words that say the same as a cue that decides: whose sponsor "is gone" speaks of one who left."""
    return frozenset(word for tag in span.tags & language.decisive for word in roots_of_cue(tag, language))


@lru_cache(maxsize=500)
def roots_of_cue(tag: str, language: Language) -> frozenset[str]:
    """The roots of a cue's single words."""
    return frozenset(root(phrase) for phrase in language.cues.get(tag, ()) if " " not in phrase)


def is_aside(span: Span, cues: frozenset[str], decisive: frozenset[str]) -> bool:
    """Whether an entry need not have the words: they are cues, or say for whom or where it holds."""
    if not span.tags:
        return False
    subject = span.sense("subject")
    if subject is not None and set(subject.ids) <= CUSTOMER and "position" not in span.tags:
        return True
    return span.tags <= cues | {VERB} or bool(span.tags & (decisive | ASIDE)) or is_segment(span)


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
        return math.fsum(self.rarity.get(word, self.unknown) for word in words)

    def rank(self, asked: Asked) -> list[tuple[float, float, str, frozenset[str]]]:
        """Every unit that shares a word: how much of the question it has, how much of it the question has, its id, its words."""
        needs = asked.wanted or [each for each in asked.cues if each.typed & self.rarity.keys()]
        wanted = [(each, self.weigh_wanted(each)) for each in needs]
        total = sum(weight for _, weight in wanted)
        shared: dict[int, float] = defaultdict(float)
        for word in asked.spans:
            for number in self.having.get(word, ()):
                shared[number] += self.rarity[word]
        ranked = []
        for number, weight in shared.items():
            id, words = self.units[number]
            had = min(1.0, weight / self.weights[number])
            if not asked.wanted and had < MOST:
                continue
            has = sum(weight * self.served(each, words) for each, weight in wanted) / total if total else had
            ranked.append((has, had, id, words))
        return sorted(ranked, key=lambda each: (-each[0] - each[1], each[2]))

    def weigh_wanted(self, wanted: Wanted) -> float:
        """How much words that an entry should have count: as typed, or as called where those alone are known."""
        if any(word in self.rarity for word in wanted.typed):
            return self.weigh(wanted.typed)
        return self.weigh(next((name for name in wanted.called if any(word in self.rarity for word in name)), wanted.typed))

    def served(self, wanted: Wanted, words: frozenset[str]) -> float:
        """How much of them a unit has, 0 to 1: of what was typed, or all of what it is called."""
        if any(name <= words for name in wanted.called):
            return 1.0
        return self.weigh(wanted.typed & words) / self.weigh(wanted.typed)

    def find(self, asked: Asked, has: float, had: float) -> Match | None:
        """The entries that have at least this share of the question, and of which the question has at least that share."""
        fit = [each for each in self.rank(asked) if each[0] >= has and each[1] >= had]
        if not fit:
            return None
        best = fit[0][0] + fit[0][1]
        near = [each for each in fit if each[0] + each[1] >= NEAR * best]
        spans = {index for word in near[0][3] & asked.spans.keys() for index in asked.spans[word]}
        spans |= {index for index, name in asked.roles.items() if name and name <= near[0][3]}
        return Match(tuple(dict.fromkeys(each[2] for each in near)), frozenset(spans), fit[0][0])


def names_of(company: Company, grammar: frozenset[str]) -> Names:
    """The roots of every name of a subject, step, party, stakeholder and entry."""
    named = [
        *(("subject", each.id, each.name) for each in company.subjects.values()),
        *(("step", each.id, each.name) for each in company.steps.values()),
        *((tag, each.id, each.name) for each in company.parties.values() for tag in ("role", "position")),
        *(("amount", each.id, each.name) for each in company.attributes.values()),
        *(("fact", choice.id, choice.name) for each in company.attributes.values() for choice in each.choices.values()),
        *((tag, entry.id, names_in(entry)[0]) for section, tag in ENTRY_TAGS.items() for entry in company.section(section)),
    ]
    return {(tag, id): roots(name, grammar) for tag, id, name in named}


def matters_of(company: Company, grammar: frozenset[str]) -> dict[str, Matters]:
    """The texts of each section of a company."""
    return {section: Matters(texts_of(company.section(section), keys), grammar) for section, keys in TEXTS.items()}


def texts_of(entries: Iterable[Entry], keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every text by which an entry is found."""
    for entry in entries:
        for key in keys:
            value = entry.fields.get(key) or ()
            for text in (value,) if isinstance(value, str) else value:
                yield entry.id, text
