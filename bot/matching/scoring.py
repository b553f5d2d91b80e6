"""Signals -> one calibrated score for each id, by coefficients that were fitted once on public questions and ship with Rolecall.

A small network with one hidden layer gives each id a value, "none of these" has zero, and the softmax makes shares of them. The
score of an id lies midway between its own share and that of all ids together, so that a question which two ids answer equally
well is not refused for it; and it is stretched so that the best id is right as often as its score says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.matching.weights import Floats

PARTS = ("middle", "spread", "straight", "hidden", "out", "stretch")
TINY = 1e-6
"""No share is nearer to nothing or to all."""
CALIBRATION = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Scorer:
    """What weighs the signals."""

    middle: Floats
    spread: Floats
    straight: Floats
    """Weights from each signal to the value, and a constant last."""
    hidden: Floats
    """Weights from each signal, and a constant last, to each hidden unit."""
    out: Floats
    """Weights from each hidden unit to the value."""
    stretch: Floats
    """What the logit between the two shares is multiplied with, and what is added."""

    def values(self, rows: Floats) -> Floats:
        """The value of each row, against that of none."""
        scaled = np.concatenate([(rows - self.middle) / self.spread, np.ones((len(rows), 1), dtype=np.float32)], axis=1)
        return np.asarray(scaled @ self.straight + np.tanh(scaled @ self.hidden) @ self.out, dtype=np.float32)

    def scores(self, rows: Floats) -> Floats:
        """The score of each, between zero and one; that of the best is the probability that it is right."""
        slope, shift = self.stretch
        return np.asarray(1 / (1 + np.exp(-(slope * self.leanings(rows) + shift))), dtype=np.float32)

    def leanings(self, rows: Floats) -> Floats:
        """The logit of the mean of both shares, for each."""
        values = np.append(self.values(rows), np.float32(0))
        shares = np.exp(values - values.max())
        shares /= shares.sum()
        between = np.clip(np.sqrt(shares[:-1] * shares[:-1].sum()), TINY, 1 - TINY)
        return np.asarray(np.log(between / (1 - between)), dtype=np.float32)


@cache
def calibration() -> Mapping[str, Any]:
    """The file of coefficients."""
    found: Mapping[str, Any] = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    return found


@cache
def common_words() -> frozenset[str]:
    """Words that people ask with, whatever about: none of them is misspelt."""
    return frozenset(str(calibration()["words known"]).split())


@cache
def open_scorer(semantic: bool) -> Scorer:
    """The scorer for an index with meanings or without."""
    numbers = calibration()["with meaning" if semantic else "without meaning"]
    return Scorer(*(np.array(numbers[name], dtype=np.float32) for name in PARTS))
