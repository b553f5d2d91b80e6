"""Conditions as people write them -> regions, or problems at the very word.

`{segment: smb, arr: under 50k, terms: [new-product, restructured]}`: all must hold; a list is any-of; `not X` is all but X;
one level of `any: [{…}, {…}]`; in segment definitions also `any-2-of: [{…}, {…}, {…}]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from bot.domain.attributes import Attribute
from bot.domain.quantities import read_count, read_date, read_days, read_money, read_span
from bot.domain.regions import EVERYTHING, Box, Region, Values, meet_regions, minus, union
from bot.load.layout import Part
from bot.problems import Place, Problem, did_you_mean, list_known, problem

FORMS = {"money": "under 50k", "count": "60 or less", "duration": "60 days or less", "date": "before 2026-02-01"}
READERS: Mapping[str, Callable[[str], int | None]] = {
    "money": read_money,
    "count": read_count,
    "duration": read_days,
    "date": read_date,
}
ANY_OF = re.compile(r"^any-(\d)-of$")


class Conditions:
    """Reads the conditions of one model; knows its attributes and collects the problems."""

    def __init__(self, attributes: Mapping[str, Attribute], problems: list[Problem]) -> None:
        self.attributes = attributes
        self.problems = problems

    def read(self, part: Part, *, counted: bool = False) -> Region:
        """The region of a `when:`; what cannot be read is reported and left out. `counted` allows `any-2-of`."""
        if not isinstance(part.value, dict):
            self.problems.append(
                problem(
                    "wrong-type",
                    part.at(),
                    "a condition is written as `attribute: value`",
                    expected="a mapping such as {segment: smb}",
                    fix="write the attribute before the value",
                )
            )
            return (EVERYTHING,)
        region: Region = (EVERYTHING,)
        for key, value in part.value.items():
            inner = Part(part.document, (*part.path, key), value)
            if key == "any" or (counted and ANY_OF.match(key)):
                region = meet_regions(region, self.read_alternatives(inner, key))
            else:
                region = meet_regions(region, (self.read_one(inner, key),))
        return region

    def read_alternatives(self, part: Part, key: str) -> Region:
        """The region of `any:` or `any-2-of:`, a list of conditions."""
        if not isinstance(part.value, list) or not all(isinstance(item, dict) and "any" not in item for item in part.value):
            self.problems.append(
                problem(
                    "bad-condition",
                    part.at(),
                    f'"{key}" is not followed by a list of conditions',
                    expected=f"{key}: [{{segment: smb}}, {{arr: under 50k}}], one level deep",
                    fix="write each alternative as a mapping in the list",
                )
            )
            return (EVERYTHING,)
        found = ANY_OF.match(key)
        boxes = [self.read(Part(part.document, (*part.path, index), item)) for index, item in enumerate(part.value)]
        chosen: list[Box] = []
        for group in combinations(boxes, int(found[1]) if found else 1):
            region: Region = (EVERYTHING,)
            for each in group:
                region = meet_regions(region, each)
            chosen += region
        return tuple(chosen)

    def read_one(self, part: Part, name: str) -> Box:
        """The box of one attribute's condition."""
        attribute = self.attributes.get(name)
        if attribute is None:
            self.problems.append(
                problem(
                    "unknown-attribute",
                    part.at(key=True),
                    f'no attribute is called "{name}"',
                    expected=f"one of {', '.join(sorted(self.attributes))}",
                    fix=f"{did_you_mean(name, self.attributes)}Otherwise declare it under `attributes:` with its kind",
                )
            )
            return EVERYTHING
        values = self.read_values(attribute, part)
        return EVERYTHING if values is None else {name: values}

    def read_values(self, attribute: Attribute, part: Part) -> Values | None:
        """The values of a condition: text, or a list as any-of."""
        items = part.value if isinstance(part.value, list) else [part.value]
        read: list[Values] = []
        for index, item in enumerate(items):
            place = part.at(index) if isinstance(part.value, list) else part.at()
            found = read_value(attribute, item) if isinstance(item, str) and item.strip() else None
            if found is None or not found:
                self.problems.append(bad_value(attribute, item, place, empty=found is not None))
            else:
                read.append(found)
        if not read:
            return None
        return union(read)


def read_value(attribute: Attribute, text: str) -> Values | None:
    """The values that a piece of condition means; empty for a range without anything in it; None when unreadable."""
    text = text.strip()
    if attribute.kind in ("enum", "yes-no"):
        return read_choice(attribute, text)
    span = read_span(text.lower(), READERS[attribute.kind])
    if span is None:
        return None
    low, high = max(span[0], attribute.lowest), span[1]
    return ((low, high),) if low < high else ()


def read_choice(attribute: Attribute, text: str) -> Values | None:
    """`smb`, `not smb`, `yes`; a wider value of a tree stands for all within it."""
    lowered = text.lower()
    if lowered.startswith("not "):
        inner = read_choice(attribute, text[4:].strip())
        return None if inner is None else minus(attribute.domain, inner)
    if attribute.kind == "yes-no":
        word = {"true": "yes", "false": "no"}.get(lowered, lowered)
        return frozenset({word}) if word in ("yes", "no") else None
    if lowered in attribute.choices:
        return attribute.leaves(lowered)
    for choice in attribute.choices.values():
        if lowered == choice.name.lower():
            return attribute.leaves(choice.id)
    return None


def bad_value(attribute: Attribute, item: Any, place: Place, *, empty: bool) -> Problem:
    """The problem with one value of a condition."""
    if empty:
        return problem(
            "empty-range",
            place,
            f'"{item}" leaves no value of {attribute.name}',
            expected="the lower end first; the upper end is excluded",
            fix="turn the ends around, or widen the range",
        )
    if attribute.kind == "enum" and isinstance(item, str):
        known = list(attribute.choices)
        return problem(
            "unknown-value",
            place,
            f'{attribute.name} has no value "{item}"',
            expected=f"one of {list_known(known)}",
            fix=f"{did_you_mean(item, known)}Otherwise add it to the values of {attribute.id}",
        )
    wanted = "yes or no" if attribute.kind == "yes-no" else f'such as "{FORMS.get(attribute.kind, "")}"'
    shown = f'"{item}"' if isinstance(item, str) else "this"
    return problem(
        "bad-condition",
        place,
        f"{shown} is not a condition on {attribute.name}",
        expected=f"{attribute.kind}: {wanted}",
        fix=f"write {wanted.removeprefix('such as ')}",
    )
