"""How likely a word is between two others: what questions and findings say, and how common a word is in English.

The table is made by `bench/fit_wording.py` and ships as one file. It knows no names of any company: a role is a role.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

START, STOP, NUMBER, ROLE = "^", ".", "0", "{role}"
"""What stands for the beginning of a question, a stop or its end, a number, and the name of a role."""
HELD, HELD_FOR_EACH = 6.0, 3.0
"""How much counts what a word is alone, against what was seen behind another: always, and more for each different word seen there."""
DOMAIN = 0.97
"""How much of what is said is what was seen said; the rest is any English."""
UNSEEN = 1e-9
"""How likely a word is that is in no list."""
TENTHS = 10
"""Commonness is kept in tenths of a power of ten."""
REMEMBERED = 4_000
"""So many numbers are not looked for again: a few words are in most questions."""
SHORTEST, CUT = 2, 3
"""Common words have at least so many letters, and stand under so many: more would take more room, and fewer more time."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Counts of words and pairs of words, kept as texts such as " owns=12 has=3 " so that they take little room."""

    counts: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Word -> the words behind it, with how often."""
    common: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The first letters of common English words -> those words, with how uncommon each is."""
    kinds: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Word -> how many different words were seen behind it."""
    total: int = 1

    def pair(self, word: str, then: str) -> int:
        """How often a word was seen behind another."""
        return number_of(self.after.get(word, ""), then)

    def english(self, word: str) -> float:
        """How likely a word is in any English text; 0 where it is not a common one."""
        tenths = number_of(self.common.get(word[:CUT], ""), word)
        return float(10 ** (-tenths / TENTHS)) if tenths else 0.0

    def alone(self, word: str, count: float | None = None) -> float:
        """How likely a word is wherever it stands; the company's own words bring their count along."""
        seen = self.counts.get(word, 0) if count is None else count
        return DOMAIN * seen / self.total + (1 - DOMAIN) * self.english(word) + UNSEEN

    def behind(self, word: str, then: str, alone: float) -> float:
        """How likely a word is behind another, given how likely it is alone."""
        held = HELD + HELD_FOR_EACH * self.kinds.get(word, 0)
        return (self.pair(word, then) + held * alone) / (self.counts.get(word, 0) + held)

    def lifts(self, word: str, then: str, alone: float) -> float:
        """The logarithm of how much likelier a word makes the one behind it, which is so likely alone."""
        return math.log(self.behind(word, then, alone) / alone)


@lru_cache(maxsize=REMEMBERED)
def number_of(text: str, word: str) -> int:
    """The number of a word in a text of such; 0 where it is not there."""
    at = text.find(f" {word}=")
    if at < 0:
        return 0
    start = at + len(word) + 2
    return int(text[start : text.index(" ", start)])


@lru_cache(maxsize=2)
def read_wording(file: Path) -> Wording:
    """The table in a file."""
    held = json.loads(file.read_text(encoding="utf-8"))
    kinds = {word: text.count("=") for word, text in held["after"].items()}
    return Wording(held["counts"], held["after"], held["common"], kinds, held["total"])
