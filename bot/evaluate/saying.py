"""Whether a text says something, whichever way it is written: capitals, hyphens and spaces do not count.

>>> says("The quote goes out 20 days before.", ("twenty days", "20-days"))
True
>>> says("The quote goes out 120 days before.", ("20 days",))
False
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SHORT = 3
"""Words of at most so many letters are looked for as words of their own: "AE" is not in "maestro"."""
APART = r"[\s-]*"
"""What does not count between two letters."""
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'"})


def says(text: str, ways: Iterable[str]) -> bool:
    """Whether the text says it in one of these ways."""
    plain = as_plain(text)
    return any(pattern_of(way).search(plain) for way in ways)


def as_plain(text: str) -> str:
    """The text with one kind of hyphen and apostrophe, in lower case."""
    return unicodedata.normalize("NFKC", text).translate(DASHES).casefold()


@lru_cache(maxsize=10_000)
def pattern_of(way: str) -> re.Pattern[str]:
    """What finds a way to say something; a number is found whole, so that "20 days" is not in "120 days"."""
    pieces = [piece for piece in re.split(r"[\s-]+", as_plain(way)) if piece]
    found = APART.join(letters_of(piece) for piece in pieces)
    joined = "".join(pieces)
    before, after = (r"(?<![\d.,])" if joined[:1].isdigit() else ""), (r"(?![.,]?\d)" if joined[-1:].isdigit() else "")
    if len(joined) <= SHORT and joined.isalpha():
        before, after = r"(?<!\w)", r"(?:'?s)?(?!\w)"
    return re.compile(f"{before}{found}{after}")


def letters_of(piece: str) -> str:
    """A pattern of one word, in whose numbers nothing may stand, and anything that does not count between its other letters."""
    return APART.join(re.escape(run) for run in re.findall(r"\d+|\D", piece))
