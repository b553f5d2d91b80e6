"""What a story is about that names no subject: "they want another 300 laptops enrolled" is an upsell.

A linear model over words, fitted by `bench/fit_leanings.py` on `knowledge/said/subjects/`, of the subjects that are built in. It is asked
only where no subject is named, and believed only where it is sure and the company rules on the subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understand.frames import WEAK, Reading
from bot.understand.leaning import read_leanings
from bot.understand.lexicon import WEIGHTS, make_span
from bot.understand.prepare import Prepared
from bot.understand.roots import root
from bot.understand.senses import Sense
from bot.understand.text import Token

NOTHING = "-"
"""What the model calls a story that is about none of its subjects."""
SURE, AHEAD = 0.4, 2.0
"""The share from which on it is believed, and how many times that of the next one it has to be."""
FOR_OWNER = frozenset({"who", "owner", "is-mine", "talk-to", "whois", "should-we"})
"""Cues of questions for somebody in charge."""
FEW = 3
"""A story has at least so many words that it knows."""


def situation_features(tokens: Sequence[Token], grammar: frozenset[str]) -> frozenset[str]:
    """The words of a story, and which of them follow each other."""
    words = [root(token.text) for token in tokens if token.text and not (token.is_stop or token.is_number) and token.text not in grammar]
    return frozenset((*words, *(f"{one} {other}" for one, other in pairwise(words))))


def situated(reading: Reading, prepared: Prepared) -> Reading | None:
    """The reading with the subject that its story is about; None where one is named, or none is sure."""
    if not any(span.tags & FOR_OWNER for span in reading.spans):
        return None
    if any(span.weight and names_one(set(sense.ids)) for span in reading.spans if (sense := span.sense("subject"))):
        return None
    told = [token for index, token in enumerate(reading.tokens) if index not in set(asking_words(reading, prepared))]
    found = situation_features(told, prepared.language.grammar)
    model = read_leanings(prepared.language.leanings.with_name("situations.json"))
    if sum(" " not in each and each in model.weights for each in found) < FEW:
        return None
    (subject, share), (_, next_share) = model.lean(found)[:2]
    if subject == NOTHING or share < max(SURE, AHEAD * next_share) or subject not in prepared.grounds.ruled:
        return None
    meant = make_span("", 0, (Sense("subject", (subject,)),), WEIGHTS["subject"], (0, 0))
    return replace(reading, spans=[meant, *reading.spans], matches={})


def names_one(ids: set[str]) -> bool:
    """Whether subjects are named that say what is asked about."""
    return not ids <= set(WEAK)


def asking_words(reading: Reading, prepared: Prepared) -> Iterator[int]:
    """The places of the words that ask."""
    for span in reading.spans:
        if span.tags & prepared.language.asking or "own" in span.tags:
            yield from range(span.position, span.position + span.length)
