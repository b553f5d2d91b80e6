"""What the generated parts of the documents are laid out with: tables, anchors, and the guidance that they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.company import Company
from bot.load import guidance_folder, load_company

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 22)
"""The day of all answers in the documents, so that a page does not change by itself."""


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; a stroke inside a cell is escaped."""
    lines = [tuple(columns), tuple("---" for _ in columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


@cache
def bare() -> Company:
    """A company without a model: the guidance alone."""
    return load_company(None, guidance_folder(), DAY).company


def anchor(heading: str) -> str:
    """A heading's anchor on the web."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
