"""Fits what `bot/weigh` reads: what each sign of an answer counts.

    python bench/fit_weighing.py [--check]

Read are labelled questions: those of `bench/weighing/`, for which nothing else was ever mended; and, counting less, since the program was
mended by them and knows them too well, those of `bench/practice/` and the first questions of the cases in `tests/conversations/`. Each is
answered by all of its readings, each answer is judged by the label, and a logistic regression learns which are right. Written is
`knowledge/language/weighing.json`. With `--check` a tenth of the questions of `bench/weighing/` is held out, ten times, and counted
instead. Needs numpy, which weighing itself does not.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from bench.tried import Tried, cases_tried, questions_tried
from bot.evaluate.judge import Judgement
from bot.weigh.weigh import chance

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "knowledge" / "language" / "weighing.json"
FRESH, KNOWN = ROOT / "bench" / "weighing", ROOT / "bench" / "practice"
COUNTS = 0.3
"""How much a question counts that the program knows."""
SHRINK, ROUNDS, SEED, FOLDS = 3.0, 25, 20261128, 10
"""How strongly weights are held to nothing, steps of Newton's method, and how questions are held out."""


def fit(those: Sequence[Tried]) -> Mapping[str, float]:
    """What each sign counts: logistic regression by Newton's method."""
    rows = [(found, judgement == "right", each.counts) for each in those for found, judgement in each.answers]
    names = sorted({name for found, _, _ in rows for name in found})
    places = {name: place for place, name in enumerate(names)}
    told = np.zeros((len(rows), len(names)))
    for number, (found, _, _) in enumerate(rows):
        for name, much in found.items():
            told[number, places[name]] = much
    right, counts = np.array([is_right for _, is_right, _ in rows], dtype=float), np.array([much for _, _, much in rows])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (counts * (right - likely)) - SHRINK * weights
        curve = (told * (counts * likely * (1 - likely))[:, None]).T @ told + SHRINK * np.eye(len(names))
        weights += np.linalg.solve(curve, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def taken(each: Tried, weights: Mapping[str, float], least: float) -> Judgement:
    """What the likeliest answer is worth, if it is likely enough."""
    scored = [(chance(found, weights), judgement) for found, judgement in each.answers]
    likely, judgement = max(scored, key=lambda pair: pair[0], default=(0.0, each.otherwise))
    return judgement if likely >= least else each.otherwise


def check(fresh: Sequence[Tried], known: Sequence[Tried]) -> None:
    """Prints what the likeliest answers are worth of questions that were not learnt from, by how likely an answer has to be."""
    numbers = list(range(len(fresh)))
    random.Random(SEED).shuffle(numbers)
    folds = [frozenset(numbers[fold::FOLDS]) for fold in range(FOLDS)]
    fitted = [fit([*known, *(each for number, each in enumerate(fresh) if number not in fold)]) for fold in folds]
    for least in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        inside: Counter[Judgement] = Counter()
        outside: Counter[Judgement] = Counter()
        for fold, weights in zip(folds, fitted, strict=True):
            for number in fold:
                counted = inside if fresh[number].otherwise == "refused" else outside
                counted[taken(fresh[number], weights, least)] += 1
        print(f"from {least:.2f}: in scope {say(inside)}; out of scope {say(outside)}", flush=True)


def say(counted: Mapping[Judgement, int]) -> str:
    """Counts as shares."""
    whole = sum(counted.values())
    return ", ".join(f"{name} {count / whole:.1%}" for name, count in sorted(counted.items(), key=lambda pair: -pair[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit what each sign of an answer counts.")
    parser.add_argument("--check", action="store_true", help="hold questions out and count, and write nothing")
    given = parser.parse_args()
    fresh = list(questions_tried(FRESH, 1.0))
    known = [*questions_tried(KNOWN, COUNTS), *cases_tried(COUNTS)]
    print(f"{len(fresh)} fresh questions and {len(known)} known ones, {sum(len(each.answers) for each in (*fresh, *known))} answers")
    if given.check:
        check(fresh, known)
        return
    FILE.write_text(json.dumps({"weights": fit([*fresh, *known])}, indent=0) + "\n", encoding="utf-8")
    print(FILE.relative_to(ROOT))


if __name__ == "__main__":
    main()
