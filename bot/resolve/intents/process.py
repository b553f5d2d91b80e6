"""when and steps: the clocks of a motion and its steps in order; why: the rule behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.answers import Decided, Resolution, Result, Verdict
from bot.domain.questions import Frame
from bot.domain.rules import CLOCK_KEYS, Clock, Held, Nobody
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries
from bot.resolve.intents.clocks import clock_elsewhere
from bot.resolve.intents.does import cases_of
from bot.resolve.intents.place import answer_routes, routes_of
from bot.resolve.intents.role import where_owned
from bot.resolve.intents.who import resolve_who

HOW = "how-do"
"""The cue of "how do I …": where there are no steps it asks where a request goes."""
MANY_REASONS = 4
"""At most so many reasons stand beside a table of cases."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: who does it and when."""

    step: str
    owner: Decided | None
    depends: tuple[str, ...]
    start: Clock | None
    due: Clock | None
    subject: str = ""


def rows_of(frame: Frame, context: Context, steps: Iterable[str] | None = None) -> list[StepRow]:
    """The steps of the frame's subjects in order of time where clocks tell it, else of the rules."""
    rows = []
    for subject in frame.subjects:
        for step in steps or context.book.steps(subject):
            at = replace(frame, step=step)
            own = context.decided(at, subject, "own")
            clocks = {key: context.decided(at, subject, key) for key in ("start", "due")}
            owner = own if own and own.ruling else None
            idle = is_nobodys(owner)
            start, due = (each.ruling if each and not idle and isinstance(each.ruling, Clock) else None for each in clocks.values())
            depends = () if own else context.open_names(at, subject, "own")
            if owner or start or due or depends:
                rows.append(StepRow(step, owner, depends, start, due, subject))
    return rows


def is_nobodys(own: Decided | None) -> bool:
    """Whether nobody does a step: then it has no time either."""
    return own is not None and isinstance(own.ruling, Nobody)


CUSTOMERS = frozenset({"account", "opportunity"})
"""Subjects whose words stand in every second question, beside the process that is asked about."""


def resolve_when(frame: Frame, context: Context) -> Resolution:
    """When the step or motion starts or is due."""
    if frame.step and is_nobodys(context.decided(frame, frame.subjects[0], "own")):
        return resolve_who(replace(frame, intent="who"), context)
    rows = [row for row in rows_of(frame, context, [frame.step] if frame.step else None) if row.start or row.due]
    open_clock = None if rows and frame.step else open_clock_of(frame, context)
    if open_clock is not None and (not rows or begins_earlier(open_clock, first_of(rows))):
        view = {"subject": frame.subjects[0], "step": frame.step, "verdict": open_clock, "frame": frame}
        return Resolution("depends", "when", view, None, None, "company", verdicts=(open_clock,))
    elsewhere = None if rows else clock_elsewhere(frame, context)
    if elsewhere is not None:
        return elsewhere
    if not rows and not frame.step and set(frame.subjects) <= CUSTOMERS and frame.things.get("process"):
        return resolve_steps(replace(frame, intent="steps"), context)
    others = [] if rows or not frame.step else [row for row in rows_of(replace(frame, step=None), context) if row.start or row.due]
    told: dict[str, object] = {"subject": frame.subjects[0], "step": frame.step, "rows": rows, "first": first_of(rows), "others": others}
    return finish(frame, context, "when", rows, {**told})


def open_clock_of(frame: Frame, context: Context) -> Verdict | None:
    """A clock of the frame's step (or of the only step with one) that depends on facts not given."""
    for subject in frame.subjects:
        for step in [frame.step] if frame.step else context.book.steps(subject):
            for key in CLOCK_KEYS:
                verdict = context.verdict(replace(frame, step=step), subject, key)
                if verdict.cases:
                    return verdict
    return None


def begins_earlier(open_clock: Verdict, first: StepRow | None) -> bool:
    """Whether a clock that depends on facts not given starts, by one of its cases, longer before the event than the first step that does
    not."""
    rulings = [decided.ruling for case in open_clock.cases for decided in case.decided if decided]
    longest = max((each.days or 0 for each in rulings if isinstance(each, Clock) and each.before), default=0)
    return first is not None and first.start is not None and longest > (first.start.days or 0)


def first_of(rows: Sequence[StepRow]) -> StepRow | None:
    """The step that starts longest before its event; None where no step says so."""
    early = [row for row in rows if row.start and row.start.before and row.start.days is not None]
    return max(early, key=lambda row: row.start.days or 0 if row.start else 0, default=None)


def resolve_steps(frame: Frame, context: Context) -> Resolution:
    """The steps of a motion, and the processes written for it."""
    whole = replace(frame, step=None)
    named = [entry for entry in context.entries("processes", whole, assume=False) if entry.id in frame.things.get("process", ())]
    if named or not frame.subjects:
        return answer_entries("process", named, whole, context, Telling()) if named else lost()
    if frame.step and not any(mention.kind == "subject" for mention in frame.mentions):
        return resolve_who(replace(frame, intent="who"), context)
    rows = rows_of(whole, context)
    asks_how = any(mention.kind == HOW for mention in frame.mentions)
    routes = routes_of(frame, context) if asks_how and not rows else []
    if routes:
        return answer_routes(routes, frame, context)
    processes = [entry.fields for entry in context.entries("processes", frame) if entry.fields["of"] in frame.subjects]
    view = {"subject": frame.subjects[0], "step": None, "rows": rows, "processes": processes, "others": []}
    return finish(frame, context, "steps", [*rows, *processes], view)


def lost() -> Resolution:
    """The answer where nothing is named whose steps could be told."""
    return Resolution("not-understood", "not-understood", {"closest": (), "reason": ""})


def finish(frame: Frame, context: Context, template: str, found: Sequence[object], view: Mapping[str, object]) -> Resolution:
    """Answered when something was found, else not defined."""
    if not found:
        return Resolution("not-defined", template, view)
    verdict = context.verdict(replace(frame, step=frame.step or getattr(found[0], "step", None)), frame.subjects[0], "own")
    rule = verdict.decided.rule if verdict.decided else None
    holders = verdict.decided.ruling.holders if verdict.decided and isinstance(verdict.decided.ruling, Held) else ()
    return Resolution("answered", template, view, Result(template, holders), rule.id if rule else None, "company", verdicts=(verdict,))


def resolve_why(frame: Frame, context: Context) -> Resolution:
    """The same as who, told from the rule's side; where it depends, for the customers of the one who is said to own it."""
    frame = replace(frame, subjects=reasoned(frame, context))
    answer = resolve_who(replace(frame, intent="who"), context)
    if answer.outcome == "depends" and len(frame.roles) == 1 and "segment" not in frame.facts:
        asked = where_owned(frame, frame.roles[0], frame.subjects, context)
        answer = resolve_who(replace(asked, intent="who"), context)
    if answer.outcome == "depends" and len(frame.roles) == 1 and (cases := cases_of(frame.roles[0], frame, context)):
        named = tuple((when, each) for when, each in cases if each.because)[:MANY_REASONS]
        return (
            replace(
                answer, outcome="answered", template="why-cases", result=Result("own", frame.roles), view={**answer.view, "cases": named}
            )
            if named
            else answer
        )
    if answer.outcome == "depends":
        return replace(answer, view={**answer.view, "reasons": reasons_of(answer, frame.roles)})
    return replace(answer, template="why") if answer.outcome == "answered" and answer.template == "who" else answer


def reasoned(frame: Frame, context: Context) -> tuple[str, ...]:
    """Of several subjects that have the step asked about, those whose rule says why; all where no rule or each one does."""
    if not frame.step or len(frame.subjects) < 2:
        return frame.subjects
    verdicts = {subject: context.verdict(frame, subject, "own") for subject in frame.subjects}
    return tuple(id for id, verdict in verdicts.items() if verdict.decided and verdict.decided.because) or frame.subjects


def reasons_of(answer: Resolution, roles: tuple[str, ...]) -> tuple[Decided, ...]:
    """The rulings of a table of cases that say why, each once; those alone that name who is asked about, where any do."""
    found = {
        each.because: each for verdict in answer.verdicts for case in verdict.cases for each in case.decided if each.because and each.rule
    }
    own = [each for each in found.values() if isinstance(each.ruling, Held) and set(roles) & set(each.ruling.holders)]
    return tuple(own or found.values())[:MANY_REASONS]
