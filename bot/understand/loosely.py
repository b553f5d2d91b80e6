"""A question for the guidance alone that nothing else reads: by the term that it names, or by the findings nearest to it, those first
that are on what its words lean to. It is believed the sooner the less it leans to what is not answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Question, Understood
from bot.understand.choose import NAMED, frame_for
from bot.understand.fitting import TYPICAL, Fitting, fitting
from bot.understand.frames import Reading
from bot.understand.lexicon import Span
from bot.understand.near import (
    ALIKE,
    APART,
    DECLINED,
    LISTING,
    MOST,
    MOST_ALIKE,
    OUTSIDE,
    PLAIN,
    SURE,
    WHERE,
    claims_figure,
    hangs_on_stranger,
    names_other,
    near_frame,
    near_to,
    says_little,
)
from bot.understand.prepare import Prepared

CLOSE = 0.5
"""Findings that are so nearly as near as the nearest are told with it."""
NEAR, FITS, HAS, AHEAD, SAYS = 3.5, 3.1, 0.15, 2.5, 0.21
"""What it counts how near a finding is, how well it fits what the question leans to, the weight of what it has of the question, by how much
it is ahead of the next one, and each word of the question: whoever tells a story asks something."""
DECLINES, ACTS, OUT, STRANGE, BARE, BASE = 3.8, 1.6, 2.4, 1.0, 3.0, 4.95
"""What counts against it: that the question leans to what is not answered, that something is to be done, that a word of another field is
said, that it hangs on a word which no finding has, that it says one thing only; and what has to be reached at all. Fitted to questions
with a known answer, and to others that have none."""
SAME, SAYS_MUCH = 0.9, 9.0
"""How near a finding is, and what it has of the question, that answers this very question: whatever else it leans to is no matter then."""
MOST_HELD, MOST_WORDS = 20, 16
LEAST = 0.2
"""However sure it seems, a finding has to be so near."""
DEFINE, DEFINES, LEANS = "define", ("define", "compare"), 0.25
"""The intent of what a word means, those with which it is meant, and the share from which on it is."""
CARD = ("archetype", "define")
"""What is answered with a whole card, which only a finding that is surely nearer replaces."""
FEW, MUCH = 5.0, 12.0
"""What a finding has to have of a question that hangs on a word which no finding has, and of one that mostly is no matter of findings."""
MENTIONED = frozenset({"people-matters", "other-times"})
"""Cues of other fields that may be mentioned beside what is asked."""
BARRED = LISTING | {"dismissing"}
"""Cues of what no finding says, however near it is."""
COMPARE, SHEET, PLAINLY = "compare", "sheet", frozenset({"sheet", "where"})
"""An intent that hangs on either side; that of the rules as a whole; and intents that mostly are no matter of findings."""
SPELT = 6
"""In a word of so many letters a slip leaves no doubt what was meant."""
LITTLE = 0.3
"""From here on a question leans too far to what is not answered for a term to be explained."""


def read_loosely(reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """What a question means that nothing else reads, where no company's rules are asked."""
    tags = {tag for span in reading.spans for tag in span.tags}
    if prepared.company.name or tags & LISTING:
        return None
    return term_frame(reading, question, prepared) or near_frame(reading, nearest_fitting(reading, prepared), question, prepared)


def with_near(found: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """A question for the guidance with the findings that are surely near to it, to be told with what else answers it."""
    if isinstance(found, Frame) and found.intent == DECLINED and not prepared.company.name and found.topic in MENTIONED:
        return near_frame(reading, nearest_fitting(reading, prepared), question, prepared) or found
    if not isinstance(found, Frame) or found.near or found.about is not None or (prepared.company.name and not found.whose):
        return found
    is_beside = found.intent not in APART and (found.intent, found.key) != CARD and not prepared.company.name
    near = nearest_fitting(reading, prepared, MUCH if found.intent in PLAINLY else 0.0) if is_beside else ()
    if found.whose not in ("", TYPICAL) or found.intent in (*APART, SHEET):
        return replace(found, near=near)
    if found.intent == WHERE:
        return replace(found, near=near or near_to(reading, prepared, PLAIN))
    if says_little(reading, prepared):
        return replace(found, near=near)
    alike = tuple(id for id, near, _ in prepared.near_of(reading) if near >= ALIKE)[:MOST_ALIKE]
    return replace(found, near=near_to(reading, prepared, SURE) or near, alike=alike)


def term_frame(reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The frame of a question what a term means."""
    lean = prepared.shares(reading)
    asks = sum(lean.get(intent, 0.0) for intent in DEFINES)
    if asks < LEANS or lean[DECLINED] >= LITTLE or not any(is_term(span, reading) for span in reading.spans):
        return None
    fit = next(iter(prepared.forms.loosely(DEFINE, reading.spans, reading.matches)), None)
    found = frame_for(fit, reading, question, prepared) if fit else None
    return found if isinstance(found, Frame | Ambiguous) else None


def is_term(span: Span, reading: Reading) -> bool:
    """Whether a term is named by its own letters."""
    words = reading.tokens[span.position : span.position + span.length]
    return "term" in span.tags and bool(span.weight) and not any(word.fixed and len(word.text) < SPELT for word in words)


def nearest_fitting(reading: Reading, prepared: Prepared, least: float = 0.0) -> tuple[str, ...]:
    """The findings nearest to a question, where they are near enough for all that it says."""
    if names_other(reading, prepared):
        return ()
    found = fitting(reading, prepared)
    if is_of_somebody(reading) and not is_surely_typical(found, prepared):
        return ()
    if not found or found[0].held < least or sureness(found, reading, prepared) < 0:
        return ()
    is_side = prepared.lean(reading)[0][0] == COMPARE
    if (is_side or found[0].held < FEW) and hangs_on_stranger(reading, prepared):
        return ()
    ids = tuple(each.id for each in found if each.score >= CLOSE * found[0].score)[:MOST]
    return () if claims_figure(reading, ids, prepared) else ids


def is_surely_typical(found: Sequence[Fitting], prepared: Prepared) -> bool:
    """Whether the nearest says who typically has something, and surely what is asked: "they cancelled today, who handles it"."""
    return bool(found) and found[0].near >= SURE and prepared.nearest.known[found[0].id].topic == TYPICAL


def says_nothing(reading: Reading, prepared: Prepared) -> bool:
    """Whether a question says one thing only, and no number of it."""
    return says_little(reading, prepared) and not any(token.is_number for token in reading.tokens)


def sureness(found: Sequence[Fitting], reading: Reading, prepared: Prepared) -> float:
    """How sure it is that the nearest findings answer a question; from 0 on they are told."""
    tags = {tag for span in reading.spans for tag in span.tags}
    if tags & BARRED or found[0].near < LEAST:
        return -math.inf
    first, ahead = found[0], found[0].score - (found[1].score if len(found) > 1 else 0.0)
    declined = prepared.shares(reading)[DECLINED]
    says = NEAR * first.near + FITS * first.fits + HAS * min(MOST_HELD, first.held) + AHEAD * ahead
    is_same = first.near >= SAME and first.held >= SAYS_MUCH
    against = 0.0 if is_same else DECLINES * declined + ACTS * ("action" in tags) + OUT * bool(tags & OUTSIDE)
    against += STRANGE * hangs_on_stranger(reading, prepared) + BARE * says_nothing(reading, prepared)
    return says + SAYS * min(MOST_WORDS, len(reading.tokens)) - against - BASE


def is_of_somebody(reading: Reading) -> bool:
    """Whether it is asked who somebody is, and nothing is named that the guidance could tell of."""
    tags = {tag for span in reading.spans for tag in span.tags}
    return "who" in tags and tags.isdisjoint(NAMED) and tags.isdisjoint(MENTIONED)
