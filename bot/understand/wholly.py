"""The question read by a form of its own: how much of it the form has to explain."""

from __future__ import annotations

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import DETERMINERS, WEAK, Reading, is_context
from bot.understand.lexicon import Span
from bot.understand.prepare import Prepared
from bot.understand.strangers import OR

ENOUGH = 0.76
"""The share of a question's weight that a form has to explain."""
ENOUGH_ALONE = 0.9
"""The same where no subject is named: the bot would ask back, or take the motion of a step."""
ENOUGH_BARE = 0.85
"""The same for a form of two words, such as "who" and a subject: a word that nobody knows may well be the verb."""
SURELY = 0.9
"""From here on the words lean so surely to an intent that a form of it which asks for something in particular explains enough."""
ENOUGH_LONE = 0.97
"""The same for a name and nothing else."""
LONE = (("subject",), ("role",))
ABOUT = frozenset({"about", "subject"})
"""Needs that a subject serves; the customer alone, whose word stands in every second question, serves them poorly."""
AROUND = frozenset({"for", "in", "at", "with", "on", "and", "or", "deal", "deals", "contract", "segment", "please", "pls"})
"""Words that may stand around a name that is the whole question."""
WANTS_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that have to be about something."""
BARELY = WANTS_SUBJECT | {"role", "define", "handoff", "alignment"}
"""Intents with forms of two ordinary words."""


def whole(fits: list[Fit], reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The question read by itself; None when too little of it is explained."""
    if not fits or fits[0].share < ENOUGH:
        return None
    best = position_first(fits, reading)
    other = next((fit.intent.id for fit in fits if fit.intent.id != best.intent.id), "")
    found = frame_for(best, reading, question, prepared, other)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame):
        return None
    enough = enough_for(frame, best, reading)
    if best.form.key and prepared.shares(reading)[best.intent.id] >= SURELY:
        enough = min(enough, ENOUGH)
    if best.share < enough or (is_lone([best]) and not is_plain(reading)):
        return None
    return found if isinstance(found, Frame | Ambiguous) else None


def enough_for(frame: Frame, fit: Fit, reading: Reading) -> float:
    """The share that a frame needs, by how much it hangs on single words."""
    if is_lone([fit]):
        return ENOUGH_LONE
    if any("position" in reading.spans[at].tags for at in fit.used if at < len(reading.spans)):
        return ENOUGH
    if frame.intent in WANTS_SUBJECT and not (frame.subjects and (names_subject(reading) or names_step(reading))):
        return ENOUGH_ALONE
    if frame.subjects and set(frame.subjects) <= set(WEAK) and not ABOUT.isdisjoint(fit.form.needs):
        return ENOUGH_ALONE
    return ENOUGH_BARE if len(fit.form.needs) == 2 and frame.intent in BARELY else ENOUGH


def is_lone(fits: list[Fit]) -> bool:
    """Whether the best form is a name by itself: "renewal", "the CSM?"."""
    return bool(fits) and fits[0].form.needs in LONE


def is_plain(reading: Reading) -> bool:
    """Whether nothing is said around one name but articles and the like: "thanks for the renewal" asks nothing."""
    around = [reading.tokens[span.position].text for span in reading.spans if not span.senses]
    subjects = [span for span in reading.spans if (sense := span.sense("subject")) and not set(sense.ids) <= set(WEAK) and span.weight]
    subjects = [span for span in subjects if "fact" not in span.tags]
    joined = any(token.text in ("and", *OR) for token in reading.tokens)
    return (joined or len(subjects) <= 1) and all(word in AROUND or word in DETERMINERS for word in around)


def position_first(fits: list[Fit], reading: Reading) -> Fit:
    """The best form; that of a position's own subject where the other only reads the position as a role beside the account."""
    best = fits[0]
    asked = any("can" in span.tags for span in reading.spans[:1]) or any(token.text in OR for token in reading.tokens)
    roles = [reading.spans[index] for index, tag in best.used.items() if tag == "role" and index < len(reading.spans)]
    named = {id for span in reading.spans if (sense := span.sense("subject")) and "position" not in span.tags for id in sense.ids}
    if best.intent.id != "does" or asked or len(roles) != 1 or "position" not in roles[0].tags or not named <= set(WEAK):
        return best
    return next((fit for fit in fits if "position" in fit.form.needs and fit.share >= ENOUGH), best)


def subject_of(span: Span) -> set[str]:
    """The subjects that a span names."""
    sense = span.sense("subject")
    return set(sense.ids) if sense else set()


def names_subject(reading: Reading) -> bool:
    """Whether a subject, or a value that belongs to one, is named."""
    return any(span.tags & {"subject", "implies"} for span in reading.spans)


def names_step(reading: Reading) -> bool:
    """Whether a step is named that does not only say when: "before the signature"."""
    return any("step" in span.tags and not is_context(reading.tokens, span) for span in reading.spans)
