"""Years and months in a question -> facts: "signed back in 2023", "contract signed before march 2025"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.attributes import Attribute
from bot.domain.questions import Fact
from bot.domain.regions import INFINITE, Values
from bot.understand.text import Token, words_of

YEAR = re.compile(r"20[0-4]\d$")
PLACED = frozenset({"in", "since", "during", "of", "back", "from", "before", "until", "till", "after", "by"})
"""What stands before a year, or before its month."""
OPEN_BELOW, OPEN_ABOVE = frozenset({"before", "until", "till"}), frozenset({"since", "after", "from"})
NAMES = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sep sept", "october oct", "november nov", "december dec"),
)
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
REACH = 4
"""How many words before a date are looked at for what it is the date of."""


class DateReader:
    """Reads the dates of one company's attributes."""

    def __init__(self, attributes: Mapping[str, Attribute]) -> None:
        self.events = {
            words_of(phrase): attribute
            for attribute in attributes.values()
            if attribute.kind == "date"
            for phrase in (attribute.name, attribute.id.replace("-", " "), *attribute.aka)
        }

    def read(self, tokens: Sequence[Token], index: int) -> tuple[Fact | None, int, int] | None:
        """The fact of the year at an index, where it is one, with the tokens it takes; None where no date stands here."""
        if not is_date(tokens, index):
            return None
        month = MONTHS.get(tokens[index - 1].text, 0) if index else 0
        start = index - bool(month)
        said = tokens[start - 1].text if start else ""
        while start and tokens[start - 1].text in PLACED:
            start -= 1
        attribute, at = self.event_before(tokens, start)
        fact = None
        if attribute:
            start = at
            values = span_of(int(tokens[index].text), month, said, attribute.lowest)
            fact = Fact(attribute.id, values, " ".join(token.typed for token in tokens[start : index + 1]))
        return fact, start, index + 1

    def event_before(self, tokens: Sequence[Token], stop: int) -> tuple[Attribute | None, int]:
        """The date that the words right before are about, and where they begin."""
        for at in range(stop - 1, max(-1, stop - 1 - REACH), -1):
            if tokens[at].is_stop:
                break
            for size in (3, 2, 1):
                found = self.events.get(tuple(token.stem for token in tokens[at : at + size])) if at + size <= stop else None
                if found:
                    return found, at
        return None, stop


def is_date(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number is a year: it stands after "in" and the like, or after a month."""
    before = tokens[index - 1].text if index else ""
    return bool(YEAR.match(tokens[index].text)) and (before in PLACED or before in MONTHS)


def span_of(year: int, month: int, said: str, lowest: int) -> Values:
    """The days of a year or month, or those before or from it on."""
    first = date(year, month or 1, 1).toordinal()
    after = date(year + (not month or month == 12), month % 12 + 1 if month else 1, 1).toordinal()
    if said in OPEN_BELOW:
        return ((lowest, first),)
    return ((first, INFINITE if said in OPEN_ABOVE else after),)


def day_named(tokens: Sequence[Token], start: int, stop: int) -> date:
    """The first day of the year or month that these words name."""
    at = next(index for index in range(start, stop) if tokens[index].is_number)
    return date(int(tokens[at].text), MONTHS.get(tokens[at - 1].text, 1) if at else 1, 1)
