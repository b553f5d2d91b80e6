"""Text as typed -> words, their roots and pieces of words. Knows letters, not meanings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import Stemmer

MAX_CHARACTERS = 1_500
"""A text longer than this is cut: nobody asks one."""
MAX_WORDS = 120
LONGEST_WORD = 40
"""Of a longer one the beginning is kept: it is an address or a slip of the space bar."""
WORD = re.compile(r"[^\W_]+")
APOSTROPHE = re.compile("[’‘`´']")
PIECES = (2, 3, 4, 5)
"""How many letters a piece of a word has; the space before and after a word is a letter too."""
STEMMER = Stemmer.Stemmer("english")
TURN = Lock()
"""Questions are answered by several threads, and the stemmer keeps the word that it works on in itself."""


def words_of(text: str) -> tuple[str, ...]:
    """The words in lower case, without signs: "What's a CSM?" -> whats, a, csm."""
    plain = APOSTROPHE.sub("", unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())
    return tuple(word[:LONGEST_WORD] for word in WORD.findall(plain)[:MAX_WORDS])


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of a word: "quoting" and "quotes" -> "quot"."""
    with TURN:
        return str(STEMMER.stemWord(word))


def terms_of(words: Sequence[str]) -> list[str]:
    """The roots of the words, and each two that stand side by side."""
    roots = [root(word) for word in words]
    return roots + [f"{one} {other}" for one, other in pairwise(roots)]


def pieces_of(words: Iterable[str]) -> list[str]:
    """The pieces of the words, so that a misspelt or inflected word still shares most of its own."""
    return [piece for word in words for piece in pieces_of_word(word)]


@lru_cache(maxsize=20_000)
def pieces_of_word(word: str) -> tuple[str, ...]:
    """The pieces of one word: "csm" -> " c", "cs", "sm", "m ", " cs", ..."""
    spaced = f" {word} "
    return tuple(spaced[start : start + size] for size in PIECES for start in range(len(spaced) - size + 1))
