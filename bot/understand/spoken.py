"""A question that nothing reads whole, and that speaks of one ruling of the company more plainly than of any other."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Understood
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import Reading
from bot.understand.leaning import features
from bot.understand.matters import Match
from bot.understand.prepare import Prepared
from bot.understand.rulings import TELL, Spoken

ENOUGH, DOUBTED, INSTEAD = 0.2, 0.4, 0.3
"""How likely a ruling has to be what is asked for: where nothing else was understood, where that was for a reason, and where it was
another kind of question on nothing that has a name."""
NEARLY = 0.85
"""Others of its section that are nearly as likely are told with it."""
DECLINED, LIVE = "declined", "live-data"
REFUSED, HARDLY = 0.5, 0.15
"""How far words may lean to what is not answered: where nothing was understood, and where it was taken for that."""
RULED = frozenset({"permission", "transfer", "dispute", "handoff", "escalation", "where", "faq"})
"""Intents that are about an entry."""
NAMING = ("entry", "process", "link", "level", "term", "stakeholder")
"""What names of itself what a question is about."""


def outspoken(found: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What was understood; the ruling of which the question speaks where that is nothing, or a kind of question on nothing that is named."""
    least = least_for(found)
    if least is None or not prepared.company.name:
        return found
    beside = prepared.beside(reading)
    lean = dict(prepared.leanings.lean(features(beside.units, reading.matches)))
    if lean.get(DECLINED, 0.0) > (HARDLY if isinstance(found, Frame) else REFUSED):
        return found
    ranked = prepared.rulings.rank(reading.tokens, reading.spans)
    likely = sorted(((each.score(lean), each) for each in ranked), key=lambda pair: -pair[0])
    if not likely or likely[0][0] < least:
        return found
    score, best = likely[0]
    near = dict.fromkeys(each.id for other, each in likely if each.section == best.section and other >= NEARLY * score)
    return frame_of_ruling(best, tuple(near), score, reading, question, prepared) or found


def least_for(found: Understood) -> float | None:
    """How likely a ruling has to be to take the place of what was understood; None where nothing takes it."""
    match found:
        case NotUnderstood(reason=reason):
            return {"": ENOUGH, "amount": DOUBTED}.get(reason)
        case Frame(intent="declined"):
            return DOUBTED if found.topic == LIVE else None
        case Frame():
            is_bare = found.intent in RULED and not found.findings and not any(found.things.get(each) for each in NAMING)
            return INSTEAD if is_bare and found.about is None else None
        case _:
            return None


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
