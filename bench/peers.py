"""Rolecall beside what a company would build instead: rapidfuzz, BM25, TF-IDF and sentence embeddings over all phrasings.

    python bench/peers.py [--fills 8] [--price 1] [--company gitlab-fy24]

All know the same and are asked the same. The peers are taught the phrasings of `bench/filled.py` with Rolecall's answers, and give the
answer of the nearest one, or none below a threshold. That, and which variant of a peer is taken, is chosen on the questions to tune by,
where the right answers less the price of the confident-wrong ones are most; what is shown is of the questions that are kept. No question
is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from bench.filled import FILLS, Known, teach
from bench.nearest import KINDS, MINILM, is_minilm_there
from bench.peer import ROLECALL, TODAY
from bench.understanding import print_table, share
from bot.cli.eval import open_questions
from bot.domain.labels import Conversation
from bot.domain.questions import Question
from bot.evaluate import Judged, ask_all, count
from bot.evaluate.figures import WRONG
from bot.evaluate.judge import judge
from bot.pipeline import Engine, answer

HERE = Path(__file__).resolve().parent
DAY = date(*TODAY)
PRICE = 1
"""What a confident-wrong answer costs: so many right ones."""
PRICES = (0, 1, 2, 5, 10)
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""One thread each, so that processor time is the time that a question takes."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, how near the nearest phrasing is, and what it is worth to answer with that or to refuse."""

    score: float
    answered: Judged
    refused: Judged


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question takes, and the process."""

    times: Sequence[float]
    memory: float
    start: float
    first: float


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that is asked, and of whom."""

    sets: Mapping[str, Sequence[Conversation]]
    engines: Mapping[str, Engine]
    known: Mapping[str, Known]
    folder: Path


def main() -> None:
    """Prints the table of bench/README.md."""
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        bench = prepare(options, Path(folder))
        rows, others = [], []
        for name in [*KINDS, ROLECALL]:
            if name == MINILM and not is_minilm_there():
                say(f"{name}: left out; the extra `peers` is not installed")
            elif name == ROLECALL:
                judged = list(ask_all(bench.sets["keep"], bench.engines, DAY))
                rows.append(row_of(name, judged, measure_cost(bench, name, "", 0.0)))
                others.append((name, *[say_briefly(judged)] * len(PRICES)))
            else:
                row, by_price = measure_peer(bench, name, options.price)
                rows.append(row)
                others.append(by_price)
    texts = [len(known.texts) for known in bench.known.values()]
    print(
        f"{len(bench.sets['keep']):,} questions to {len(bench.engines)} companies; {min(texts):,} to {max(texts):,} phrasings for each.\n"
    )
    print_table([HEAD, *rows])
    print("\nRight / confident-wrong, of all, at other prices of a confident-wrong answer:\n")
    print_table([("", *(f"price {price}" for price in PRICES)), *others])


HEAD = ("", "right", WRONG, "needless", "refused", "out of scope, refused", "p50 ms", "p99 ms", "memory MB", "start s", "first start s")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Rolecall beside other ways to answer the same questions.")
    parser.add_argument("--questions", type=Path, default=HERE / "questions", help="the folder of keep and tune")
    parser.add_argument("--fills", type=int, default=FILLS, help="how often each phrasing is filled with names")
    parser.add_argument("--price", type=float, default=PRICE, help="how many right answers a confident-wrong one costs")
    parser.add_argument("--company", help="only this one")
    return parser.parse_args()


def say(text: str) -> None:
    """How far it is."""
    print(text, file=sys.stderr, flush=True)


def prepare(options: argparse.Namespace, folder: Path) -> Bench:
    """The questions, the first of each conversation; the engines; what the peers are taught, written down for their processes."""
    paths = {name: options.questions / name for name in ("tune", "keep")}
    read, engines = open_questions(list(paths.values()), None)
    firsts = [replace(each, turns=each.turns[:1]) for each in read if options.company in (None, each.company)]
    sets = {name: [each for each in firsts if path.name == set_of(each)] for name, path in paths.items()}
    chosen = {each.company: engines[each.company] for each in firsts}
    known = {}
    for company, engine in chosen.items():
        known[company] = teach(engine, DAY, options.fills)
        say(f"{company}: {len(known[company].texts):,} phrasings")
        for name, texts in (("texts", known[company].texts), ("answers", [each.text for each in known[company].answers])):
            (folder / f"{company} {name}.json").write_text(json.dumps(texts), encoding="utf-8")
    return Bench(sets, chosen, known, folder)


def set_of(conversation: Conversation) -> str:
    """The folder in which a question stands."""
    return Path(conversation.turns[0].place.path).parent.name


def measure_peer(bench: Bench, name: str, price: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The row of a peer at its best, and what it reaches at other prices."""
    found = {variant: find(bench, name, variant) for variant in KINDS[name].variants}
    gains = {variant: best_threshold(tune, price)[1] for variant, (tune, _, _) in found.items()}
    say(f"{name}: " + ", ".join(f"{variant} {gain:.0f}" for variant, gain in gains.items()))
    variant = max(gains, key=lambda each: gains[each])
    tune, keep, first = found[variant]
    threshold, _ = best_threshold(tune, price)
    cost = measure_cost(bench, name, variant, threshold, first)
    label = f"{name}, {variant}" if len(gains) > 1 else name
    at_prices = (say_briefly(at(keep, best_threshold(tune, other)[0])) for other in PRICES)
    return row_of(f"{label}, from {threshold:.3g}", at(keep, threshold), cost), (label, *at_prices)


def find(bench: Bench, name: str, variant: str) -> tuple[list[Case], list[Case], float]:
    """The cases of both sets, each company asked in a process of its own; and how long the slowest took to start."""
    cases: dict[str, list[Case]] = {"tune": [], "keep": []}
    first = 0.0
    for company, engine in bench.engines.items():
        asked = {which: [each for each in some if each.company == company] for which, some in bench.sets.items()}
        said = run(bench, name, variant, 0.0, company, [*asked["tune"], *asked["keep"]])
        first = max(first, said["start"])
        known, found = bench.known[company], iter(said["found"])
        for which, some in asked.items():
            cases[which] += [case_of(each, *next(found), known, engine) for each in some]
    return cases["tune"], cases["keep"], first


def case_of(conversation: Conversation, number: int, score: float, known: Known, engine: Engine) -> Case:
    """A question with the judgement of both: the answer to the nearest phrasing, and none."""
    done = known.answers[number]
    if conversation.as_role or conversation.segment:
        done = answer(as_asked(conversation, known.texts[number]), engine)
    none = answer(Question("", DAY), engine)
    return Case(score, judge(conversation, 0, done, engine), judge(conversation, 0, none, engine))


def as_asked(conversation: Conversation, text: str) -> Question:
    """A text asked by whom the question is from."""
    return Question(text, DAY, conversation.as_role or None, conversation.segment or None)


def best_threshold(cases: Sequence[Case], price: float) -> tuple[float, float]:
    """From which score on it is best to answer, and the gain: the right answers less the price of the confident-wrong ones.

    It lies midway between two scores that differ, or above them all.
    """
    gain = sum(worth(case.refused, price) for case in cases)
    best, threshold = gain, float("inf")
    groups = [(score, list(some)) for score, some in groupby(sorted(cases, key=lambda case: -case.score), lambda case: case.score)]
    for (score, some), (below, _) in zip(groups, [*groups[1:], (0.0, [])], strict=True):
        gain += sum(worth(case.answered, price) - worth(case.refused, price) for case in some)
        if gain > best:
            best, threshold = gain, (score + below) / 2
    return threshold, best


def worth(judged: Judged, price: float) -> float:
    """What an answer gains."""
    return 1.0 if judged.judgement == "right" else -price if judged.judgement == WRONG else 0.0


def at(cases: Iterable[Case], threshold: float) -> list[Judged]:
    """The answers, and refusals below a threshold."""
    return [case.answered if case.score >= threshold else case.refused for case in cases]


def measure_cost(bench: Bench, name: str, variant: str, threshold: float, first: float = 0.0) -> Cost:
    """What the questions take that are kept, and the process; `first` is how long the first start took, if that is known."""
    times: list[float] = []
    memory = start = 0.0
    for company in bench.engines:
        asked = {which: [each for each in some if each.company == company] for which, some in bench.sets.items()}
        if name == ROLECALL:
            first = max(first, run(bench, name, variant, threshold, company, asked["keep"][:1])["start"])
        said = run(bench, name, variant, threshold, company, asked["keep"], before=asked["tune"])
        times += said["ms"]
        memory, start = max(memory, said["memory"]), max(start, said["start"])
    return Cost(sorted(times), memory, start, first)


def run(
    bench: Bench, name: str, variant: str, least: float, company: str, asked: Sequence[Conversation], before: Sequence[Conversation] = ()
) -> dict[str, Any]:
    """What a fresh process measures that is asked other questions `before`."""
    questions = [[(each.turns[0].text, each.as_role or None, each.segment or None) for each in some] for some in (before, asked)]
    arguments = [sys.executable, str(HERE / "peer.py"), name, variant, str(least), company, str(bench.folder)]
    around = {**os.environ, **ALONE, "XDG_CACHE_HOME": str(bench.folder)}
    ended = subprocess.run(arguments, input=json.dumps(questions), stdout=subprocess.PIPE, text=True, check=True, env=around)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def row_of(name: str, judged: Sequence[Judged], cost: Cost) -> tuple[str, ...]:
    """A line of the table."""
    figures = count(judged)
    inside, outside = figures.inside, figures.outside
    shares = (f"{inside[key] / max(1, inside.total()):.1%}" for key in ("needless", "refused"))
    middle, late = (cost.times[len(cost.times) * part // 100] for part in (50, 99))
    return (
        name,
        share(inside["right"], inside.total()),
        share(figures.wrong, figures.asked),
        *shares,
        share(outside["right"], outside.total()),
        *(f"{value:.3g}" for value in (middle, late, cost.memory, cost.start, cost.first)),
    )


def say_briefly(judged: Sequence[Judged]) -> str:
    """How many are right, and how many confident-wrong."""
    figures = count(judged)
    right = figures.inside["right"] + figures.outside["right"]
    return f"{right / figures.asked:.1%} / {figures.wrong / figures.asked:.1%}"


if __name__ == "__main__":
    main()
