"""What was read from files: a company's model, and what ships with Rolecall; with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.domain.company import Company
from bot.domain.language import Language
from bot.problems import Problem


@dataclass(slots=True)
class Loaded:
    """A company as far as it could be read, everything wrong with its files, and their text for carets."""

    company: Company
    today: date
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The language and the templates, and what is wrong with them."""

    language: Language
    templates: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
