"""Fits what `bot/weigh` reads: the trees that say how likely an answer is right.

    python bench/fit_weighing.py [--check] [--threads]

Read are labelled questions: those of `bench/weighing/`, for which nothing else was ever mended; and, counting less, since the program was
mended by them and knows them too well, those of `bench/practice/` and the cases of `tests/conversations/`. Each is answered by all of its
readings, each answer is judged by the label, and boosted trees learn which are right: each by itself, and which of those to one question,
if any. Written are `knowledge/language/weighing.json` and, for questions that go on from another one, `weighing-in-threads.json`, the
same from the same questions; with `--threads` the latter alone. With `--check` a fifth of the questions of `bench/weighing/` that stand
alone is held out, five times, and counted instead. Needs the extra `fit`, which the bot does not.
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
from types import MappingProxyType
from typing import Any

import lightgbm
import numpy as np

from bench.tried import Tried, cases_tried, questions_tried
from bot.evaluate.judge import Judgement
from bot.weigh.trees import Trees, trees_of

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "knowledge" / "language" / "weighing.json"
IN_THREADS = FILE.with_name("weighing-in-threads.json")
FRESH, KNOWN = ROOT / "bench" / "weighing", ROOT / "bench" / "practice"
COUNTS, CASES_COUNT = 0.5, 0.5
"""How much a question counts that the program knows, and a golden case."""
FEW = {"num_iterations": 120, "min_child_samples": 15}
"""So many trees, and so many answers at each leaf, for questions in a thread, of which there are few."""
SETTINGS = {
    "num_iterations": 200,
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_child_samples": 30,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "lambda_l2": 5,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
"""How trees are grown, in the words of LightGBM; one thread and a seed, so that they are the same each time."""
LEAST_CURVE, FURTHEST = 0.02, 15.0
"""What keeps a step within bounds: the least curve of a loss, and how far a sum may be from even odds."""
SEED, FOLDS = 20261128, 5
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Answers:
    """The answers to questions as arrays, with what the two losses need: whether each is right, and to which question it is."""

    def __init__(self, those: Sequence[Tried], names: Sequence[str]) -> None:
        rows = [(number, found, judgement) for number, each in enumerate(those) for found, judgement in each.answers]
        places = {name: place for place, name in enumerate(names)}
        self.signs = np.zeros((len(rows), len(names)))
        for row, (_, found, _) in enumerate(rows):
            for name, much in found.items():
                self.signs[row, places[name]] = much
        self.question = np.array([number for number, _, _ in rows])
        self.right = np.array([judgement == "right" for _, _, judgement in rows], dtype=float)
        self.counts = np.array([those[number].counts for number, _, _ in rows])
        self.none = np.array([each.otherwise == "right" for each in those], dtype=float)
        """Whether it is right to give none."""

    def slopes(self, sums: Floats, _: object) -> tuple[Floats, Floats]:
        """How both losses change with each sum, and how that changes: whether the answer is right, and whether one of the right ones, or
        none where that is right, is chosen of those to its question."""
        sums = np.clip(sums, -FURTHEST, FURTHEST)
        odds, alone = np.exp(sums), 1 / (1 + np.exp(-sums))
        beside = odds / self.of_question(odds, 1.0)
        rightly = self.of_question(odds * self.right, self.none)
        wanted = np.where(rightly > 0, odds * self.right / np.maximum(rightly, 1e-12), beside)
        slope = (beside - wanted + alone - self.right) / 2
        curve = (beside * (1 - beside) + alone * (1 - alone)) / 2
        return self.counts * slope, self.counts * np.maximum(curve, LEAST_CURVE)

    def of_question(self, much: Floats, none: Floats | float) -> Floats:
        """For each answer the sum over those to its question, and none of them."""
        whole: Floats = np.bincount(self.question, much, len(self.none)) + none
        return whole[self.question]


def fit(those: Sequence[Tried], otherwise: Mapping[str, int] = MappingProxyType({})) -> dict[str, Any]:
    """The trees, as they are written, grown by the settings but for some that are otherwise."""
    names = sorted({name for each in those for found, _ in each.answers for name in found})
    answers = Answers(those, names)
    data = lightgbm.Dataset(answers.signs, answers.right)
    grown = lightgbm.train({**SETTINGS, **otherwise, "objective": answers.slopes}, data).dump_model()
    return {"signs": names, "trees": [written(each["tree_structure"]) for each in grown["tree_info"]]}


def written(node: Mapping[str, Any]) -> dict[str, Any]:
    """One tree as two lists: what each node asks and where it leads, and the leaves, whose places are counted from -1 down."""
    asks: list[list[float]] = []
    leaves: list[float] = []

    def place(each: Mapping[str, Any]) -> int:
        if "leaf_value" in each:
            leaves.append(round(each["leaf_value"], 5))
            return -len(leaves)
        asks.append([])
        at = len(asks) - 1
        asks[at] = [each["split_feature"], round(each["threshold"], 6), place(each["left_child"]), place(each["right_child"])]
        return at

    place(node)
    return {"asks": asks, "leaves": leaves}


def taken(each: Tried, trees: Trees, least: float) -> Judgement:
    """What the likeliest answer is worth, if it is likely enough."""
    scored = zip(trees.chances([found for found, _ in each.answers]), (judgement for _, judgement in each.answers), strict=True)
    likely, judgement = max(scored, key=lambda pair: pair[0], default=(0.0, each.otherwise))
    return judgement if likely >= least else each.otherwise


def check(fresh: Sequence[Tried], known: Sequence[Tried]) -> None:
    """Prints what the likeliest answers are worth of questions that were not learnt from, by how likely an answer has to be."""
    numbers = list(range(len(fresh)))
    random.Random(SEED).shuffle(numbers)
    folds = [frozenset(numbers[fold::FOLDS]) for fold in range(FOLDS)]
    fitted = [trees_of(fit([*known, *(each for number, each in enumerate(fresh) if number not in fold)])) for fold in folds]
    for least in (0.3, 0.4, 0.45, 0.5, 0.6, 0.7):
        inside: Counter[Judgement] = Counter()
        outside: Counter[Judgement] = Counter()
        for fold, trees in zip(folds, fitted, strict=True):
            for number in fold:
                counted = inside if fresh[number].otherwise == "refused" else outside
                counted[taken(fresh[number], trees, least)] += 1
        print(f"from {least:.2f}: in scope {say(inside)}; out of scope {say(outside)}", flush=True)


def say(counted: Mapping[Judgement, int]) -> str:
    """Counts as shares."""
    whole = sum(counted.values())
    return ", ".join(f"{name} {count / whole:.1%}" for name, count in sorted(counted.items(), key=lambda pair: -pair[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit how likely answers are right by their signs.")
    parser.add_argument("--check", action="store_true", help="hold questions out and count, and write nothing")
    parser.add_argument("--threads", action="store_true", help="only the trees for questions that go on from another one")
    given = parser.parse_args()
    talks = given.threads
    fresh = list(questions_tried(FRESH, 1.0, talks=talks))
    known = [*questions_tried(KNOWN, COUNTS, talks=talks), *cases_tried(CASES_COUNT)]
    print(f"{len(fresh)} fresh questions and {len(known)} known ones, {sum(len(each.answers) for each in (*fresh, *known))} answers")
    opening = [[each for each in those if not each.goes_on] for those in (fresh, known)]
    if given.check:
        check(*opening)
        return
    write(fit([each for each in (*fresh, *known) if each.goes_on], FEW), IN_THREADS)
    if not talks:
        write(fit([*opening[0], *opening[1]]), FILE)


def write(trees: Mapping[str, Any], file: Path) -> None:
    """Writes trees, one on a line."""
    file.write_text(json.dumps(trees).replace("}, ", "},\n") + "\n", encoding="utf-8")
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
