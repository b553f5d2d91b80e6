"""The guidance's entries -> the guidance as values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.guidance import Archetype, Cell, Cited, Figure, Finding, Guidance, Job, Signal, Source, Term, Typical
from bot.load.entries import plain
from bot.load.shaping import Shaped
from bot.load.vocabulary import in_words, title

TYPICAL = "typical"
"""The section of what is typical, and the topic under which it is told."""


def build_guidance(entries: Iterable[Shaped]) -> Guidance:
    """Jobs, archetypes, what is typical, findings, signals, terms and sources as values."""
    made: dict[str, dict[str, Any]] = {section: {} for section in MAKERS}
    spoken: list[Finding] = []
    for entry in entries:
        if entry.section in MAKERS:
            key = entry.id if entry.section != TYPICAL else str(len(made[TYPICAL]))
            made[entry.section][key] = MAKERS[entry.section](entry.id, entry.shape)
            if entry.section == TYPICAL:
                spoken.append(finding_of_typical(entry.shape))
    findings = tuple(naming(finding, made["sources"].values()) for finding in made["findings"].values())
    return Guidance(
        made["jobs"],
        made["archetypes"],
        tuple(made["typical"].values()),
        made["sources"],
        findings,
        made["signals"],
        made["terms"],
        (*findings, *spoken),
    )


def naming(finding: Finding, sources: Iterable[Source]) -> Finding:
    """A finding with the companies that it names, whose practice it tells too."""
    named = (each.id for each in sources if each.practice_of and re.search(rf"\b{re.escape(each.practice_of)}\b", finding.says))
    return replace(finding, named=frozenset(named))


def cited_of(shapes: Iterable[Any]) -> tuple[Cited, ...]:
    """Where something stands."""
    return tuple(Cited(str(each.from_), each.paragraphs, each.speaker) for each in shapes)


def job_of(id: str, shape: Any) -> Job:
    """A standard job."""
    return Job(id, shape.name or in_words(id), shape.aka, shape.owns, shape.not_owns, names(shape.sources), shape.stands_for)


def archetype_of(id: str, shape: Any) -> Archetype:
    """An archetype with its grid."""
    cells = {
        str(motion): Cell(id, str(motion), cell.part, cell.stated, names(cell.sources), cell.note) for motion, cell in shape.cells.items()
    }
    return Archetype(id, shape.name or in_words(id), str(shape.job), shape.means, shape.does, names(shape.sources), cells, shape.aka)


def typical_of(id: str, shape: Any) -> Typical:
    """What is typical for a subject."""
    return Typical(str(shape.of), shape.key, shape.says, names(shape.sources), names(shape.steps))


def finding_of_typical(shape: Any) -> Finding:
    """What is typical for a subject as a finding, so that it is found by its words where the subject is not named."""
    cited = tuple(Cited(id) for id in names(shape.sources))
    return Finding(f"{TYPICAL}-{shape.of}-{shape.key}", TYPICAL, shape.key, (str(shape.of),), shape.says, cited, asked=shape.asked)


def source_of(id: str, shape: Any) -> Source:
    """A source."""
    return Source(id, shape.cite, shape.url, shape.grade, shape.practice_of, shape.aka)


def finding_of(id: str, shape: Any) -> Finding:
    """A statement with its figure and where it stands."""
    figure = None
    if shape.figure is not None:
        low = shape.figure.low or shape.figure.value
        figure = Figure(low, shape.figure.high or low, shape.figure.unit, shape.figure.driver)
    return Finding(
        id,
        shape.topic,
        shape.aspect,
        names(shape.of),
        shape.says,
        cited_of(shape.sources),
        figure,
        shape.year,
        str(shape.company),
        shape.disagrees_with,
        shape.within,
        shape.aka,
        shape.asked,
    )


def signal_of(id: str, shape: Any) -> Signal:
    """What points to an archetype."""
    fact = {attribute: frozenset(values) for attribute, values in shape.fact.items()}
    name = shape.name or in_words(id)
    return Signal(id, name, shape.aka, names(shape.points_to), names(shape.against), shape.says, cited_of(shape.sources), fact)


def term_of(id: str, shape: Any) -> Term:
    """A word of the trade."""
    meanings = tuple(plain(each) for each in shape.meanings)
    return Term(id, shape.name or title(id), shape.aka, shape.means, meanings, names(shape.sources))


def names(references: Iterable[str]) -> tuple[str, ...]:
    """References as plain ids."""
    return tuple(map(str, references))


MAKERS = {
    "jobs": job_of,
    "archetypes": archetype_of,
    "typical": typical_of,
    "sources": source_of,
    "findings": finding_of,
    "signals": signal_of,
    "terms": term_of,
}
"""Section -> what makes a value of an entry."""
