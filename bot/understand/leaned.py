"""A question that no form or phrasing reads whole: read by the intent to which its words lean, if they lean far enough."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import WEAK, Reading
from bot.understand.leaning import features
from bot.understand.phrasings import Beside
from bot.understand.prepare import Prepared

LEANS = 0.6
"""The share of an intent from which on it is believed."""
SAYS = 0.3
"""How much of the question a form of the intent has to explain."""
SAYS_WEAK = 0.75
"""The same where nothing but the customer's word says what the question is about."""
DECLINED = "declined"
ABOUT_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that are about a subject."""


def leaned(reading: Reading, beside: Beside, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The frame of the intent to which a question leans; None where it leans nowhere, or that intent needs what is not said."""
    (intent, share), (other, _) = prepared.leanings.lean(features(beside.units, reading.matches))[:2]
    if share < LEANS or intent == DECLINED:
        return None
    fit = next(iter(loosely(intent, reading, beside, prepared)), None)
    if fit is None:
        return None
    found = frame_for(fit, reading, question, prepared, other)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame) or not is_about(frame, fit, reading):
        return None
    return (
        replace(found, confidence=round(share * fit.share, 3))
        if isinstance(found, Frame)
        else found
        if isinstance(found, Ambiguous)
        else None
    )


def loosely(intent: str, reading: Reading, beside: Beside, prepared: Prepared) -> list[Fit]:
    """The phrasings near the question and the forms in it, of one intent, nearest first."""
    near = [fit for fit in prepared.phrasings.fit(beside) if fit.intent.id == intent]
    return near or [fit for fit in prepared.forms.loosely(intent, reading.spans, reading.matches) if fit.share >= SAYS]


def is_about(frame: Frame, fit: Fit, reading: Reading) -> bool:
    """Whether what the question is about is said plainly enough."""
    if frame.intent not in ABOUT_SUBJECT:
        return True
    if not frame.subjects:
        return bool(frame.things.get("entry") or frame.whose)
    return not set(frame.subjects) <= set(WEAK) or fit.share >= SAYS_WEAK
