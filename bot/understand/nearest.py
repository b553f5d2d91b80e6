"""Which findings of the guidance a question is nearest to, where no form, phrasing or statement reads it: by the words of what each
finding says and of the questions that it answers. Unlike a statement, a finding need not have every word."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.company import Company
from bot.domain.guidance import Guidance
from bot.domain.language import Language
from bot.understand.lexicon import Span
from bot.understand.roots import root
from bot.understand.text import Token, tokenize

CALLED, ABOUT = 0.9, 0.7
"""What it counts that a text has another name of what is named, or that its finding is about that."""
STRANGE, STRANGE_FILLER = 2.6, 0.0
"""The weight of a word that no finding has, and of one that is known to say nothing."""
FAINT = 0.35
"""How much less a word counts that mostly says nothing."""
OF_PERSON = 1.6
"""A person weighs at most so much: nearly every finding is about somebody."""
BOTH, WHOLE = 0.35, 0.25
"""What it counts how much of a text the question has, and how much of the question the finding has in all its texts."""
LEAST = 0.25
"""A text that has less of a question is not looked at further."""
LACKING = 0.75
"""How much less near a finding is that lacks something that is named."""
CUSTOMER = frozenset({"account", "opportunity"})
"""Subjects whose words stand in every second question."""
REFUSED = frozenset({"live-data", "which-ones", "action", "people-matters", "elsewhere", "metrics"})
"""Cues of what is not answered, or of which each word means another thing: their other words mean nothing here."""
ASKING = frozenset(
    {"typical", "here", "follow", "pronoun", "greeting", "can", "what", "who", "about", "mine", "how-long", "addressing", "what-does"}
)
"""Cues that say hardly anything of what is asked about."""
BRIEF, BY_CHANCE = 2, 0.7
"""A question that says so few things may be near to what a finding says by chance: that counts so much less than a question it answers."""
Roots = frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a question says: its words, what else it is called, and the ids that it names."""

    typed: Roots
    called: tuple[Roots, ...]
    ids: frozenset[str]
    is_person: bool
    is_faint: bool
    """Whether it mostly says nothing."""
    is_cue: bool
    """Whether it says how something is asked, so that a finding need not have it."""
    is_named: bool = False
    """Whether it is a name of the guidance, or a word that says what is asked about."""
    position: int = 0
    """Where it stands among the words of the question."""

    @property
    def is_thing(self) -> bool:
        """Whether it is more than a person, the customer, or a word around what is asked."""
        return not self.is_faint and not self.is_person and not (self.ids and self.ids <= CUSTOMER)


class Near(NamedTuple):
    """A finding with how near it is to a question, and the weight of what it has of it."""

    id: str
    near: float
    held: float


class Nearest:
    """The texts of a guidance's findings, to be laid beside a question."""

    def __init__(self, guidance: Guidance, language: Language) -> None:
        self.guidance, self.language = guidance, language
        self.plain = language.grammar | language.aside
        self.known = {finding.id: finding for finding in guidance.spoken}
        self.same = {root(word): root(group[0]) for group in language.same for word in group}
        self.cues: dict[str, tuple[Roots, ...]] = {}
        self.names_read: dict[str, Roots] = {}
        self.texts_with: dict[Roots, frozenset[int]] = {}
        """What has been looked up: the words of cues and names, and the texts that have them; as many as there are names."""
        self.texts: list[tuple[int, bool]] = []
        """Each text: the number of its finding, and whether it is what may be asked for it."""
        self.having: dict[str, set[int]] = defaultdict(set)
        read: list[Roots] = []
        for number, finding in enumerate(guidance.spoken):
            for is_asked, texts in ((False, (finding.says, *finding.aka)), (True, finding.asked)):
                for words in filter(None, map(self.roots_in, texts)):
                    for word in words:
                        self.having[word].add(len(read))
                    self.texts.append((number, is_asked))
                    read.append(words)
        self.about: dict[str, set[int]] = defaultdict(set)
        for at, (number, _) in enumerate(self.texts):
            for id in guidance.spoken[number].of:
                self.about[id].add(at)
        self.rarity = {word: self.rare(at) for word, at in self.having.items()}
        self.weights = [math.fsum(self.rarity[word] for word in words) for words in read]

    def roots_in(self, text: str) -> Roots:
        """The roots of the words of a text that say something."""
        return self.said_by(tokenize(text))

    def said_by(self, tokens: Iterable[Token]) -> Roots:
        """The roots of words that say something; of words that say the same, the root of the first."""
        roots = (root(token.text) for token in tokens if token.text and token.text not in self.plain and token.text.isalpha())
        return frozenset(self.same.get(each, each) for each in roots)

    def rare(self, texts: Iterable[int]) -> float:
        """How much it says that only these texts have something."""
        return math.log(1 + len(self.guidance.spoken) / max(1, len({self.texts[at][0] for at in texts})))

    def find(self, wanted: Sequence[Wanted]) -> list[Near]:
        """The findings that have what is wanted, with how near each is, nearest first."""
        said: dict[int, set[str]] = defaultdict(set)
        served = [self.serving(each, said) for each in wanted]
        weights = [self.weigh(each, texts) for each, texts in zip(wanted, served, strict=True)]
        total = sum(weights)
        if not total:
            return []
        is_brief = sum(each.is_thing for each in wanted) <= BRIEF
        best = self.best_texts(served, weights, said, total, is_brief=is_brief)
        shares = [self.by_finding(texts) for texts in served]
        named = [share for each, share in zip(wanted, shares, strict=True) if each.is_named and share]
        found = []
        for number, near in best.items():
            lacks = any(number not in share for share in named)
            held = sum(weight * share.get(number, 0.0) for weight, share in zip(weights, shares, strict=True))
            near_in_all = ((LACKING if lacks else 1.0) * near + WHOLE * held / total) / (1 + BOTH + WHOLE)
            found.append(Near(self.guidance.spoken[number].id, near_in_all, held))
        return sorted(found, key=lambda each: (-each.near, each.id))

    def best_texts(
        self,
        served: Sequence[Mapping[int, float]],
        weights: Sequence[float],
        said: Mapping[int, set[str]],
        total: float,
        *,
        is_brief: bool,
    ) -> dict[int, float]:
        """Each finding with how near that of its texts is which is nearest."""
        held: dict[int, float] = defaultdict(float)
        for texts, weight in zip(served, weights, strict=True):
            for at, degree in texts.items():
                held[at] += weight * degree
        best: dict[int, float] = {}
        for at, has in held.items():
            if has < LEAST * total:
                continue
            number, is_asked = self.texts[at]
            back = min(1.0, math.fsum(self.rarity[word] for word in said.get(at, ())) / self.weights[at])
            near = has / total + (BOTH if is_asked else BOTH / 2) * back
            best[number] = max(best.get(number, 0.0), near * (BY_CHANCE if is_brief and not is_asked else 1.0))
        return best

    def by_finding(self, texts: Mapping[int, float]) -> dict[int, float]:
        """How much each finding has of a thing, in whichever of its texts."""
        found: dict[int, float] = {}
        for at, degree in texts.items():
            number = self.texts[at][0]
            found[number] = max(found.get(number, 0.0), degree)
        return found

    def weights_of(self, wanted: Iterable[Wanted]) -> Iterator[tuple[int, float]]:
        """Where each thing that a question says stands, and what it weighs; less than nothing where no finding has it."""
        for each in wanted:
            served = self.serving(each, defaultdict(set))
            weight = self.weigh(each, served)
            yield each.position, weight if served else -weight

    def serving(self, wanted: Wanted, said: dict[int, set[str]]) -> dict[int, float]:
        """The texts that have a thing, each with how much of it; `said` gathers the words that they have."""
        served: dict[int, float] = {at: ABOUT for id in wanted.ids for at in self.about.get(id, ())}
        for words in wanted.called:
            for at in self.texts_having(words):
                served[at] = CALLED
                said[at] |= words
        for at in self.intersect(wanted.typed) if wanted.typed else ():
            served[at] = 1.0
            said[at] |= wanted.typed
        if len(wanted.typed) > 1:
            weight = math.fsum(self.rarity.get(word, STRANGE) for word in wanted.typed)
            for word in sorted(wanted.typed & self.having.keys(), key=lambda word: (-self.rarity[word], word)):
                for at in self.having[word]:
                    if at not in served:
                        served[at] = CALLED * self.rarity[word] / weight
                        said[at].add(word)
        return served

    def texts_having(self, words: Roots) -> frozenset[int]:
        """The texts that have all words of a name."""
        if words not in self.texts_with:
            self.texts_with[words] = self.intersect(words)
        return self.texts_with[words]

    def intersect(self, words: Roots) -> frozenset[int]:
        """The texts that have all of these words."""
        found = sorted((self.having.get(word, set()) for word in words), key=len)
        return frozenset(found[0].intersection(*found[1:]))

    def weigh(self, wanted: Wanted, served: Mapping[int, float]) -> float:
        """How much a thing weighs."""
        if not served:
            return STRANGE_FILLER if wanted.is_faint or wanted.is_cue else STRANGE
        weight = self.rare(at for at, degree in served.items() if degree >= ABOUT) if served else STRANGE
        if wanted.is_person:
            return min(weight, OF_PERSON)
        return FAINT * weight if wanted.is_faint else weight

    def wanted(self, tokens: Sequence[Token], spans: Sequence[Span], company: Company) -> Iterator[Wanted]:
        """What a question says."""
        cues = self.language.cues.keys()
        topical = self.language.decisive - self.language.ordinary - ASKING
        for span in spans:
            typed = self.said_by(tokens[span.position : span.position + span.length])
            ids = frozenset(id for sense in span.senses for id in ids_of(sense.tag, sense.ids, company))
            called = tuple(dict.fromkeys(words for sense in span.senses for words in self.names(sense.tag, sense.ids, company)))
            if typed or called or "role" in span.tags:
                is_cue = bool(span.tags) and span.tags <= cues - topical
                is_named = (bool(ids - CUSTOMER) or bool(span.tags & topical)) and "role" not in span.tags and bool(span.weight)
                is_faint = not ids and (not span.weight or (bool(span.tags) and span.tags <= ASKING))
                yield Wanted(typed, called, ids, "role" in span.tags, is_faint, is_cue, is_named, span.position)

    def names(self, tag: str, ids: Sequence[str], company: Company) -> Iterator[Roots]:
        """What else a thing is called, as roots: its other names, or the other words of a cue."""
        if tag in self.language.cues:
            if tag in self.language.decisive and tag not in self.language.asking | REFUSED:
                yield from self.roots_of_cue(tag)
            return
        for id in ids_of(tag, ids, company):
            for name in names_of(id, company):
                if name not in self.names_read:
                    self.names_read[name] = self.roots_in(name)
                if words := self.names_read[name]:
                    yield words

    def roots_of_cue(self, tag: str) -> tuple[Roots, ...]:
        """The words of a cue, each as roots."""
        if tag not in self.cues:
            self.cues[tag] = tuple(dict.fromkeys(words for phrase in self.language.cues[tag] if (words := self.roots_in(phrase))))
        return self.cues[tag]


def ids_of(tag: str, ids: Sequence[str], company: Company) -> Iterator[str]:
    """What the guidance calls the things that a span names: a role by its job."""
    for id in ids:
        party = company.parties.get(id) if tag == "role" else None
        if party is not None:
            yield from filter(None, (party.job, party.archetype))
        elif tag == "role":
            yield id.removeprefix("job:")
        elif tag in NAMED:
            yield id


NAMED = frozenset({"subject", "step", "term", "archetype", "stakeholder", "fact", "practice", "process"})
"""Tags of names that findings are about."""


def names_of(id: str, company: Company) -> Iterator[str]:
    """The names of a thing of the guidance."""
    guidance = company.guidance
    for held in (guidance.jobs, guidance.archetypes, company.subjects, company.steps):
        if (thing := held.get(id)) is not None:
            yield thing.name
            yield from thing.aka
