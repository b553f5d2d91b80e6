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
    found = [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]
    return tuple(sorted(found))


def minus(one: Values, other: Values) -> Values:
    """The values of the first set that are not in the second."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one - other
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    left: list[Span] = list(one)
    for cut_from, cut_to in other:
        kept: list[Span] = []
        for low, high in left:
            kept += [span for span in ((low, min(high, cut_from)), (max(low, cut_to), high)) if span[0] < span[1]]
        left = kept
    return tuple(sorted(left))


def union(sets: Iterable[Values]) -> Values:
    """All values of the sets, which are of one kind; numbers come back as merged spans."""
    listed = list(sets)
    if all(isinstance(values, frozenset) for values in listed):
        return frozenset().union(*listed)  # type: ignore[arg-type]
    merged: list[Span] = []
    for low, high in sorted(span for values in listed for span in values):  # type: ignore[misc]
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
    for name, values in one.items():
        theirs = other.get(name)
        if theirs is not None and not meet(values, theirs):
            return False
    return True


def box_within(inner: Box, outer: Box) -> bool:
    """Whether every fact of the inner box is in the outer one."""
    return all(name in inner and not minus(inner[name], values) for name, values in outer.items())


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


def find_outside(box: Box, cuts: Sequence[Box], domains: Domains) -> Box | None:
    """Part of the box that none of the cuts covers, or None when they cover it all. Exact, depth first."""
    relevant = [cut for cut in cuts if overlaps(box, cut)]
    if not relevant:
        return box
    if any(box_within(box, cut) for cut in relevant):
        return None
    widest = min(relevant, key=len)
    rest = [cut for cut in relevant if cut is not widest]
    for part in subtract(box, widest, domains):
        found = find_outside(part, rest, domains)
        if found is not None:
            return found
    return None


def outside_parts(box: Box, cuts: Sequence[Box], domains: Domains) -> list[Box]:
    """All of the box that the cuts leave, as disjoint boxes."""
    parts = [box]
    for cut in cuts:
        parts = [left for part in parts for left in subtract(part, cut, domains)]
    return parts


def region_within(inner: Sequence[Box], outer: Sequence[Box], domains: Domains) -> bool:
    """Whether every fact of the inner region is in the outer one."""
    return all(find_outside(box, outer, domains) is None for box in inner)


def sample(values: Values) -> str | int:
    """One value of a set that is not empty: the first choice, or a number at the near end of a span."""
    if isinstance(values, frozenset):
        return min(values)
    low, high = values[0]
    if low > -INFINITE:
        return low
    return high - 1 if high < INFINITE else 0
