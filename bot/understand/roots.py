"""The root of a word: the one door to the stemmer."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import Stemmer

STEMMER = Stemmer.Stemmer("english")
IRREGULAR = {
    "gave": "give",
    "given": "give",
    "paid": "pay",
    "sold": "sell",
    "went": "go",
    "gone": "go",
    "led": "lead",
    "left": "leave",
    "kept": "keep",
    "held": "hold",
    "told": "tell",
    "lost": "lose",
    "bought": "buy",
    "brought": "bring",
    "met": "meet",
    "grew": "grow",
    "grown": "grow",
    "chose": "choose",
    "chosen": "choose",
    "spent": "spend",
    "took": "take",
    "taken": "take",
    "ran": "run",
}
"""Verbs whose forms no ending tells."""
TURN = Lock()
"""Questions are answered by several threads, and the stemmer keeps the word that it works on in itself."""


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of a word: "quoting" and "quotes" -> "quot"."""
    with TURN:
        return str(STEMMER.stemWord(IRREGULAR.get(word, word)))
