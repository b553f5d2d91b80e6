"""Which findings of the guidance a question speaks of, by its words. What no finding has all the words of is spoken of by none."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.company import Company
from bot.domain.guidance import Finding, Guidance
from bot.domain.language import Language
from bot.understand.forms import ALWAYS
from bot.understand.lexicon import Span
from bot.understand.matters import roots
from bot.understand.roots import root
from bot.understand.text import Token, tokenize

NEAR = 0.8
"""Findings that a question speaks of nearly as much as of the best are found with it."""
MOST = 8
"""At most so many findings are kept."""
RARE = 4
"""A question that says one thing only has to say it in a word that at most so many findings have."""
FEW = 2
"""From so many things on a question says enough by itself."""
CUSTOMER = frozenset({"account", "opportunity"})
"""Subjects whose words stand in every second question."""
SEED = "seed"
"""The grade of the two documents."""
PERSON = "role"
NONE: frozenset[int] = frozenset()
FORMERLY = "formerly"
"""The cue of what was; who speaks of what somebody said means what stands in the sources."""
NAMES = ("subject", "term", "stakeholder", "archetype", "step", "fact", "process", "signal", "practice")
"""Tags of names that findings are about, or have in their words."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a question says: its words, the ids that they name, and the topics or aspects that tell of it."""

    words: frozenset[str]
    ids: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A finding by what it can be found by."""

    id: str
    words: frozenset[str]
    says: frozenset[str]
    """Those of its words that stand in the statement itself."""
    of: frozenset[str]
    tells: frozenset[str]
    people: frozenset[str]
    """The jobs that it is about."""
    company: str
    """The company whose practice it is, of which it speaks alone."""
    figures: frozenset[str]
    """The numbers in it: a question that names another one asks of something else."""
    rank: tuple[bool, bool]
    """A whole before its details, and the two documents before others."""


def by(listed: Sequence[Statement], keys: Callable[[Statement], Iterable[str]]) -> dict[str, frozenset[int]]:
    """Key -> the numbers of the statements that have it."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(listed):
        for key in keys(each):
            found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


class Statements:
    """The findings of a guidance, by their words."""

    def __init__(self, guidance: Guidance, language: Language) -> None:
        self.guidance, self.language = guidance, language
        self.plain = language.grammar | language.aside
        """Words by which nothing is chosen."""
        self.speakers = frozenset(
            root(token.text) for finding in guidance.findings for cited in finding.cited for token in tokenize(cited.speaker)
        )
        self.listed = tuple(self.know(finding) for finding in guidance.findings)
        self.having = by(self.listed, lambda each: each.words)
        self.about = by(self.listed, lambda each: each.of)
        self.telling = by(self.listed, lambda each: each.tells)
        self.of_people = by(self.listed, lambda each: each.people)
        self.of_nobody = frozenset(number for number, each in enumerate(self.listed) if not each.people)
        self.rarity = {word: math.log(1 + len(self.listed) / len(numbers)) for word, numbers in self.having.items()}

    def know(self, finding: Finding) -> Statement:
        """A finding with the roots of its words, and of what else it is known by."""
        texts = (finding.says, finding.topic, finding.aspect, *finding.aka, *(cited.speaker for cited in finding.cited))
        words = frozenset(word for text in texts for word in roots(text, self.plain))
        jobs, types = self.guidance.jobs, self.guidance.archetypes
        people = frozenset(types[id].job if id in types else id for id in finding.of if id in types or id in jobs)
        return Statement(
            finding.id,
            words,
            roots(finding.says, self.plain),
            frozenset((*finding.of, finding.company)),
            frozenset({finding.topic, finding.aspect}),
            people,
            finding.company,
            frozenset(token.text for token in tokenize(finding.says) if token.is_number),
            (bool(finding.within), self.guidance.sources[next(iter(finding.sources))].grade != SEED),
        )

    def find(self, tokens: Sequence[Token], spans: Sequence[Span], company: Company, *, lone: bool) -> tuple[str, ...]:
        """The findings that say all that a question says, best first; nothing where it says too little to choose by.

        `lone` is whether one word that names nothing is enough, since it is known otherwise what is asked.
        """
        points = list(self.points(tokens, spans, company))
        said = [point for point in points if not point.is_person]
        figures = frozenset(token.text for token in tokens if token.is_number)
        if not any(point.ids or point.words for point in said):
            return ()
        if len(said) < FEW and not any(lone or point.ids or point.tells for point in said):
            return ()
        named = frozenset(id for point in said for id in point.ids)
        served = frozenset.intersection(*(self.serving(point) for point in points))
        found = (self.listed[number] for number in sorted(served))
        fit = [each for each in found if (not each.company or each.company in named) and figures <= each.figures]
        beside = frozenset(root(token.text) for token in tokens if token.text and not token.is_stop and token.text not in self.plain)
        ranked = sorted(((self.score(said, beside, each), each) for each in fit), key=lambda pair: (-pair[0], pair[1].rank))
        near = tuple(each.id for score, each in ranked if score >= NEAR * ranked[0][0])
        chooses = len(said) >= FEW or len(near) <= RARE or (lone and not any(point.tells for point in said))
        return near[:MOST] if chooses else ()

    def points(self, tokens: Sequence[Token], spans: Sequence[Span], company: Company) -> Iterator[Point]:
        """What a question says that a finding has to say too; not how it asks, nor filler."""
        named = any(root(token.text) in self.speakers for token in tokens if token.text)
        for span in spans:
            typed = (token for token in tokens[span.position : span.position + span.length] if token.text and not token.is_stop)
            words = frozenset(root(token.text) for token in typed if token.text not in self.plain)
            tells = frozenset(tell for tag in span.tags for tell in self.language.tells.get(tag, ()) if not (named and tag == FORMERLY))
            role, subject = span.sense(PERSON), span.sense("subject")
            if subject is not None and not tells and set(subject.ids) <= CUSTOMER:
                continue
            ids = frozenset(id for tag in NAMES if (sense := span.sense(tag)) for id in self.kin(sense.ids, company)) - CUSTOMER
            if role is not None and not ids:
                yield Point(words, frozenset(self.job_of(id, company) for id in role.ids), tells, is_person=True)
            elif (ids and span.weight) or tells or (words and span.weight and not self.passes(span)):
                yield Point(words, ids, tells)

    def passes(self, span: Span) -> bool:
        """Whether words only say how something is asked."""
        cues = self.language.cues.keys()
        return (
            bool(span.tags) and span.tags <= cues | frozenset(ALWAYS) and not span.tags & (self.language.decisive - self.language.ordinary)
        )

    def kin(self, ids: Sequence[str], company: Company) -> Iterator[str]:
        """Things with what they are made of, and what they are part of."""
        for id in ids:
            yield id
            if id in company.subjects:
                yield from company.subjects[id].of
                yield from (each.id for each in company.subjects.values() if id in each.of)

    def job_of(self, role: str, company: Company) -> str:
        """The standard job of a role."""
        party = company.parties.get(role)
        return (party.job or "") if party else role.removeprefix("job:")

    def serving(self, point: Point) -> frozenset[int]:
        """The findings that say a thing that the question says."""
        in_words = frozenset.intersection(*(self.having.get(word, NONE) for word in point.words)) if point.words else NONE
        if point.is_person:
            return in_words.union(self.of_nobody, *(self.of_people.get(id, NONE) for id in point.ids))
        about = (self.about.get(id, NONE) for id in point.ids)
        return in_words.union(*about, *(self.telling.get(tell, NONE) for tell in point.tells))

    def score(self, said: Sequence[Point], beside: frozenset[str], statement: Statement) -> float:
        """How much a finding has of the question: names and words, rare ones more; more where it says little else."""
        named = sum(2.0 for point in said if point.ids & statement.of)
        told = sum(1.0 for point in said if point.tells & statement.tells)
        shared = math.fsum(self.rarity[word] for word in beside & statement.words)
        said_in = beside & statement.says
        share = len(said_in) / len(statement.says) if len(said_in) >= FEW else 0.0
        return named + told + shared + share
