"""Attributes: what rules branch on (segment, ARR, days to renewal …), each with a type, and their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.quantities import plural, say_date, say_days, say_money, say_percent
from bot.domain.regions import INFINITE, Spans, Values, minus
from bot.problems import NOWHERE, Place

Kind = Literal["enum", "money", "count", "percent", "duration", "yes-no", "date"]
YES_NO = frozenset({"yes", "no"})
IN_HUNDREDTHS = frozenset({"money", "percent"})
DAYS = " days"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enum attribute."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    within: str | None = None
    """The wider value it belongs to: `seats` is within `upsell`."""
    of: str | None = None
    """The subject that the value implies when it is mentioned alone."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is true of a customer or a deal."""

    id: str
    name: str
    kind: Kind
    choices: Mapping[str, Choice]
    aka: tuple[str, ...] = ()
    assume: str | None = None
    """The value that holds when nobody says, as written in the model; None when it must be asked for."""
    assumed: Values | None = None
    """The same, read."""
    anchor: str | None = None
    """For durations: the event they count from or to, such as `renewal`."""
    before: bool = True
    """For durations with an anchor: whether they count the time before it."""
    lowest: int = 0
    role: str | None = None
    """The role that a `…-on-account` attribute is about."""
    place: Place = NOWHERE

    @property
    def is_until(self) -> bool:
        """Whether it is the time before an event."""
        return self.kind == "duration" and bool(self.anchor) and self.before

    @property
    def domain(self) -> Values:
        """All the values it can have."""
        if self.kind == "yes-no":
            return YES_NO
        if self.kind == "enum":
            wider = {choice.within for choice in self.choices.values()}
            return frozenset(choice for choice in self.choices if choice not in wider)
        return ((self.lowest, INFINITE),)

    def leaves(self, choice: str) -> frozenset[str]:
        """The value itself, or the values within it."""
        inner = [each.id for each in self.choices.values() if each.within == choice]
        return frozenset({choice}) if not inner else frozenset().union(*(self.leaves(each) for each in inner))


def say_values(attribute: Attribute, values: Values, currency: str) -> str:
    """The values in words: "SMB or Mid-Market", "under $50k", "60 days or less", "no CSM on the account"."""
    if isinstance(values, frozenset):
        return say_choices(attribute, values)
    return " or ".join(say_span(attribute, span, currency) for span in values)


def say_choices(attribute: Attribute, values: frozenset[str]) -> str:
    """The choices by name; whole branches of a tree by the branch's name."""
    if attribute.kind == "yes-no":
        return say_yes_no(attribute, values)
    named: list[str] = []
    left = set(values)
    wider = {choice.within for choice in attribute.choices.values()}
    for choice in attribute.choices.values():
        leaves = attribute.leaves(choice.id) if choice.id in wider else frozenset({choice.id})
        if leaves <= left:
            left -= leaves
            named.append(choice.name)
    rest = attribute.domain
    assert isinstance(rest, frozenset)
    absent = rest - values
    if len(absent) == 1 and len(rest) > 2:
        return f"not {attribute.choices[min(absent)].name}"
    return " or ".join(named)


def say_yes_no(attribute: Attribute, values: frozenset[str]) -> str:
    """ "partner-led", "not partner-led", "a CSM on the account"."""
    if values == YES_NO:
        return f"{attribute.name} or not"
    if attribute.role:
        return attribute.name if "yes" in values else f"no {attribute.name}"
    if "yes" in values:
        return attribute.name
    return attribute.name[4:] if attribute.name.startswith("not ") else f"not {attribute.name}"


def say_span(attribute: Attribute, span: tuple[int, int], currency: str) -> str:
    """One span of numbers: "under 50k", "60 days or less", "20k to under 50k", "over 10% to 20%"."""
    low, high = span
    if high - low == 1:
        return say_number(attribute, low, currency)
    if attribute.kind == "date":
        return say_dates(low, high, attribute.lowest)
    over, through = rounder_ends(attribute, low, high)
    first, last = (say_number(attribute, number, currency) for number in (low - over, high - through))
    if low <= attribute.lowest:
        return f"{last} or less" if through else f"under {last}"
    if high >= INFINITE:
        return f"over {first}" if over else f"{first} or more"
    if over and last.endswith(DAYS):
        first = first.removesuffix(DAYS)
    said = f"{'over ' if over else ''}{first} to {'' if through else 'under '}{last}"
    return f"{said} inclusive" if through and not over else said


def rounder_ends(attribute: Attribute, low: int, high: int) -> tuple[bool, bool]:
    """Whether a span is better said by the number below its first ("over 10%"), and by its last ("20% or less")."""
    if attribute.kind in IN_HUNDREDTHS:
        return roundness(low - 1) > roundness(low), roundness(high - 1) >= roundness(high)
    tens = low > 1 and high < INFINITE and (low - 1) % 10 == (high - 1) % 10 == 0
    return tens, tens or low <= attribute.lowest


def roundness(hundredths: int) -> int:
    """How many of two decimals need not be written."""
    return 2 if hundredths % 100 == 0 else int(hundredths % 10 == 0)


def say_dates(low: int, high: int, lowest: int) -> str:
    """A span of days: "before 1 Feb 2026", "1 Feb 2026 or later"."""
    if low <= lowest:
        return f"before {say_date(high)}"
    return f"{say_date(low)} or later" if high >= INFINITE else f"{say_date(low)} to before {say_date(high)}"


def say_number(attribute: Attribute, number: int, currency: str) -> str:
    """One number in the attribute's unit."""
    match attribute.kind:
        case "money":
            return say_money(number, currency)
        case "percent":
            return say_percent(number)
        case "duration":
            return say_days(number)
        case "date":
            return say_date(number)
        case _:
            return f"{number:,}"


def say_anchored(attribute: Attribute, values: Values, currency: str) -> str:
    """The values with what they are about, to stand alone in a sentence: "ARR under $50k", "60 days or less before renewal"."""
    said = say_values(attribute, values, currency)
    if attribute.kind in ("enum", "yes-no"):
        return said
    if attribute.anchor:
        return f"{said} {'before' if attribute.before else 'after'} {attribute.anchor}"
    return f"{attribute.name} {said}"


def whole(attribute: Attribute, values: Values) -> bool:
    """Whether the values leave nothing of the attribute out."""
    return not minus(attribute.domain, values)


def point(number: int) -> Spans:
    """Exactly this number."""
    return ((number, number + 1),)


__all__ = ["YES_NO", "Attribute", "Choice", "Kind", "plural", "point", "say_anchored", "say_values", "whole"]
