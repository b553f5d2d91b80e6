"""Names of what is ruled on whose words stand apart or in another order: "the follow-up on an inbound lead", "reviews the bug status"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.company import Company
from bot.understand.frames import WEAK
from bot.understand.lexicon import Span
from bot.understand.roots import root
from bot.understand.senses import Sense
from bot.understand.text import Token, words_of

WORKS = frozenset({"activity", "request"})
"""The kinds of subject that are found so."""
LEAST, WITHIN = 2, 6
"""How many words a name needs, and among how many words of a question they all have to stand."""
WEIGHT = 2.0
"""What such a name weighs."""
NAMING = frozenset({"subject", "step", "implies"})
CARRIES = frozenset({"fact", "term", "stakeholder", "verb", "process"})
"""What a span may be that is a part of such a name; a word that asks still asks."""


class Scattered:
    """The names of several words of what a company rules on, by the roots of their words."""

    def __init__(self, company: Company, filler: frozenset[str]) -> None:
        self.filler = filler
        self.having: dict[str, list[tuple[frozenset[str], Sense, bool]]] = defaultdict(list)
        """The last word of a name -> the names that end so, with what each is of, and whether it is no byname."""
        for phrase, sense, is_name in names_in(company):
            words = [word for word in words_of(phrase) if word not in filler]
            roots = frozenset(map(root, words))
            if len(roots) >= LEAST:
                self.having[root(words[-1])].append((roots, sense, is_name))

    def spread(self, spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
        """The spans; where none names what it is about, with the one name all of whose words stand near each other."""
        if any(is_strong(span) for span in spans):
            return list(spans)
        at: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(tokens):
            if token.text and token.text not in self.filler:
                at[root(token.text)].append(place)
        near = [
            each for word in at.keys() & self.having.keys() for each in self.having[word] if each[0] <= at.keys() and is_near(each[0], at)
        ]
        if len({sense.ids for _, sense, _ in near}) != 1 or not any(is_name for *_, is_name in near):
            return list(spans)
        roots, sense, _ = near[0]
        places = {place for word in roots for place in at[word]}
        parts = [index for index, span in enumerate(spans) if span.weight and covers(span, places) and span.tags <= CARRIES]
        return [each_part(span, index, parts, sense) for index, span in enumerate(spans)]


def names_in(company: Company) -> Iterator[tuple[str, Sense, bool]]:
    """Every name and byname of the activities and requests that a company rules on, and of the steps of its rules."""
    spoken = company.subjects_spoken_of()
    ruled = {step for rule in company.rules for step in rule.node.steps()}
    for subject in company.subjects.values():
        if subject.kind in WORKS and subject.id in spoken:
            yield from ((phrase, Sense("subject", (subject.id,)), phrase == subject.name) for phrase in (subject.name, *subject.aka))
    for step in company.steps.values():
        if step.id in ruled:
            yield from ((phrase, Sense("step", (step.id,)), phrase == step.name) for phrase in (step.name, *step.aka))


def is_strong(span: Span) -> bool:
    """Whether a span says what a question is about, and not only that there is a customer."""
    subject = span.sense("subject")
    return bool(span.weight) and not span.tags.isdisjoint(NAMING) and not (subject and set(subject.ids) <= set(WEAK))


def is_near(roots: frozenset[str], at: dict[str, list[int]]) -> bool:
    """Whether words stand near each other."""
    places = [min(at[word]) for word in roots]
    return max(places) - min(places) < WITHIN


def covers(span: Span, places: set[int]) -> bool:
    """Whether a span has one of the words."""
    return any(span.position <= place < span.position + span.length for place in places)


def each_part(span: Span, index: int, parts: Sequence[int], sense: Sense) -> Span:
    """A span of a name in parts: the last one carries what all of it names, the words before it mean no more."""
    if index not in parts:
        return span
    if index == parts[-1]:
        return replace(span, senses=(*span.senses, sense), tags=span.tags | {sense.tag}, weight=max(span.weight, WEIGHT))
    return span if span.senses else replace(span, weight=0.0)
