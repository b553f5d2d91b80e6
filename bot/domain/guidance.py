"""The industry's knowledge: jobs, archetypes, what is typical, findings with their sources. The same for every company."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

YEARS = re.compile(r"FY\d\d|\d{4}")
"""A year, or a fiscal year, in a text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that findings come from."""

    id: str
    cite: str
    """How an answer names it."""
    url: str = ""
    grade: str = ""
    """How strong it is."""
    practice_of: str = ""
    """The company whose own published practice it is; empty for all others."""
    aka: tuple[str, ...] = ()
    """Other names of that company."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where in a source a finding stands, and who said it."""

    source: str
    paragraphs: tuple[int, ...] = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a range: its two ends, what they count, and what moves it."""

    low: str
    high: str
    """The same as `low` where there is one number."""
    unit: str = ""
    driver: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of the industry."""

    id: str
    topic: str
    aspect: str
    of: tuple[str, ...]
    """What it is about: archetypes, jobs, motions, stakeholders, terms; empty for customer success as a whole."""
    says: str
    cited: tuple[Cited, ...]
    figure: Figure | None = None
    year: str = ""
    company: str = ""
    """The source of the company whose practice it is."""
    disagrees_with: tuple[str, ...] = ()
    within: str = ""
    """The finding that sums this one up with others."""
    aka: tuple[str, ...] = ()
    """Other words in which people ask for it."""
    asked: tuple[str, ...] = ()
    """Questions that it answers."""
    named: frozenset[str] = frozenset()
    """The sources of the companies that the statement names."""

    def is_of(self, company: str) -> bool:
        """Whether it tells what a company does, or, where none is named, what is so in general."""
        return self.company == company or company in self.named

    @property
    def told(self) -> str:
        """The statement, with the year of its figure where it does not name one itself."""
        dated = not self.year or any(year in self.says for year in YEARS.findall(self.year))
        return self.says if dated else f"{self.says.rstrip('.')} ({self.year})."

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources."""
        return tuple(dict.fromkeys(each.source for each in self.cited))


@dataclass(frozen=True, slots=True)
class Signal:
    """A fact about a business that points to an archetype, or away from one."""

    id: str
    name: str
    aka: tuple[str, ...]
    points_to: tuple[str, ...]
    against: tuple[str, ...]
    says: str
    cited: tuple[Cited, ...]
    fact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Attribute -> the values that mean the same."""

    @property
    def told(self) -> str:
        """Why it points there, with who said so."""
        speakers = dict.fromkeys(each.speaker for each in self.cited if each.speaker)
        return f"{self.says.rstrip('.')} ({', '.join(speakers)})." if speakers else self.says


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the archetypes' ownership grid: who says so, and whether it was stated or inferred."""

    archetype: str
    motion: str
    part: str
    stated: bool
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """The industry's standard job."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    not_owns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """What its name or abbreviation means elsewhere."""


@dataclass(frozen=True, slots=True)
class Archetype:
    """A way to define the CSM job."""

    id: str
    name: str
    job: str
    """The job that it is a kind of."""
    means: str
    """What it is, in a few words."""
    does: tuple[str, ...]
    sources: tuple[str, ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)
    aka: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade, with one meaning or several."""

    id: str
    name: str
    aka: tuple[str, ...]
    means: str
    meanings: tuple[Mapping[str, Any], ...]
    """What it means where: `means` and `at`, the id of a source."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typical:
    """What is typical where the company is silent: one sentence on a subject, with its sources."""

    subject: str
    key: str
    says: str
    sources: tuple[str, ...]
    steps: tuple[str, ...] = ()
    """The steps of which it is told where no subject is named."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """The industry's knowledge."""

    jobs: Mapping[str, Job] = field(default_factory=dict)
    archetypes: Mapping[str, Archetype] = field(default_factory=dict)
    typical: tuple[Typical, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    signals: Mapping[str, Signal] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    spoken: tuple[Finding, ...] = ()
    """What is found by its words: the findings, and what is typical as if it were some."""

    def cite(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """How sources are named, each once; what is no source of the guidance names itself."""
        return tuple(dict.fromkeys(self.sources[id].cite if id in self.sources else id for id in ids))

    def on(self, topic: str) -> tuple[Finding, ...]:
        """The findings on a topic."""
        return tuple(finding for finding in self.findings if finding.topic == topic)
