"""FAQ matching on the HINT3 chatbots, beside five published systems; then its speed, memory and time to build.

    python bench/hint3.py [--subset]

Real questions of real users to two chatbots, of which about half no intent of the bot answers. The published systems' predictions
lie beside the questions, so that all are measured alike. Nothing here is fitted: what ships was, on other sets. The questions
are read from `shared/data/hint3` beside the project; where that is not, this says so.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import csv
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence

import click

from bench.measures import Figures, Said, at_threshold, measure
from bench.nearest import MINILM, is_minilm_there, open_peer, teach
from bench.public_questions import DATA, by_intent
from bot.matching import build
from bot.matching.matcher import Matcher
from bot.matching.semantic import open_embedder

FOLDER = DATA / "hint3"
BOTS = ("curekart", "powerplay11")
SYSTEMS = ("dialogflow", "rasa", "luis", "haptik", "bert")
NONE = "NO_NODES_DETECTED"
GOALS = Figures(0.76, 0.85, 0.555, 0.62)
THRESHOLD = 0.5
PHRASINGS = 500
"""Of the index whose speed is measured."""
FIELDS = ("forced accuracy", "AUROC", "best MCC", "in scope at 80% refusal")


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of the files."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def read_bot(bot: str, part: str) -> Mapping[str, Sequence[str]]:
    """The phrasings of a bot by intent."""
    return by_intent((row["sentence"], row["label"]) for row in rows_of(f"{bot}{part}_train"))


def published(system: str, bot: str, part: str) -> Figures:
    """What a published system reached, from its predictions."""
    rows = rows_of(f"{system}_{bot}{part}")
    return measure([Said(or_none(row["label"]), or_none(row["predicted_node"]), float(row["predicted_node_score"])) for row in rows])


def or_none(label: str) -> str | None:
    """The intent, or None for a question that none answers."""
    return None if label == NONE else label


def ask(matcher: Matcher, bot: str, label: str) -> list[Said]:
    """What Rolecall says."""
    said = []
    with click.progressbar(rows_of(f"{bot}_test"), label=label, file=sys.stderr) as rows:
        for row in rows:
            ranked = matcher.rank(row["sentence"])
            said.append(Said(or_none(row["label"]), ranked[0].id if ranked else None, ranked[0].score if ranked else 0.0))
    return said


def ask_minilm(bot: str, part: str) -> list[Said]:
    """What sentence embeddings say: the id of the phrasing that means the most alike."""
    pairs = [(id, text) for id, texts in read_bot(bot, part).items() for text in texts]
    peer = open_peer(MINILM, teach(MINILM, "cosine", [text for _, text in pairs]))
    said = []
    for row in rows_of(f"{bot}_test"):
        number, score = peer.nearest(row["sentence"])
        said.append(Said(or_none(row["label"]), pairs[number][0], score))
    return said


def mean(figures: Sequence[Figures]) -> Figures:
    """The mean of the bots."""
    return Figures(*(sum(values) / len(values) for values in zip(*figures, strict=True)))


def shown(figures: Figures) -> str:
    """The figures of one cell."""
    return f"{figures.forced:.1%} / {figures.auroc:.3f} / {figures.mcc:.3f} / {figures.at_refusal:.1%}"


def print_accuracy(part: str) -> None:
    """The table of all systems, bot by bot."""
    print(f"Each cell: {' / '.join(FIELDS)}\n")
    print("| system | " + " | ".join(BOTS) + " | mean |\n|---|" + "---|" * (len(BOTS) + 1))
    for system in SYSTEMS:
        print_line(system, [published(system, bot, part) for bot in BOTS])
    if is_minilm_there():
        print_line(MINILM, [measure(ask_minilm(bot, part)) for bot in BOTS])
    fixed = []
    for semantic in (False, True) if open_embedder() else (False,):
        name = "Rolecall with `semantic`" if semantic else "Rolecall"
        said = [ask(build(read_bot(bot, part), semantic=semantic), bot, f"{name}, {bot}") for bot in BOTS]
        print_line(name, [measure(each) for each in said])
        fixed.append((name, [at_threshold(each, THRESHOLD) for each in said]))
    print(f"| to reach | {'| ' * len(BOTS)}| {shown(GOALS)} |")
    print(f"\nAt a threshold of {THRESHOLD}, which was fixed beforehand: in scope answered rightly / out of scope refused / MCC\n")
    print("| system | " + " | ".join(BOTS) + " | mean |\n|---|" + "---|" * (len(BOTS) + 1))
    for name, bots in fixed:
        cells = [*bots, tuple(sum(values) / len(values) for values in zip(*bots, strict=True))]
        print(
            f"| {name} | " + " | ".join(f"{answered:.1%} / {refused:.1%} / {matthews:.3f}" for answered, refused, matthews in cells) + " |"
        )


def print_line(name: str, figures: Sequence[Figures]) -> None:
    """A line of the table."""
    print(f"| {name} | " + " | ".join(shown(each) for each in [*figures, mean(figures)]) + " |", flush=True)


def print_cost() -> None:
    """Speed, memory, time to build: each in a process of its own, first without a stored index and then with it."""
    print(f"\nOne process each, {PHRASINGS} phrasings and all test questions of {BOTS[0]}; milliseconds are of the processor.\n")
    print("| | ready s, built | ready s, stored | p50 ms | p99 ms | memory before MB | memory after MB |\n|---|--:|--:|--:|--:|--:|--:|")
    for semantic in (False, True) if open_embedder() else (False,):
        with tempfile.TemporaryDirectory() as folder:
            first, second = (run_worker(folder, semantic) for _ in range(2))
        name = "with `semantic`" if semantic else "without"
        times = f"{first['ready']:.2f} | {second['ready']:.2f} | {second['p50']:.2f} | {second['p99']:.2f}"
        print(f"| {name} | {times} | {second['before']:.1f} | {second['after']:.1f} |", flush=True)


def run_worker(folder: str, semantic: bool) -> dict[str, float]:
    """What a fresh process measures."""
    pairs = [(id, text) for id, texts in read_bot(BOTS[0], "").items() for text in texts]
    chosen = [pairs[place * len(pairs) // PHRASINGS] for place in range(PHRASINGS)]
    questions = [row["sentence"] for row in rows_of(f"{BOTS[0]}_test")]
    given = json.dumps({"phrasings": by_intent((text, id) for id, text in chosen), "questions": questions})
    arguments = [sys.executable, str(Path(__file__).with_name("faq_cost.py")), folder, "semantic" if semantic else "words"]
    ended = subprocess.run(arguments, input=given, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subset", action="store_true", help="the smaller training sets")
    parser.add_argument("--cost", action="store_true", help="only speed, memory and time to build")
    options = parser.parse_args()
    if not FOLDER.is_dir():
        print("HINT3 is not measured: its questions are not in a folder shared/data/hint3 beside the project.")
        return
    if not options.cost:
        print_accuracy("_subset" if options.subset else "")
    print_cost()


if __name__ == "__main__":
    main()
