"""The rows of a page that say how a sentence of a policy is written: each is a model of its own, with a question and its answer.

A row is `| sentence | `section`: `entry`, more of them after <br> | *question* answer |`. The entries are put beside the names that the
page declares in its first block, so that a row shows only what it adds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from docs_run import run

from bot.load.shapes import NAMES

ENTRY = re.compile(r"`(?P<section>[\w-]+)`: `(?P<text>[^`]+)`")
ROW = re.compile(r"^\| (?P<sentence>[^|\n]+) \| (?P<how>`[\w-]+`: `[^`\n]+`[^|\n]*) \| \*(?P<question>[^*|\n]+)\*[^|\n]* \|$", re.MULTILINE)
BELOW = re.compile(r"^(?:Rule |Kept by |Ruled by |From the FAQ |Unless |Ask next: |\S+ {2,})")
"""What stands below what an answer says: whose word it is, and the head of a table."""
SHOWN = 2
SHARED = "acme"
"""The folder of the names that all rows share."""


def rows_of(text: str) -> Iterator[re.Match[str]]:
    """The rows of a page."""
    return ROW.finditer(text)


def write_row(row: re.Match[str], folder: Path) -> str:
    """The model of a row beside the shared names in `folder`; returns its name, which no other row has."""
    model = folder / f"row-{row.start()}"
    model.mkdir(exist_ok=True)
    shared = (folder / SHARED / "company.yaml").read_text(encoding="utf-8")
    (model / "company.yaml").write_text(shared, encoding="utf-8")
    written: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(row["how"]):
        dash = "" if entry["section"] in NAMES else "- "
        written.setdefault(entry["section"], []).append(f"{dash}{entry['text']}\n")
    for section, entries in written.items():
        (model / section).mkdir(exist_ok=True)
        (model / section / "row.yaml").write_text("".join(entries), encoding="utf-8")
    return model.name


def replay_row(row: re.Match[str], folder: Path) -> str:
    """A row with its answer as it is now: its first line, which answers, and what is said next to it."""
    said = json.loads(run(f"rolecall ask {json.dumps(row['question'])} --company {write_row(row, folder)} --json"))
    lines = list(takewhile(lambda line: not BELOW.match(line), said["text"].splitlines()))[:SHOWN]
    answer = "<br>".join(lines).replace("|", "\\|")
    return f"| {row['sentence']} | {row['how']} | *{row['question']}* {answer} |"
