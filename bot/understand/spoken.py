"""A question that nothing reads whole, and that speaks of one ruling of the company more plainly than of any other."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import Reading
from bot.understand.leaning import features
from bot.understand.matters import Match
from bot.understand.phrasings import Beside
from bot.understand.prepare import Prepared
from bot.understand.rulings import TELL, Spoken

ENOUGH = 0.2
"""How likely a ruling has to be what is asked for."""
NEARLY = 0.85
"""Others of its section that are nearly as likely are told with it."""
DECLINED, REFUSED = "declined", 0.5
"""Where words lean so much to what is not answered, no ruling is looked for."""


def spoken(reading: Reading, beside: Beside, question: Question, prepared: Prepared, least: float = ENOUGH) -> Frame | Ambiguous | None:
    """The frame of the ruling that a question speaks of; None where it speaks of none plainly enough."""
    lean = dict(prepared.leanings.lean(features(beside.units, reading.matches)))
    found = sorted(((each.score(lean), each) for each in prepared.rulings.rank(reading.tokens, reading.spans)), key=lambda pair: -pair[0])
    if not found or found[0][0] < least or lean.get(DECLINED, 0.0) > REFUSED:
        return None
    score, best = found[0]
    near = tuple(each.id for other, each in found if each.section == best.section and other >= NEARLY * score)
    return frame_of_ruling(best, tuple(dict.fromkeys(near)), score, reading, question, prepared)


def frame_of_ruling(
    best: Spoken, ids: tuple[str, ...], score: float, reading: Reading, question: Question, prepared: Prepared
) -> Frame | Ambiguous | None:
    """The frame that asks for these entries of a section."""
    intent = next(each for each in prepared.language.intents if each.id == TELL[best.section][0])
    match = Match(ids, best.spans, best.has)
    only = replace(reading, matches={best.section: match})
    fits = prepared.forms.loosely(intent.id, reading.spans, only.matches)
    with_entry = [fit for fit in fits if "entry" in fit.form.needs]
    fit = next(iter(with_entry or fits), None) or Fit(intent, intent.forms[0], score, {})
    found = frame_for(replace(fit, entries=ids), only, question, prepared)
    if isinstance(found, Frame):
        tag = {"processes": "process"}.get(best.section, "entry")
        return replace(found, confidence=round(min(1.0, score), 3), things={**found.things, tag: ids})
    return found if isinstance(found, Ambiguous) else None
