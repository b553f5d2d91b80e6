"""Spans of numbers in words: exact, as short as can be, and read back as the same span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attributes import Attribute, Kind, say_anchored, say_span
from bot.domain.regions import INFINITE
from bot.load.amounts import read_amount


def of(kind: Kind) -> Attribute:
    return Attribute("x", "discount", kind, {})


@pytest.mark.parametrize(
    ("kind", "span", "said"),
    [
        ("percent", (0, 1001), "10% or less"),
        ("percent", (0, 1000), "under 10%"),
        ("percent", (0, 1051), "10.5% or less"),
        ("percent", (1000, INFINITE), "10% or more"),
        ("percent", (1001, INFINITE), "over 10%"),
        ("percent", (1001, 2001), "over 10% to 20%"),
        ("percent", (1001, 2000), "over 10% to under 20%"),
        ("percent", (1000, 2000), "10% to under 20%"),
        ("percent", (500, 2001), "5% to 20% inclusive"),
        ("percent", (1500, 1501), "15%"),
        ("percent", (1225, 1226), "12.25%"),
        ("percent", (0, 1), "0%"),
        ("money", (200_001, 1_500_001), "over $2k to $15k"),
        ("money", (200_000, 1_500_000), "$2k to under $15k"),
        ("money", (0, 5_000_001), "$50k or less"),
        ("count", (11, 21), "over 10 to 20"),
        ("count", (2, 4), "2 to under 4"),
        ("count", (0, 61), "60 or less"),
        ("count", (61, INFINITE), "61 or more"),
        ("duration", (61, 91), "over 60 to 90 days"),
        ("duration", (61, INFINITE), "61 days or more"),
    ],
)
def test_spans_are_said_in_the_nicest_exact_words(kind: Kind, span: tuple[int, int], said: str) -> None:
    assert say_span(of(kind), span, "USD") == said


def test_a_percentage_is_said_with_its_name() -> None:
    assert say_anchored(of("percent"), ((1001, 2001),), "USD") == "discount over 10% to 20%"


POINTS = st.integers(0, 120)
NUMBERS = st.one_of(st.integers(0, 12_000), POINTS.map(lambda each: each * 100), POINTS.map(lambda each: each * 100 + 1))


@given(st.sampled_from(["percent", "count", "money", "duration"]), NUMBERS, st.one_of(NUMBERS, st.just(INFINITE)))
def test_what_is_said_means_the_same_when_it_is_read(kind: Kind, low: int, high: int) -> None:
    if low >= high or (low, high) == (0, INFINITE):
        return
    said = say_span(of(kind), (low, high), "USD")
    span = read_amount(said, kind)
    assert span is not None, said
    assert (max(span[0], 0), span[1]) == (low, high), said
