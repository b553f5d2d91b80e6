"""escalation, dispute: levels and who leads them; who decides when two claim the same, and who grants an exception."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution
from bot.domain.company import Entry
from bot.domain.questions import Fact, Frame
from bot.domain.rules import Held, Undefined
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.intents.who import resolve_who
from bot.resolve.narrow import as_ids, given_sure, is_on_subject, spoken_of

LEVELS = 8
"""At most so many levels are told: they are one short list."""
ESCALATION = "escalation"
MORE = 2
"""So many facts say more than which level it is."""
CUSTOMERS = frozenset({"account", "opportunity"})
"""The kinds of subject whose words stand in every second question."""
OWNED = "account"
"""The word with which the account itself is meant: "who owns the account with a P0"."""
CLAIMED = ("account", "opportunity")
"""The kinds of subject that two can claim; a claim that names nothing is on one of them."""


def resolve_escalation(frame: Frame, context: Context) -> Resolution:
    """The levels of escalation, or the one that is named or that the facts leave."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("escalation",))
    every = context.entries("escalations", replace(frame, facts={}))
    left = context.entries("escalations", frame)
    levels = frame.things.get("level", ())
    possible = context.entries("escalations", frame, assume=False)
    named = [entry for entry in possible if entry.id in levels] if levels else spoken_of(left, frame)
    found = named or (left if len(left) < len(every) or not frame.things.get("word") else [])
    if not found:
        known = [entry.fields["level"] for entry in every[:6]]
        return say_nothing("escalation", frame, context, ("escalation",), view={"known": known})
    if len(found) == 1 and (left_out := not_ruled(found[0], frame, context)):
        return left_out
    beside = kept_by_others(found[0], frame, context) if len(found) == 1 else ()
    informed = any(mention.kind == "informed" for mention in frame.mentions)
    return answer_entries(
        "escalation",
        found,
        frame,
        context,
        Telling(("lead",), len(found), LEVELS, as_cases=False),
        {"informed": informed, "beside": beside},
    )


def level_named(frame: Frame, context: Context) -> Resolution | None:
    """Who leads a level of escalation, and how fast, where nothing else is named beside the customer; None otherwise."""
    kinds = {context.company.subjects[id].kind for id in frame.subjects if id in context.company.subjects}
    if not frame.things.get("level") or frame.step or frame.whose or not kinds <= CUSTOMERS or not context.company.name:
        return None
    if any(mention.kind == "subject" and OWNED in mention.words.lower() for mention in frame.mentions):
        return None
    return resolve_escalation(replace(frame, intent="escalation"), context)


def kept_by_others(level: Entry, frame: Frame, context: Context) -> tuple[str, ...]:
    """What of an escalation stays with somebody else than who leads it: the ticket with Support."""
    leads = set(as_ids(level.fields["lead"]))
    asked = replace(frame, intent="who", key="own", subjects=(ESCALATION,), facts={**facts_of(level), **frame.facts})
    decided = (context.decided(replace(asked, step=step), ESCALATION, "own") for step in context.book.steps(ESCALATION))
    held = (each for each in decided if each and each.because and isinstance(each.ruling, Held) and not leads & set(each.ruling.holders))
    return tuple(each.because for each in held if not each.referred)[:1]


def facts_of(level: Entry) -> dict[str, Fact]:
    """The facts that make an escalation one of a level."""
    return {name: Fact(name, values, "") for box in level.region for name, values in box.items()}


def not_ruled(level: Entry, frame: Frame, context: Context) -> Resolution | None:
    """Who decides, where the rules leave open who leads at a level under the facts given."""
    known = context.facts(frame).box
    severity = {name: fact for name, fact in facts_of(level).items() if name not in known}
    asked = replace(frame, intent="who", key="own", subjects=(ESCALATION,), step=None, facts={**severity, **frame.facts})
    if len(frame.facts.keys() | severity.keys()) < MORE or not context.book.is_ruled(ESCALATION):
        return None
    decided = context.decided(asked, ESCALATION, "own")
    return resolve_who(asked, context) if decided and isinstance(decided.ruling, Undefined) else None


def resolve_dispute(frame: Frame, context: Context) -> Resolution:
    """Who decides when two claim the same; who grants an exception."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("dispute",))
    kinds = [
        entry
        for entry in context.entries("disputes", frame)
        if frame.key in ("own", entry.fields["kind"]) or entry.id in frame.things.get("entry", ())
    ]
    found = disputes_of(frame, kinds, context)
    if not found:
        return say_nothing("dispute", frame, context, ("dispute",), view={"known": [entry.fields["about"] for entry in kinds[:4]]})
    return answer_entries("dispute", found, frame, context, Telling(("decided-by",)))


def disputes_of(frame: Frame, kinds: list[Entry], context: Context) -> list[Entry]:
    """The disputes that the words speak of, with those that bend them; else those on the subject, or on what can be claimed."""
    said = spoken_of(kinds, frame)
    if said:
        bent = {id for entry in said for id in as_ids(entry.fields["of"])}
        beside = [entry for entry in kinds if entry not in said and bent & set(as_ids(entry.fields["of"]))]
        return given_sure([*said, *beside], frame, context) or said
    on_subject = [entry for entry in kinds if is_on_subject(entry, frame)]
    if not on_subject and (names_claimed(frame) if frame.subjects else not frame.things.get("word")):
        on_subject = [entry for entry in kinds if is_claimed(entry, context)] if frame.key != "exception" else kinds
    return given_sure(on_subject, frame, context) or on_subject


def names_claimed(frame: Frame) -> bool:
    """Whether a question itself names the opportunity that it is on, which is disputed as the account is."""
    return any(mention.kind == "subject" and mention.id == "opportunity" for mention in frame.mentions)


def is_claimed(entry: Entry, context: Context) -> bool:
    """Whether a dispute is on who owns an account or an opportunity."""
    return any(context.company.subjects[id].kind in CLAIMED for id in as_ids(entry.fields["of"]))
