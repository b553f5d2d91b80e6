"""What a matcher said of questions, and what was meant -> figures. The same for Rolecall and for the published systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

GRID = tuple(step / 10 for step in range(1, 10))
"""The thresholds that the authors of HINT3 tried; all are held to the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """For one question: what answers it or None, the best id whatever its score, and that score."""

    meant: str | None
    best: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How good it is."""

    forced: float
    """Of the questions that an id answers, those whose best id is right, no matter the score."""
    auroc: float
    """How likely a question that an id answers has a higher score than one that none answers."""
    mcc: float
    """Matthews' coefficient over all ids and "none", at that threshold of the grid where it is highest."""
    at_refusal: float
    """Of the questions that an id answers, those answered rightly where 80% of the others are refused."""

    def __iter__(self):
        return iter((self.forced, self.auroc, self.mcc, self.at_refusal))


def measure(answers: Sequence[Said]) -> Figures:
    """The figures."""
    scores = np.array([each.score for each in answers])
    inside = np.array([each.meant is not None for each in answers])
    right = np.array([is_right(each) for each in answers])
    none = np.array([each.best is None for each in answers])
    refusing = [threshold for threshold in [*np.unique(scores), np.inf] if (none | (scores < threshold))[~inside].mean() >= 0.8]
    return Figures(
        float(right[inside].mean()),
        auroc(scores[inside], scores[~inside]),
        max(mcc(answers, threshold) for threshold in GRID),
        float((right & (scores >= min(refusing)))[inside].mean()),
    )


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """The area under the curve; ties count half."""
    order = np.sort(outside)
    below, most = np.searchsorted(order, inside, "left"), np.searchsorted(order, inside, "right")
    return float((below + most).mean() / 2 / len(outside))


def mcc(answers: Sequence[Said], threshold: float) -> float:
    """Matthews' coefficient for many classes, "none" being one of them."""
    pairs = [(each.meant or "", each.best or "" if each.score >= threshold else "") for each in answers]
    names = {name: number for number, name in enumerate(sorted({name for pair in pairs for name in pair}))}
    table = np.zeros((len(names), len(names)))
    np.add.at(table, ([names[meant] for meant, _ in pairs], [names[given] for _, given in pairs]), 1)
    meant, given, whole = table.sum(axis=1), table.sum(axis=0), table.sum()
    spread = ((whole**2 - given @ given) * (whole**2 - meant @ meant)) ** 0.5
    return float((np.trace(table) * whole - meant @ given) / spread) if spread else 0.0


def calibration_error(answers: Sequence[Said], bins: int = 10) -> float:
    """How far scores are from the share that is right, on average over ten equal groups of questions."""
    ordered = sorted(answers, key=lambda each: each.score)
    groups = [ordered[len(ordered) * part // bins : len(ordered) * (part + 1) // bins] for part in range(bins)]
    off = [abs(np.mean([each.score - is_right(each) for each in group])) for group in groups]
    return float(np.mean(off))


def is_right(said: Said) -> bool:
    """Whether the best id is the one that was meant."""
    return said.meant is not None and said.meant == said.best


def at_threshold(answers: Sequence[Said], threshold: float) -> tuple[float, float, float]:
    """Of the questions that an id answers, those answered rightly; of the others, those refused; Matthews' coefficient."""
    answered = [is_right(each) and each.score >= threshold for each in answers if each.meant is not None]
    refused = [each.best is None or each.score < threshold for each in answers if each.meant is None]
    return float(np.mean(answered)), float(np.mean(refused)), mcc(answers, threshold)
