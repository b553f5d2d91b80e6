"""The rules-of-engagement sheet as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.answers import Decided


@dataclass(frozen=True, slots=True)
class SheetException:
    """What bends a row: the condition, and what holds then."""

    condition: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One subject of the sheet."""

    subject: str
    own: Decided
    others: Mapping[str, Decided]
    """Kind of owner or part -> what is ruled, where it does not depend."""
    parts: Mapping[str, str]
    """Role -> its part; a star where it has it in some cases only."""
    exceptions: tuple[SheetException, ...]
    steps: tuple[Any, ...]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet for some facts on a day."""

    roles: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    facts: tuple[str, ...]
    day: int
