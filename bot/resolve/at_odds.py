"""A segment that was named, and numbers beside it that would put the customer into another one: "our SMB customer with 220 people"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.company import Company
from bot.domain.questions import Frame
from bot.domain.regions import Box, overlaps
from bot.resolve.facts import segments_left
from bot.resolve.sayings import say_box

SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class AtOdds:
    """What does not go together, in words; rules go by the segment that was named."""

    named: str
    would: str
    """What the customer would be by the numbers, or not be."""
    given: str
    """The numbers."""


def at_odds(frame: Frame, company: Company) -> AtOdds | None:
    """The segments by the numbers, where these rule out the one that was named; None where they go together, or nothing tells."""
    said = frame.facts.get(SEGMENT)
    if said is None or not isinstance(said.values, frozenset) or len(said.values) != 1:
        return None
    segment = company.segments.get(next(iter(said.values)))
    if segment is None or not segment.region:
        return None
    defining = {name for box in segment.region for name in box}
    given: Box = {name: fact.values for name, fact in frame.facts.items() if name in defining}
    left = segments_left(given, company) if given else frozenset()
    if not left or segment.id in left or any(overlaps(given, box) for box in segment.region):
        return None
    would = f"be {company.segments[next(iter(left))].name}" if len(left) == 1 else f"not be {segment.name}"
    return AtOdds(segment.name, would, say_box(company, given))
