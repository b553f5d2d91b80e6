"""escalation, dispute: levels and who leads them; who decides when two claim the same, and who grants an exception."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.narrow import as_ids, given_sure, is_on_subject, spoken_of

LEVELS = 8
"""At most so many levels are told: they are one short list."""
CLAIMED = ("account", "opportunity")
"""The kinds of subject that two can claim; a claim that names nothing is on one of them."""


def resolve_escalation(frame: Frame, context: Context) -> Resolution:
    """The levels of escalation, or the one that is named or that the facts leave."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("escalation",))
    every = context.entries("escalations", replace(frame, facts={}))
    left = context.entries("escalations", frame)
    levels = frame.things.get("level", ())
    named = [entry for entry in left if entry.id in levels] if levels else spoken_of(left, frame)
    found = named or (left if len(left) < len(every) or not frame.things.get("word") else [])
    if not found:
        known = [entry.fields["level"] for entry in every[:6]]
        return say_nothing("escalation", frame, context, ("escalation",), view={"known": known})
    informed = any(mention.kind == "informed" for mention in frame.mentions)
    return answer_entries(
        "escalation", found, frame, context, Telling(("lead",), len(found), LEVELS, as_cases=False), {"informed": informed}
    )


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
    if not on_subject and not frame.subjects and not frame.things.get("word"):
        on_subject = [entry for entry in kinds if is_claimed(entry, context)] if frame.key != "exception" else kinds
    return given_sure(on_subject, frame, context) or on_subject


def is_claimed(entry: Entry, context: Context) -> bool:
    """Whether a dispute is on who owns an account or an opportunity."""
    return any(context.company.subjects[id].kind in CLAIMED for id in as_ids(entry.fields["of"]))
