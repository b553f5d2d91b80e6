"""The ruling of a company of which a question speaks most plainly, whatever its kind: by words, what is alike, and leanings."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.domain.company import Company, Entry, Subject
from bot.domain.language import Language
from bot.understand.lexicon import Span
from bot.understand.matters import CUSTOMER, TEXTS, Names, roots
from bot.understand.roots import root
from bot.understand.text import Token

BESIDE = 0.75
"""What a word is worth that stands not in what an entry is found by, but in what it says."""
ALIKE = 0.75
"""What a word is worth that only says the same."""
INSIDE = 0.4
"""What the share of a text is worth by which an entry is not found."""
PLAIN = 0.45
"""What a word weighs that stands in every second sentence."""
STORY = 0.35
"""What a word weighs that stands in no entry: most tell what happened."""
LOOKED_AT = 24
"""So many entries are looked at closely: those whose shared words count most."""
ENOUGH_SHARED = 2.5
"""With so much in common a question speaks of an entry half for sure."""
UNEXPECTED = 0.25
"""What the words of an entry count where those around them lean to nothing that it tells."""
SAID_SO = 0.6
"""How far the words of an entry, where the question has nearly all of them, make up for a question that leans elsewhere."""
LINKS, PLACE = "links", "where"
"""The section of pages, and the cue of words that ask for one: "which channel" does not speak of the page on channels."""
ROUTES = "routes"
"""The section of where requests go, whose entries are found by what the request is called."""
NAMED = frozenset({"processes", "links", ROUTES})
"""Sections whose entries have short names, which may be said for many reasons."""
EXCLUDED, WHO_MAY = "excluded", frozenset({"permissions", "routes"})
"""The cue of words such as "who is not", and the sections that tell who may or does, and so nothing of who is not."""
TELL: Mapping[str, Mapping[str, float]] = {
    "permissions": {"permission": 1.0, "dispute": 0.5, "boundary": 0.5},
    "transfers": {"transfer": 1.0, "handoff": 0.5},
    "disputes": {"dispute": 1.0, "permission": 0.6, "transfer": 0.3},
    "boundaries": {"boundary": 1.0, "permission": 0.4, "does": 0.3},
    "faqs": {"faq": 1.0, "permission": 0.3, "coverage": 0.3, "transfer": 0.3, "where": 0.3},
    "links": {"where": 1.0},
    "processes": {"steps": 1.0, "when": 1.0, "where": 1.0},
    "handoffs": {"handoff": 1.0, "transfer": 0.6, "when": 0.4},
    "escalations": {"escalation": 1.0, "who": 0.3},
    "routes": {"where": 1.0, "who": 0.3, "boundary": 0.1, "faq": 0.2},
}
"""Section -> the intents that its entries serve, the one first by which they are told, with how well."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a question says: the words by which an entry may say the same, and how much it matters."""

    span: int
    ways: tuple[tuple[frozenset[str], float], ...]
    """Each with what it is worth."""
    weight: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """An entry by its words: those of each text by which it is found, and all that it says."""

    section: str
    id: str
    texts: tuple[frozenset[str], ...]
    beside: tuple[frozenset[str], ...]
    """Those of each of its other texts."""
    main: frozenset[str]
    """All words by which it is found."""
    says: frozenset[str]
    """All its words, those of the roles that it names included."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How plainly a question speaks of an entry."""

    section: str
    id: str
    has: float
    """How much of the question the entry has."""
    had: float
    """How much of a text of the entry the question has."""
    mass: float
    """How much the shared words count together."""
    spans: frozenset[int]
    """Those of the question that it has something of."""
    inside: frozenset[int]
    """Those that stand as a whole in what it is found by: a role there is spoken of, and not asked about."""

    def score(self, lean: Mapping[str, float]) -> float:
        """How likely it is what is asked for, where words lean to intents."""
        expected = sum(much * lean.get(intent, 0.0) for intent, much in TELL[self.section].items())
        if self.section not in NAMED:
            expected = max(expected, SAID_SO * self.has * self.had)
        plainly = math.sqrt(self.has * self.had) * self.mass / (self.mass + ENOUGH_SHARED)
        return plainly * (UNEXPECTED + expected) * (1 - lean.get("declined", 0.0))


class Rulings:
    """All entries of a company that are sentences, by their words."""

    def __init__(self, company: Company, language: Language, names: Names) -> None:
        self.language, self.names = language, names
        self.alike: Mapping[str, frozenset[str]] = alike_of(language)
        self.plain = frozenset(root(word) for word in language.filler)
        self.listed = (
            *(
                ruling_of(section, entry, tuple(texts_at(entry, keys)), language.grammar, names)
                for section, keys in TEXTS.items()
                for entry in company.section(section)
            ),
            *(
                ruling_of(ROUTES, entry, names_of_request(company.subjects[entry.fields["request"]]), language.grammar, names)
                for entry in company.section(ROUTES)
            ),
        )
        sentences = [each for each in self.listed if each.section != ROUTES]
        counts = Counter(word for each in sentences for word in each.says)
        total = len(sentences) or 1
        self.rarity = {word: math.log(1 + total / counts.get(word, 1)) for each in self.listed for word in each.says}
        self.unknown = math.log(1 + total)
        self.weights = {word: rarity * (PLAIN if word in self.plain else 1.0) for word, rarity in self.rarity.items()}
        self.whole = {text: self.weigh(text) for each in self.listed for text in (*each.texts, *each.beside)}
        """Each text with how much it counts."""
        self.having: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(self.listed):
            for word in each.says - self.plain:
                self.having[word].append(number)

    def weigh(self, words: Iterable[str]) -> float:
        """How much words count."""
        return math.fsum(self.weights.get(word) or self.unknown * (PLAIN if word in self.plain else 1.0) for word in words)

    def points(self, tokens: Sequence[Token], spans: Sequence[Span]) -> Iterator[Point]:
        """What a question says."""
        cues = frozenset(self.language.cues)
        for index, span in enumerate(spans):
            words = (token.text for token in tokens[span.position : span.position + span.length] if token.text and not token.is_stop)
            typed = frozenset(root(word) for word in words if word not in self.language.grammar)
            if not typed:
                continue
            called = tuple(name for sense in span.senses for id in sense.ids if (name := self.names.get((sense.tag, id))) and name != typed)
            others = tuple(frozenset({each}) for word in typed for each in self.alike.get(word, ()) if each in self.rarity)
            ways = (*((way, 1.0) for way in (typed, *called)), *((way, ALIKE) for way in others))
            known = [way for way, _ in ways if way & self.rarity.keys()]
            weight = max((self.weigh(way & self.rarity.keys()) for way in known), default=self.unknown * STORY)
            yield Point(index, ways, weight * self.factor(span, cues))

    def factor(self, span: Span, cues: frozenset[str]) -> float:
        """How much it matters that an entry has what a span says."""
        subject = span.sense("subject")
        if "amount" in span.tags:
            return 1.0
        if not span.weight:
            return 0.0
        if subject is not None and set(subject.ids) <= CUSTOMER and "position" not in span.tags:
            return 0.0
        if "role" in span.tags or "level" in span.tags or "fact" in span.tags:
            return PLAIN
        if span.tags and span.tags <= cues | {"verb"}:
            return PLAIN if span.tags & self.language.decisive else 0.0
        return 1.0

    def rank(self, tokens: Sequence[Token], spans: Sequence[Span]) -> list[Spoken]:
        """The entries that share words with a question, with how plainly it speaks of them."""
        points = list(self.points(tokens, spans))
        worth = worth_of(points)
        shared: dict[int, float] = defaultdict(float)
        for word in worth:
            for number in self.having.get(word, ()):
                shared[number] += worth[word] * self.weights[word]
        numbers = nlargest(LOOKED_AT, shared, key=lambda number: (shared[number], -number))
        total = sum(point.weight for point in points)
        placing = frozenset(index for index, span in enumerate(spans) if PLACE in span.tags)
        found = [self.spoken(self.listed[number], points, worth, total) for number in numbers]
        found = [each for each in found if each.section != LINKS or each.spans - placing]
        if any(EXCLUDED in span.tags for span in spans):
            found = [each for each in found if each.section not in WHO_MAY]
        return sorted(found, key=lambda each: (-(each.has * each.had), -each.mass, each.id))

    def spoken(self, ruling: Ruling, points: Sequence[Point], worth: Mapping[str, float], total: float) -> Spoken:
        """How plainly a question speaks of one; `worth` are its words, `total` how much all its points count."""
        main = ruling.main
        beside = (self.share(text, worth) for text in ruling.beside if len(text & worth.keys()) > 1)
        had = max((*(self.share(text, worth) for text in ruling.texts), *(INSIDE * share for share in beside)), default=0.0)
        served = [(point, self.served(point, main, ruling.says)) for point in points]
        has = sum(point.weight * share for point, share in served) / total if total else had
        spans = frozenset(point.span for point, share in served if share)
        inside = frozenset(point.span for point in points if any(way <= main for way, _ in point.ways))
        mass = max((self.worth(text, worth) for text in ruling.texts), default=0.0)
        return Spoken(ruling.section, ruling.id, has, had, 0.5 * (mass + self.worth(main, worth)), spans, inside)

    def share(self, text: frozenset[str], worth: Mapping[str, float]) -> float:
        """How much of a text is said."""
        return self.worth(text, worth) / self.whole[text]

    def worth(self, text: frozenset[str], worth: Mapping[str, float]) -> float:
        """How much those words of a text count together that are said."""
        return math.fsum(worth[word] * self.weights[word] for word in text & worth.keys())

    def served(self, point: Point, main: frozenset[str], says: frozenset[str]) -> float:
        """How much of what a question says an entry has."""
        return max((self.has(way, main, says) * worth for way, worth in point.ways if not way.isdisjoint(says)), default=0.0)

    def has(self, way: frozenset[str], main: frozenset[str], says: frozenset[str]) -> float:
        """How much of words an entry has, in what it is found by or in what else it says."""
        if len(way) == 1:
            return 1.0 if way <= main else BESIDE
        return max(self.weigh(way & main), BESIDE * self.weigh(way & says)) / self.weigh(way)


def names_of_request(request: Subject) -> tuple[str, ...]:
    """What a request is called, and what it is about."""
    return (request.name, *request.aka, *((request.gloss,) if request.gloss else ()))


def ruling_of(section: str, entry: Entry, found_by: Iterable[str], grammar: frozenset[str], names: Names) -> Ruling:
    """An entry by its words, first of the texts that it is found by; the ids of roles in it stand for their names."""
    texts = tuple(words for text in found_by if (words := roots(text, grammar)))
    told = tuple(all_texts(entry.fields))
    beside = tuple(words for text in told if ("role", text) not in names and (words := roots(text, grammar)))
    people = tuple(names.get(("role", text), frozenset[str]()) for text in told)
    main = frozenset[str]().union(*texts)
    return Ruling(section, entry.id, texts, beside, main, main.union(*beside, *people))


def worth_of(points: Iterable[Point]) -> dict[str, float]:
    """The words of a question, and those that are alike, with what each is worth."""
    found: dict[str, float] = {}
    for point in points:
        for way, worth in point.ways:
            found |= {word: max(worth, found.get(word, 0.0)) for word in way}
    return found


def alike_of(language: Language) -> dict[str, frozenset[str]]:
    """The root of a word -> the roots of those that say the same."""
    found: dict[str, set[str]] = defaultdict(set)
    for words in language.alike:
        same = frozenset(root(word) for word in words)
        for word in same:
            found[word] |= same - {word}
    return {word: frozenset(same) for word, same in found.items()}


def texts_at(entry: Entry, keys: Iterable[str]) -> Iterator[str]:
    """The texts by which an entry is found."""
    for key in keys:
        value = entry.fields.get(key) or ()
        yield from (value,) if isinstance(value, str) else value


def all_texts(value: object) -> Iterator[str]:
    """Every text in the fields of an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from all_texts(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from all_texts(each)
