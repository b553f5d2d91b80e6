"""Questions to companies that nobody had seen: how much of what is asked of a new model is answered rightly.

    python bench/unseen.py [NAME...]

Each folder of bench/unseen holds what a company writes in its wiki (policy.md), the model that was made of it by somebody who knew no more
of Rolecall than its documentation, and questions by somebody who knew the policy alone. Prints the table of bench/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
from collections.abc import Iterator, Sequence

from bench.understanding import TODAY, print_table, share
from bot.cli.eval import open_questions, progress
from bot.evaluate import Figures, ask_all, count
from bot.evaluate.figures import WRONG

FOLDER = Path(__file__).resolve().parent / "unseen"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure companies that nothing was mended for, when they were first asked.")
    parser.add_argument("names", nargs="*", help="the folders of bench/unseen; all of them where none is named")
    names = parser.parse_args().names or sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    print_table(list(rows(names)))


def rows(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A line for each company."""
    yield ("company", "in scope", "right", WRONG, "needless", "refused", "out of scope, refused")
    for name in names:
        figures = measure(name)
        inside = figures.inside.total()
        kinds = (share(figures.inside[kind], inside) for kind in ("right", WRONG, "needless", "refused"))
        yield (name, f"{inside:,}", *kinds, share(figures.outside["right"], figures.outside.total()))


def measure(name: str) -> Figures:
    """What became of the questions to one company."""
    conversations, engines = open_questions([FOLDER / name / "questions.yaml"], str(FOLDER / name / "model"))
    return count(list(progress(ask_all(conversations, engines, TODAY), len(conversations))))


if __name__ == "__main__":
    main()
