"""The labelled questions of bench/questions, kept and to tune by, each as it was typed and with slips of the keyboard, in one run.

    python bench/understanding.py [--questions bench/questions] [--baseline bench/baseline.json] [--write-baseline] [--tables]

Prints the table of bench/README.md; leaves with 1 when more is confident-wrong than in the baseline. No question is printed: nobody
reads which of those that are kept fail. All answers are as of one day, and the slips are the same in every run.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.cli.eval import open_questions, progress
from bot.cli.evaluated import report_lines
from bot.evaluate import Figures, Judged, ask_all, count
from bot.evaluate.baseline import Baseline, baseline_of, compared, has_grown
from bot.evaluate.figures import WRONG, Z, as_json, interval

TODAY = date(2026, 11, 22)
SLIPS = 20261122
HERE = Path(__file__).resolve().parent
SETS = ("keep", "tune")
Rows = Iterator[tuple[str, ...]]
Run = tuple[Figures, Sequence[Judged]]


def main() -> None:
    options = read_options()
    before = read_baselines(options.baseline)
    runs = {name: run for folder in SETS for name, run in measure(options.questions / folder)}
    if not runs:
        sys.exit(f"There are no questions in {options.questions}: neither {' nor '.join(SETS)} is there.")
    print_table(list(rows_of(runs)))
    for name, (figures, _) in runs.items() if options.tables else ():
        print(f"\n{name}\n" + "\n".join(report_lines(figures, None)))
    if options.write_baseline:
        kept = {name: as_json(figures) for name, (figures, _) in runs.items()}
        options.baseline.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    grown = [name for name, (figures, _) in runs.items() if name in before and has_grown(figures, before[name])]
    for name, baseline in before.items():
        if name in runs:
            print(f"\n{name}:\n  " + "\n  ".join(compared(runs[name][0], baseline)))
    if grown:
        sys.exit(f"\nMore is confident-wrong than in the baseline: {', '.join(grown)}.")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how well questions are understood.")
    parser.add_argument("--questions", type=Path, default=HERE / "questions", help="the folder of keep and tune")
    parser.add_argument("--baseline", type=Path, default=HERE / "baseline.json", help="the figures to compare with, where they are there")
    parser.add_argument("--write-baseline", action="store_true", help="keep the figures as the new baseline")
    parser.add_argument("--tables", action="store_true", help="print the tables by intent, outcome, company and the like as well")
    return parser.parse_args()


def read_baselines(file: Path) -> Mapping[str, Baseline]:
    """The figures of an earlier run by the name of what was run; none where the file is not there."""
    if not file.exists():
        return {}
    try:
        return {name: baseline_of(said) for name, said in json.loads(file.read_text(encoding="utf-8")).items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        sys.exit(f"{file} holds no figures; write them anew with --write-baseline.")


def measure(folder: Path) -> Iterator[tuple[str, Run]]:
    """A set, as it was typed and with slips."""
    if not folder.is_dir():
        return
    conversations, engines = open_questions([folder], None)
    total = sum(len(each.turns) for each in conversations)
    for name, slips in ((folder.name, None), (f"{folder.name}, 1-2 slips each", SLIPS)):
        judged = list(progress(ask_all(conversations, engines, TODAY, slips=slips), total))
        yield name, (count(judged), judged)


def rows_of(runs: Mapping[str, Run]) -> Rows:
    """The table: a column for each run."""
    figures = [each for each, _ in runs.values()]
    yield ("", *runs)
    yield ("in scope, asked", *(f"{each.inside.total():,}" for each in figures))
    for name in ("right", WRONG, "needless", "refused", "astray"):
        yield (name, *(share(each.inside[name], each.inside.total()) for each in figures))
    yield ("out of scope, asked", *(f"{each.outside.total():,}" for each in figures))
    yield ("refused, as is right", *(share(each.outside["right"], each.outside.total()) for each in figures))
    yield (f"{WRONG}, of all", *(share(each.wrong, each.asked) for each in figures))
    yield ("conversations right throughout", *(share(each.talks[1], each.talks[0]) for each in figures))
    typed, slipped = list(runs.values())[::2], list(runs.values())[1::2]
    losses = (say_loss(one, other) for (_, one), (_, other) in zip(typed, slipped, strict=True))
    yield ("lost to the slips, points", *(cell for loss in losses for cell in ("", loss)))


def share(some: int, of: int) -> str:
    """A count, its share and the interval of that."""
    low, high = interval(some, of)
    return f"{some:,}: {some / of:.1%} ({low:.1%} to {high:.1%})" if of else "0"


def say_loss(typed: Sequence[Judged], slipped: Sequence[Judged]) -> str:
    """By how many points less is right of the same questions with slips, with a 95% interval of the difference of pairs."""
    pairs = [
        (one.judgement == "right", other.judgement == "right")
        for one, other in zip(typed, slipped, strict=True)
        if not one.turn.label.is_outside
    ]
    if not pairs:
        return ""
    lost, won, total = pairs.count((True, False)), pairs.count((False, True)), len(pairs)
    loss = (lost - won) / total
    half = Z * math.sqrt(max(0.0, (lost + won) / total - loss * loss) / total)
    return f"{100 * loss:.1f} ({100 * (loss - half):.1f} to {100 * (loss + half):.1f})"


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Prints a table in Markdown."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "| "
        + " | ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 1) + (":" if at else "-") for at, width in enumerate(widths)) + "|")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
