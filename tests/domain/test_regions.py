"""The algebra of regions against brute force: on small domains every operation must agree with sets of points."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.covers import find_outside, list_outside, region_within
from bot.domain.regions import (
    EVERYTHING,
    INFINITE,
    Box,
    Values,
    box_within,
    meet,
    meet_boxes,
    meet_regions,
    minus,
    overlaps,
    sample,
    subtract,
    union,
)
from bot.resolve.index import Index

COLOURS = frozenset({"red", "green", "blue"})
SIDES = frozenset({"yes", "no"})
NUMBERS = range(6)
DOMAINS: dict[str, Values] = {"colour": COLOURS, "side": SIDES, "size": ((0, 6),), "age": ((0, 6),)}
POINTS = [dict(zip(DOMAINS, point, strict=True)) for point in product(sorted(COLOURS), sorted(SIDES), NUMBERS, NUMBERS)]
Point = dict[str, str | int]


def spans_of(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The fewest spans that hold exactly these numbers."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number:
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
    return tuple(spans)


def points_in(values: Values) -> set[str | int]:
    """The values one by one."""
    if isinstance(values, frozenset):
        return set(values)
    return {number for low, high in values for number in range(low, high)}


def holds(box: Box, point: Point) -> bool:
    """Whether a point is in a box."""
    return all(point[name] in points_in(values) for name, values in box.items())


def covered(region: Iterable[Box]) -> set[int]:
    """The points of a region, by number."""
    boxes = list(region)
    return {number for number, point in enumerate(POINTS) if any(holds(box, point) for box in boxes)}


colours = st.frozensets(st.sampled_from(sorted(COLOURS)))
spans = st.frozensets(st.sampled_from(NUMBERS)).map(spans_of)
boxes = st.fixed_dictionaries(
    {},
    optional={
        "colour": colours.filter(bool),
        "side": st.frozensets(st.sampled_from(sorted(SIDES)), min_size=1),
        "size": spans.filter(bool),
        "age": spans.filter(bool),
    },
)
regions = st.lists(boxes, max_size=5).map(tuple)


@given(st.one_of(st.tuples(colours, colours), st.tuples(spans, spans)))
def test_values_behave_as_sets(pair: tuple[Values, Values]) -> None:
    one, other = pair
    assert points_in(meet(one, other)) == points_in(one) & points_in(other)
    assert points_in(minus(one, other)) == points_in(one) - points_in(other)
    assert points_in(union([one, other])) == points_in(one) | points_in(other)


@given(spans, spans)
def test_spans_stay_sorted_and_disjoint(one: Values, other: Values) -> None:
    for found in (meet(one, other), minus(one, other), union([one, other])):
        assert isinstance(found, tuple)
        ends = [end for span in found for end in span]
        assert ends == sorted(ends)
        assert all(low < high for low, high in found)
    merged = union([one, other])
    assert merged == spans_of(points_in(merged))  # type: ignore[arg-type]


def test_union_of_nothing_is_empty() -> None:
    assert not union([])


@given(boxes, boxes)
def test_two_boxes(one: Box, other: Box) -> None:
    both = meet_boxes(one, other)
    assert covered([both] if both is not None else []) == covered([one]) & covered([other])
    assert overlaps(one, other) == bool(covered([one]) & covered([other]))
    assert box_within(one, other, DOMAINS) == (covered([one]) <= covered([other]))
    if box_within(one, other):
        assert covered([one]) <= covered([other])


@given(boxes, boxes)
def test_what_is_left_of_a_box_is_disjoint(one: Box, other: Box) -> None:
    parts = list(subtract(one, other, DOMAINS))
    assert covered(parts) == covered([one]) - covered([other])
    assert sum(len(covered([part])) for part in parts) == len(covered(parts))


@given(boxes, regions)
def test_what_cuts_leave(box: Box, cuts: tuple[Box, ...]) -> None:
    left = covered([box]) - covered(cuts)
    found = find_outside(box, cuts, DOMAINS)
    assert (found is not None) == bool(left)
    if found is not None:
        assert covered([found])
        assert covered([found]) <= left


@given(boxes, regions, st.integers(1, 4))
def test_listing_what_cuts_leave(box: Box, cuts: tuple[Box, ...], most: int) -> None:
    left = covered([box]) - covered(cuts)
    found = list_outside(box, cuts, DOMAINS, most)
    assert len(found) <= most
    assert all(covered([part]) and covered([part]) <= left for part in found)
    if len(found) < most:
        assert covered(found) == left


@given(regions, regions)
def test_two_regions(one: tuple[Box, ...], other: tuple[Box, ...]) -> None:
    assert covered(meet_regions(one, other)) == covered(one) & covered(other)
    assert region_within(one, other, DOMAINS) == (covered(one) <= covered(other))


@given(st.one_of(colours, spans).filter(bool))
def test_a_sample_is_one_of_the_values(values: Values) -> None:
    assert sample(values) in points_in(values)


def test_samples_of_open_spans() -> None:
    assert sample(((-INFINITE, 50),)) == 49
    assert sample(((50, INFINITE),)) == 50
    assert sample(((-INFINITE, INFINITE),)) == 0


def test_one_value_lies_between_over_and_under() -> None:
    over, under = ((100_001, INFINITE),), ((0, 100_000),)
    assert minus(((0, INFINITE),), union([over, under])) == ((100_000, 100_001),)
    assert find_outside(EVERYTHING, [{"size": over}, {"size": under}], {"size": ((0, INFINITE),)}) == {"size": ((100_000, 100_001),)}


@given(st.lists(boxes, max_size=8), boxes)
def test_the_index_finds_exactly_what_overlaps(listed: list[Box], facts: Box) -> None:
    assert list(Index(listed).meeting(facts)) == [number for number, box in enumerate(listed) if overlaps(box, facts)]
