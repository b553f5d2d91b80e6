"""What a segment is called, in the other words for a customer and for how large one is: "small customers" are "the tiny ones" too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.language import Language
from bot.understand.text import stem

SIZED = 2
"""A name of so many words is of what a customer is and that it is one."""


def as_called(phrases: Iterable[str], language: Language) -> Iterator[str]:
    """The phrases, and others that say the same."""
    given = tuple(phrases)
    yield from given
    said = {phrase.lower() for phrase in given}
    for phrase in given:
        for other in said_otherwise(phrase.lower().split(), language):
            if other not in said:
                said.add(other)
                yield other


def said_otherwise(words: list[str], language: Language) -> Iterator[str]:
    """Other words for "small customers", "top accounts" or "large"; nothing for names of another kind."""
    size = next((each for each in language.sizes if words[0] in each.words), None)
    is_customer = len(words) == SIZED and {words[1], stem(words[1])} & language.buyers
    if is_customer or (size and len(words) == 1):
        yield from (f"{word} {buyer}" for word in sorted(size.words if size else words[:1]) for buyer in sorted(language.buyers))
        yield from sorted(size.ones if size else ())
