"""Archetypes -> derived rules: setting an archetype on a role rules for it what the archetype states, never what was inferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.company import Archetype
from bot.domain.regions import EVERYTHING, overlaps
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


def share_support(rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules, where several archetypes make roles support one motion for the same customers: then they support it together."""
    listed = list(rules)
    for rule in listed:
        says = rule.node.says.get("support")
        if rule.basis != "derived" or says is None:
            yield rule
            continue
        others = [each for each in listed if each.basis == "derived" and each.subject == rule.subject and "support" in each.node.says]
        near = [each for each in others if any(overlaps(one, two) for one in rule.node.region for two in each.node.region)]
        holders = tuple(sorted({id for each in near for id in held_by(each)}))
        yield replace(rule, node=replace(rule.node, says={"support": replace(says, ruling=Held(holders))}))


def held_by(rule: Rule) -> tuple[str, ...]:
    """Who supports by a derived rule."""
    ruling = rule.node.says["support"].ruling
    return ruling.holders if isinstance(ruling, Held) else ()
