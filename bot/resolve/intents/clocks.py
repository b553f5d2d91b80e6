"""when, where no rule has a clock: the steps of processes that do what is asked, the handoffs of a motion, what makes a segment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.answers import Resolution
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries
from bot.resolve.intents.handoff import resolve_handoff
from bot.resolve.intents.words import CUSTOMER, SEGMENTS, resolve_define
from bot.resolve.narrow import as_ids, has_role

WORDS = re.compile(r"[a-z0-9]+")
LASTING = frozenset({"motion", "account", "opportunity"})
"""The kinds of subject that are no single piece of work: a step that has their word need not be the whole."""


def clock_elsewhere(frame: Frame, context: Context) -> Resolution | None:
    """When, by what is ruled beside the rules; None where that does not say either."""
    timed = {entry.id: steps for entry in context.entries("processes", frame) if (steps := timed_steps(entry, frame, context))}
    if timed:
        found = [entry for entry in context.entries("processes", frame) if entry.id in timed]
        return answer_entries("timed", found, frame, context, Telling(("by",)), {"timed": timed})
    if set(frame.subjects) <= CUSTOMER and not frame.step:
        asks_segment = set(frame.facts) == {"segment"}
        return resolve_define(replace(frame, intent="define", key=SEGMENTS), context) if asks_segment else None
    if not frame.step and is_handed(frame, context):
        return resolve_handoff(replace(frame, intent="handoff", key="when"), context)
    return None


def timed_steps(entry: Entry, frame: Frame, context: Context) -> list[Any]:
    """The steps of a process that have a clock and do what is asked about, by the words of its names."""
    names = [frozenset(WORDS.findall(name.lower())) for name in names_asked(frame, context)]
    return [step for step in entry.fields["steps"] if step.get("clock") and any(name <= words_in(step["do"]) for name in names)]


def words_in(text: str) -> frozenset[str]:
    """The words of a sentence."""
    return frozenset(WORDS.findall(text.lower()))


def names_asked(frame: Frame, context: Context) -> Iterator[str]:
    """What the step or the piece of work that is asked about is called."""
    things = [context.company.steps[frame.step]] if frame.step else [context.company.subjects[id] for id in frame.subjects]
    for thing in things:
        if frame.step or context.company.subjects[thing.id].kind not in LASTING:
            yield from (thing.name, *thing.aka)


def is_handed(frame: Frame, context: Context) -> bool:
    """Whether a handoff says when what is asked about goes to the role named, or to anybody."""
    return any(
        set(as_ids(entry.fields["of"])) & set(frame.subjects) and all(has_role(entry, role, context, ("to-role",)) for role in frame.roles)
        for entry in context.entries("handoffs", frame)
    )
