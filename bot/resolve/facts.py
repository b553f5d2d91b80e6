"""The facts of a question as a box: what was given, what follows from it, and what is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.company import Company
from bot.domain.questions import Frame
from bot.domain.regions import Box, Values, box_within, overlaps


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


def facts_of(frame: Frame, company: Company, subject: str = "") -> Facts:
    """The facts of a frame; what the subject implies (an upsell is one of its kinds) counts as given."""
    given: dict[str, Values] = {name: fact.values for name, fact in frame.facts.items() if name in company.attributes}
    given.update({name: values for name, values in implied_by(subject, company).items() if name not in given})
    assumed = {id: attribute.assumed for id, attribute in company.attributes.items() if attribute.assumed and id not in given}
    given.update(segment_from(given, assumed, company))
    if "segment" in given:
        assumed.pop("segment", None)
    return Facts(given, assumed)


def segment_from(given: Box, assumed: Box, company: Company) -> Box:
    """The segments that the given facts leave, where the model defines segments by facts; those without a definition stay possible."""
    regions = {id: segment.region for id, segment in company.segments.items()}
    used = {name for region in regions.values() for box in region or () for name in box}
    if "segment" in given or not used & set(given):
        return {}
    known = {**assumed, **given}
    sure = [id for id, region in regions.items() if region and any(box_within(known, box) for box in region)]
    left = sure[:1] or [id for id, region in regions.items() if region is None or any(overlaps(known, box) for box in region)]
    return {"segment": frozenset(left)} if left else {}


def implied_by(subject: str, company: Company) -> Box:
    """For each enum whose values belong to subjects, those of this one."""
    found: dict[str, Values] = {}
    for attribute in company.attributes.values():
        leaves = [choice for choice in attribute.choices.values() if choice.id in attribute.domain]
        mine = [choice.id for choice in leaves if choice.of == subject]
        if mine and all(choice.of for choice in leaves):
            found[attribute.id] = frozenset().union(*(attribute.leaves(id) for id in mine))
    return found
