"""The parts of the documents that tell where the guidance comes from: its sources, how strong they are, where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, get_args

from docs_layout import bare, table

from bot.load import guidance_folder
from bot.load.layout import read_folder
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES
from bot.load.shapes.guidance import SourceShape, Topic

GRADES: Mapping[str, tuple[str, str]] = {
    "seed": ("The two documents", "the article and the talk that the archetypes come from"),
    "survey": ("Surveys", "an analyst, a consultancy or a survey house that counted"),
    "published": ("What companies publish of themselves", "a company's own operating document, such as a handbook"),
    "practitioner": ("Practitioners", "somebody who does or did the work, in their own words"),
    "vendor": ("Vendors", "somebody who sells software or advice for it; the figures may serve the sale"),
    "trade": ("The trade", "common usage, and what we infer from the rest"),
    "forum": ("One person in a forum", "a single voice; told as one"),
}
"""Grade -> its heading, and what it means."""


@cache
def sources() -> Mapping[str, Mapping[str, Any]]:
    """The sources as they are written."""
    folder, _ = read_folder(guidance_folder(), (*GUIDANCE_NAMES, *GUIDANCE_LISTS), ())
    return dict(chain.from_iterable(part.value.items() for part in folder.section("sources")))


@cache
def findings_by_source() -> Counter[str]:
    """How many findings rest on each source."""
    return Counter(id for finding in bare().guidance.findings for id in finding.sources)


@cache
def others_by_source() -> Counter[str]:
    """How many other entries rest on each source: signals, terms, jobs, archetypes, what is typical."""
    guidance = bare().guidance
    cited: Iterator[Iterable[str]] = chain(
        ({each.source for each in signal.cited} for signal in guidance.signals.values()),
        ({*term.sources, *(str(each["at"]) for each in term.meanings if each.get("at"))} for term in guidance.terms.values()),
        (job.sources for job in guidance.jobs.values()),
        ({*each.sources, *(id for cell in each.cells.values() for id in cell.sources)} for each in guidance.archetypes.values()),
        (each.sources for each in guidance.typical),
    )
    return Counter(id for ids in cited for id in set(ids))


def grades() -> str:
    """The grades in the order of their strength, with how much each carries."""
    assert set(GRADES) == set(get_args(SourceShape.model_fields["grade"].annotation))
    rows = []
    for grade in GRADES:
        ids = [id for id, source in sources().items() if source["grade"] == grade]
        resting = [finding for finding in bare().guidance.findings if set(ids) & set(finding.sources)]
        rows.append((f"`{grade}`", GRADES[grade][1], str(len(ids)), str(len(resting))))
    return table(("grade", "what it is", "sources", "findings that rest on it"), rows)


def source_tables() -> str:
    """Every source with its address and year, and what rests on it, the stronger first."""
    parts = []
    for grade in GRADES:
        rows = [source_row(id, source) for id, source in sources().items() if source["grade"] == grade]
        columns = ("source", "year", "findings", "other entries", "id")
        parts.append(f"### {GRADES[grade][0]}\n\n{table(columns, rows)}")
    return "\n\n".join(parts)


def source_row(id: str, source: Mapping[str, Any]) -> tuple[str, ...]:
    """A source as a line of a table."""
    cited = f"[{source['cite']}]({source['url']})" if source.get("url") else str(source["cite"])
    return cited, str(source.get("year", "")), str(findings_by_source()[id]), str(others_by_source()[id]), f"`{id}`"


def companies_told() -> str:
    """The companies whose own practice is known, and the names by which they are asked for."""
    guidance, rows = bare().guidance, []
    for id, source in guidance.sources.items():
        if source.practice_of:
            told = [finding for finding in guidance.findings if finding.company == id]
            rows.append((source.practice_of, ", ".join(source.aka), str(len(told)), source.cite))
    return table(("company", "also asked for as", "findings", "from"), rows)


def topics() -> str:
    """What the findings are about, and how many there are."""
    counted = Counter(finding.topic for finding in bare().guidance.findings)
    listed = ", ".join(f"{topic} ({counted[topic]})" for topic in get_args(Topic) if counted[topic])
    return f"There are {counted.total()} findings: {listed}."


def disagreements() -> str:
    """Where sources disagree, and who says what."""
    guidance = bare().guidance
    found = [finding for finding in guidance.findings if finding.topic == "disagreement"]
    return table(("where they differ", "sources"), [(each.says, "; ".join(guidance.cite(each.sources))) for each in found])
