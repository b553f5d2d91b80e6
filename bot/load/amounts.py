"""Numbers in conditions as people write them: "under $50K", "50k-100k", "6 to 12 months", ">= 50k"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from babel.numbers import is_currency

from bot.domain.attributes import Kind
from bot.domain.quantities import read_count, read_date, read_days, read_money, read_percent, read_span

READERS: Mapping[str, Callable[[str], int | None]] = {
    "money": read_money,
    "count": read_count,
    "percent": read_percent,
    "duration": read_days,
    "date": read_date,
}
LONGEST = 100
"""How long an amount may be; what is longer is none, and need not be tried."""
RANGE = re.compile(
    r"^(?P<over>(?:over|above|more than|>)\s?)?(?:from |between )?"
    r"(?P<low>[$€£¥₹]?\s?\d[\d.,_]*)\s?(?P<unit>%|(?!up\b|and\b|to\b)[a-z]*)\s?"
    r"(?P<joint>-|–|—|\.\.|\bto\b|(?:\band )?\bup to\b(?: and including)?|\band\b)\s?(?P<under>(?:under|below|less than|<)\s?)?"
    r"(?P<high>[$€£¥₹]?\s?\d[\d.,_]*)\s?(?P<scale>%|(?!inclusive)[a-z]*(?: ?[$€£¥₹])?)(?P<through> inclusive)?$"
)
AS_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]|\s?(?:k|m|b))")
SIGNS = {"$": "dollars", "€": "EUR", "£": "GBP", "₹": "INR", "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF"}
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "BRL", "ARS", "CLP", "COP"})


def read_amount(text: str, kind: Kind) -> tuple[int, int] | None:
    """The half-open span that the text means for a kind of attribute, or None."""
    if len(text) > LONGEST:
        return None
    plain = " ".join(text.lower().replace("≤", "<=").replace("≥", ">=").split())
    return read_span(plain if kind == "date" else spell_range(plain), READERS[kind])


def spell_range(text: str) -> str:
    """ "50-100k" as "50k to 100k": the unit behind the second number is that of both."""
    found = RANGE.match(text)
    if found is None:
        return text
    unit = found["unit"]
    if not unit and found["scale"] and number(found["low"]) < number(found["high"]):
        unit = found["scale"]
    over, under, through = (found[name] or "" for name in ("over", "under", "through"))
    joint = found["joint"] if found["joint"][-1].isalpha() else "to"
    return f"{over}{found['low']} {unit}".strip() + f" {joint} {under}{found['high']} {found['scale']}".rstrip() + through


def number(text: str) -> float:
    """The digits of an amount as a number, to compare the ends of a range."""
    digits = re.sub(r"[^\d.]", "", text.replace(",", ""))
    try:
        return float(digits)
    except ValueError:
        return 0.0


def is_bare(text: str, kind: Kind) -> bool:
    """Whether the text is one exact amount, other than zero."""
    return len(text) <= LONGEST and bool(READERS[kind](text.strip().lower()))


def has_dotted_thousands(text: str) -> bool:
    """Whether the text can be read in two ways: "50.000" is fifty here and fifty thousand in Europe."""
    return len(text) <= LONGEST and AS_THOUSANDS.search(text.lower()) is not None


def other_currency(text: str, currency: str) -> str | None:
    """The currency that the text names, where it is not that of the model."""
    for sign, named in SIGNS.items():
        if re.search(rf"\b{sign}\b" if sign.isalpha() else re.escape(sign), text[:LONGEST].lower()):
            same = currency in DOLLARS if named == "dollars" else named == currency
            return None if same else ("a dollar currency" if named == "dollars" else named)
    return None


def is_code(text: str) -> bool:
    """Whether the text is the code of a currency."""
    return len(text) == 3 and text.isupper() and is_currency(text)
