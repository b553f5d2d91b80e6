"""The rulings that are not rules on ownership: which entries of a section a question is about, and under which conditions each holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.answers import AnswerBasis, Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.domain.regions import overlaps
from bot.resolve.context import Context
from bot.resolve.findings import sources_of, typically
from bot.resolve.sayings import say_box

PARTIES = ("role", "from-role", "to-role", "by", "lead", "instead", "introduces")
"""The keys of an entry under which parties stand."""
SHOWN = 6
"""At most so many entries are told in one answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry that is told: its values, the conditions under which it holds, and where it stands."""

    entry: Entry
    when: str
    """Empty where it holds for all facts that the question leaves."""

    @property
    def fields(self) -> Any:
        """The entry's values by key."""
        return self.entry.fields


def entries_for(section: str, frame: Frame, context: Context, keys: Sequence[str] = PARTIES) -> list[Entry]:
    """The entries of a section that a question is about: found by its words, then by subject, stakeholder and role."""
    found = context.entries(section, frame)
    spoken = frame.things.get("entry", ())
    found = [entry for entry in found if entry.id in spoken] or found
    for key, wanted in (("of", frame.subjects), ("stakeholder", frame.things.get("stakeholder", ()))):
        if wanted and any(as_ids(entry.fields.get(key)) for entry in found):
            found = [entry for entry in found if set(wanted) & set(as_ids(entry.fields.get(key)))]
    for role in frame.roles:
        found = [entry for entry in found if has_role(entry, role, context, keys)]
    return found


def as_ids(value: Any) -> tuple[str, ...]:
    """One id or several as several."""
    return (value,) if isinstance(value, str) and value else tuple(value or ())


def has_role(entry: Entry, role: str, context: Context, keys: Sequence[str]) -> bool:
    """Whether a role stands in an entry, under any of the keys: itself, a kind of it, or as the holder of a position."""
    named = [id for key in keys for id in as_ids(entry.fields.get(key))]
    stands = [id for party in named for id in context.stands_for(party, {})]
    return context.is_among(role, (*named, *stands))


def told(entries: Iterable[Entry], frame: Frame, context: Context) -> list[Told]:
    """The entries with their conditions in words, those that hold in any case last."""
    box = context.facts(frame).given
    said = []
    for entry in entries:
        open_boxes = [{name: values for name, values in each.items() if name not in box} for each in entry.region if overlaps(box, each)]
        certain = any(not each for each in open_boxes)
        stage = say_stage(entry, frame, context)
        facts = "" if certain else "; or ".join(say_box(context.company, each) for each in open_boxes)
        said.append(Told(entry, ", ".join(filter(None, (facts, stage)))))
    return sorted(said, key=lambda each: not each.when)


def say_stage(entry: Entry, frame: Frame, context: Context) -> str:
    """The stage for which an entry holds, where the question names none."""
    id = entry.fields.get("stage") or ""
    if not id or frame.things.get("stage") or id in frame.subjects:
        return ""
    names = {stage.id: stage.fields["name"] or stage.id for stage in context.company.section("stages")}
    subject = context.company.subjects.get(id)
    return names.get(id) or (subject.name if subject else id)


def answer_entries(
    kind: str, entries: Sequence[Entry], frame: Frame, context: Context, *, holders: Sequence[str] = (), view: dict[str, Any] | None = None
) -> Resolution:
    """The answer that tells entries: one ruling, or several that depend on facts not given.

    `kind` names the template and the result; `holders` are the keys whose parties answer who.
    """
    rows = told(entries, frame, context)
    depends = len(rows) > 1 and all(row.when for row in rows)
    who = tuple(dict.fromkeys(id for row in rows for key in holders for id in as_ids(row.fields.get(key))))
    audience = next((row.entry.audience for row in rows if row.entry.audience != "public"), "public")
    shown = {
        "frame": frame,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "key": frame.key,
        "next": next_of(frame, context),
        **(view or {}),
    }
    sources = tuple(dict.fromkeys(row.fields["source"] for row in rows[:SHOWN] if row.fields.get("source")))
    rule = rows[0].entry.id if len(rows) == 1 else None
    return Resolution(
        "depends" if depends else "answered",
        kind,
        shown,
        None if depends else Result(kind, who),
        rule,
        "company",
        sources,
        audience=audience,
    )


def say_nothing(
    kind: str, frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = (), view: dict[str, Any] | None = None
) -> Resolution:
    """The answer where the model is silent, with what is typical."""
    told_typically = typically(frame, context, topics, aspects)
    shown = {"frame": frame, "key": frame.key, "next": next_of(frame, context), **told_typically, **(view or {})}
    basis: AnswerBasis = "none"
    return Resolution("not-defined", kind, shown, None, None, basis, sources_of(told_typically["typical"], context))


def next_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """What to ask next."""
    names = [context.company.subjects[id].phrase for id in frame.subjects if context.book.is_ruled(id)]
    asked = [f"Who owns {name}?" for name in names[:1]]
    roles = [context.company.parties[id] for id in frame.roles if id in context.company.parties]
    return (*asked, *(f"What does the {party.name} do?" for party in roles[:1] if party.kind == "role"))
