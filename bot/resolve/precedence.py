"""Which rule of one subject beats which: the company's own beat derived ones, then `over:`, then the strictly narrower `when:`."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter
from typing import Literal

from bot.domain.covers import Allowance, region_within
from bot.domain.regions import INFINITE, Box, Domains, Region, box_within
from bot.domain.rules import Rule
from bot.resolve.index import Index, lowest

Reason = Literal["own", "over", "narrower"]
DAYS = "@days"
"""The name under which the days of a rule stand beside its facts, where rules are compared."""
AUDIENCE = "@audience:"
"""The beginning of the name under which an audience stands there."""


def standing(rule: Rule) -> Box:
    """When a rule is in force and who may see it, as conditions beside its facts."""
    box: dict[str, frozenset[str] | tuple[tuple[int, int], ...]] = {}
    if rule.starts is not None or rule.ends is not None:
        box[DAYS] = ((-INFINITE if rule.starts is None else rule.starts, INFINITE if rule.ends is None else rule.ends),)
    if rule.audience != "public":
        box[AUDIENCE + rule.audience] = frozenset({"yes"})
    return box


def all_domains(rules: Iterable[Rule], domains: Domains) -> Domains:
    """The values of all attributes, the days and audiences of these rules among them."""
    audiences = {AUDIENCE + rule.audience: frozenset({"yes", "no"}) for rule in rules if rule.audience != "public"}
    return {**domains, DAYS: ((-INFINITE, INFINITE),), **audiences}


def why_beats(first: Rule, second: Rule, domains: Domains, allowance: Allowance | None = None) -> Reason | None:
    """Why the first rule beats the second where both hold; None when it does not, or when that is too hard to tell (`covers.py`)."""
    if first.basis != second.basis:
        return "own" if first.basis == "company" else None
    if second.id in first.over:
        return "over"
    if first.id in second.over:
        return None
    return "narrower" if is_narrower(first.node.region, second.node.region, domains, allowance) else None


def is_narrower(inner: Region, outer: Region, domains: Domains, allowance: Allowance | None = None) -> bool:
    """Whether the first region is surely within the second, and the second not within the first."""
    if len(inner) == 1 and len(outer) == 1:
        return box_within(inner[0], outer[0], domains) and not box_within(outer[0], inner[0], domains)
    return region_within(inner, outer, domains, allowance) and not region_within(outer, inner, domains, allowance)


class Precedence:
    """Which rule of one subject beats which, among those that meet."""

    def __init__(self, rules: Iterable[Rule], domains: Domains) -> None:
        self.rules = tuple(rules)
        self.domains = domains
        self.rivals = self.find_rivals()
        self.beaten: dict[int, set[int]] = {index: set() for index in range(len(self.rules))}
        self.beaters: dict[int, set[int]] = {index: set() for index in range(len(self.rules))}
        allowance = Allowance()
        for one, others in self.rivals.items():
            for other in sorted(others):
                if why_beats(self.rules[one], self.rules[other], domains, allowance):
                    self.beaten[one].add(other)
                    self.beaters[other].add(one)

    def find_rivals(self) -> dict[int, set[int]]:
        """For each rule those that hold for some of the same facts on some of the same days."""
        boxes = [(number, {**box, **standing(rule)}) for number, rule in enumerate(self.rules) for box in rule.node.region]
        index = Index([{name: values for name, values in box.items() if not name.startswith(AUDIENCE)} for _, box in boxes])
        mine, met = [0] * len(self.rules), [0] * len(self.rules)
        for place, (number, box) in enumerate(boxes):
            mine[number] |= 1 << place
            met[number] |= index.bits_meeting(box)
        rivals: dict[int, set[int]] = {}
        for number, bits in enumerate(met):
            others, left = rivals.setdefault(number, set()), bits & ~mine[number]
            while left:
                other = boxes[lowest(left)][0]
                others.add(other)
                left &= ~mine[other]
        return rivals

    def order(self) -> list[int]:
        """The rules, winners first; those that do not beat each other in the order of their ids. Raises CycleError."""
        sorter: TopologicalSorter[int] = TopologicalSorter()
        for index in range(len(self.rules)):
            sorter.add(index, *self.beaters[index])
        sorter.prepare()
        ordered: list[int] = []
        while sorter.is_active():
            ready = sorted(sorter.get_ready(), key=lambda index: (self.rules[index].id, self.rules[index].starts or 0))
            ordered += ready
            sorter.done(*ready)
        return ordered
