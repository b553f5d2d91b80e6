"""A question that nothing reads whole, and that speaks of one ruling of the company more plainly than of any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.questions import Frame, NotUnderstood, Question, Understood, frame_of
from bot.understand.forms import ENTRY
from bot.understand.frames import Reading
from bot.understand.instead import (
    AHEAD,
    BARE,
    CLEARLY,
    DOUBTED,
    HARDLY,
    REFUSED,
    SAID_WHOLE,
    SECTION,
    SURE,
    SURELY,
    asks_elsewise,
    is_rather,
    least_aside,
    least_for,
    least_here,
    may_tell,
)
from bot.understand.matters import Match
from bot.understand.ordered import DECLINED, beyond_rulings, declined_for, is_of_records
from bot.understand.prepare import Prepared
from bot.understand.ruled import STEPWISE, frame_of_ruling
from bot.understand.rulings import ROUTES, TELL, Spoken
from bot.understand.strangers import blurs_amount, compounds, qualifies

NOT_AT_ALL = 0.02
"""The share under which words do not lean to an intent at all."""
ONLY_CASE = frozenset({"role", "fact"})
HALF = 0.5
"""The share of a text from which on roles alone may speak of it."""
FAINT_HAS, FAINT_HAD = 0.3, 0.2
"""An entry that has less of a question, and of which it has less, was found by a word that may mean anything."""
NEARLY = 0.85
"""Others of its section that are nearly as likely are told with it."""
LEAVER = "leaver"
"""The key of a transfer where somebody leaves: "the quote is out" says nothing of that."""
ANOTHER_FIELD, PERHAPS = "elsewhere", 0.25
"""The cue of words of other fields; and how far the words may lean to what is not answered before a ruling has to be likelier."""
OTHERS = "others"
"""The cue of words that ask what other companies do."""
OF_ROUTES = ("where", "who")
"""The intents by which it is told where a request goes."""


def outspoken(found: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What was understood; the ruling of which a question speaks where that is nothing, or a question on nothing that has a name."""
    if topic := beyond_rulings(reading, prepared):
        return declined_for(topic, reading, question, prepared)
    lean = prepared.shares(reading)
    if isinstance(found, Frame) and is_surely_declined(found, lean) and prepared.company.name:
        return NotUnderstood(found.mentions, found.subjects[:3])
    least, is_aside = least_for(found, lean), False
    if least is None and question.before is None:
        least, is_aside = least_aside(found, lean), True
    if least is None or is_for_no_ruling(found, least, lean, reading, prepared):
        return found
    ranked = prepared.ranked(reading)
    scored = sorted(((each.score(lean), each) for each in ranked), key=lambda pair: -pair[0])
    if scored:
        least = least_among(least, found, scored[0][1], lean, reading, prepared)
    found = without_faint(found, ranked, frame_of(question.before))
    likely = likeliest(scored, least)
    if not likely or only_roles(likely[0], reading, lean):
        return found
    section = likely[0].section
    if not may_tell(section, found, scored, lean) if is_aside else is_rather(found, section, least, scored):
        return found
    return told_by(likely, found, lean, reading, question, prepared)


def is_for_no_ruling(found: Understood, least: float, lean: Mapping[str, float], reading: Reading, prepared: Prepared) -> bool:
    """Whether no ruling answers: there is no company, others are asked about, or it is rather what is not answered."""
    if not prepared.company.name or any(OTHERS in span.tags for span in reading.spans) or is_of_records(reading):
        return True
    return lean.get(DECLINED, 0.0) > (HARDLY if isinstance(found, Frame) and least != SAID_WHOLE else REFUSED)


def least_among(least: float, found: Understood, best: Spoken, lean: Mapping[str, float], reading: Reading, prepared: Prepared) -> float:
    """How likely the likeliest ruling has to be, by what else is said and where the words lean."""
    is_strange = (
        compounds(reading, prepared.is_foreign)
        or qualifies(reading, prepared.company.name, prepared.asks, prepared.language.inside)
        or blurs_amount(reading, prepared.is_usual)
    )
    if is_strange or not isinstance(found, Frame):
        least = least_here(least, best.section, lean, is_strange=is_strange)
    if hints_away(reading, best):
        least = max(least, DOUBTED)
    elif lean.get(DECLINED, 0.0) > PERHAPS:
        least = max(least, BARE)
    return max(least, SURELY) if asks_elsewise(best.section, lean) else least


def told_by(
    likely: Sequence[Spoken], found: Understood, lean: Mapping[str, float], reading: Reading, question: Question, prepared: Prepared
) -> Understood:
    """What was understood, told by the likeliest rulings."""
    best, ids = likely[0], tuple(dict.fromkeys(each.id for each in likely))
    if isinstance(found, Frame) and found.intent == next(iter(TELL[best.section])) and found.key != LEAVER:
        return replace(found, things={**found.things, "entry": ids, **({"process": ids} if best.section == STEPWISE else {})})
    only = replace(reading, matches={best.section: Match(ids, best.spans, best.has)})
    return frame_of_ruling(teller(best.section, lean), best, only, question, prepared) or found


def without_faint(found: Understood, ranked: Sequence[Spoken], before: Frame | None) -> Understood:
    """What was understood without entries that have hardly anything of the question, and it of them: one word was all.

    Those that were told before are meant without being named again."""
    section = SECTION.get(found.intent, "") if isinstance(found, Frame) else ""
    if not isinstance(found, Frame) or not section or not found.things.get(ENTRY):
        return found
    told = before.things.get(ENTRY, ()) if before and before.intent == found.intent else ()
    faint = {
        each.id for each in ranked if each.id not in told and each.section == section and each.has < FAINT_HAS and each.had < FAINT_HAD
    }
    return replace(found, things={**found.things, ENTRY: tuple(id for id in found.things[ENTRY] if id not in faint)}) if faint else found


def only_roles(best: Spoken, reading: Reading, lean: Mapping[str, float]) -> bool:
    """Whether nothing but roles is what a question shares with an entry, or nothing but the case where it asks for something else:
    "what should a CSM not do" speaks of none in particular, and "who owns rank 3" not of how ranks are given."""
    shared = [reading.spans[at] for at in best.spans if reading.spans[at].weight]
    if all("role" in span.tags for span in shared):
        return bool(best.spans) and best.had < HALF
    return lean.get(next(iter(TELL[best.section])), 0.0) < NOT_AT_ALL and all(span.tags & ONLY_CASE for span in shared)


def hints_away(reading: Reading, best: Spoken) -> bool:
    """Whether a word of another field is said, and not only nearly, that the entry does not have."""
    return any(
        ANOTHER_FIELD in span.tags and index not in best.spans and not reading.tokens[span.position].fixed
        for index, span in enumerate(reading.spans)
    )


def likeliest(scored: Sequence[tuple[float, Spoken]], least: float) -> list[Spoken]:
    """The ruling that is likeliest what is asked for, and those of its section that are nearly as likely; none where others are as well."""
    if not scored or scored[0][0] < least:
        return []
    score, best = scored[0]
    other = next((second for second, each in scored if each.section != best.section), 0.0)
    if score < CLEARLY and score < AHEAD * other:
        return []
    return [each for second, each in scored if each.section == best.section and second >= NEARLY * score]


def teller(section: str, lean: Mapping[str, float]) -> str:
    """The intent by which an entry is told: that of its section; where a step of a process is asked for, that."""
    tell = TELL[section]
    if section == ROUTES:
        tell = {intent: tell[intent] for intent in OF_ROUTES}
    return max(tell, key=lambda intent: lean.get(intent, 0.0)) if section in (STEPWISE, ROUTES) else next(iter(tell))


def is_surely_declined(found: Frame, lean: Mapping[str, float]) -> bool:
    """Whether all words lean to what is not answered, and none to what one of them alone makes of it: "book an EBR with them"."""
    return lean.get(DECLINED, 0.0) >= SURE and lean.get(found.intent, 0.0) < NOT_AT_ALL and not found.things.get(ENTRY)
