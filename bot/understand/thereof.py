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
INFORMED = "informed"
OTHERWISE = frozenset({"where", "why", "holdover", "push-back", "stays", "introduces", "escalate", "exception", "define", "paid"})
"""Tags of words that ask for another thing."""
RULED = frozenset({"who", "does", "why", "when", "steps", "where", "role"})
"""Intents whose answer is about a subject, and has its clocks beside it."""
WRITTEN = frozenset({"transfer", "escalation", "dispute"})
"""Intents that tell entries whole: what is asked of one stands in its answer."""
TELLS = frozenset({"tell", "tells", "informs", "inform", "hear", "hears"})
LEAD = frozenset({"lead", "leads", "leading"})
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
    found = wanted(before, tags, reading)
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
    return KEPT if before.intent == MOVES else frozenset()


def wanted(before: Frame, tags: set[str], reading: Reading) -> Frame | None:
    """The frame before, turned to what the words ask for."""
    if before.whose:
        return None
    if before.intent in WRITTEN:
        tells = any(token.text in TELLS for token in reading.tokens)
        return of_entry(before, tags | {INFORMED} if tells else tags)
    if tags & TIMED and before.intent == "handoff":
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
    return replace(plain, intent="who") if leads else None


def of_entry(before: Frame, tags: set[str]) -> Frame | None:
    """The entries before once more, where they say what is asked of them."""
    asked = tags & (TIMED | DECIDED | {INFORMED}) or (before.intent == MOVES and tags & (SHARED | KEPT))
    return before if asked else None


def is_short_of_names(reading: Reading, *, knows_all: bool) -> bool:
    """Whether the words name nothing to ask about but the customer, and no word that nobody knows may do so."""
    return not any(names(span) or (knows_all and may_name(span, reading)) for span in reading.spans)


def names(span: Span) -> bool:
    """Whether words say what is asked about."""
    sense = span.sense("subject")
    if sense is not None and set(sense.ids) <= set(WEAK):
        return False
    return bool(span.tags & NAMES) and not span.tags & SHARED and "pronoun" not in span.tags


def may_name(span: Span, reading: Reading) -> bool:
    """Whether a word that nobody knows may be a noun."""
    if span.senses or span.weight < UNKNOWN:
        return False
    if reading.tokens[span.position].text in COUNTED:
        return False
    return span.position == 0 or reading.tokens[span.position - 1].text not in BEFORE_VERB
