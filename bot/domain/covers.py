"""Whether boxes cover a box, and if not, what they leave. Exact for any model that people write, and quick for all others.

To stay outside of every cut, each must be left by one of its conditions. The attributes are split into classes of values that the
same cuts admit, and a search picks a class of one attribute after the other, the one that leaves most cuts behind first. Which
cuts are still to be left is one number, a bit for each.

The question is as hard as any puzzle, so a model can be made for which the search would never end. It counts what it looks at and
gives up after `LOOKS`; sixty exceptions on twenty attributes take fewer than a thousand. `find_outside` then says that the cuts may
leave something, `prove_outside` that nothing is known to be left. Nothing depends on a clock: one model always has one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.regions import Box, Choices, Domains, Span, Spans, Values, box_within, meet, minus, overlaps, sample, subtract

LOOKS = 20_000
"""At how many classes one search looks at most."""
CONDITIONS = 50_000
"""How many conditions the cuts of one search have at most."""
MANY_LOOKS = 3_000_000
"""At how many all searches look together that share an allowance, before each gets only few."""
FEW_LOOKS = 2_000


class GaveUpError(Exception):
    """A search has looked at too much."""


@dataclass(slots=True)
class Allowance:
    """What the searches of one check may look at together."""

    left: int = MANY_LOOKS

    def for_one(self) -> int:
        """What one search may look at."""
        return min(LOOKS, max(FEW_LOOKS, self.left))


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute: which cuts name it, and its values in classes with the cuts that admit them, as bits."""

    name: str
    named: int
    classes: tuple[tuple[Values, int], ...]


def find_outside(box: Box, cuts: Iterable[Box], domains: Domains) -> Box | None:
    """Part of the box that none of the cuts covers, or None when they cover it all; the box itself where that is too hard to tell."""
    try:
        return search_outside(box, cuts, domains, Allowance())
    except GaveUpError:
        return box


def prove_outside(box: Box, cuts: Iterable[Box], domains: Domains, allowance: Allowance | None = None) -> Box | None:
    """Part of the box that surely none of the cuts covers, or None when there is none or it is too hard to tell."""
    try:
        return search_outside(box, cuts, domains, allowance or Allowance())
    except GaveUpError:
        return None


def surely_covered(box: Box, cuts: Iterable[Box], domains: Domains, allowance: Allowance | None = None) -> bool:
    """Whether the cuts surely cover all of the box; not when it is too hard to tell."""
    try:
        return search_outside(box, cuts, domains, allowance or Allowance()) is None
    except GaveUpError:
        return False


def search_outside(box: Box, cuts: Iterable[Box], domains: Domains, allowance: Allowance) -> Box | None:
    """Part of the box that none of the cuts covers, or None when they cover it all. Raises GaveUpError."""
    relevant: list[Box] = []
    for cut in cuts:
        if overlaps(box, cut):
            if box_within(box, cut):
                return None
            relevant.append(cut)
    if not relevant:
        return box
    if len(relevant) == 1:
        return next(subtract(box, relevant[0], domains), None)
    looks = allowance.for_one()
    if sum(map(len, relevant)) > CONDITIONS:
        raise GaveUpError
    names = dict.fromkeys(name for cut in relevant for name in cut)
    search = Search({name: column_of(name, box.get(name, domains[name]), relevant) for name in names}, looks)
    try:
        chosen = search.leave((1 << len(relevant)) - 1, tuple(names))
    finally:
        allowance.left -= looks - search.looks
    return None if chosen is None else {**box, **chosen}


def column_of(name: str, values: Values, cuts: Sequence[Box]) -> Column:
    """The classes of one attribute's values."""
    named = [(1 << number, cut[name]) for number, cut in enumerate(cuts) if name in cut]
    bits = sum(bit for bit, _ in named)
    free = ((1 << len(cuts)) - 1) & ~bits
    classes = choice_classes(values, named) if isinstance(values, frozenset) else span_classes(values, named)
    return Column(name, bits, tuple((values, free | admitted) for admitted, values in classes.items()))


def choice_classes(values: Choices, named: Iterable[tuple[int, Values]]) -> Mapping[int, Values]:
    """The choices by the cuts that admit them."""
    admitting = dict.fromkeys(sorted(values), 0)
    for bit, allowed in named:
        assert isinstance(allowed, frozenset)
        for choice in allowed & values:
            admitting[choice] |= bit
    groups: dict[int, list[str]] = {}
    for choice, bits in admitting.items():
        groups.setdefault(bits, []).append(choice)
    return {bits: frozenset(choices) for bits, choices in groups.items()}


def span_classes(values: Spans, named: Iterable[tuple[int, Values]]) -> Mapping[int, Values]:
    """The numbers, in spans, by the cuts that admit them."""
    changes: dict[int, int] = {end: 0 for span in values for end in span}
    for bit, allowed in named:
        inside = meet(values, allowed)
        assert isinstance(inside, tuple)
        for end in (end for span in inside for end in span):
            changes[end] = changes.get(end, 0) ^ bit
    groups: dict[int, list[Span]] = {}
    bits = 0
    for low, high in pairwise(sorted(changes)):
        bits ^= changes[low]
        if meet(values, ((low, high),)):
            groups.setdefault(bits, []).append((low, high))
    return {bits: tuple(spans) for bits, spans in groups.items()}


@dataclass(slots=True)
class Search:
    """The search for a class of each attribute that together leave every cut."""

    columns: Mapping[str, Column]
    looks: int = LOOKS
    """How many more classes may be looked at."""
    lost: set[tuple[int, tuple[str, ...]]] = field(default_factory=set)
    """What has been tried in vain: the cuts to leave, and the attributes to do it with."""

    def leave(self, cuts: int, names: tuple[str, ...]) -> dict[str, Values] | None:
        """Values of some of these attributes that leave all these cuts; None when there are none. Raises GaveUpError."""
        if not cuts:
            return {}
        names = tuple(name for name in names if self.columns[name].named & cuts)
        if self.is_hopeless(cuts, names) or (cuts, names) in self.lost:
            return None
        self.looks -= sum(len(self.columns[name].classes) for name in names)
        if self.looks < 0:
            raise GaveUpError
        name, ways = self.best(cuts, names)
        rest = tuple(each for each in names if each != name)
        failed: list[int] = []
        for left, values in ways:
            if any(less & left == less for less in failed):
                continue
            found = self.leave(left, rest)
            if found is not None:
                return {**found, name: values}
            failed.append(left)
        self.lost.add((cuts, names))
        return None

    def is_hopeless(self, cuts: int, names: tuple[str, ...]) -> bool:
        """Whether one of the cuts has no condition left to leave it by."""
        reachable = 0
        for name in names:
            reachable |= self.columns[name].named
        return bool(cuts & ~reachable)

    def best(self, cuts: int, names: tuple[str, ...]) -> tuple[str, list[tuple[int, Values]]]:
        """The attribute to pick next, one by which all cuts that name it can be left before all others, and its classes in order."""
        fewest, chosen = -1, names[0]
        for name in names:
            column = self.columns[name]
            least = min((admitted & cuts).bit_count() for _, admitted in column.classes)
            if least == (cuts & ~column.named).bit_count():
                way = next(pair for pair in self.ways(name, cuts) if pair[0].bit_count() == least)
                return name, [way]
            if fewest < 0 or least < fewest:
                fewest, chosen = least, name
        return chosen, sorted(self.ways(chosen, cuts), key=lambda way: way[0].bit_count())

    def ways(self, name: str, cuts: int) -> Iterator[tuple[int, Values]]:
        """For each class of an attribute the cuts that it does not leave."""
        return ((admitted & cuts, values) for values, admitted in self.columns[name].classes)


def list_outside(box: Box, cuts: Sequence[Box], domains: Domains, most: int) -> list[Box]:
    """At most so many boxes that together, when they are fewer, are all that the cuts surely leave; each as wide as it can be."""
    found: list[Box] = []
    while len(found) < most:
        part = prove_outside(box, [*cuts, *found], domains)
        if part is None:
            break
        found.append(widen(part, box, cuts, domains))
    return found


def widen(part: Box, box: Box, cuts: Sequence[Box], domains: Domains) -> Box:
    """The part of the box without conditions, and with more values in them, that are not needed to stay clear of the cuts."""
    wide = dict(part)
    for name in part:
        around = box.get(name, domains[name])
        others = {other: values for other, values in wide.items() if other != name}
        free = around
        for cut in cuts:
            if overlaps(others, cut):
                free = minus(free, cut[name]) if name in cut else meet(free, wide[name])
        wide[name] = free
    return {name: values for name, values in wide.items() if name in box or minus(domains[name], values)}


def region_within(inner: Sequence[Box], outer: Sequence[Box], domains: Domains, allowance: Allowance | None = None) -> bool:
    """Whether every fact of the inner region is surely in the outer one; a single fact of each box is tried first."""
    if len(outer) == 1:
        return all(box_within(box, outer[0], domains) for box in inner)
    allowance = allowance or Allowance()
    corners = [{name: sample(values) for name, values in box.items()} for box in inner]
    if not all(any(may_hold(corner, box, domains) for box in outer) for corner in corners):
        return False
    return all(surely_covered(box, outer, domains, allowance) for box in inner)


def may_hold(corner: Mapping[str, str | int], box: Box, domains: Domains) -> bool:
    """Whether a box holds for one value of each of these attributes and the first value of all others."""
    return all(has(values, corner[name] if name in corner else sample(domains[name])) for name, values in box.items())


def has(values: Values, value: str | int) -> bool:
    """Whether a value is among these."""
    if isinstance(values, frozenset):
        return value in values
    return any(low <= value < high for low, high in values)  # type: ignore[operator]
