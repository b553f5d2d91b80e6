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
from bot.resolve.intents.place import answer_routes, routes_of, routes_of_step
from bot.resolve.intents.trouble import level_named
from bot.resolve.intents.who import LASTING, resolve_who
from bot.resolve.intents.words import CUSTOMER, SEGMENTS, resolve_define
from bot.resolve.narrow import as_ids, has_role

WORDS = re.compile(r"[a-z0-9]+")
NUMBER = r"(?:\d+|one|two|three|four|five|six|an?|every(?: other)?|(?:once|twice|half) an?)"
PERIOD = r"(?:hours?|(?:business )?days?|weeks?|months?|quarters?|years?)"
TIME = re.compile(rf"\b{NUMBER} {PERIOD}\b|\b(?:daily|weekly|monthly|quarterly|yearly)\b")
"""A time in a sentence."""


def clock_elsewhere(frame: Frame, context: Context) -> Resolution | None:
    """When, by what is ruled beside the rules; None where that does not say either."""
    if (level := level_named(frame, context)) is not None:
        return level
    routes = [] if frame.step else routes_of(frame, context)
    if any(entry.fields["within"] for entry in routes):
        return answer_routes(routes, frame, context)
    timed = {entry.id: steps for entry in context.entries("processes", frame) if (steps := timed_steps(entry, frame, context))}
    if timed:
        found = [entry for entry in context.entries("processes", frame) if entry.id in timed]
        told = tuple(f"{step['do']}, {step['clock']}" for step in timed[found[0].id])
        view = {"timed": timed, "whole": is_whole(found[0], frame, context), "told": told}
        return answer_entries("timed", found, frame, context, Telling(("by",)), view)
    of_step = routes_of_step(frame, context)
    if any(entry.fields["within"] for entry in of_step):
        return answer_routes(of_step, frame, context)
    if set(frame.subjects) <= CUSTOMER and not frame.step:
        asks_segment = set(frame.facts) == {"segment"}
        return resolve_define(replace(frame, intent="define", key=SEGMENTS), context) if asks_segment else None
    if not frame.step and is_handed(frame, context):
        return resolve_handoff(replace(frame, intent="handoff", key="when"), context)
    return clock_of_handoff(frame, context) or clock_in_words(frame, context)


def clock_of_handoff(frame: Frame, context: Context) -> Resolution | None:
    """The handoffs among whose clocks is one of what is asked about: "first value within 30 days"."""
    names = [words_in(name) for name in names_asked(frame, context)]
    timed = {
        entry.id: lines
        for entry in context.entries("handoffs", frame)
        if (lines := [line for line in as_ids(entry.fields["within"]) if any(name <= words_in(line) for name in names)])
    }
    found = [entry for entry in context.entries("handoffs", frame) if entry.id in timed]
    return answer_entries("within", found, frame, context, Telling(("to-role",)), {"timed": timed}) if found else None


def clock_in_words(frame: Frame, context: Context) -> Resolution | None:
    """Who has it, where the reason or the note of the rule tells a time."""
    answer = resolve_who(replace(frame, intent="who"), context)
    decided = answer.verdicts[0].decided if answer.outcome == "answered" and answer.verdicts else None
    lasts = {context.company.subjects[id].kind for id in frame.subjects} <= LASTING
    if lasts or not decided or not decided.rule or not TIME.search(f"{decided.because} {decided.rule.note}"):
        return None
    return replace(answer, view={**answer.view, "also": decided.rule.note})


def timed_steps(entry: Entry, frame: Frame, context: Context) -> list[Any]:
    """The steps of a process that have a clock and do what is asked about, by the words of its names."""
    timed = [step for step in entry.fields["steps"] if step.get("clock")]
    if is_whole(entry, frame, context):
        return timed
    names = [frozenset(WORDS.findall(name.lower())) for name in names_asked(frame, context)]
    return [step for step in timed if any(name <= words_in(step["do"]) for name in names)]


def is_whole(entry: Entry, frame: Frame, context: Context) -> bool:
    """Whether all that a process does is the one piece of work that is asked about."""
    of = entry.fields["of"]
    return not frame.step and of in frame.subjects and context.company.subjects[of].kind not in LASTING


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
