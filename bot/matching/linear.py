"""Similarities among phrasings -> a linear model of which id a text belongs to: multinomial logistic regression over a kernel."""

from __future__ import annotations

import numpy as np

from bot.matching.weights import Floats, Whole

PENALTY = 0.05
"""How much large coefficients cost."""
ROUNDS = 60
SHARPNESS = 6.0
"""How much a mean similarity counts as a logit."""
MEMORY = 8
"""Of how many rounds the curvature is remembered."""


def train(kernel: Floats, owners: Whole, ids: int) -> tuple[Floats, Floats]:
    """Coefficients (phrasing by id) and one constant an id: `similarities @ coefficients + constants` are the logits."""
    size = len(kernel)
    factor = np.linalg.cholesky(kernel.astype(np.float64) + 1e-4 * np.eye(size)).astype(np.float32)
    wanted = np.zeros((size, ids), dtype=np.float32)
    wanted[np.arange(size), owners] = 1
    inputs = np.concatenate([factor, np.ones((size, 1), dtype=np.float32)], axis=1)
    found = minimise(inputs, wanted)
    coefficients = np.linalg.solve(factor.T.astype(np.float64), found[:-1])
    return coefficients.astype(np.float32), found[-1]


def sharpen(kernel: Floats, starts: Whole) -> Floats:
    """What stands in for the linear model where it was not learned: the mean similarity to the phrasings of each id."""
    return (SHARPNESS * np.add.reduceat(kernel, starts[:-1]) / np.diff(starts)).astype(np.float32)


def minimise(inputs: Floats, wanted: Floats) -> Floats:
    """The weights with the least loss, by L-BFGS."""
    weights = np.zeros((inputs.shape[1], wanted.shape[1]), dtype=np.float32)
    loss, slope = loss_and_slope(inputs, wanted, weights)
    past: list[tuple[Floats, Floats, float]] = []
    for _ in range(ROUNDS):
        step = direction(slope, past)
        length = 1.0 if past else 1.0 / max(1.0, float(np.abs(slope).sum()))
        downhill = float(np.vdot(step, slope))
        for _ in range(20):
            moved = weights + length * step
            new_loss, new_slope = loss_and_slope(inputs, wanted, moved)
            if new_loss <= loss + 1e-4 * length * downhill:
                break
            length /= 2
        else:
            break
        change, turn = moved - weights, new_slope - slope
        curve = float(np.vdot(change, turn))
        if curve > 1e-10:
            past = [*past[-MEMORY + 1 :], (change, turn, 1 / curve)]
        done = loss - new_loss < 1e-5 * max(1.0, abs(loss))
        weights, loss, slope = moved, new_loss, new_slope
        if done:
            break
    return weights


def direction(slope: Floats, past: list[tuple[Floats, Floats, float]]) -> Floats:
    """Where the loss falls, by the slopes of the last rounds."""
    step, shares = -slope, []
    for change, turn, scale in reversed(past):
        share = scale * float(np.vdot(change, step))
        shares.append(share)
        step = step - share * turn
    if past:
        change, turn, scale = past[-1]
        step = step * (1 / (scale * float(np.vdot(turn, turn))))
    for (change, turn, scale), share in zip(past, reversed(shares), strict=True):
        step = step + change * (share - scale * float(np.vdot(turn, step)))
    return step


def loss_and_slope(inputs: Floats, wanted: Floats, weights: Floats) -> tuple[float, Floats]:
    """The cross-entropy with the penalty, and its slope. The constants, the last row, cost nothing."""
    logits = inputs @ weights
    logits -= logits.max(axis=1, keepdims=True)
    shares = np.exp(logits)
    total = shares.sum(axis=1, keepdims=True)
    loss = float((np.log(total[:, 0]) - (logits * wanted).sum(axis=1)).sum())
    slope = inputs.T @ (shares / total - wanted)
    slope[:-1] += PENALTY * weights[:-1]
    return loss + PENALTY / 2 * float((weights[:-1] ** 2).sum()), slope
