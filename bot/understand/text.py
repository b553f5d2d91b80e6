"""Text as typed -> tokens. Knows letters and Slack's markup, not meanings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 1_500
"""A question longer than this is not read: nobody asks one."""
SLACK_MARKUP = re.compile(r"<(?:[@#!][^>|]*(?:\|[^>]*)?|(?:https?|mailto):[^>]*)>")
TOKEN = re.compile(
    r"(?P<number>(?:[<>]=?\s?)?[$€£¥]?\s?\d+(?:[.,]\d+)*\s?(?:k|mm|m|mil|bn|b)?(?![a-z])\+?%?)|(?P<word>[^\W_]+(?:'[^\W\d_]+)?)|(?P<stop>[?!;\n]+|\.(?=\s|$)|,)",
    re.IGNORECASE,
)
SHORT_UNIT = re.compile(r"\b(\d{1,4})\s?(d|wks?|mos?|yrs?|hrs?)\b", re.IGNORECASE)
T_MINUS = re.compile(r"\bt\s?-\s?(\d{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a stop."""

    text: str
    """In lower case, without a possessive."""
    typed: str
    start: int
    is_number: bool = False
    is_stop: bool = False

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
    plain = SLACK_MARKUP.sub(" ", plain).replace("’", "'").replace("‘", "'").replace("`", "'").replace("&amp;", "&")
    plain = SHORT_UNIT.sub(lambda found: f"{found[1]} {found[2]} ", plain)
    plain = T_MINUS.sub(r" \1 days before renewal ", plain).replace("&", " and ").replace("/", " or ")
    plain = re.sub(r"(?<=\w)[-–](?=[^\W\d_])", " ", plain)
    tokens = []
    for found in TOKEN.finditer(plain):
        typed = found.group().strip()
        lowered = typed.lower()
        if found["word"] and lowered.endswith(("'s", "s'")):
            lowered = lowered[:-2] if lowered.endswith("'s") else lowered[:-1]
        if lowered:
            tokens.append(Token(lowered, typed, found.start(), bool(found["number"]), bool(found["stop"])))
    return tokens


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon as stems, tokenised like a question."""
    return tuple(token.stem for token in tokenize(phrase) if not token.is_stop)
