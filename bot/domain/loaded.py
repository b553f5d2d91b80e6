"""What was read from files: a company's model, and what ships with Rolecall; with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.domain.company import Company
from bot.domain.language import Language
from bot.problems import Place, Problem

Rank = Literal["", "claims", "yields"]


@dataclass(frozen=True, slots=True)
class Called:
    """What a company calls one of its things, and where it says so."""

    phrase: str
    thing: str
    """What is called so, by its kind and id: "party.csm", "value.region.emea"."""
    said: str
    """The same in words."""
    place: Place
    rank: Rank = ""
    """Whether it makes others give way that have only the same roots, or gives way itself."""
    meant: frozenset[str] = frozenset()
    """Other things that it is meant to be the same as, or a part of, so that they may share their words."""


@dataclass(slots=True)
class Loaded:
    """A company as far as it could be read, everything wrong with its files, and their text for carets."""

    company: Company
    today: date
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    called: tuple[Called, ...] = ()
    """What the company itself gives names to, by all of them."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The language and the templates, and what is wrong with them."""

    language: Language
    templates: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
