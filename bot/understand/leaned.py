"""A question that no form or phrasing reads whole: read by the intent to which its words lean, if they lean far enough.

People tell a story and ask at its end. What stands in another clause than the question may be passed over; in the clause that asks, and in
the one that names what it is about, every word has to be known: "who owns the office lease renewal" is not about renewal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.questions import Ambiguous, Frame, Question
from bot.understand.choose import frame_for
from bot.understand.clauses import clause_around
from bot.understand.forms import Fit
from bot.understand.frames import WEAK, Reading, is_context
from bot.understand.lexicon import UNKNOWN, Span
from bot.understand.prepare import Prepared
from bot.understand.roots import root

LEANS = 0.5
"""The share of an intent from which on it is believed."""
LEANS_LESS, SAYS_MUCH = 0.3, 0.7
"""The same where a form explains so much of it and no other intent is nearly as likely, and how much that is."""
TIMES = 1.5
LEANS_BARE, LEANS_EMPTY = 0.7, 0.8
"""The same where none of its forms has all that it needs, and where it needs nothing."""
SAYS_WEAK = 0.75
"""How much of a question has to be explained where nothing but the customer's word says what the question is about."""
LEANS_FAIRLY = 0.5
"""From here on only what stands right beside a name may make something else of it."""
LEANS_SURELY = 0.9
"""From here on a word for another topic only belongs to the story."""
LEANS_WHOLLY = 0.97
"""From here on no single word makes something else of a question that is not on ownership."""
ASKING = frozenset({"owner", "choose", "archetypes", "which-ones", "is-mine"})
"""Cues that ask as well, though they say at once for what."""
EXPLAINED = 0.5
"""What of a question has to be explained for a word that people are known to say, and not of other trades, to change nothing."""
HARDLY, RATHER = 0.05, 0.65
"""How little a question leans to what is not answered for such a word to be one, and how much it may speak for that."""
TERM = frozenset({"term"})
STORY = frozenset({"define", "escalate", "leaver", "stays", "exception", "closed", "reports-to", "then"})
"""Topics that may be a part of the story, where a question surely leans elsewhere."""
KIN, DOUBT = ("who", "does"), 0.25
"""Intents that ask for an owner, one open and one of somebody named; and the share from which on a question is rather none of ours."""
NAMES = frozenset({"subject", "implies", "step", "about", "role", "fact", "entry", "position", "stage", "process", "term", "stakeholder"})
"""What a span serves as where it does not ask."""
VERBAL = re.compile(
    r"(?:[a-z]{2}ed|[a-z]{3}ing|[^s]s|^(?:blew|went|came|fell|rose|ran|broke|froze|grew|sank|lost|bought|sent|gave|took|made|said|wrote"
    r"|told|kept|held|cut|hit|put|let|will|just|now|still|already|never|since|because|way))$"
)
"""How verbs end that tell of what stands before them."""
DECLINED, ELSEWHERE, PERMISSION = "declined", "elsewhere", "permission"
OF_CUSTOMERS = frozenset(
    {"customer", "customers", "client", "clients", "account", "accounts", "prospect", "they", "their", "them", "seller", "deal"}
)
"""Words by which a story is about a customer."""
ABOUT_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that are about a subject."""
STRICT = ABOUT_SUBJECT | {"role"}
"""Intents that a word which nobody knows may turn into another question."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A span that asks, or that names what is asked about."""

    span: Span
    is_verb: bool
    """Whether it asks."""


def leaned(
    reading: Reading, question: Question, prepared: Prepared, least: float = LEANS, *, told: bool = False
) -> Frame | Ambiguous | None:
    """The frame of the intent to which a question leans; None where it leans nowhere, or that intent needs what is not said.

    Where what it is about was `told` by a whole story, it is asked for somebody in charge, or it is not asked here.
    """
    leanings = prepared.lean(reading)
    if told:
        leanings = among_kin(leanings)
    (intent, share), (other, _) = leanings[:2]
    if intent == DECLINED:
        return None
    fit = next(iter(loosely(intent, reading, prepared)), None) if share >= min(least, LEANS_LESS) else None
    if fit and share < least and (not says_much(fit, prepared) or share < TIMES * leanings[1][1]):
        fit = None
    if fit is None and (kin := of_kin(leanings, reading, prepared)):
        fit, share = kin
    if (
        fit is None
        or (fit.form in fit.intent.leans and share < (LEANS_BARE if fit.form.needs else LEANS_EMPTY))
        or is_elsewhere(reading, fit)
        or any(hides_word(reading, at, fit, share, prepared) for at in asking(fit, reading, prepared))
    ):
        return None
    found = frame_for(fit, reading, question, prepared, other)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame) or not is_about(frame, fit):
        return None
    if isinstance(found, Frame):
        return replace(found, confidence=round(share * fit.share, 3))
    return found if isinstance(found, Ambiguous) else None


def says_much(fit: Fit, prepared: Prepared) -> bool:
    """Whether a form explains much of a question, and what asks in it."""
    return fit.share >= SAYS_MUCH and not (prepared.asks | ASKING).isdisjoint(fit.form.needs)


def is_elsewhere(reading: Reading, fit: Fit) -> bool:
    """Whether a story is about something of another trade, and of no customer: "our office lease ends, who owns the renewal"."""
    strange = any(ELSEWHERE in span.tags and index not in fit.used for index, span in enumerate(reading.spans))
    return strange and not any(token.text in OF_CUSTOMERS for token in reading.tokens)


def among_kin(leanings: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The shares of intents that ask for an owner among each other, and of what is none of ours."""
    kept = [(intent, share) for intent, share in leanings if intent in (*KIN, DECLINED)]
    whole = sum(share for _, share in kept)
    return [(intent, share / whole) for intent, share in kept]


def of_kin(leanings: Sequence[tuple[str, float]], reading: Reading, prepared: Prepared) -> tuple[Fit, float] | None:
    """The form of an intent that asks for an owner, with the share of all that do, where together they are what a question leans to."""
    shares = dict(leanings)
    share = sum(shares[intent] for intent in KIN)
    if leanings[0][0] not in KIN or share < LEANS or shares[DECLINED] > DOUBT:
        return None
    fits = (next(iter(loosely(intent, reading, prepared)), None) for intent in sorted(KIN, key=lambda each: -shares[each]))
    return next(((fit, share) for fit in fits if fit and fit.form not in fit.intent.leans), None)


def loosely(intent: str, reading: Reading, prepared: Prepared) -> list[Fit]:
    """The phrasings near the question and the forms in it, of one intent, nearest first."""
    near = [fit for fit in prepared.near_phrasings(reading) if fit.intent.id == intent]
    return near or prepared.forms.loosely(intent, reading.spans, reading.matches)


def asking(fit: Fit, reading: Reading, prepared: Prepared) -> Iterator[Asks]:
    """The words that ask, and those that say what is asked about."""
    cues = prepared.asks
    for index, span in enumerate(reading.spans):
        if span.tags & cues or not fit.form.needs or fit.used.get(index, "subject") not in NAMES:
            yield Asks(span, True)
        elif index in fit.used and span.length and not is_customer(span):
            yield Asks(span, False)


def is_customer(span: Span) -> bool:
    """Whether words name no more than the customer, whom every second story is about."""
    sense = span.sense("subject")
    return sense is not None and set(sense.ids) <= set(WEAK)


def hides_word(reading: Reading, asks: Asks, fit: Fit, share: float, prepared: Prepared) -> bool:
    """Whether a word that may change what is asked stands in one clause with words that ask, or beside what is asked about."""
    if share >= LEANS_WHOLLY and prepared.company.name and fit.intent.id not in STRICT | {PERMISSION}:
        return False
    start, stop = clause_around(asks.span.position, reading.tokens)
    is_told = "subject" in asks.span.tags and not (asks.is_verb or is_context(reading.tokens, asks.span))
    if is_told and share >= LEANS_FAIRLY and not is_asked_in(start, stop, reading, prepared):
        start, stop = around(asks.span, reading)
    spoken = match.spans if (match := reading.matches.get(fit.intent.matters)) else frozenset[int]()
    is_story = not asks.is_verb and share >= LEANS_SURELY
    return any(
        start <= span.position < stop
        and index not in spoken
        and index not in fit.used
        and not (is_story and ELSEWHERE in span.tags)
        and changes(span, reading, fit, share, prepared)
        for index, span in enumerate(reading.spans)
    )


def is_asked_in(start: int, stop: int, reading: Reading, prepared: Prepared) -> bool:
    """Whether a clause asks, or no other one does."""
    cues = prepared.asks | ASKING
    places = [span.position for span in reading.spans if span.tags & cues]
    return not places or any(start <= at < stop for at in places)


def around(span: Span, reading: Reading) -> tuple[int, int]:
    """A name with the word before it and the one behind, which may make something else of it: "the office lease renewal"; a verb
    behind it only tells of it: "the renewal slipped"."""
    start, stop = clause_around(span.position, reading.tokens)
    behind = span.position + span.length
    is_told = behind < stop and bool(VERBAL.search(reading.tokens[behind].text))
    return max(start, span.position - 1), min(stop, behind if is_told else behind + 1)


def changes(span: Span, reading: Reading, fit: Fit, share: float, prepared: Prepared) -> bool:
    """Whether a word may change what is asked: nobody knows it, or it names a topic that the form does not have, or what is asked about
    is a term that no rule is on: "who handles the downsell"."""
    if not span.senses:
        is_strict = fit.intent.id in STRICT
        word = root(reading.tokens[span.position].text)
        is_ours = is_strict and prepared.shares(reading)[DECLINED] <= HARDLY
        is_strange = (is_strict and fit.share < EXPLAINED) or prepared.leanings.leans_away(word, DECLINED, RATHER if is_ours else 0.0)
        return span.weight >= UNKNOWN and is_strange
    if span.tags == TERM and fit.intent.id in ABOUT_SUBJECT:
        return not any("step" in reading.spans[at].tags for at in fit.used if at < len(reading.spans))
    is_topic = not span.tags.isdisjoint(prepared.language.decisive) and span.tags.isdisjoint(fit.form.allows | {"fact"})
    is_sure = share >= LEANS_SURELY and fit.intent.id in ABOUT_SUBJECT and not span.tags.isdisjoint(STORY)
    return is_topic and not is_sure


def is_about(frame: Frame, fit: Fit) -> bool:
    """Whether what the question is about is said plainly enough."""
    if frame.intent not in ABOUT_SUBJECT:
        return True
    if not frame.subjects:
        return bool(frame.things.get("entry") or frame.whose)
    return not set(frame.subjects) <= set(WEAK) or fit.share >= SAYS_WEAK
