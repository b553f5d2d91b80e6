"""coverage: how the company shares customers out among people, how many each has, what brings in a human; and its pods."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.narrow import as_ids, asked_roles, entries_for, given_sure, stands

ASPECTS = {"trigger": ("trigger", "cost"), "basis": ("basis",), "cost": ("cost",), "ratio": ("ratio", "sellers", "capacity")}
"""The aspects of coverage that tell what is asked."""
NEEDED = {"ratio": "ratio", "trigger": "triggers"}
"""The key that an entry has to state for what is asked."""


def resolve_coverage(frame: Frame, context: Context) -> Resolution:
    """How the company shares customers out; else what is typical."""
    if frame.key == "pod":
        return resolve_pod(frame, context)
    aspects = aspects_of(frame, context)
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("coverage",), aspects)
    asked = asked_roles(frame)
    entries = context.entries("coverage", asked)
    exactly = [entry for entry in context.entries("coverage", asked, assume=False) if set(asked.roles) & set(as_ids(entry.fields["role"]))]
    of_roles = exactly.__contains__ if exactly else stands(asked.roles, context, "role")
    likely = [entry for entry in entries if of_roles(entry)]
    beside = [] if likely or (asked.roles and frame.key == "basis") else given_sure(entries, asked, context)
    found = beside or entries_for("coverage", asked, context, of_roles)
    needed = NEEDED.get(frame.key, "")
    told = [entry for entry in found if not needed or entry.fields[needed]] or (found if not asked.roles and frame.key == "ratio" else [])
    if not told:
        return say_nothing("coverage", asked, context, ("coverage",), aspects, known=found[:2])
    return answer_entries("coverage", told, asked, context, Telling(("role",)))


def aspects_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """The aspects of coverage that are asked; all of them where a word is named that those asked say nothing about."""
    aspects = ASPECTS.get(frame.key, ())
    if frame.key != "ratio":
        return aspects
    told = {id for finding in context.company.guidance.on("coverage") if finding.aspect in aspects for id in finding.of}
    known = {id for finding in context.company.guidance.on("coverage") for id in finding.of}
    return () if (set(frame.things.get("term", ())) & known) - told else aspects


def resolve_pod(frame: Frame, context: Context) -> Resolution:
    """The company's pods, or what a pod is."""
    named = frame.things.get("pod", ())
    frame = replace(frame, facts={}) if named else frame
    pods = [entry for entry in context.entries("pods", frame) if not named or entry.id in named]
    if pods and not is_guided(frame, context):
        return answer_entries("pod", pods, frame, context, Telling(("roles",), len(pods), as_cases=False))
    return resolve_topics(frame, context, ("pod",))
