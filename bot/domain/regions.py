"""Regions: the facts for which something holds, as sets that can be compared exactly.

A box gives, for some attributes, the values allowed; an attribute that it does not name may have any value. A region is a
union of boxes. Choices are frozen sets of ids; numbers (cents, days, counts, dates as day numbers) are sorted, disjoint
half-open spans of whole numbers, so that "over 100k" and "under 100k" leave exactly one value between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Span = tuple[int, int]
Spans = tuple[Span, ...]
Choices = frozenset[str]
Values = Choices | Spans
Box = Mapping[str, Values]
Region = tuple[Box, ...]
Domains = Mapping[str, Values]

INFINITE = 10**18
EVERYTHING: Box = {}


def meet(one: Values, other: Values) -> Values:
    """The values in both sets."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if a < d and c < b)


def minus(one: Values, other: Values) -> Values:
    """The values of the first set that are not in the second."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one - other
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    left: list[Span] = []
    for low, high in one:
        start = low
        for cut_from, cut_to in other:
            if start < cut_to and cut_from < high:
                if start < cut_from:
                    left.append((start, cut_from))
                start = cut_to
        if start < high:
            left.append((start, high))
    return tuple(left)


def union(sets: Iterable[Values]) -> Values:
    """All values of the sets, which are of one kind; numbers come back as merged spans."""
    choices: list[Choices] = []
    spans: list[Span] = []
    for values in sets:
        if isinstance(values, frozenset):
            choices.append(values)
        else:
            spans += values
    if choices:
        return frozenset().union(*choices)
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def meet_boxes(one: Box, other: Box) -> Box | None:
    """What both boxes hold, or None when they share nothing."""
    if not one or not other:
        return one or other
    shared = dict(one)
    for name, values in other.items():
        both = meet(shared[name], values) if name in shared else values
        if not both:
            return None
        shared[name] = both
    return shared


def overlaps(one: Box, other: Box) -> bool:
    """Whether some facts are in both boxes."""
    if len(other) < len(one):
        one, other = other, one
    for name, values in one.items():
        theirs = other.get(name)
        if theirs is None:
            continue
        if isinstance(values, frozenset):
            if values.isdisjoint(theirs):
                return False
        elif not meet(values, theirs):
            return False
    return True


def box_within(inner: Box, outer: Box, domains: Domains = EVERYTHING) -> bool:
    """Whether every fact of the inner box is in the outer one; without domains, what the inner box does not name counts as anything."""
    for name, values in outer.items():
        here = inner.get(name) or domains.get(name)
        if here is None or minus(here, values):
            return False
    return True


def meet_regions(one: Sequence[Box], other: Sequence[Box]) -> Region:
    """What both regions hold."""
    shared = (meet_boxes(a, b) for a in one for b in other)
    return tuple(box for box in shared if box is not None)


def subtract(box: Box, cut: Box, domains: Domains) -> Iterator[Box]:
    """The box without the cut, as disjoint boxes."""
    if not overlaps(box, cut):
        yield box
        return
    inside = dict(box)
    for name, values in cut.items():
        here = inside.get(name, domains[name])
        outside = minus(here, values)
        if outside:
            yield {**inside, name: outside}
        inside[name] = meet(here, values)


def sample(values: Values) -> str | int:
    """One value of a set that is not empty: the first choice, or a number at the near end of a span."""
    if isinstance(values, frozenset):
        return min(values)
    low, high = values[0]
    if low > -INFINITE:
        return low
    return high - 1 if high < INFINITE else 0
