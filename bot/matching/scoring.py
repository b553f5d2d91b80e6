"""Signals -> one calibrated probability for each id, by coefficients that were fitted once on public questions and ship with Rolecall.

The probabilities of all ids and of "none of these" are one together: a small network with one hidden layer gives each id a
value, "none" has zero, and the softmax makes probabilities of them.
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

    def values(self, rows: Floats) -> Floats:
        """The value of each row, against that of none."""
        scaled = np.concatenate([(rows - self.middle) / self.spread, np.ones((len(rows), 1), dtype=np.float32)], axis=1)
        return np.asarray(scaled @ self.straight + np.tanh(scaled @ self.hidden) @ self.out, dtype=np.float32)

    def probabilities(self, rows: Floats) -> Floats:
        """The probability that each is what was meant; what is missing to one is that none is."""
        values = np.append(self.values(rows), np.float32(0))
        shares = np.exp(values - values.max())
        return np.asarray((shares / shares.sum())[:-1], dtype=np.float32)


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
    return Scorer(*(np.array(numbers[name], dtype=np.float32) for name in ("middle", "spread", "straight", "hidden", "out")))
