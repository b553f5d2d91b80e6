"""Text as typed -> tokens. Knows letters and Slack's markup, not meanings."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARACTERS = 1_500
"""A question longer than this is not read: nobody asks one."""
SLACK_MARKUP = re.compile(r"<(?:[@#!][^>|]*(?:\|[^>]*)?|(?:https?|mailto):[^>]*)>|:[a-z][a-z0-9_+-]*:")
TOKEN = re.compile(
    r"(?P<number>(?:[<>]=?\s?)?[$€£¥]?\s?\d+(?:[.,]\d+)*\s?(?:k|mm|m|mil|bn|b)?(?![a-z])\+?%?)|(?P<word>[^\W_]+(?:'[^\W\d_]+)?)|(?P<stop>[?!;:\n]+|\.(?=\s|$)|,)",
    re.IGNORECASE,
)
SPELT_OUT = frozenset({"acct", "accts", "ppl", "yr", "yrs"})
"""Abbreviations that are read as the word itself."""
UNITS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
NUMBERS = {
    **{word: str(number) for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)},
    "a": "1",
    "an": "1",
    "twelve": "12",
    "thirty": "30",
    "sixty": "60",
    "ninety": "90",
}
REWRITES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (SLACK_MARKUP, " "),
    (re.compile("[’‘`]"), "'"),
    (re.compile("&amp;"), "&"),
    (re.compile(r"\bw/o\b", re.IGNORECASE), " without "),
    (re.compile(r"\bb4\b", re.IGNORECASE), "before"),
    (re.compile(r"\bgolive\b", re.IGNORECASE), "go-live"),
    (re.compile(r"\bw/", re.IGNORECASE), " with "),
    (re.compile(r"\bb/c\b", re.IGNORECASE), " because "),
    (re.compile(r"\b(\d{1,4})\s?(h|hrs?|d|wks?|w|mos?|yrs?)\b", re.IGNORECASE), lambda found: f"{found[1]} {UNITS[found[2][0].lower()]}s "),
    (
        re.compile(r"(?:(?<=€)|(?<=€\s))\d{1,3}(?:\.\d{3})+(?!\d)|(?<![\d.,$£])\d{1,3}(?:\.\d{3})+(?=\s?(?:eur|euros?|€))", re.IGNORECASE),
        lambda found: found[0].replace(".", ","),
    ),
    (re.compile(r"(?<=\d)\s+(?=(?:k|mil|million|thousand)\b)", re.IGNORECASE), ""),
    (re.compile(r"(?<=\d)thousand\b", re.IGNORECASE), "k"),
    (re.compile(r"\b(\d[\d.,]*[km]?)\s?(?:eur|euros?)\b", re.IGNORECASE), r"€\1"),
    (re.compile(r"\b(\d[\d.,]*[km]?)\s?(?:usd|dollars?|bucks)\b", re.IGNORECASE), r"$\1"),
    (re.compile(r"\b(\d[\d.,]*[km]?)\s?(?:gbp|pounds?)\b", re.IGNORECASE), r"£\1"),
    (re.compile(r"(?<=[\dkm])\s+(?:a|per)\s+(?:year|yr|annum)\b", re.IGNORECASE), ""),
    (
        re.compile(
            r"\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)(?=[ -](?:day|week|month|year)s?\b)",
            re.IGNORECASE,
        ),
        lambda found: NUMBERS[found[1].lower()],
    ),
    (re.compile(r"\bacct(s?)\b", re.IGNORECASE), r"account\1"),
    (re.compile(r"\bppl\b", re.IGNORECASE), "people"),
    (re.compile(r"(?:\b|(?<=\d))(?:pct|per cent)\b", re.IGNORECASE), " percent"),
    (re.compile(r"\b(?:sfdc|sf\.com)\b", re.IGNORECASE), "salesforce"),
    (re.compile(r"\s=\s*(?:what\b|\?)\s*\??", re.IGNORECASE), " means what?"),
    (re.compile(r"\s=\s"), " is "),
    (re.compile(r"\byr(s?)\b", re.IGNORECASE), r"year\1"),
    (re.compile(r"(?<=\d)million\b", re.IGNORECASE), "m"),
    (re.compile(r"\bt\s?-\s?(\d{1,4})\b", re.IGNORECASE), r" \1 days before renewal "),
    (re.compile(r"(?<![\d-])(\d[\d.,]*(?:[km]|\s?%)?)\s?[-–]\s?(?=[$€£]?\d)(?![\d]{2}-)", re.IGNORECASE), r"\1 to "),
    (re.compile(r"\b(?:less|fewer|lower) than or equal to\b", re.IGNORECASE), "at most"),
    (re.compile(r"\b(?:more|greater|higher) than or equal to\b", re.IGNORECASE), "at least"),
    (re.compile(r"#\s?(?=\d)"), " number "),
    (re.compile(r"(?<=\d)\s?%(\+?)"), r"\1 percent "),
    (re.compile(r"(?:(?<=\s)|^)[-–](?=[$€£¥]?\d)"), " minus "),
    (re.compile("&"), " and "),
    (re.compile("/"), " or "),
    (re.compile(r"(?<=\w)[-–](?=[^\W\d_])"), " "),
)
"""What is rewritten before a text is cut into tokens: markup, quotes, short units, numbers in words, ranges, signs that are words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a stop."""

    text: str
    """In lower case, without a possessive."""
    typed: str
    start: int
    is_number: bool = False
    is_stop: bool = False
    fixed: str = ""
    """The word that was meant, where it was misspelt; `text` is that word then."""

    @property
    def stem(self) -> str:
        """The word without a plural's "s"."""
        return stem(self.text)


def stem(word: str) -> str:
    """The singular, roughly: "renewals" -> "renewal"; words of three letters and "ss" stay."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def tokenize(text: str) -> list[Token]:
    """The tokens of a question."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern, replacement in REWRITES:
        plain = pattern.sub(replacement, plain)
    tokens = []
    for found in TOKEN.finditer(plain):
        typed = found.group().strip()
        lowered = typed.lower()
        if found["word"] and lowered.endswith(("'s", "s'")):
            lowered = lowered[:-2] if lowered.endswith("'s") else lowered[:-1]
        if lowered:
            tokens.append(Token(lowered, typed, found.start(), bool(found["number"]), bool(found["stop"])))
    return tokens


@lru_cache(maxsize=30_000)
def stems_of(phrase: str) -> tuple[tuple[str, bool], ...]:
    """The stems of a phrase and whether each is a stop; companies and audiences share most of their phrases."""
    return tuple((sys.intern(token.stem), token.is_stop) for token in tokenize(phrase))


@lru_cache(maxsize=30_000)
def texts_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are typed, in lower case."""
    return tuple(sys.intern(token.text) for token in tokenize(phrase) if not token.is_stop)


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon as stems, tokenised like a question."""
    return tuple(stem for stem, is_stop in stems_of(phrase) if not is_stop)


def as_written(phrase: str) -> tuple[str, ...]:
    """The same with its commas: "Adopt, Renew & Upsell CSM"."""
    return tuple(stem for stem, _ in stems_of(phrase))
