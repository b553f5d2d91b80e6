"""How long a customer has been one: "a customer since 2022", "with us for four years" -> the time since it began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.attributes import Attribute
from bot.domain.company import Company
from bot.domain.quantities import DAYS, read_days, unit_of
from bot.domain.questions import Fact
from bot.domain.regions import INFINITE, Spans
from bot.understand.amount_texts import Amount
from bot.understand.dates import MONTHS, YEAR
from bot.understand.roots import root
from bot.understand.text import Token, words_of

TENURE = "tenure"
"""The kind of such an amount."""
SINCE, WITH_US = "since", ("with us", "on board", "been ours")
FOR = frozenset({"for", "of", "about", "over", "almost", "nearly", "already", "now", "like", "some", "been", "a"})
"""What may stand between a customer and for how long it has been one."""
CUSTOMER = frozenset({"customer", "client"})
"""Who has been one for so long."""
MANY, YEARS = frozenset({"many", "several"}), "year"
LIVE = "live"
BEGINNINGS = frozenset(map(root, ("close", "signature", "signing", "purchase", "payment", "start", "launch", "live", "won", "order")))
"""The roots of what an event is called with which somebody becomes a customer; what they are called that ends is none of them."""
LIVE_ROOTS = frozenset(map(root, ("live", "launch", "golive")))
REACH = 3
MANY_DAYS, MONTH, YEAR_DAYS = 2 * 365, 31, 365
"""Many years are at least two."""


def tenures(tokens: Sequence[Token]) -> Iterator[Amount]:
    """Where a question says how long somebody has been a customer."""
    index = 0
    while index < len(tokens):
        stop = said_at(tokens, index)
        if stop:
            yield Amount(None, index, stop, kind=TENURE)
        index = max(stop, index + 1)


def with_tenures(found: Sequence[Amount], tokens: Sequence[Token]) -> list[Amount]:
    """The amounts of a question with these, where none that says more stands there."""
    counted = {index for amount in found if amount.fact for index in range(amount.start, amount.stop)}
    said = [each for each in tenures(tokens) if counted.isdisjoint(range(each.start, each.stop))]
    taken = {index for each in said for index in range(each.start, each.stop)}
    kept = [amount for amount in found if taken.isdisjoint(range(amount.start, amount.stop))]
    return sorted([*kept, *said], key=lambda amount: amount.start)


def said_at(tokens: Sequence[Token], index: int) -> int:
    """Where words end that begin here and say how long; 0 where none do."""
    if tokens[index].text == SINCE:
        stop = date_after(tokens, index + 1)
        return stop if stop and is_of_customer(tokens, index) else 0
    unit = unit_of(tokens[index + 1].text) if index + 1 < len(tokens) else ""
    if not (tokens[index].is_number and unit in DAYS) and not (tokens[index].text in MANY and unit == YEARS):
        return 0
    after = [token.text for token in tokens[index + 2 : index + 2 + REACH]]
    behind = " ".join(after[:2]) in WITH_US or after[:1] == [LIVE] or bool(after and after[0] in CUSTOMER)
    return index + 2 if behind or is_of_customer(tokens, index) else 0


def date_after(tokens: Sequence[Token], index: int) -> int:
    """Where a year, or a month with or without one, ends that stands here; 0 where none does."""
    at = index + (index < len(tokens) and tokens[index].text in MONTHS)
    if at < len(tokens) and YEAR.match(tokens[at].text):
        return at + 1
    return at if at > index else 0


def is_of_customer(tokens: Sequence[Token], index: int) -> bool:
    """Whether a customer stands before, with no more between than words that say that it is one."""
    at = index - 1
    while at >= 0 and tokens[at].text in FOR:
        at -= 1
    if at < 0 or tokens[at].is_stop:
        return False
    pair = f"{tokens[at - 1].text} {tokens[at].text}" if at else ""
    return tokens[at].stem in CUSTOMER or pair in WITH_US or tokens[at].text == LIVE


def facts_of_tenure(amounts: Sequence[Amount], tokens: Sequence[Token], company: Company, today: date) -> dict[str, Fact]:
    """The facts that follow: of every length of time that counts from where a customer begins, or goes live, where that is said."""
    facts: dict[str, Fact] = {}
    for amount in amounts:
        if amount.kind != TENURE:
            continue
        days = days_of(tokens[amount.start : amount.stop], today)
        around = {token.text for token in tokens[max(0, amount.start - 2) : amount.stop + 1]}
        roots = LIVE_ROOTS if LIVE in around else BEGINNINGS
        said = " ".join(token.typed for token in tokens[amount.start : amount.stop])
        for attribute in company.attributes.values():
            if days and begins(attribute, roots):
                facts.setdefault(attribute.id, Fact(attribute.id, days, said))
    return facts


def begins(attribute: Attribute, roots: frozenset[str]) -> bool:
    """Whether a length of time counts from one of these events."""
    if attribute.kind != "duration" or attribute.before or not attribute.anchor:
        return False
    return any(root(word) in roots for word in words_of(attribute.anchor.replace("-", " ")))


def days_of(tokens: Sequence[Token], today: date) -> Spans | None:
    """The days of a length of time, or since a year or month; None where that is still to come."""
    if tokens[0].text != SINCE:
        if tokens[0].text in MANY:
            return ((MANY_DAYS, INFINITE),)
        days = read_days(f"{tokens[0].text} {unit_of(tokens[1].text)}")
        return None if days is None else ((days, days + 1),)
    year = next((int(token.text) for token in tokens if YEAR.match(token.text)), 0)
    month = next((MONTHS[token.text] for token in tokens if token.text in MONTHS), 0)
    if not year:
        year = today.year - (month > today.month)
    first = date(year, month or 1, 1)
    longest = (today - first).days
    length = MONTH if month else YEAR_DAYS
    return ((max(0, longest - length + 1), longest + 1),) if longest >= 0 else None
