"""What a question is about that names no subject: "they want another 300 laptops enrolled" is an upsell.

A linear model over words, fitted by `bench/fit_leanings.py` on `knowledge/said/subjects/` and on practised questions, of the subjects that
are built in. A story that names none is read by it where it is sure and the company rules on the subject; what it finds likely is weighed
beside every other reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understand.frames import WEAK, Reading
from bot.understand.leaning import Leanings, read_leanings
from bot.understand.lexicon import WEIGHTS, Span, make_span
from bot.understand.prepare import Prepared
from bot.understand.roots import root
from bot.understand.senses import Sense
from bot.understand.text import Token

ROLE, NOTHING = "role", "-"
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
    model = read_situations(prepared)
    if known_words(found, model) < FEW:
        return None
    (subject, share), (_, next_share) = model.lean(found)[:2]
    if subject == NOTHING or share < max(SURE, AHEAD * next_share) or subject not in prepared.grounds.ruled:
        return None
    return replace(reading, spans=[unsaid(subject), *reading.spans], matches={})


def likely_subjects(reading: Reading, prepared: Prepared) -> list[tuple[str, float]]:
    """The subjects that a question is most likely about and the company rules on, each with its share, most likely first; none where it
    has too few words to tell."""
    model, found = read_situations(prepared), situation_features(without_roles(reading), prepared.language.grammar)
    if known_words(found, model) < FEW:
        return []
    ruled = prepared.grounds.ruled
    return [(each, share) for each, share in model.lean(found) if each != NOTHING and (each in ruled or not prepared.company.name)]


def without_roles(reading: Reading) -> list[Token]:
    """The words without those of roles, which may be called anything."""
    spans = (span for span in reading.spans if ROLE in span.tags)
    roles = {at for span in spans for at in range(span.position, span.position + span.length)}
    return [token for index, token in enumerate(reading.tokens) if index not in roles]


def read_situations(prepared: Prepared) -> Leanings:
    """The model."""
    return read_leanings(prepared.language.leanings.with_name("situations.json"))


def known_words(found: frozenset[str], model: Leanings) -> int:
    """How many words of a story it knows."""
    return sum(" " not in each and each in model.weights for each in found)


def of_subject(subject: str, reading: Reading) -> Reading:
    """A reading that names this subject and no other."""
    return replace(reading, spans=[unsaid(subject), *(without_subject(span) for span in reading.spans)], matches={})


def unsaid(subject: str) -> Span:
    """A subject as if it had been named, in no words."""
    return make_span("", 0, (Sense("subject", (subject,)),), WEIGHTS["subject"], (0, 0))


def without_subject(span: Span) -> Span:
    """Words without what they may name as a subject."""
    if "subject" not in span.tags:
        return span
    return replace(span, senses=tuple(sense for sense in span.senses if sense.tag != "subject"), tags=span.tags - {"subject"})


def names_one(ids: set[str]) -> bool:
    """Whether subjects are named that say what is asked about."""
    return not ids <= set(WEAK)


def asking_words(reading: Reading, prepared: Prepared) -> Iterator[int]:
    """The places of the words that ask."""
    for span in reading.spans:
        if span.tags & prepared.language.asking or "own" in span.tags:
            yield from range(span.position, span.position + span.length)
