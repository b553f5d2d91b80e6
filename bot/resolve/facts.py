"""The facts of a question as a box: what was given, what follows from it, and what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.company import Company
from bot.domain.questions import Frame
from bot.domain.regions import EVERYTHING, Box, Values, box_within, overlaps


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known for a question."""

    given: Box
    """Given in the question, or following from it."""
    assumed: Box
    """Assumed because nobody said."""

    @property
    def box(self) -> Box:
        """Both together."""
        return {**self.assumed, **self.given}


@dataclass(frozen=True, slots=True)
class Background:
    """What holds in a company before anything is given."""

    assumed: Box = field(default_factory=dict)
    """What holds when nobody says."""
    implied: Mapping[str, Box] = field(default_factory=dict)
    """Subject -> what it implies: an upsell is one of its kinds."""
    defining: frozenset[str] = frozenset()
    """The attributes by which the model defines segments."""


def background_of(company: Company) -> Background:
    """The company's background."""
    assumed = {id: attribute.assumed for id, attribute in company.attributes.items() if attribute.assumed}
    implied = {subject: implied_by(subject, company) for subject in company.subjects}
    defining = frozenset(name for segment in company.segments.values() for box in segment.region or () for name in box)
    return Background(assumed, {subject: box for subject, box in implied.items() if box}, defining)


def facts_of(frame: Frame, subject: str, company: Company, background: Background) -> Facts:
    """The facts of a frame about a subject."""
    given = {name: fact.values for name, fact in frame.facts.items() if name in company.attributes}
    return complete(given, subject, company, background)


def complete(given: Box, subject: str, company: Company, background: Background) -> Facts:
    """The facts given, with what the subject implies, the segment that follows from them, and what is assumed."""
    known: dict[str, Values] = {**background.implied.get(subject, EVERYTHING), **given}
    assumed = {name: values for name, values in background.assumed.items() if name not in known}
    if "segment" not in known and background.defining & set(known):
        segments = segments_left({**assumed, **known}, company)
        if segments:
            known["segment"] = segments
            assumed.pop("segment", None)
    for name, values in of_segment(known, company).items():
        if name not in known:
            known[name] = values
            assumed.pop(name, None)
    return Facts(known, assumed)


def of_segment(known: Box, company: Company) -> Box:
    """What a customer's one segment says of it, where the segment follows the facts."""
    names = known.get("segment", frozenset())
    segment = company.segments.get(next(iter(names))) if isinstance(names, frozenset) and len(names) == 1 else None
    if segment is None or segment.says or not segment.region or len(segment.region) > 1:
        return EVERYTHING
    return segment.region[0]


def segments_left(known: Box, company: Company) -> frozenset[str]:
    """The segments that the facts leave, where the model defines segments by facts; those without a definition stay possible."""
    regions = {id: segment.region for id, segment in company.segments.items()}
    sure = [id for id, region in regions.items() if region and any(box_within(known, box) for box in region)]
    return frozenset(sure[:1] or [id for id, region in regions.items() if region is None or any(overlaps(known, box) for box in region)])


def implied_by(subject: str, company: Company) -> Box:
    """For each enum whose values belong to subjects, those of this one."""
    found: dict[str, Values] = {}
    for attribute in company.attributes.values():
        mine = [choice.id for choice in attribute.choices.values() if choice.of == subject]
        domain = attribute.domain if mine else ()
        if mine and all(choice.of for choice in attribute.choices.values() if choice.id in domain):
            leaves = frozenset(id for id in mine if id in domain)
            if leaves:
                found[attribute.id] = leaves
    return found
