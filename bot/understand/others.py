"""What else a question may mean: other readings than the one by which it was understood, to be weighed beside that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for, segment_fact, with_facts
from bot.understand.fitting import Fitting, fitting
from bot.understand.forms import Fit
from bot.understand.frames import Reading
from bot.understand.instead import asks_elsewise
from bot.understand.leaned import KIN, LEANS_LESS
from bot.understand.matters import Match
from bot.understand.near import claims_figure, near_frame
from bot.understand.own_role import remember_role, tell_role
from bot.understand.prepare import Prepared
from bot.understand.ruled import frame_of_ruling
from bot.understand.rulings import Spoken
from bot.understand.situations import likely_subjects, of_subject
from bot.understand.spoken import teller
from bot.understand.wholly import WANTS_SUBJECT

INTENTS, FORMS, RULINGS, FINDINGS, SUBJECTS = 2, 2, 2, 1, 2
"""So many intents to which the words lean most, of each so many forms, and so many rulings, findings and subjects are read; more than that
gained nothing on questions with a known answer, but for subjects, of which only two were tried."""
LOOKED_AT = 4
"""Among so many intents they are."""
HARDLY = 0.02
"""A subject that is less likely is not read."""
DECLINED, NEGATION = "declined", "negation"
TURNED = frozenset({"excluded", "other-times", "not-done", "changed", "elsewhere"})
"""Cues by which not the owner of today's rules is asked for."""
By = Literal["intent", "ruling", "finding", "subject", "alone"]


@dataclass(frozen=True, slots=True)
class Other:
    """A reading with what speaks for it."""

    meant: Frame | Ambiguous
    by: By
    """By what it was found."""
    place: int
    """Which it is of those found so, from 0."""
    share: float = 0.0
    """How much of the question its form explains, or how likely its ruling or its subject is."""
    spoken: Spoken | None = None
    fitting: Fitting | None = None
    reading: Reading | None = None
    """The words that were read, where they are not those of the question as they were read at first."""
    has_thread: bool = False
    """Whether the words say what the thread was about."""


def others(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """Readings of a question, whatever it was understood by, in no order; some may be the same."""
    segment = segment_fact(question, prepared.company)
    question = tell_role(reading, remember_role(question))
    for other in (
        *by_intent(reading, question, prepared),
        *by_ruling(reading, question, prepared),
        *by_finding(reading, question, prepared),
        *by_subject(reading, question, prepared),
    ):
        meant = with_facts(other.meant, segment)
        if isinstance(meant, Frame | Ambiguous):
            yield replace(other, meant=meant)


def by_intent(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """Those of the intents to which all words lean most."""
    near = prepared.near_phrasings(reading)
    likely = [intent for intent, _ in prepared.lean(reading)[:LOOKED_AT] if intent != DECLINED][:INTENTS]
    for place, intent in enumerate(likely):
        phrased = [fit for fit in near if fit.intent.id == intent][:1]
        for fit in (phrased + prepared.forms.loosely(intent, reading.spans, reading.matches))[:FORMS]:
            meant = None if passes_over(fit, reading, prepared) else frame_for(fit, reading, question, prepared)
            if isinstance(meant, Frame | Ambiguous):
                yield Other(meant, "intent", place, fit.share)


def passes_over(fit: Fit, reading: Reading, prepared: Prepared) -> bool:
    """Whether a form has no place for words that turn what is asked: "who used to own renewals", "who does not own them"."""
    turning = prepared.language.decisive | {NEGATION}
    return any(
        index not in fit.used and not span.tags.isdisjoint(turning) and span.tags.isdisjoint(fit.form.allows | {"fact"})
        for index, span in enumerate(reading.spans)
    )


def by_ruling(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """Those of the rulings of which it most likely speaks, but for those that tell nothing of an owner where all words ask for one."""
    if not prepared.company.name:
        return
    lean = prepared.shares(reading)
    those = (each for each in prepared.ranked(reading) if not asks_elsewise(each.section, lean))
    scored = sorted(((each.score(lean), each) for each in those), key=lambda pair: -pair[0])
    for place, (score, spoken) in enumerate(scored[:RULINGS]):
        only = replace(reading, matches={spoken.section: Match((spoken.id,), spoken.spans, spoken.has)})
        meant = frame_of_ruling(teller(spoken.section, lean), spoken, only, question, prepared)
        if meant is not None:
            yield Other(meant, "ruling", place, score, spoken)


def by_finding(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """Those of the findings of the guidance that fit it best, where no company's rules are asked."""
    if prepared.company.name:
        return
    for place, found in enumerate(fitting(reading, prepared)[:FINDINGS]):
        meant = None if claims_figure(reading, (found.id,), prepared) else near_frame(reading, (found.id,), question, prepared)
        if meant is not None:
            yield Other(meant, "finding", place, found.score, fitting=found)


def by_subject(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """What a question asks of the subjects that it is most likely about, but for the only one that it names: that is read otherwise."""
    if any(span.tags & TURNED for span in reading.spans):
        return
    named = {id for span in reading.spans if span.weight and (sense := span.sense("subject")) for id in sense.ids}
    intents = list(about_subjects(prepared.shares(reading)))
    likely = likely_subjects(reading, prepared)[:SUBJECTS] if intents else []
    for intent in intents:
        for place, (subject, share) in enumerate(likely):
            if share < HARDLY or named == {subject}:
                continue
            about = of_subject(subject, reading)
            for fit in prepared.forms.loosely(intent, about.spans, about.matches)[:1]:
                meant = frame_for(fit, about, question, prepared)
                if isinstance(meant, Frame):
                    yield Other(replace(meant, subjects=(subject,)), "subject", place, share)


def about_subjects(lean: Mapping[str, float]) -> Iterator[str]:
    """The intents to be read so: the one that asks for an owner to which words lean more, and others that have to be about a subject."""
    owner = max(KIN, key=lambda each: lean[each])
    return (intent for intent in (owner, *sorted(WANTS_SUBJECT - set(KIN))) if lean[intent] >= LEANS_LESS)
