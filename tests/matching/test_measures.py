"""The figures that systems are compared by, on answers small enough to count by hand."""

from __future__ import annotations

import pytest

from bench.measures import Said, at_threshold, calibration_error, measure

ANSWERS = [
    Said("a", "a", 0.9),
    Said("a", "b", 0.7),
    Said("b", "b", 0.45),
    Said("b", "b", 0.15),
    Said(None, "a", 0.6),
    Said(None, "b", 0.3),
    Said(None, "b", 0.25),
    Said(None, None, 0.2),
    Said(None, "a", 0.05),
]


def test_figures_are_those_counted_by_hand() -> None:
    figures = measure(ANSWERS)

    assert figures.forced == pytest.approx(3 / 4)
    assert figures.auroc == pytest.approx((5 + 5 + 4 + 1) / 20)
    assert figures.at_refusal == pytest.approx(2 / 4), "80% are refused where 0.3 is refused and 0.6 is answered"


def test_a_perfect_system_has_the_highest_figures() -> None:
    perfect = [Said("a", "a", 0.9), Said("b", "b", 0.8), Said(None, "a", 0.3), Said(None, "b", 0.2)]

    assert list(measure(perfect)) == pytest.approx([1, 1, 1, 1])


def test_at_one_threshold() -> None:
    answered, refused, _ = at_threshold(ANSWERS, 0.5)

    assert (answered, refused) == (pytest.approx(1 / 4), pytest.approx(4 / 5))


def test_scores_that_are_right_as_often_as_they_say_are_not_off() -> None:
    half = [Said("a", "a" if number % 2 else "b", 0.5) for number in range(40)]

    assert calibration_error(half, bins=4) == pytest.approx(0)
    assert calibration_error([Said("a", "b", 1.0)] * 10) == pytest.approx(1)
