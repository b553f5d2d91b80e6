"""Archetypes -> derived rules: setting an archetype on a role rules for it what the archetype states, never what was inferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.domain.company import Archetype
from bot.domain.regions import EVERYTHING
from bot.domain.rules import Held, Node, Rule, Says
from bot.load.conditions import Conditions
from bot.load.layout import Part
from bot.load.shapes.names import RoleShape
from bot.load.shaping import Shaped


def derive_rules(entry: Shaped, archetypes: Mapping[str, Archetype], conditions: Conditions) -> Iterator[Rule]:
    """One derived rule for each motion on which the role's archetype states own or support."""
    role: RoleShape = entry.shape
    archetype = archetypes.get(role.archetype)
    if archetype is None:
        return
    place = entry.part.at("archetype")
    covers = Part(entry.part.document, (*entry.part.path, "covers"), role.covers)
    region = conditions.read(covers) if role.covers else (EVERYTHING,)
    for motion, cell in archetype.cells.items():
        if cell.stated and cell.part in ("own", "support"):
            says = {cell.part: Says(Held((entry.id,)), place, f"the archetype {archetype.name} states it")}
            node = Node(region, says, label="", place=place)
            yield Rule(f"archetype-of-{entry.id}", motion, node, place, basis="derived", source=", ".join(cell.sources))
