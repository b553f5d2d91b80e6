"""A question with one or two slips of the keyboard, the same for the same seed: to measure what typing errors cost.

A slip is a neighbouring key, a letter doubled, a letter left out or two letters swapped, anywhere in a word of three letters or more;
in shorter words it would write another abbreviation.
"""

from __future__ import annotations

import random
import re

from bot.domain.keyboard import keys_around

WORD = re.compile(r"[^\W\d_]{3,}")
MOST = 2


def with_slips(text: str, seed: int) -> str:
    """The text with one or two slips, each in a word of its own where there are two."""
    chance = random.Random(f"{seed}:{text}")  # noqa: S311 - nothing is kept secret with it
    words = list(WORD.finditer(text))
    chosen = chance.sample(words, min(len(words), chance.randint(1, MOST)))
    for word in sorted(chosen, key=lambda found: -found.start()):
        text = text[: word.start()] + slipped(word.group(), chance) + text[word.end() :]
    return text


def slipped(word: str, chance: random.Random) -> str:
    """The word with one slip, which leaves it another word."""
    kinds = [neighbour, doubled, dropped, swapped]
    chance.shuffle(kinds)
    made = (kind(word, chance.randrange(len(word)), chance) for kind in kinds)
    return next((found for found in made if found != word), word)


def neighbour(word: str, at: int, chance: random.Random) -> str:
    """A neighbouring key instead of the right one."""
    near = keys_around(word[at].lower())
    return word[:at] + chance.choice(near) + word[at + 1 :] if near else word


def doubled(word: str, at: int, chance: random.Random) -> str:
    """A letter twice."""
    return word[:at] + word[at] + word[at:]


def dropped(word: str, at: int, chance: random.Random) -> str:
    """A letter left out."""
    return word[:at] + word[at + 1 :]


def swapped(word: str, at: int, chance: random.Random) -> str:
    """Two letters that follow each other, the wrong way round."""
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
