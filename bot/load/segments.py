"""Segments that are defined by facts: customers who belong to none of them, and customers who belong to two.

Where two hold, the one that comes first in the model decides. So an overlap is on purpose only where the first is set apart by a
choice of its own, such as "public sector: yes", which the definitions of the others do not speak of.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bot.domain.attributes import point, say_anchored
from bot.domain.company import Company, Segment
from bot.domain.covers import list_outside
from bot.domain.quantities import plural
from bot.domain.regions import EVERYTHING, INFINITE, Box, Region, Values, meet_boxes
from bot.problems import Problem, problem

SHOWN = 3


def check_segments(company: Company, *, whole: bool = True) -> Iterator[Problem]:
    """The overlaps of the definitions, and their holes where every segment has one and the whole of them could be read."""
    defined = [segment for segment in company.segments.values() if segment.region]
    for first, second in combinations(defined, 2):
        if not is_set_apart(first, defined):
            found = shared_facts(first, second)
            if found is not None:
                yield overlap(first, second, found, company)
    if whole and len(defined) > 1 and len(defined) == len(company.segments):
        cuts = [box for segment in defined for box in segment.region or ()]
        left = list_outside(EVERYTHING, cuts, company.domains, SHOWN + 1)
        if left:
            yield hole(defined, left, company)


def is_set_apart(segment: Segment, defined: list[Segment]) -> bool:
    """Whether each way into a segment asks for a choice that no other definition speaks of."""
    others = {name for each in defined if each is not segment for box in each.region or () for name in box}
    return all(any(isinstance(values, frozenset) and name not in others for name, values in box.items()) for box in segment.region or ())


def shared_facts(first: Segment, second: Segment) -> Box | None:
    """Facts with which a customer is in both; the widest box of them, by how few conditions it has."""
    return min(shared_region(first.region or (), second.region or ()), key=len, default=None)


def shared_region(one: Region, other: Region) -> Iterator[Box]:
    """The boxes that two regions share."""
    for box in one:
        for theirs in other:
            both = meet_boxes(box, theirs)
            if both is not None:
                yield both


def overlap(first: Segment, second: Segment, box: Box, company: Company) -> Problem:
    """The problem of two definitions that hold for the same customers."""
    return problem(
        "segment-overlap",
        second.place,
        f'a customer with {say_facts(box, company)} is in "{first.id}" and in "{second.id}"{say_example(box, company)}; '
        f'"{first.id}" counts, because it comes first',
        expected="definitions that share no customer",
        fix=f'narrow "{second.id}" or "{first.id}"; the upper end of a range such as "50 to 100" is not in it',
        also=[first.place],
    )


def hole(defined: list[Segment], left: list[Box], company: Company) -> Problem:
    """The problem of customers who belong to no segment."""
    said = "; or ".join(say_facts(box, company) for box in left[:SHOWN]) + (" …" if len(left) > SHOWN else "")
    places = sorted(segment.place for segment in defined)
    return problem(
        "segment-hole",
        places[0],
        f"a customer with {said} is in no segment{say_example(left[0], company)}",
        expected=f"one of the {plural(len(defined), 'segment')} for any customer",
        fix='widen a definition, such as "100 or more" for "over 100", or add a segment',
        also=places[1 : SHOWN + 1],
    )


def say_facts(box: Box, company: Company) -> str:
    """Facts in words."""
    said = [say_anchored(company.attributes[name], values, company.currency) for name, values in box.items() if name in company.attributes]
    return ", ".join(said) or "any facts"


def say_example(box: Box, company: Company) -> str:
    """One customer of the box, where that says more than the box."""
    one = {name: one_value(values, company.attributes[name].lowest) for name, values in box.items()}
    return "" if one == dict(box) else f" (say, {say_facts(one, company)})"


def one_value(values: Values, lowest: int) -> Values:
    """One of the values: the first choice, or a number at the edge; not the lowest there is, which nobody would try."""
    if isinstance(values, frozenset):
        return frozenset({min(values)})
    low, high = values[0]
    return point(high - 1 if low <= lowest and high < INFINITE else low)
