"""A question that no form or phrasing reads whole: read by the intent to which its words lean, if they lean far enough.

People tell a story and ask at its end. What stands in another clause than the question may be passed over; in the clause that asks, and in
the one that names what it is about, every word has to be known: "who owns the office lease renewal" is not about renewal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import WEAK, Reading
from bot.understand.leaning import features
from bot.understand.lexicon import UNKNOWN, Span
from bot.understand.phrasings import Beside
from bot.understand.prepare import Prepared
from bot.understand.roots import root

LEANS = 0.5
"""The share of an intent from which on it is believed."""
LEANS_BARE = 0.8
"""The same where none of its forms has all that it needs."""
SAYS_WEAK = 0.75
"""How much of a question has to be explained where nothing but the customer's word says what the question is about."""
DECLINED = "declined"
ABOUT_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that are about a subject."""
PARTING = frozenset({"but", "because", "so", "since", "while", "though", "although", "if"})
"""Words with which another clause begins."""


def leaned(reading: Reading, beside: Beside, question: Question, prepared: Prepared, least: float = LEANS) -> Frame | Ambiguous | None:
    """The frame of the intent to which a question leans; None where it leans nowhere, or that intent needs what is not said."""
    (intent, share), (other, _) = prepared.leanings.lean(features(beside.units, reading.matches))[:2]
    if share < least or intent == DECLINED:
        return None
    fit = next(iter(loosely(intent, reading, beside, prepared)), None)
    if (
        fit is None
        or (fit.form in fit.intent.leans and share < LEANS_BARE)
        or any(hides_word(reading, at, fit, prepared) for at in asking(fit, reading, prepared))
    ):
        return None
    found = frame_for(fit, reading, question, prepared, other)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame) or not is_about(frame, fit):
        return None
    if isinstance(found, Frame):
        return replace(found, confidence=round(share * fit.share, 3))
    return found if isinstance(found, Ambiguous) else None


def loosely(intent: str, reading: Reading, beside: Beside, prepared: Prepared) -> list[Fit]:
    """The phrasings near the question and the forms in it, of one intent, nearest first."""
    near = [fit for fit in prepared.phrasings.fit(beside) if fit.intent.id == intent]
    return near or prepared.forms.loosely(intent, reading.spans, reading.matches)


def asking(fit: Fit, reading: Reading, prepared: Prepared) -> Iterator[Span]:
    """The words that ask, and those that say what is asked about."""
    for index, span in enumerate(reading.spans):
        if index in fit.used or span.tags & prepared.language.asking or not fit.form.needs:
            yield span


def hides_word(reading: Reading, asks: Span, fit: Fit, prepared: Prepared) -> bool:
    """Whether a word that may change what is asked stands in one clause with words that ask."""
    start, stop = clause_around(asks.position, reading)
    spoken = match.spans if (match := reading.matches.get(fit.intent.matters)) else frozenset[int]()
    return any(
        start <= span.position < stop and index not in spoken and index not in fit.used and changes(span, reading, fit, prepared)
        for index, span in enumerate(reading.spans)
    )


def changes(span: Span, reading: Reading, fit: Fit, prepared: Prepared) -> bool:
    """Whether a word may change what is asked: nobody knows it, or it names a topic that the form does not have."""
    if not span.senses:
        is_strange = fit.intent.id in ABOUT_SUBJECT or prepared.leanings.leans_away(root(reading.tokens[span.position].text), DECLINED)
        return span.weight >= UNKNOWN and is_strange
    return not span.tags.isdisjoint(prepared.language.decisive) and span.tags.isdisjoint(fit.form.allows | {"fact"})


def clause_around(position: int, reading: Reading) -> tuple[int, int]:
    """Where the clause of a word begins and ends."""
    parts = [0, *parting(reading), len(reading.tokens)]
    return max(part for part in parts if part <= position), min(part for part in parts if part > position)


def parting(reading: Reading) -> Iterable[int]:
    """Where clauses begin."""
    return (index for index, token in enumerate(reading.tokens) if token.is_stop or token.text in PARTING)


def is_about(frame: Frame, fit: Fit) -> bool:
    """Whether what the question is about is said plainly enough."""
    if frame.intent not in ABOUT_SUBJECT:
        return True
    if not frame.subjects:
        return bool(frame.things.get("entry") or frame.whose)
    return not set(frame.subjects) <= set(WEAK) or fit.share >= SAYS_WEAK
