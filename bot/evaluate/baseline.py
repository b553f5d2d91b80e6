"""Figures beside those of an earlier run: whether more is answered wrongly and with confidence, and how the rest has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluate.figures import WRONG, Figures


class NoBaselineError(ValueError):
    """A text that holds no figures."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is compared of an earlier run."""

    asked: int
    wrong: int
    right: tuple[int, int]
    """How many of those to be answered were right, and how many there were."""
    refused: tuple[int, int]
    """The same of those to be refused."""


def read_baseline(text: str) -> Baseline:
    """The figures of an earlier run from its JSON. Raises NoBaselineError where it is something else."""
    try:
        return baseline_of(json.loads(text))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise NoBaselineError from error


def baseline_of(said: Mapping[str, Any]) -> Baseline:
    """The figures in an object of `as_json`. Raises what Python raises at values of a wrong shape."""
    inside, outside = said["in scope"], said["out of scope"]
    right, refused = ((int(some["right"]["count"]), int(some["asked"])) for some in (inside, outside))
    return Baseline(int(said["asked"]), int(said[WRONG]["count"]), right, refused)


def has_grown(figures: Figures, before: Baseline) -> bool:
    """Whether a greater share is confident-wrong than before."""
    return figures.wrong * max(1, before.asked) > before.wrong * max(1, figures.asked)


def compared(figures: Figures, before: Baseline) -> Iterator[str]:
    """What has changed, a line each."""
    if figures.asked != before.asked:
        yield f"The baseline is of other questions: {before.asked:,} then, {figures.asked:,} now; shares are compared."
    inside, outside = figures.inside, figures.outside
    for name, now, then in (
        (WRONG, (figures.wrong, figures.asked), (before.wrong, before.asked)),
        ("right", (inside["right"], inside.total()), before.right),
        ("out of scope, refused", (outside["right"], outside.total()), before.refused),
    ):
        yield f"{name}: {say_share(*now)}, {say_share(*then)} in the baseline"


def say_share(some: int, of: int) -> str:
    """A count with its share: "8 of 900 (0.9%)"."""
    return f"{some:,} of {of:,}" + (f" ({some / of:.1%})" if of else "")
