"""Rulings that are not on ownership, and the words of a model -> entries: plain values with where and when they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from bot.domain.company import Entry
from bot.domain.regions import EVERYTHING, Region
from bot.domain.rules import Example, Held, Nobody, Node, Rule, Says
from bot.load.conditions import Conditions
from bot.load.layout import Part, entry_at
from bot.load.shapes import RULINGS
from bot.load.shapes.cases import Tested
from bot.load.shaping import Shaped
from bot.problems import Place

KEPT_NAMES = ("terms", "pods", "links", "stakeholders", "stages")
"""Sections of names that questions are answered from as they are."""
READ_ELSEWHERE = ("rules", "routes", "segments")
"""Sections whose conditions belong to what is made of them."""


def read_entries(shaped: Iterable[Shaped], conditions: Conditions) -> tuple[Entry, ...]:
    """The entries, each ended by the next version of the same id; their conditions are read, so that mistakes are found."""
    families: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in shaped:
        read = entry_of(entry, conditions)
        if (entry.section in RULINGS and entry.section != "rules") or entry.section in KEPT_NAMES:
            families[(entry.section, entry.id)].append(read)
    return tuple(entry for versions in families.values() for entry in in_turn(versions))


def in_turn(versions: list[Entry]) -> Iterator[Entry]:
    """Versions of one entry by date, each ended by the next."""
    ordered = sorted(versions, key=lambda entry: entry.starts or 0)
    for entry, later in zip(ordered, [*ordered[1:], None], strict=True):
        ends = (day for day in (entry.ends, (later.starts or 0) if later else None) if day is not None)
        yield replace(entry, ends=min(ends, default=None), until=entry.ends)


def entry_of(shaped: Shaped, conditions: Conditions) -> Entry:
    """An entry as plain values, with its region."""
    fields = plain(shaped.shape)
    cases = fields.pop("examples", ()) if isinstance(shaped.shape, Tested) else ()
    region: Region = (EVERYTHING,)
    for key in ("when", "covers"):
        value = getattr(shaped.shape, key, None)
        derives = key == "covers" and bool(getattr(shaped.shape, "archetype", ""))
        if value and shaped.section not in READ_ELSEWHERE and not derives:
            region = conditions.read(Part(shaped.part.document, (*shaped.part.path, key), value))
    starts, until = getattr(shaped.shape, "from_", None), getattr(shaped.shape, "until", None)
    return Entry(
        shaped.section,
        shaped.id,
        fields,
        shaped.part.at(),
        fields.get("audience", "public"),
        region,
        starts and starts.toordinal(),
        until and until.toordinal() + 1,
        examples=tuple(example_of(case, entry_at(shaped.part, "examples", number).at()) for number, case in enumerate(cases)),
    )


def example_of(case: Mapping[str, Any], place: Place) -> Example:
    """A question beside an entry, with what its answer has to be."""
    says = tuple(tuple(way.strip() for way in text.split("|") if way.strip()) for text in case["says"])
    return Example(place, case["roles"], ask=case["ask"], outcomes=case["outcome"], says=says)


def rule_of_route(entry: Shaped, conditions: Conditions) -> Rule:
    """A route as a rule: the team owns the kind of request, and how to reach it is the reason."""
    route = entry.shape
    place = entry.part.at("to")
    region = conditions.read(Part(entry.part.document, (*entry.part.path, "when"), route.when)) if route.when else (EVERYTHING,)
    to = tuple(map(str, route.to))
    ruling = Nobody() if to == ("nobody",) else Held(to)
    told = [route.how and f"How: {route.how}.", route.within and f"Taken up: {route.within}.", route.note]
    node = Node(
        region,
        {"own": Says(ruling, place, " ".join(text for text in told if text))},
        place=entry.part.at(),
        source=route.source,
    )
    return Rule(
        route.id,
        str(route.request),
        node,
        entry.part.at("id"),
        route.kept_by,
        starts=route.from_ and route.from_.toordinal(),
        ends=route.until and route.until.toordinal() + 1,
        audience=route.audience,
        source=route.source,
    )


def plain(value: Any) -> Any:
    """A shape as plain values: mappings, tuples, text, numbers, dates."""
    if isinstance(value, BaseModel):
        return {field.alias or name: plain(getattr(value, name)) for name, field in type(value).model_fields.items()}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return tuple(plain(inner) for inner in value)
    return str(value) if isinstance(value, str) else value
