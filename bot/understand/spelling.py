"""Repairs words towards the vocabulary: what is likelier, that a word was meant as it stands, or that another was mistyped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.understand.roots import root
from bot.understand.slips import TWO_SLIPS, meant_by
from bot.understand.text import Token, texts_of
from bot.understand.wording import NUMBER, ROLE, START, STOP, Wording, read_wording

SHORTEST = 2
"""Words shorter than this are not repaired, and none is meant that is."""
LONGEST = 30
REMEMBERED = 10_000
NAMES = 5
"""A word with a capital and at most so many letters may well be somebody's name."""
COUNTS = (20.0, 8.0, 2.0)
"""As often as this a word of the company counts as said, by its rank."""
STRANGER = 1e-5
"""How many words are ones that no list has: names above all."""
LETTERS = 12.0
"""By so much each letter more makes one stranger less likely."""
CAPITAL, CAPITALS, MIXED = 1000.0, 20.0, 0.02
"""So much likelier is a stranger that is written like a name, or like an abbreviation, or with capitals in its middle."""
EVERYDAY, SHOUTED = 1e-4, 5.0
"""A word so common is hardly meant by what is written like an abbreviation, and by how much less."""
REAL = 5
"""A real word of so many letters is never taken for another."""
OFTEN = 30
"""An abbreviation that is said so often stays: "cs" is no "csm"."""
SURE_UNLISTED, SURE_NAME, SURE_SHORTHAND, SURE_COMMON, SURE_KNOWN = 0.0, 3.0, 2.0, 3.0, 6.0
"""By how much (in logarithms) another word has to be likelier: than a word in no list, than one written like a name, than an abbreviation
that people type, than a common word, than one that means something."""
SURER = 1.5
"""The same for a common word of four letters, of which fewer are a slip apart."""
SHORTHAND = 2e-5
"""How likely such an abbreviation is, at least."""
OTHERS, WITHIN, LIKELIER = 4, 5.0, -1.5
"""So many other repairs are tried, by how much less likely each may be, and by how much likelier than a real word as it stands."""


class Speller:
    """Finds the words that were meant."""

    def __init__(
        self,
        targets: Mapping[str, int],
        known: Iterable[str],
        roles: Iterable[str] = (),
        shorthand: frozenset[str] = frozenset(),
        wording: Path | None = None,
    ) -> None:
        """`targets` are the words to repair towards with their rank, `known` and `shorthand` are right as they are, `roles` are the
        roles' names."""
        self.shorthand = shorthand
        self.known = frozenset(known)
        self.ranks = targets
        self.file = wording
        self.roles = frozenset(role for role in roles if not self.wording.english(role))
        self.said_of_roles = sum(self.wording.counts.get(role, 0) + 1 for role in self.roles)
        self.long = sorted(word for word in targets if len(word) >= TWO_SLIPS and word.isalpha())
        self.vocabulary = self.known | targets.keys()
        self.remembered: dict[str, list[tuple[str, float]]] = {}

    @cached_property
    def wording(self) -> Wording:
        """Which words stand beside which."""
        return read_wording(self.file) if self.file else Wording()

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: not the wording, which is a file of its own."""
        return {name: value for name, value in vars(self).items() if name != "wording"}

    def repair(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with misspelt words repaired, each in its place between the others."""
        repaired: list[Token] = []
        for index, token in enumerate(tokens):
            meant = self.meant(token, *self.around(index, tokens, repaired)) if is_word(token) else None
            repaired.append(replace(token, text=meant, fixed=meant) if meant else token)
        return repaired

    def otherwise(self, tokens: Sequence[Token], repaired: Sequence[Token]) -> list[list[Token]]:
        """Other repairs that are nearly as likely, each of one word, the likeliest first: for a question that is not understood."""
        found: list[tuple[float, int, str]] = []
        for index, token in enumerate(tokens):
            if not is_word(token) or token.text in self.shorthand or self.stays(token.text):
                continue
            at = self.around(index, tokens, repaired)
            kept, _ = self.as_typed(token, *at)
            those = self.likely(token, *at)
            taken = max((likely for likely, meant in those if meant == repaired[index].fixed), default=kept)
            least = taken - WITHIN if repaired[index].fixed or not self.is_listed(token.text) else kept + LIKELIER
            found += [(likely - taken, index, word) for likely, word in those if likely > least]
        found = [each for each in sorted(found, reverse=True) if each[2] != repaired[each[1]].text]
        return [
            [replace(each, text=word, fixed=word) if at == index else each for at, each in enumerate(repaired)]
            for _, index, word in found[:OTHERS]
        ]

    def around(self, index: int, tokens: Sequence[Token], repaired: Sequence[Token]) -> tuple[str, str]:
        """What stands before a token, as it was repaired, and behind it, as it was typed."""
        before = symbol_of(repaired[index - 1], self.roles) if index else START
        return before, symbol_of(tokens[index + 1], self.roles) if index + 1 < len(tokens) else STOP

    def meant(self, token: Token, before: str, behind: str) -> str | None:
        """The word that was meant in this place, where it is another one than was typed."""
        word, wording = token.text, self.wording
        if self.is_listed(word):
            if len(word) >= REAL:
                return None if self.is_said(word) else self.other_form(word)
            if self.stays(word):
                return None
            at = ROLE if word in self.roles else word
            if wording.pair(before, at) and wording.pair(at, behind):
                return None
        found = self.likely(token, before, behind)
        if not found:
            return None
        likeliest, meant = found[0]
        kept, least = self.as_typed(token, before, behind)
        return meant if likeliest - kept > least else None

    def likely(self, token: Token, before: str, behind: str) -> list[tuple[float, str]]:
        """The words that may have been meant in this place, with how likely each is, likeliest first."""
        fits = [(math.log(share) + self.fits(meant, before, behind), meant) for meant, share in self.near(token.text)]
        if sum(letter.isupper() for letter in token.typed) > 1:
            fits = [(likely - (SHOUTED if self.wording.english(meant) > EVERYDAY else 0.0), meant) for likely, meant in fits]
        return sorted(fits, reverse=True)

    def near(self, word: str) -> list[tuple[str, float]]:
        """The words that may have been meant by one, wherever it stands."""
        if word not in self.remembered:
            if len(self.remembered) > REMEMBERED:
                self.remembered.clear()
            meant = meant_by(word, self.is_target, self.long)
            self.remembered[word] = [(read, share) for text, share in meant for read in texts_of(text)[:1]]
        return self.remembered[word]

    def other_form(self, word: str) -> str | None:
        """Another form of a common word that is of the vocabulary where the word itself is not: "replaced" for "replace"."""
        near = (meant for meant, _ in self.near(word) if meant in self.ranks and root(meant) == root(word))
        return min((meant for meant in near if meant.startswith(word[:-1]) or word.startswith(meant)), default=None)

    def as_typed(self, token: Token, before: str, behind: str) -> tuple[float, float]:
        """How likely a word was meant as it stands, and by how much another one has to be likelier."""
        word = token.text
        if word in self.shorthand:
            return max(math.log(SHORTHAND), self.fits(word, before, behind)), SURE_SHORTHAND
        if self.wording.english(word):
            return self.fits(word, before, behind), SURE_COMMON + (SURER if len(word) >= REAL - 1 else 0.0)
        if self.is_said(word):
            return self.fits(word, before, behind), SURE_KNOWN
        return math.log(STRANGER * written_like(token)) - len(word) * math.log(LETTERS), SURE_NAME if is_name(token) else SURE_UNLISTED

    def stays(self, word: str) -> bool:
        """Whether an abbreviation is said so often that no other one is meant."""
        return self.wording.counts.get(word, 0) >= OFTEN and not self.wording.english(word)

    def is_said(self, word: str) -> bool:
        """Whether a word means something here, or is known to be said."""
        return word in self.vocabulary or word in self.wording.counts

    def is_listed(self, word: str) -> bool:
        """Whether a word is one that there is."""
        return word in self.shorthand or self.is_said(word) or bool(self.wording.english(word))

    def is_target(self, word: str) -> bool:
        """Whether a word may be meant."""
        return len(word) >= SHORTEST and (word in self.ranks or word in self.known or bool(self.wording.english(word)))

    def fits(self, word: str, before: str, behind: str) -> float:
        """How likely a word is between two others, as a logarithm."""
        wording = self.wording
        is_role = word in self.roles
        at = ROLE if is_role else word
        own = COUNTS[self.ranks[word]] if word in self.ranks else 0.0
        alone = wording.alone(at, wording.counts.get(at, 0) + own)
        likely = math.log(wording.behind(before, at, alone))
        if is_role:
            likely += math.log((wording.counts.get(word, 0) + 1) / self.said_of_roles)
        return likely + (wording.lifts(at, behind, wording.alone(behind)) if behind in wording.counts else 0.0)


def written_like(token: Token) -> float:
    """How much likelier a word in no list is one that was meant, by its capitals; "CxM" hardly is."""
    typed = token.typed.removesuffix("s")
    if typed.isupper():
        return CAPITALS
    if any(letter.isupper() for letter in typed[1:]):
        return MIXED
    return CAPITAL if typed[:1].isupper() and token.start > 0 else 1.0


def is_word(token: Token) -> bool:
    """Whether a token may be repaired: no number, and neither too short nor too long."""
    return not token.is_number and not token.is_stop and token.text.isalpha() and SHORTEST <= len(token.text) <= LONGEST


def is_name(token: Token) -> bool:
    """Whether a short word inside a question is written like a name, and not like an abbreviation."""
    typed = token.typed
    return token.start > 0 and typed[:1].isupper() and typed[1:].islower() and len(typed) <= NAMES


def symbol_of(token: Token, roles: frozenset[str]) -> str:
    """What a token is among those around it."""
    if token.is_stop:
        return STOP
    return NUMBER if token.is_number else ROLE if token.text in roles else token.text
