"""The rulings that are not rules on ownership: under which conditions each holds, and the answer that tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.answers import AnswerBasis, Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.domain.regions import Box, minus, overlaps
from bot.resolve.context import Context
from bot.resolve.facts import Facts
from bot.resolve.findings import sources_of, typically
from bot.resolve.narrow import as_ids, spoken_of
from bot.resolve.sayings import say_box

SHOWN = 5
"""At most so many entries are told in one answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry that is told: its values, the conditions under which it holds, and on what these depend."""

    entry: Entry
    when: str
    """Empty where it holds for all facts that the question leaves."""
    on: tuple[str, ...] = ()
    """The names of what the conditions look at."""

    @property
    def fields(self) -> Any:
        """The entry's values by key."""
        return self.entry.fields


@dataclass(frozen=True, slots=True)
class Telling:
    """How entries are told."""

    holders: tuple[str, ...] = ()
    """The keys whose parties answer who."""
    leading: int = 1
    """How many entries the first sentence tells; the result is theirs."""
    shown: int = SHOWN
    as_cases: bool = True
    """Whether they are cases of one ruling, what holds in any case first; otherwise each is told with its own condition."""


def told(entries: Iterable[Entry], frame: Frame, context: Context) -> list[Told]:
    """The entries with their conditions in words."""
    facts = context.facts(frame)
    return [told_of(entry, facts, frame, context) for entry in entries]


def told_of(entry: Entry, facts: Facts, frame: Frame, context: Context) -> Told:
    """One entry with the conditions that the question leaves open."""
    boxes = [left_open(each, facts) for each in entry.region if overlaps(facts.given, each)]
    certain = any(not each for each in boxes)
    stage = say_stage(entry, frame, context)
    said = "" if certain else "; or ".join(say_box(context.company, each) for each in boxes)
    attributes = context.company.attributes
    names = [] if certain else [attributes[name].name for each in boxes for name in each if name in attributes]
    return Told(entry, ", ".join(filter(None, (said, stage))), tuple(dict.fromkeys([*names, *(["stage"] if stage else [])])))


def left_open(box: Box, facts: Facts) -> Box:
    """The conditions of a box that neither what is given nor what is assumed meets."""
    known = facts.box
    return {name: values for name, values in box.items() if name not in known or minus(known[name], values)}


def say_stage(entry: Entry, frame: Frame, context: Context) -> str:
    """The stage for which an entry holds, where the question names none."""
    id = entry.fields.get("stage") or ""
    within = [(stage.id, set(as_ids(stage.fields["of"]))) for stage in context.company.section("stages")]
    meant = [stage for stage, of in within if of and of <= set(frame.subjects)]
    if not id or frame.things.get("stage") or id in frame.subjects or meant == [id]:
        return ""
    names = {stage.id: stage.fields["name"] or stage.id for stage in context.company.section("stages")}
    subject = context.company.subjects.get(id)
    return names.get(id) or (subject.name if subject else id)


def answer_entries(
    kind: str, entries: Sequence[Entry], frame: Frame, context: Context, how: Telling, view: dict[str, Any] | None = None
) -> Resolution:
    """The answer that tells entries: one ruling, or several that depend on facts not given. `kind` names the template and the result."""
    rows = told(entries, frame, context)
    if how.as_cases and not spoken_of(entries, frame):
        rows.sort(key=lambda row: bool(row.when))
    depends = how.as_cases and len(rows) > 1 and all(row.when for row in rows)
    leading = rows[: how.leading]
    who = tuple(dict.fromkeys(id for row in leading for key in how.holders for id in as_ids(row.fields.get(key))))
    leads = {row.fields.get("lead") for row in leading if isinstance(row.fields.get("lead"), str)}
    shown = {
        "frame": frame,
        "rows": rows[: how.shown],
        "more": max(0, len(rows) - how.shown),
        "on": tuple(dict.fromkeys(name for row in rows for name in row.on)),
        "key": frame.key,
        **(view or {}),
    }
    return Resolution(
        "depends" if depends else "answered",
        kind,
        shown,
        None if depends else Result(kind, who, lead=next(iter(leads)) if len(leads) == 1 else None),
        rows[0].entry.id if len(rows) == 1 else None,
        "company",
        published(rows[: how.shown]),
        audience=next((row.entry.audience for row in rows if row.entry.audience != "public"), "public"),
    )


def published(rows: Iterable[Told]) -> tuple[str, ...]:
    """Where the entries were published."""
    return tuple(dict.fromkeys(row.fields["source"] for row in rows if row.fields.get("source")))


def say_nothing(
    kind: str,
    frame: Frame,
    context: Context,
    topics: Iterable[str],
    aspects: Sequence[str] = (),
    *,
    known: Sequence[Entry] = (),
    view: dict[str, Any] | None = None,
) -> Resolution:
    """The answer where the model is silent: what it says near to that (`known`), else what is typical.

    Where the model has an entry on the matter that leaves this open, its silence is the company's own.
    """
    rows = told(known, frame, context)
    told_typically: dict[str, Any] = {"typical": []} if rows else typically(frame, context, topics, aspects)
    basis: AnswerBasis = "company" if rows else "none"
    shown = {
        "frame": frame,
        "key": frame.key,
        "rows": rows[:SHOWN],
        **told_typically,
        **(view or {}),
    }
    sources = (*published(rows[:SHOWN]), *sources_of(told_typically["typical"], context))
    return Resolution("not-defined", kind, shown, None, None, basis, tuple(dict.fromkeys(sources)))
