"""One amount in a question: its words, what they say by themselves, and the values that its text means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.attributes import Attribute
from bot.domain.quantities import read_count, read_money, read_percent, read_span
from bot.domain.questions import Fact
from bot.domain.regions import INFINITE, Values
from bot.understand.amount_words import CHANGES, NO_PLURALS, PERCENT, PLURALS, REACH, SHARES, is_share
from bot.understand.text import Token, stem

READERS: dict[str, Callable[[str], int | None]] = {"money": read_money, "percent": read_percent}
WHOLE = 10_000
"""A hundred percent, as percentages are counted."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what is said around it."""

    fact: Fact | None
    start: int
    stop: int
    """The tokens it takes, first and one past the last."""
    anchor: str = ""
    """The event that it is counted to or from, when one is named."""
    kind: str = ""
    values: Values | None = None
    """What it says, where it is no fact."""


def of_attribute(attribute: Attribute, text: str, tokens: list[Token], start: int, stop: int) -> Amount:
    """The amount as a fact of an attribute."""
    values = as_values(text, READERS.get(attribute.kind, read_count))
    fact = Fact(attribute.id, values, say(tokens, start, stop)) if values else None
    return Amount(fact, start, stop, "", attribute.kind)


def is_change(name: str, tokens: list[Token], start: int, stop: int) -> bool:
    """Whether a share says how much something changed or is used, and is no discount: "usage fell 30%", "at 75% used"."""
    return tokens[stop - 1].text == PERCENT and name != PERCENT and tells_change(tokens, start, stop)


def tells_change(tokens: list[Token], start: int, stop: int) -> bool:
    """The same of a percentage that ends before an index."""
    before = {token.text for token in tokens[max(0, start - REACH + 1) : start]}
    after = {token.text for token in tokens[stop : stop + 2]}
    return bool(before & CHANGES or after & SHARES) or is_share([token.text for token in tokens[stop : stop + REACH]])


def is_rate(text: str) -> bool:
    """Whether a number without a sign can be a percentage: "a discount of 15", and not "a 500 discount" or "a $50 discount"."""
    values = as_values(text, read_percent)
    return isinstance(values, tuple) and values[0][0] <= WHOLE and (values[0][1] <= WHOLE + 1 or values[0][1] >= INFINITE)


def counts_things(tokens: list[Token], index: int) -> bool:
    """Whether a plural stands here: "5000 seats" are no money."""
    word = tokens[index].text if index < len(tokens) else ""
    return (word != stem(word) or word in PLURALS) and word not in NO_PLURALS


def is_money(text: str) -> bool:
    """Whether a bare number is big or marked enough to be money: "40k", "$500", "50,000"."""
    return (
        any(mark in text for mark in "$€£¥k")
        or text.rstrip("+").endswith(("m", "mm", "mil", "bn", "b"))
        or (read_money(text.rsplit(maxsplit=1)[-1].strip("<>=+ ")) or 0) >= 100_000
    )


def as_values(text: str, read: Callable[[str], int | None]) -> Values | None:
    """The values of an amount's text."""
    span = read_span(text.replace("+", " or more").replace("% ", ""), read)
    return None if span is None or span[0] >= span[1] else ((max(0, span[0]), span[1]),)


def match_any(tokens: list[Token], index: int, phrases: tuple[str, ...]) -> int:
    """How many tokens the longest of the phrases takes here; 0 when none stands here."""
    sizes = [
        len(phrase.split()) for phrase in phrases if [token.text for token in tokens[index : index + len(phrase.split())]] == phrase.split()
    ]
    return max(sizes, default=0)


def joint_of(tokens: list[Token], start: int, stop: int) -> str:
    """The words between the two ends of a range."""
    return " ".join(token.text for token in tokens[start:stop]).replace("-", "to")


def say(tokens: list[Token], start: int, stop: int) -> str:
    """The words as they were typed."""
    return " ".join(token.typed for token in tokens[start:stop])
