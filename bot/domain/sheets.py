"""The rules-of-engagement sheet as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.answers import Decided


@dataclass(frozen=True, slots=True)
class SheetCase:
    """One case of a row: the condition, and what holds then."""

    condition: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One subject of the sheet."""

    subject: str
    own: Decided | None
    """The owner by default; None where that depends."""
    depends: tuple[str, ...]
    """On what it depends."""
    cases: tuple[SheetCase, ...]
    """Where there is more than one owner: every case in order, the first that holds wins."""
    others: Mapping[str, Decided]
    """Kind of owner or part -> what is ruled, where it does not depend."""
    open: Mapping[str, tuple[str, ...]]
    """The same, on what it depends where it does."""
    parts: Mapping[str, str]
    """Role -> its part; a star where it holds in some cases only."""
    steps: tuple[Any, ...]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet for some facts on a day."""

    roles: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    facts: tuple[str, ...]
    day: int
