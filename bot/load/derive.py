"""Archetypes -> derived rules: setting an archetype on a role rules for it what the archetype states, never what was inferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.guidance import Archetype
from bot.domain.regions import EVERYTHING, meet_regions
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
    """The rules, and further derived ones where several archetypes make roles support one motion: there they support it together."""
    listed = list(rules)
    groups: dict[str, list[Rule]] = {}
    for rule in listed:
        if rule.basis != "derived" or "support" not in rule.node.says:
            yield rule
            continue
        known = groups.setdefault(rule.subject, [])
        shared = [both for other in known if (both := joined(other, rule)) is not None]
        groups[rule.subject] = [each for each in [*known, rule, *shared] if not any(is_wider(other, each) for other in shared)]
    for group in groups.values():
        yield from group


def joined(one: Rule, other: Rule) -> Rule | None:
    """The rule that two roles support together where both rules hold; None where they never do."""
    region = meet_regions(one.node.region, other.node.region)
    if not region:
        return None
    holders = tuple(sorted({*held_by(one), *held_by(other)}))
    says = {"support": replace(one.node.says["support"], ruling=Held(holders))}
    node = replace(one.node, region=region, says=says)
    return replace(one, id=f"{one.id}+{other.id}", node=node, doubtful=one.doubtful or other.doubtful, unread=one.unread | other.unread)


def is_wider(other: Rule, rule: Rule) -> bool:
    """Whether another rule on the very same customers names more roles."""
    return other is not rule and other.node.region == rule.node.region and set(held_by(rule)) < set(held_by(other))


def held_by(rule: Rule) -> tuple[str, ...]:
    """Who supports by a derived rule."""
    ruling = rule.node.says["support"].ruling
    return ruling.holders if isinstance(ruling, Held) else ()
