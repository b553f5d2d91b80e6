"""The parts of the documents that are made from what is built in: conditions, and the names that every model has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docs_layout import bare, table

from bot.domain.attributes import Attribute, say_anchored
from bot.load import guidance_folder
from bot.load.conditions import read_value
from bot.load.layout import read_folder
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES

EXAMPLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "enum": ("handling", ("auto-renew", "not auto-renew")),
    "enum with wider values": ("expansion", ("seats", "upsell-kinds", "not seats")),
    "yes-no": ("partner-led", ("yes", "no")),
    "money": ("arr", ("under 50k", "50k or less", "over 50k", "50k or more", "20k to 50k", "over 20k to 50k", "$1.2m", "50,000")),
    "count": ("stage", ("3", "at least 3", "2 to 4")),
    "percent": ("discount", ("10% or less", "over 10% to 20%", "over 20%", "10% to 20%", "12.5")),
    "duration": ("days-to-renewal", ("60 or less", "60 days", "under 2 weeks", "30 to 90", "3 months or more")),
    "date": ("signed", ("2026-02-01", "before 2026-02-01", "2026-02-01 or after")),
}


def conditions() -> str:
    """Conditions by the kind of their attribute, and what each is read as."""
    declared = {each.id: each for each in (Attribute("signed", "signed", "date", {}), Attribute("discount", "discount", "percent", {}))}
    rows = []
    for kind, (name, texts) in EXAMPLES.items():
        attribute = bare().attributes.get(name) or declared[name]
        for text in texts:
            values = read_value(attribute, text)
            assert values, f"{text} is no condition on {name}"
            rows.append((kind, f"`{name}: {text}`", say_anchored(attribute, values, "USD")))
    return table(("kind", "you write", "it is read as"), rows)


def attributes() -> str:
    """The built-in attributes with their values and what is assumed."""

    def values(attribute: Attribute) -> str:
        if attribute.id == "segment":
            return "your `segments`"
        shown = [f"`{choice.id}`" + (f" (within `{choice.within}`)" if choice.within else "") for choice in attribute.choices.values()]
        return ", ".join(shown)

    rows = [(f"`{each.id}`", each.kind, values(each), f"`{each.assume}`" if each.assume else "") for each in bare().attributes.values()]
    rows.append(("`ROLE-on-account`", "yes-no", "one for each role, such as `csm-on-account`", "`yes`"))
    return table(("attribute", "kind", "values", "assumed when nobody says"), rows)


def listing(things: Iterable[Any]) -> str:
    """Built-in names by id."""
    return table(("id", "name"), [(f"`{each.id}`", each.name) for each in things])


def subjects(kinds: tuple[str, ...]) -> str:
    """The built-in subjects of some kinds."""
    return listing(each for each in bare().subjects.values() if each.kind in kinds)


def motions() -> str:
    """The built-in motions with their meaning."""
    listed = [each for each in bare().subjects.values() if each.kind == "motion"]
    rows = [(f"`{each.id}`", each.name, each.gloss, ", ".join(f"`{id}`" for id in each.of)) for each in listed]
    return table(("id", "name", "what it is", "made of"), rows)


def positions() -> str:
    """The built-in positions."""
    listed = [each for each in bare().parties.values() if each.kind == "position"]
    rows = [(f"`{each.id}`", each.name, f"the owner of `{each.from_subject}`" if each.from_subject else "") for each in listed]
    return table(("id", "name", "who that is"), rows)


def archetypes() -> str:
    """The archetypes with their grid; what is inferred stands in brackets."""
    motions = [each.id for each in bare().subjects.values() if each.kind == "motion" and not each.of]
    rows = []
    for each in bare().guidance.archetypes.values():
        cells = [each.cells[motion] for motion in motions]
        rows.append((f"`{each.id}`", each.name, *(cell.part if cell.stated else f"({cell.part})" for cell in cells)))
    return table(("id", "name", *motions), rows)


def entries_of(section: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The entries of a section of the guidance as they are written."""
    folder, _ = read_folder(guidance_folder(), (*GUIDANCE_NAMES, *GUIDANCE_LISTS), ())
    return [pair for part in folder.section(section) for pair in part.value.items()]


def stakeholders() -> str:
    """The built-in stakeholders."""
    return table(("id", "meaning"), [(f"`{id}`", entry["means"]) for id, entry in entries_of("stakeholders")])


def stages() -> str:
    """The built-in stages."""
    rows = [(f"`{id}`", entry["name"], ", ".join(f"`{each}`" for each in entry["of"])) for id, entry in entries_of("stages")]
    return table(("id", "name", "motions that happen in it"), rows)
