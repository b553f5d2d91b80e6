"""A short question that asks one more thing of what was answered: how fast, how often, who decides, who is told, who leads."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question
from bot.understand.choose import as_role
from bot.understand.facts import facts_of
from bot.understand.frames import THINGS, WEAK, Reading, mentions_of
from bot.understand.lexicon import UNKNOWN, Span
from bot.understand.prepare import Prepared

SURE = 0.9
ONE_ANSWER = "which"
"""What is ambiguous of roles that a word may mean, which mostly have one answer."""
NAMES = (frozenset({"subject", "step", "role", "position", "practice", "typical"}) | THINGS) - {"entry", "word"}
"""Tags of words that say themselves what is asked about."""
TIMED = frozenset({"when", "how-long", "how-often"})
DECIDED = frozenset({"decides", "approve", "dispute"})
SHARED, KEPT, MOVES = frozenset({"credit", "share-of"}), frozenset({"holdover", "stays"}), "transfer"
"""Tags of what is told of an account that moves to somebody else, and that intent."""
INFORMED, HANDED = "informed", "handoff"
OF_HANDOFF = ("push-back", "introduces")
"""What a handoff tells beside its times."""
OTHERWISE = frozenset({"where", "why", "holdover", "push-back", "stays", "introduces", "escalate", "exception", "define", "paid"}) | {
    "handoff"
}
"""Tags of words that ask for another thing."""
RULED = frozenset({"who", "does", "why", "when", "steps", "where", "role"})
"""Intents whose answer is about a subject, and has its clocks beside it."""
WRITTEN = frozenset({"transfer", "escalation", "dispute"})
"""Intents that tell entries whole: what is asked of one stands in its answer."""
TELLS = frozenset({"tell", "tells", "informs", "inform", "hear", "hears"})
LEAD = frozenset({"lead", "leads", "leading"})
RUNS = frozenset({"runs", "run", "holds", "hosts", "conducts", "does"})
"""Verbs for the doing of what was only prepared before: "who schedules the meeting", and then "who runs it"."""
BEFORE_VERB = frozenset(
    {
        "they",
        "it",
        "he",
        "she",
        "we",
        "i",
        "you",
        "that",
        "this",
        "them",
        "to",
        "do",
        "does",
        "must",
        "should",
        "can",
        "may",
        "will",
        "would",
    }
)
"""Words behind which an unknown word is a verb: "how often do they sync on that"."""
BEFORE, ARTICLES = frozenset({"before", "after", "until"}), frozenset({"the", "a", "an", "our", "their", "its"})
POINTING = frozenset({"it", "that", "this", "they", "them", "those"})
"""Words of "how long before the renewal should it be", where what is named is only what the time is counted from."""
COUNTED = frozenset({"two", "three", "four", "both"})
"""Words for those who were named: "which of the three leads"."""


def thereof(before: Frame | Ambiguous | NotUnderstood, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame of a question that says what it wants to know, and leaves to the answer before of what; None of any other."""
    before = before.frame if isinstance(before, Ambiguous) and before.about == ONE_ANSWER else before
    if not isinstance(before, Frame):
        return None
    tags = {tag for span in reading.spans for tag in span.tags}
    if tags & (OTHERWISE - beside(before)) or not is_short_of_names(reading, knows_all=not (tags & SHARED and before.intent == MOVES)):
        return None
    found = wanted(before, tags, reading, prepared)
    if found is None:
        return None
    facts = facts_of(reading, found.subjects, prepared.grounds)
    return replace(
        found,
        facts={**found.facts, **facts},
        about=None,
        findings=(),
        confidence=SURE,
        mentions=mentions_of(reading),
        as_role=as_role(question, prepared) or before.as_role,
    )


def beside(before: Frame) -> frozenset[str]:
    """Tags of words that the answer before tells as well."""
    if before.intent == HANDED:
        return frozenset({HANDED, *OF_HANDOFF})
    return KEPT if before.intent == MOVES else frozenset()


def wanted(before: Frame, tags: set[str], reading: Reading, prepared: Prepared) -> Frame | None:
    """The frame before, turned to what the words ask for."""
    if before.whose:
        return None
    if before.intent in WRITTEN:
        tells = any(token.text in TELLS for token in reading.tokens)
        return of_entry(before, tags | {INFORMED} if tells else tags)
    if before.intent == HANDED and (asked := next((key for key in OF_HANDOFF if key in tags), "")):
        return replace(before, key=asked)
    if tags & TIMED and before.intent == HANDED:
        return replace(before, key="when")
    if before.intent not in RULED or not before.subjects:
        return None
    plain = replace(before, key="own", roles=(), things={})
    if tags & TIMED and "who" not in tags:
        return replace(plain, intent="when")
    if INFORMED in tags:
        return replace(plain, intent="who", key=INFORMED)
    leads = any(token.text in LEAD for token in reading.tokens) and "who" in tags | {
        "who" for token in reading.tokens if token.text == "which"
    }
    if leads:
        return replace(plain, intent="who")
    runs = "who" in tags and any(token.text in LEAD | RUNS for token in reading.tokens)
    step = prepared_step(before, prepared) if runs else ""
    return replace(plain, intent="who", step=step) if step else None


def prepared_step(before: Frame, prepared: Prepared) -> str:
    """The step that the step before prepares, by their names: the "prerequisite meeting" of its "scheduling"."""
    steps = prepared.company.steps
    if not before.step or before.step not in steps:
        return ""
    name = steps[before.step].name.lower()
    ruled = {id for subject in before.subjects for id in prepared.grounds.steps.get(subject, frozenset())} - {before.step}
    named = [id for id in sorted(ruled) if any(f" {each.lower()}" in name for each in (steps[id].name, *steps[id].aka))]
    return named[0] if len(named) == 1 else ""


def of_entry(before: Frame, tags: set[str]) -> Frame | None:
    """The entries before once more, where they say what is asked of them."""
    asked = tags & (TIMED | DECIDED | {INFORMED}) or (before.intent == MOVES and tags & (SHARED | KEPT))
    return before if asked else None


def is_short_of_names(reading: Reading, *, knows_all: bool) -> bool:
    """Whether the words name nothing to ask about but the customer, and no word that nobody knows may do so."""
    return not any(names(span, reading) or (knows_all and may_name(span, reading)) for span in reading.spans)


def names(span: Span, reading: Reading) -> bool:
    """Whether words say what is asked about."""
    sense = span.sense("subject")
    if sense is not None and set(sense.ids) <= set(WEAK):
        return False
    if is_counted_from(span, reading):
        return False
    return bool(span.tags & NAMES) and not span.tags & SHARED and "pronoun" not in span.tags


def is_counted_from(span: Span, reading: Reading) -> bool:
    """Whether words name that from which a time is counted, of something that was asked about before."""
    at = span.position - 1
    while at > 0 and reading.tokens[at].text in ARTICLES:
        at -= 1
    is_timed = any(each.tags & TIMED for each in reading.spans)
    return at >= 0 and reading.tokens[at].text in BEFORE and is_timed and any(token.text in POINTING for token in reading.tokens)


def may_name(span: Span, reading: Reading) -> bool:
    """Whether a word that nobody knows may be a noun."""
    if span.senses or span.weight < UNKNOWN:
        return False
    if reading.tokens[span.position].text in COUNTED:
        return False
    return span.position == 0 or reading.tokens[span.position - 1].text not in BEFORE_VERB
