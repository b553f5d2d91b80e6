"""resolve(): what is meant -> what is to be said, decided key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.domain.answers import Resolution
from bot.domain.company import Company
from bot.domain.language import Decline
from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Option, Question, Several, Understood
from bot.problems import Problem
from bot.resolve.at_odds import at_odds
from bot.resolve.book import RuleBook, prepare_book
from bot.resolve.checks import check_rules
from bot.resolve.choices import by_part
from bot.resolve.context import Context
from bot.resolve.decide import Moment
from bot.resolve.findings import is_guided, with_near
from bot.resolve.intents import GUIDED, NEEDS_SUBJECT, RESOLVERS
from bot.resolve.intents.industry import resolve_guided
from bot.resolve.intents.rulings import resolve_whois
from bot.resolve.onward import instead, with_onward

TYPICAL, LOOSELY, HERE = "typical", "normally", frozenset({"mine", "is-mine", "here"})
"""The cue of words that ask for what is typical; of those that mostly ask how it is done here; and of those that say so."""
TOLD = frozenset({"answered", "depends"})
RULED_HERE = GUIDED | {"handoff", "transfer", "dispute", "escalation", "coverage", "permission", "boundary", "alignment"}
"""Intents that a company's own model answers."""


def prepare_rules(company: Company, today: date) -> tuple[RuleBook, list[Problem]]:
    """The rule book, and everything wrong with the rules."""
    book, precedences, problems = prepare_book(company)
    return book, [*problems, *check_rules(book, precedences, today)]


def open_book(company: Company) -> RuleBook:
    """The rule book of rules that have been checked."""
    return prepare_book(company)[0]


def resolve(understood: Understood, question: Question, book: RuleBook, declines: Mapping[str, Decline]) -> Resolution:
    """What the model says to a question; of several questions the first, with the others beside it."""
    told = understood.as_of if isinstance(understood, Frame) else None
    day = (question.as_of or told or question.today).toordinal()
    context = Context(book, Moment(day, question.audiences | {"public"}), {id: decline.says for id, decline in declines.items()})
    match understood:
        case NotUnderstood(closest=closest, reason=reason):
            meant = () if reason else instead(closest, context)
            return Resolution("not-understood", "not-understood", {"closest": closest, "reason": reason, "next": meant})
        case Several(parts=parts):
            first, *rest = [resolve(part, question, book, declines) for part in parts]
            return replace(first, also=tuple(rest))
        case Ambiguous(frame=frame):
            return with_onward(resolve_ambiguous(understood, context), frame, context)
        case Frame():
            found = with_onward(resolve_frame(understood, context), understood, context)
            odds = at_odds(understood, context.company) if found.outcome in TOLD else None
            return replace(found, view={**found.view, "odds": odds}) if odds else found


def resolve_ambiguous(ambiguous: Ambiguous, context: Context) -> Resolution:
    """The one answer that all readings share, or the question which of them is meant."""
    answers = [resolve_frame(option.frame, context) for option in ambiguous.options]
    if len({(answer.outcome, answer.result) for answer in answers}) == 1:
        return answers[0]
    told = [answer for answer in answers if answer.outcome not in ("not-defined", "ask-back")]
    if told and ambiguous.about == "which" and told[0].rule and len({(answer.rule, answer.outcome) for answer in told}) == 1:
        return told[0]
    if ambiguous.about == "role" and (owned := owner_whoever_asks(ambiguous.frame, context)):
        return owned
    having, others = by_part(ambiguous.options, context) if ambiguous.about == "role" else (ambiguous.options, ())
    view = {"about": ambiguous.about, "options": having or others, "others": others if having else (), "frame": ambiguous.frame}
    return Resolution("ask-back", "ask-back", view)


def owner_whoever_asks(frame: Frame, context: Context) -> Resolution | None:
    """Who owns what somebody of an unknown role asks to be theirs, where that depends on nothing: it tells everybody."""
    if frame.intent != "does" or not frame.subjects:
        return None
    owned = resolve_frame(replace(frame, intent="who", roles=()), context)
    holders = owned.result.roles if owned.outcome == "answered" and owned.result else ()
    named = [context.company.parties[id].kind != "position" for id in holders if id in context.company.parties]
    return owned if named and all(named) else None


def resolve_frame(frame: Frame, context: Context) -> Resolution:
    """One reading, with the findings that are nearest to it where the guidance answers."""
    if frame.intent in RULED_HERE and is_rather_ours(frame, context):
        ours = resolve_alone(replace(frame, whose="", near=(), findings=()), context)
        if ours.outcome in ("answered", "depends") and ours.basis == "company":
            return ours
    return with_near(resolve_alone(frame, context), frame, context)


def is_rather_ours(frame: Frame, context: Context) -> bool:
    """Whether what is normal is asked of a case of the company's own: "who normally leads a high escalation", "one of our pods"."""
    if frame.whose != TYPICAL or not context.company.name:
        return False
    kinds: dict[int, set[str]] = {}
    for mention in frame.mentions:
        kinds.setdefault(mention.start, set()).add(mention.kind)
    if any(TYPICAL in each and LOOSELY not in each for each in kinds.values()):
        return False
    return bool(frame.facts) or any(not HERE.isdisjoint(each) for each in kinds.values())


def resolve_alone(frame: Frame, context: Context) -> Resolution:
    """One reading; one that asks about the answer before resolves that first."""
    if frame.about is not None:
        before = resolve_frame(frame.about, context)
        return resolve_whois(frame, context, before) if frame.intent == "role" else replace(before, view={**before.view, "reason": True})
    if frame.whose not in ("", "typical") and frame.intent not in ("define", "compare", "declined", "where"):
        return resolve_guided(frame, context)
    if frame.intent in GUIDED and is_guided(frame, context) and (frame.subjects or frame.whose):
        return resolve_guided(frame, context)
    if not frame.subjects and frame.intent in NEEDS_SUBJECT and not (frame.intent == "steps" and frame.things.get("process")):
        return ask_subject(frame, context)
    return RESOLVERS[frame.intent](frame, context)


def ask_subject(frame: Frame, context: Context) -> Resolution:
    """The question what it is about: the motions that are ruled on; the guidance alone knows of most steps without one."""
    if frame.step and is_guided(frame, context) and (typical := context.typical_step(frame.step)):
        return resolve_guided(replace(frame, subjects=(typical[0].subject,), key=typical[0].key), context)
    motions = [
        subject
        for subject in context.company.subjects.values()
        if subject.kind == "motion" and not subject.of and (context.book.is_ruled(subject.id) or not context.book.keys)
    ]
    options = tuple(Option(subject.name, replace(frame, subjects=(subject.id,))) for subject in motions)
    return Resolution("ask-back", "ask-back", {"about": "subject", "options": options, "others": (), "frame": frame})
