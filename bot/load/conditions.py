"""Conditions as people write them -> regions, or problems at the very word.

`{segment: smb, arr: under 50k, terms: [new-product, restructured]}`: all must hold; a list is any-of; `not X` is all but X;
one level of `any: [{…}, {…}]`; in segment definitions also `any-2-of: [{…}, {…}, {…}]`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from bot.domain.attributes import Attribute
from bot.domain.regions import EVERYTHING, Box, Region, Values, meet_regions, minus, union
from bot.domain.rules import ANYTHING
from bot.load.amounts import has_dotted_thousands, is_bare, other_currency, read_amount
from bot.load.layout import Part
from bot.load.translate import fit_id, say_input
from bot.problems import Place, Problem, did_you_mean, list_known, problem

FORMS = {
    "money": "under 50k",
    "count": "60 or less",
    "percent": "10% or less",
    "duration": "60 days or less",
    "date": "before 2026-02-01",
}
ANY_OF = re.compile(r"^any-(\d)-of$")
MOST = 200
"""How many alternatives a condition may come to."""


class Conditions:
    """Reads the conditions of one model; knows its attributes and collects the problems."""

    def __init__(
        self,
        attributes: Mapping[str, Attribute],
        problems: list[Problem],
        currency: str = "USD",
        broken: Iterable[str] = (),
        *,
        lost: bool = False,
    ) -> None:
        self.attributes = attributes
        self.problems = problems
        self.currency = currency
        self.broken = frozenset(broken)
        """Attributes whose declaration is itself a problem, so that conditions on them cannot be read."""
        self.lost = lost
        """Whether some attributes could not be read, so that names that seem unknown may be theirs."""
        self.unread = 0
        """How many conditions could not be read so far, with or without a problem of their own."""
        self.unread_on: list[str] = []
        """The attributes that these are on; `ANYTHING` where even that cannot be told."""
        self.unread_at: set[Place] = set()
        """Where the conditions stand of which something could not be read."""

    def read(self, part: Part, *, counted: bool = False, exact: bool = False) -> Region:
        """The region of a `when:`; what cannot be read is reported and left out. `counted` allows `any-2-of`, `exact` one amount."""
        if not isinstance(part.value, dict):
            self.unread_on.append(ANYTHING)
            self.refuse(
                problem(
                    "wrong-type",
                    part.at(),
                    f"{say_input(part.value)} stands where a condition belongs",
                    expected="each attribute with its value, such as {segment: smb}",
                    fix="write the attribute before the value",
                )
            )
            return (EVERYTHING,)
        region: Region = (EVERYTHING,)
        for key, value in part.value.items():
            inner = Part(part.document, (*part.path, key), value)
            before, noted = self.unread, len(self.unread_on)
            if key == "any" or (counted and ANY_OF.match(key)):
                region = meet_regions(region, self.read_alternatives(inner, key, exact))
            else:
                region = meet_regions(region, (self.read_one(inner, key, exact),))
            if self.unread > before and len(self.unread_on) == noted:
                self.unread_on.append(self.meant_by(key) or ANYTHING)
            self.unread_at |= {part.at()} if self.unread > before else set()
        return region

    def meant_by(self, name: str) -> str:
        """The attribute that a name is meant to be; empty when none is near."""
        spoken = {word: id for id, each in self.attributes.items() for word in (id, fit_id(each.name), *map(fit_id, each.aka))}
        meant = spoken.get(fit_id(name)) or did_you_mean(name, self.attributes).removeprefix('did you mean "').removesuffix('"? ')
        return meant or (name if name in self.broken else "")

    def refuse(self, found: Problem) -> None:
        """Notes a condition that cannot be read."""
        self.unread += 1
        self.problems.append(found)

    def read_alternatives(self, part: Part, key: str, exact: bool) -> Region:
        """The region of `any:` or `any-2-of:`, a list of conditions."""
        if (
            not isinstance(part.value, list)
            or not part.value
            or not all(isinstance(item, dict) and "any" not in item for item in part.value)
        ):
            self.refuse(
                problem(
                    "bad-condition",
                    part.at(),
                    f'"{key}" is not followed by a list of conditions',
                    expected=f"{key}: [{{segment: smb}}, {{arr: under 50k}}], one level deep",
                    fix="write each alternative in braces inside the list",
                )
            )
            return (EVERYTHING,)
        found = ANY_OF.match(key)
        size = int(found[1]) if found else 1
        if not 1 <= size <= len(part.value) or math.comb(len(part.value), size) > MOST:
            self.refuse(
                problem(
                    "bad-condition",
                    part.at(key=True),
                    f'"{key}" does not go with {len(part.value):,} alternatives',
                    expected=f"at least as many alternatives as must hold, and at most {MOST} ways to choose them",
                    fix="add alternatives, or say it with fewer",
                )
            )
            return (EVERYTHING,)
        boxes = [self.read(Part(part.document, (*part.path, index), item), exact=exact) for index, item in enumerate(part.value)]
        chosen: list[Box] = []
        for group in combinations(boxes, size):
            region: Region = (EVERYTHING,)
            for each in group:
                region = meet_regions(region, each)
            chosen += region
        return tuple(chosen)

    def read_one(self, part: Part, name: str, exact: bool) -> Box:
        """The box of one attribute's condition."""
        attribute = self.attributes.get(name)
        if name in self.broken:
            self.unread += 1
            return EVERYTHING
        if attribute is None and self.lost:
            self.unread += 1
            return EVERYTHING
        if attribute is None:
            self.refuse(self.unknown_attribute(part, name))
            return EVERYTHING
        values = self.read_values(attribute, part, exact=exact)
        return EVERYTHING if values is None else {name: values}

    def unknown_attribute(self, part: Part, name: str) -> Problem:
        """The problem of a condition on something that is not declared."""
        known = [id for id, attribute in self.attributes.items() if attribute.role is None]
        spoken = {word: id for id, each in self.attributes.items() for word in (fit_id(each.name), *map(fit_id, each.aka))}
        meant = spoken.get(fit_id(name))
        return problem(
            "unknown-attribute",
            part.at(key=True),
            f"no attribute is called {say_input(name)}",
            expected=f"one of {', '.join(sorted(known))}, or ROLE-on-account" if len(known) <= 30 else f"one of {list_known(known)}",
            fix=(f'did you mean "{meant}"? ' if meant else did_you_mean(name, self.attributes))
            + "Otherwise declare it under `attributes:` with its kind",
        )

    def read_values(self, attribute: Attribute, part: Part, *, exact: bool = True) -> Values | None:
        """The values of a condition: text, or a list as any-of."""
        items = part.value if isinstance(part.value, list) else [part.value]
        read: list[Values] = []
        unread = self.unread
        for index, item in enumerate(items or [None]):
            place = part.at(index) if isinstance(part.value, list) else part.at()
            found = read_value(attribute, item) if isinstance(item, str) and item.strip() else None
            wrong = self.misread(attribute, item, place, exact) if isinstance(item, str) else None
            if wrong is not None:
                self.refuse(wrong)
            elif found is None or not found:
                self.refuse(bad_value(attribute, item, place, empty=found is not None))
            else:
                read.append(found)
        return union(read) if self.unread == unread else None

    def misread(self, attribute: Attribute, text: str, place: Place, exact: bool) -> Problem | None:
        """The problem of an amount that can be read, but hardly means what it says."""
        if attribute.kind in ("enum", "yes-no", "date"):
            return None
        shown, expected = say_input(text), f'{attribute.kind}: such as "{FORMS[attribute.kind]}"'
        other = other_currency(text, self.currency) if attribute.kind == "money" else None
        if other:
            what = f"{shown} is in {other}, and the amounts of this model are in {self.currency}"
            return problem(
                "bad-condition",
                place,
                what,
                expected=expected,
                fix="write the amount without the sign, or change `currency:` in company.yaml",
            )
        if attribute.kind in ("money", "count") and has_dotted_thousands(text):
            what = f"{shown} can be read in two ways"
            return problem("bad-condition", place, what, expected=expected, fix='write 50000, "50,000" or 50k; a point begins the decimals')
        if not exact and attribute.kind in FORMS_OF_RANGE and is_bare(text, attribute.kind):
            bare = text.strip()
            what = f"{shown} holds for exactly {bare} and nothing else"
            fix = f'write "under {bare}", "{bare} or less", "{bare} or more", or a range such as "{FORMS_OF_RANGE[attribute.kind]}"'
            return problem("bad-condition", place, what, expected=expected, fix=fix)
        return None


FORMS_OF_RANGE = {"money": "50k to 100k", "duration": "30 to 60 days"}


def read_value(attribute: Attribute, text: str) -> Values | None:
    """The values that a piece of condition means; empty for a range without anything in it; None when unreadable."""
    text = text.strip()
    if attribute.kind in ("enum", "yes-no"):
        return read_choice(attribute, text)
    span = read_amount(text, attribute.kind)
    if span is None:
        return None
    low, high = max(span[0], attribute.lowest), span[1]
    return ((low, high),) if low < high else ()


def read_choice(attribute: Attribute, text: str) -> Values | None:
    """`smb`, `SMB`, `Mid-Market`, `not smb`, `yes`; a wider value of a tree stands for all within it."""
    text = " ".join(text.split())
    lowered = text.lower()
    if lowered.startswith("not "):
        inner = read_choice(attribute, text[4:]) if not lowered.startswith("not not ") else None
        return None if inner is None else minus(attribute.domain, inner)
    if attribute.kind == "yes-no":
        word = {"true": "yes", "false": "no"}.get(lowered, lowered)
        return frozenset({word}) if word in ("yes", "no") else None
    choice = find_choice(attribute, text)
    return None if choice is None else attribute.leaves(choice)


def find_choice(attribute: Attribute, text: str) -> str | None:
    """The choice with this id, this name, or this other word for it; case, spaces and underscores do not count."""
    wanted = fit_id(text)
    if not wanted or wanted in attribute.choices:
        return wanted or None
    named = [id for id, choice in attribute.choices.items() if wanted in (fit_id(id), fit_id(choice.name))]
    also = [id for id, choice in attribute.choices.items() if wanted in map(fit_id, choice.aka)]
    found = named or also
    return found[0] if len(set(found)) == 1 else None


def bad_value(attribute: Attribute, item: Any, place: Place, *, empty: bool) -> Problem:
    """The problem with one value of a condition."""
    if empty:
        return problem(
            "empty-range",
            place,
            f"{say_input(item)} leaves no value of {attribute.name}",
            expected="the lower end first; the upper end is excluded",
            fix="turn the ends around, or widen the range",
        )
    if attribute.kind == "enum" and isinstance(item, str):
        known = list(attribute.choices)
        return problem(
            "unknown-value",
            place,
            f"{attribute.name} has no value {say_input(item)}",
            expected=f"one of {list_known(known)}",
            fix=f"{hint_list(attribute, item) or did_you_mean(item, known)}Otherwise add it to {where_declared(attribute)}",
        )
    wanted = {"enum": "one of its values", "yes-no": "yes or no"}.get(attribute.kind, f'such as "{FORMS.get(attribute.kind, "")}"')
    fix = f"write {wanted.removeprefix('such as ')}"
    if attribute.kind == "count" and read_value(replace(attribute, kind="percent"), str(item)):
        bare = str(item).replace("%", "").strip()
        fix = (f'write "{bare}", or ' if read_value(attribute, bare) else "") + f"declare {attribute.id} with `kind: percent`"
    return problem(
        "bad-condition",
        place,
        f"{say_input(item)} is not a condition on {attribute.name}",
        expected=f"{attribute.kind}: {wanted}",
        fix=fix,
    )


def hint_list(attribute: Attribute, text: str) -> str:
    """How to write several values that stand in one text: "smb, mid-market", "smb or mid-market"."""
    words = [word for word in re.split(r"\s*(?:,|/|\||&|\bor\b|\band\b)\s*", text[:200]) if word]
    found = [find_choice(attribute, word) for word in words]
    return f"write several as a list: [{', '.join(filter(None, found))}]. " if len(found) > 1 and all(found) else ""


def where_declared(attribute: Attribute) -> str:
    """Where values of the attribute are added."""
    return "`segments:`" if attribute.id == "segment" else f"the values of {attribute.id} under `attributes:`"
