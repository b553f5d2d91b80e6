"""The frame of one ruling, or of where a request goes, that is told whatever form the question has."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import OF_ROLES, frame_for
from bot.understand.forms import ENTRY, Fit
from bot.understand.frames import Reading
from bot.understand.prepare import Prepared
from bot.understand.rulings import ROUTES, Spoken

STEPWISE = "processes"
"""The section whose entries several intents tell."""
HANDOFFS = "handoffs"
"""A section whose entries name roles in what they are found by."""


def frame_of_ruling(told: str, best: Spoken, reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The frame of an intent on the one match that a reading has left."""
    if best.section == ROUTES:
        return frame_of_route(told, best, reading, question, prepared)
    intent = next(each for each in prepared.language.intents if each.id == told)
    match = reading.matches[best.section]
    fits = prepared.forms.loosely(intent.id, reading.spans, reading.matches)
    with_entry = [fit for fit in fits if ENTRY in fit.form.needs]
    fit = next(iter(with_entry or fits), None) or Fit(intent, intent.forms[0], match.score, {})
    found = frame_for(replace(fit, entries=match.ids), reading, question, prepared)
    if isinstance(found, Frame):
        tag = "process" if best.section == STEPWISE else "entry"
        inside = {id for at in best.inside if (sense := reading.spans[at].sense("role")) for id in sense.ids}
        roles = found.roles if best.section not in (*OF_ROLES, HANDOFFS) else tuple(id for id in found.roles if id not in inside)
        return replace(found, roles=roles, confidence=round(min(1.0, match.score), 3), things={**found.things, tag: match.ids})
    return found if isinstance(found, Ambiguous) else None


def frame_of_route(told: str, best: Spoken, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame of where a request goes, or whose it is: what a request is called is a subject."""
    request = next(each.fields["request"] for each in prepared.company.section(ROUTES) if each.id == best.id)
    intent = next(each for each in prepared.language.intents if each.id == told)
    found = frame_for(Fit(intent, intent.forms[0], best.has, {}), replace(reading, matches={}), question, prepared)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame):
        return None
    return replace(frame, subjects=(request,), step=None, key="own", roles=(), things={}, confidence=round(min(1.0, best.has), 3))
