"""Fits what weighs the signals of a match, on CLINC150 and BANKING77 alone, and writes bot/matching/calibration.json.

    python bench/calibrate.py                 a check with intents kept apart, then the fit on all, then the file
    python bench/calibrate.py --check         only the check

Made-up companies' FAQs are asked what they answer and what they do not; a small network learns from the signals which id is meant,
or none. Needs the extra `semantic`, and the two sets in `shared/data` beside the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import click
import numpy as np

from bench.measures import Said, calibration_error, measure
from bench.public_questions import DATA, Episode, Public, is_held_out, make_episode, read_public
from bot.matching.index import make_index
from bot.matching.scoring import CALIBRATION, PARTS, Scorer
from bot.matching.semantic import Embedder, find_folder
from bot.matching.signals import CANDIDATES, read, signals_of
from bot.matching.spelling import Speller, count_words
from bot.matching.words import words_of

SEED = 20261128
HIDDEN = 16
EPOCHS = 30
BATCH = 256
COST = 1e-3
"""What large weights cost."""
FASTEST = 3e-3
SOURCES = [
    "CLINC150: Larson et al., An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction, EMNLP 2019, CC BY 3.0",
    "BANKING77: Casanueva et al., Efficient Intent Detection with Dual Sentence Encoders, 2020, CC BY 4.0",
]


Pair = tuple[Public, Public]
Weights = list[np.ndarray]


@dataclass(frozen=True, slots=True)
class Example:
    """A question of an episode: the signals of its candidates, which of these is right (or none), and what to measure it with."""

    source: str
    episode: int
    rows: np.ndarray
    right: int | None
    ids: tuple[str, ...]
    meant: str | None


def examples_of(number: int, episode: Episode, embedder: Embedder | None, common: frozenset[str]) -> list[Example]:
    """All questions of an episode, with their signals."""
    index = make_index(episode.faqs, embedder)
    speller = Speller(count_words(index.words), common)
    found = []
    for text, meant in episode.asked:
        signals = signals_of(index, read(index, embedder, speller, words_of(text) or ("none",)))
        ids = tuple(index.ids[each] for each in signals.candidates)
        found.append(Example(episode.source, number, signals.rows, ids.index(meant) if meant in ids else None, ids, meant))
    return found


def make_examples(count: int, purpose: str, publics: Pair, embedder: Embedder | None, keep: Callable[[str], bool]) -> list[Example]:
    """The questions of so many made-up companies of each set. Words count as known by the other set, as they would for a company."""
    found: list[Example] = []
    pairs = [(publics[0], publics[1]), (publics[1], publics[0])]
    commons = {public.name: common_words([other]) for public, other in pairs}
    with click.progressbar(range(count), label=purpose, file=sys.stderr) as numbers:
        for number in numbers:
            for public, other in pairs:
                chance = random.Random(f"{SEED} {purpose} {public.name} {number}")
                episode = make_episode(public, other, chance, keep)
                found += examples_of(2 * number + (public is publics[1]), episode, embedder, commons[public.name])
    return found


def common_words(publics: Sequence[Public]) -> frozenset[str]:
    """Words that several questions have."""
    counts = Counter(word for public in publics for texts in public.phrasings.values() for text in texts for word in set(words_of(text)))
    return frozenset(word for word, count in counts.items() if count > 2 and word.isalpha() and len(word) > 3)


def common_meaning(publics: Sequence[Public], folder: Path) -> np.ndarray:
    """The mean of the vectors of the sets' questions, thirty an intent."""
    embedder = Embedder(folder, np.zeros(256, dtype=np.float32))
    texts = [" ".join(words_of(text)) for public in publics for each in public.phrasings.values() for text in each[:30]]
    return embedder.embed(texts).mean(axis=0)


def fit(examples: Sequence[Example]) -> Scorer:
    """The network that makes what was meant most likely: of the candidates and "none", by Adam."""
    every = np.concatenate([each.rows for each in examples])
    middle, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    width = every.shape[1] + 1
    inputs = np.zeros((len(examples), CANDIDATES, width), dtype=np.float32)
    there = np.zeros((len(examples), CANDIDATES), dtype=bool)
    wanted = np.zeros((len(examples), CANDIDATES + 1), dtype=np.float32)
    for place, each in enumerate(examples):
        inputs[place, : len(each.rows), :-1] = (each.rows - middle) / spread
        inputs[place, : len(each.rows), -1] = 1
        there[place, : len(each.rows)] = True
        wanted[place, CANDIDATES if each.right is None else each.right] = 1
    generator = np.random.default_rng(SEED)
    weights = [np.zeros(width), generator.normal(0, width**-0.5, (width, HIDDEN)), generator.normal(0, HIDDEN**-0.5, HIDDEN)]
    weights = descend([each.astype(np.float32) for each in weights], inputs, there, wanted, generator)
    return stretched(Scorer(middle, spread, *weights, np.array([1, 0])), examples)


def stretched(scorer: Scorer, examples: Sequence[Example]) -> Scorer:
    """The scorer whose best ids are right as often as their scores say: a logistic regression with one input, by Newton's method."""
    leanings = [scorer.leanings(each.rows) for each in examples]
    inputs = np.stack([[each.max() for each in leanings], np.ones(len(leanings))], axis=1).astype(float)
    right = np.array([best.argmax() == each.right for best, each in zip(leanings, examples, strict=True)], dtype=float)
    stretch = np.array([1.0, 0.0])
    for _ in range(20):
        expected = 1 / (1 + np.exp(-inputs @ stretch))
        curve = (inputs * (expected * (1 - expected))[:, None]).T @ inputs
        stretch -= np.linalg.solve(curve, inputs.T @ (expected - right))
    return replace(scorer, stretch=stretch)


def descend(weights: Weights, inputs: np.ndarray, there: np.ndarray, wanted: np.ndarray, generator: np.random.Generator) -> Weights:
    """The weights after all epochs."""
    means, squares, step = [np.zeros_like(each) for each in weights], [np.zeros_like(each) for each in weights], 0
    for epoch in range(EPOCHS):
        order = generator.permutation(len(inputs))
        speed = FASTEST * (1 - 0.9 * epoch / EPOCHS)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            step += 1
            for place, slope in enumerate(slopes(weights, inputs[batch], there[batch], wanted[batch])):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.99 * squares[place] + 0.01 * slope**2
                move = means[place] / (1 - 0.9**step) / (np.sqrt(squares[place] / (1 - 0.99**step)) + 1e-8)
                weights[place] = (weights[place] - speed * move).astype(np.float32)
    return weights


def slopes(weights: Weights, inputs: np.ndarray, there: np.ndarray, wanted: np.ndarray) -> Weights:
    """How the cross-entropy changes with each weight."""
    straight, hidden, out = weights
    bent = np.tanh(inputs @ hidden)
    values = np.where(there, inputs @ straight + bent @ out, -1e9)
    values = np.concatenate([values, np.zeros((len(values), 1), dtype=np.float32)], axis=1)
    shares = np.exp(values - values.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    off = (shares - wanted)[:, :-1] / len(inputs)
    inner = off[..., None] * out * (1 - bent**2)
    return [
        np.einsum("qk,qkd->d", off, inputs) + COST * straight,
        np.tensordot(inputs, inner, ([0, 1], [0, 1])) + COST * hidden,
        np.einsum("qk,qkh->h", off, bent) + COST * out,
    ]


def report(name: str, scorer: Scorer, examples: Sequence[Example]) -> None:
    """Prints the figures, each the mean over the made-up companies of a set."""
    for source in sorted({each.source for each in examples}):
        companies: dict[int, list[Said]] = {}
        for each in examples:
            if each.source == source:
                scores = scorer.scores(each.rows)
                best = int(scores.argmax())
                companies.setdefault(each.episode, []).append(Said(each.meant, each.ids[best], float(scores[best])))
        forced, auroc, mcc, at_refusal = np.mean([list(measure(said)) for said in companies.values()], axis=0)
        off = calibration_error([said for every in companies.values() for said in every])
        print(f"| {name:38} | {source:9} | {forced:6.1%} | {auroc:.3f} | {mcc:.3f} | {at_refusal:8.1%} | {off:6.3f} |", flush=True)


def check(count: int, publics: Pair, embedder: Embedder | None, name: str) -> None:
    """Fits on half of the intents, and asks about the other half; then on one set alone, and asks about the other."""
    known = make_examples(count, "to learn from", publics, embedder, lambda text: not is_held_out(text))
    unknown = make_examples(count * 2 // 3, "kept apart", publics, embedder, is_held_out)
    report(f"{name}, other intents", fit(known), unknown)
    for public in publics:
        learned = fit([each for each in known if each.source == public.name])
        report(f"{name}, learned on {public.name}", learned, [each for each in unknown if each.source != public.name])


def rounded(numbers: np.ndarray) -> list:
    """Numbers as they are stored."""
    return np.round(numbers.astype(float), 4).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only measure, with intents kept apart")
    parser.add_argument("--companies", type=int, default=60, help="made-up companies of each set")
    options = parser.parse_args()
    folder = find_folder()
    if not (DATA / "clinc150").is_dir() or not (DATA / "banking77").is_dir() or folder is None:
        raise SystemExit("clinc150 and banking77 have to be in a folder shared/data beside the project, and the extra `semantic` installed")
    publics = read_public()
    common = common_meaning(publics, folder)
    tiers = {"with meaning": Embedder(folder, common), "without meaning": None}
    print(f"| {'fit':38} | {'set':9} | forced | AUROC | MCC   | at 80%   | off by |")
    for name, embedder in tiers.items():
        check(options.companies, publics, embedder, name)
    if options.check:
        return
    words = " ".join(sorted(common_words(publics)))
    written = {"sources": SOURCES, "fitted with": "bench/calibrate.py", "words known": words, "common": rounded(common)}
    for name, embedder in tiers.items():
        scorer = fit(make_examples(options.companies * 3 // 2, "all", publics, embedder, lambda _: True))
        written[name] = {part: rounded(getattr(scorer, part)) for part in PARTS}
    CALIBRATION.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
