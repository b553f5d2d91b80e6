"""Trees of yes-or-no questions on signs: what their leaves add up to, and how likely that makes answers beside each other."""

from __future__ import annotations

import math

import pytest

from bot.weigh.trees import Trees, trees_of

TWO = {
    "signs": ["words", "leans"],
    "trees": [
        {"asks": [[0, 0.5, -1, 1], [1, 0.25, -2, -3]], "leaves": [-1.0, 0.5, 2.0]},
        {"asks": [], "leaves": [0.25]},
        {"asks": [[1, 0.75, -1, -2]], "leaves": [0.0, 1.0]},
    ],
}


@pytest.fixture
def trees() -> Trees:
    return trees_of(TWO)


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ({}, -1.0 + 0.25),
        ({"words": 0.5, "leans": 0.5}, -1.0 + 0.25),
        ({"words": 0.6, "leans": 0.25}, 0.5 + 0.25),
        ({"words": 0.6, "leans": 0.5}, 2.0 + 0.25),
        ({"words": 0.6, "leans": 0.8, "nobody": 9.0}, 2.0 + 0.25 + 1.0),
    ],
)
def test_the_leaves_that_are_reached_add_up(trees: Trees, found: dict[str, float], whole: float) -> None:
    assert trees.sum(found) == pytest.approx(whole)


def test_an_answer_alone_is_as_likely_as_its_odds_say(trees: Trees) -> None:
    found = {"words": 1.0, "leans": 1.0}

    assert trees.chances([found]) == [pytest.approx(1 / (1 + math.exp(-3.25)))]
    assert trees.chances([]) == []


def test_an_answer_is_less_likely_beside_another_one(trees: Trees) -> None:
    good, fair = {"words": 1.0, "leans": 1.0}, {"words": 1.0, "leans": 0.5}
    alone, (one, other) = trees.chances([good])[0], trees.chances([good, fair])

    assert other < one < alone
    assert trees.chances([good, good])[0] == pytest.approx(trees.chances([good, good])[1])
