"""Amounts as people write them: money, counts, percentages, durations, dates; and back into words.

Money and percentages are counted in hundredths, durations in whole days (a month 30, a year 365), dates as day numbers. The same reading
serves the conditions of a model ("under 50k") and the facts of a question ("40k", "60 days before renewal").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, get_currency_symbol

from bot.domain.regions import INFINITE

SCALE = {
    "": 1,
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mil": 1_000_000,
    "million": 1_000_000,
    "thousand": 1_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    "grand": 1_000,
}
DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
SYMBOLS = "$€£¥₹"
NUMBER = r"\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONEY = re.compile(
    rf"^(?:usd|eur|gbp|chf)?\s?[{SYMBOLS}]?\s?(?P<number>{NUMBER})\s?(?P<scale>k|mm?|mil|million|thousand|grand|bn?|billion)?"
    rf"\s?(?:[{SYMBOLS}]|usd|eur|gbp|chf|dollars|euros)?$",
    re.IGNORECASE,
)
PERCENT = re.compile(r"^(?P<points>\d{1,5})(?:[.,](?P<part>\d{1,2}))?\s?(?:%|percent)?$", re.IGNORECASE)
DURATION = re.compile(
    r"^(?:t-\s?)?(?P<number>\d{1,5}|\d{1,3}(?:,\d{3}){1,2})[ -]?"
    r"(?P<unit>h|hours?|hrs?|d|days?|w|weeks?|wks?|m|months?|mos?|q|quarters?|y|years?|yrs?)?$",
    re.IGNORECASE,
)


COMPARISONS = (
    (re.compile(r"^(?:under|below|less than|before|fewer than|<)\s*(.+)$"), lambda low: (-INFINITE, low)),
    (re.compile(r"^(?:at most|up to|until|no more than|<=)\s*(.+)$"), lambda low: (-INFINITE, low + 1)),
    (re.compile(r"^(.+?)\s+(?:or less|or fewer|or under|or below|or before|or earlier)$"), lambda low: (-INFINITE, low + 1)),
    (re.compile(r"^(?:over|above|more than|after|>)\s*(.+)$"), lambda low: (low + 1, INFINITE)),
    (re.compile(r"^(?:at least|from|since|>=)\s*(.+)$"), lambda low: (low, INFINITE)),
    (re.compile(r"^(.+?)\s+(?:or more|or over|or above|or after|or later)$"), lambda low: (low, INFINITE)),
    (re.compile(r"^(.+)\+$"), lambda low: (low, INFINITE)),
)
RANGE = re.compile(
    r"^(?:(?P<over>over\b|above\b|more than\b|>)\s*|from\s+|between\s+)?(?P<low>.+?)\s*"
    r"(?P<joint>(?:\band )?\bup to\b(?: and including\b)?|\bto\b|\band\b|–|\.\.)\s*"
    r"(?P<under>(?:under\b|below\b|less than\b|<)\s*)?(?P<high>.+?)(?P<through>\s+inclusive)?$"
)


def read_money(text: str) -> int | None:
    """Hundredths of the currency for "40k", "$1.2m", "50,000"; None when it is no amount."""
    found = MONEY.match(text.strip())
    if not found:
        return None
    try:
        number = Decimal(re.sub(r"[,_ ]", "", found["number"]))
    except InvalidOperation:
        return None
    cents = number * SCALE[(found["scale"] or "").lower()] * 100
    return int(cents) if cents < 10**17 else None


def read_count(text: str) -> int | None:
    """A whole number for "60", "1,200", "2k"."""
    cents = read_money(text) if not any(symbol in text for symbol in SYMBOLS) else None
    return cents // 100 if cents is not None and cents % 100 == 0 else None


def read_percent(text: str) -> int | None:
    """Hundredths of a percent for "10%", "10.5", "12,5 percent"; None for what is finer, or could be thousands ("12,500")."""
    found = PERCENT.match(text.strip())
    return int(found["points"]) * 100 + int((found["part"] or "").ljust(2, "0")) if found else None


def read_days(text: str) -> int | None:
    """Whole days for "60", "60 days", "2 weeks", "12 months" (a year is 365, a month 30); hours count as part of a day."""
    found = DURATION.match(text.strip())
    if not found:
        return None
    number, unit = int(found["number"].replace(",", "")), unit_of(found["unit"] or "day")
    if unit == "hour":
        return -(-number // 24)
    if unit == "month":
        return number // 12 * 365 + number % 12 * 30
    return number * DAYS[unit]


def unit_of(word: str) -> str:
    """The unit that a word or letter stands for: "wks" is week."""
    word = word.lower()
    short = {
        "h": "hour",
        "hr": "hour",
        "d": "day",
        "w": "week",
        "wk": "week",
        "m": "month",
        "mo": "month",
        "q": "quarter",
        "y": "year",
        "yr": "year",
    }
    single = word[:-1] if word.endswith("s") and len(word) > 1 else word
    return short.get(single, single)


def read_date(text: str) -> int | None:
    """The day number of an ISO date."""
    try:
        return date.fromisoformat(text.strip()).toordinal()
    except ValueError:
        return None


def read_span(text: str, read: Callable[[str], int | None]) -> tuple[int, int] | None:
    """The half-open span of a comparison, a range or one number.

    The upper end of a range is excluded, unless it says "inclusive" or "up to", or begins with "over": "over 10 to 20" holds 20.
    """
    for pattern, make in COMPARISONS:
        found = pattern.match(text)
        number = read(found[1]) if found else None
        if number is not None:
            return make(number)
    ranged = RANGE.match(text)
    if ranged and not (ranged["over"] and ranged["joint"] == "and" and not ranged["under"]):
        low, high = read(ranged["low"]), read(ranged["high"])
        if low is not None and high is not None:
            closed = not ranged["under"] and (ranged["over"] or ranged["through"] or "up to" in ranged["joint"])
            return low + bool(ranged["over"]), high + bool(closed)
    number = read(text)
    return None if number is None else (number, number + 1)


def say_money(cents: int, currency: str = "USD") -> str:
    """ "$40k", "$1.2M", "$40,500": the shortest form that loses nothing."""
    amount = Decimal(cents) / 100
    if cents >= 100_000 and cents % 100_000 == 0:
        if cents % 10_000_000 == 0 and cents >= 100_000_000:
            return format_compact_currency(amount, currency, locale="en_US", fraction_digits=1).replace(".0M", "M")
        return f"{get_currency_symbol(currency, locale='en_US')}{cents // 100_000:,}k"
    whole = cents % 100 == 0
    return format_currency(amount, currency, "¤#,##0" if whole else "¤#,##0.00", locale="en_US", currency_digits=False)


@cache
def currency_sign(currency: str) -> str:
    """The sign that people write: "$" for USD and CAD alike."""
    return get_currency_symbol(currency, locale="en_US")[-1]


def say_percent(hundredths: int) -> str:
    """ "10%", "10.5%", "12.25%"."""
    points, part = divmod(hundredths, 100)
    return f"{points:,}.{part:02}".rstrip("0").rstrip(".") + "%"


def say_days(days: int) -> str:
    """ "60 days", "1 day"; whole years as years."""
    if days and days % 365 == 0:
        return plural(days // 365, "year")
    return plural(days, "day")


def plural(number: int, noun: str) -> str:
    """ "1 day", "2 days"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def say_date(day_number: int) -> str:
    """ "1 Feb 2026"."""
    return format_date(date.fromordinal(day_number), "d MMM y", locale="en_US")
