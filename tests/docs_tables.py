"""Every generated part of the documents, by name; what makes it stands in the other `docs_*.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from docs_asked import company_table, intent_examples
from docs_layout import ROOT, bare, table
from docs_names import archetypes, attributes, conditions, listing, motions, positions, stages, stakeholders, subjects
from docs_run import command_help
from docs_shapes import common_keys, guidance_keys, matters, plain_keys, section_names, sections
from docs_slack import events, manifest, modes, scopes
from docs_sources import companies_told, disagreements, grades, source_tables, topics

from bot.load import load_shipped

INTENTS = tuple(load_shipped().language.intents)


def intents() -> str:
    """The intents that questions can have."""
    rows = [(f"[`{each.id}`](intents.md#{each.id})", each.about) for each in INTENTS]
    return table(("intent", "what people want to know"), rows)


def decisions() -> str:
    """The decisions with their titles."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [(page, page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")) for page in pages]
    return "\n".join(f"- [{title}](decisions/{page.name})" for page, title in titles)


GENERATED: Mapping[str, Callable[[], str]] = {
    "common-keys": common_keys,
    "sections": sections,
    "section-names": section_names,
    "plain-keys": plain_keys,
    "guidance-keys": guidance_keys,
    "matters": matters,
    "conditions": conditions,
    "attributes": attributes,
    "motions": motions,
    "activities": lambda: subjects(("account", "opportunity", "activity")),
    "requests": lambda: subjects(("request",)),
    "steps": lambda: listing(bare().steps.values()),
    "stages": stages,
    "positions": positions,
    "jobs": lambda: listing(bare().guidance.jobs.values()),
    "archetypes": archetypes,
    "stakeholders": stakeholders,
    "intents": intents,
    **{f"intent-{each.id}": partial(intent_examples, each.id) for each in INTENTS},
    "grades": grades,
    "sources": source_tables,
    "companies-told": companies_told,
    "topics": topics,
    "disagreements": disagreements,
    "examples": company_table,
    "commands": command_help,
    "decisions": decisions,
    "scopes": scopes,
    "events": events,
    "modes": modes,
    "manifest": manifest,
}
"""The name of a generated part -> what makes it."""
