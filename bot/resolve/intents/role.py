"""role: what a role does, or its part in one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.questions import Fact, Frame
from bot.resolve.context import Context, RolePart, ever_of, part_of, share_of
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.who import cite, view_of

SEVERAL = 2
"""A role of so many kinds is told by its kinds."""
REPORTS = "reports-to"
"""The key of questions to whom a role reports."""
REPORTED, LISTED = "reported", "roles"
"""The keys of questions who reports to a role, and which roles there are."""


def resolve_role(frame: Frame, context: Context) -> Resolution:
    """The role's parts, or the one asked about."""
    if frame.key == LISTED and context.company.roles():
        told = context.company.roles()
        return Resolution("answered", "roles", {"told": told}, Result("role", tuple(each.id for each in told)), None, "company")
    if not frame.roles:
        return Resolution("not-understood", "not-understood", {"closest": frame.subjects, "reason": ""})
    role = frame.roles[0]
    if frame.key == REPORTED:
        return resolve_reported(frame, role, context)
    if frame.key == REPORTS:
        return resolve_reports(frame, role, context)
    if role.startswith("job:"):
        return resolve_job(role.removeprefix("job:"), context)
    if frame.subjects:
        return resolve_part(frame, role, context)
    return resolve_whole(frame, role, context)


def resolve_reports(frame: Frame, role: str, context: Context) -> Resolution:
    """To whom a role reports; where it is a word for several kinds, each of these."""
    kinds = [party for party in context.company.parties.values() if role in context.kinds(party.id)]
    own = context.company.parties.get(role)
    told = [party for party in ([own] if own else []) if party.reports_to] or [party for party in kinds if party.reports_to]
    view = {"frame": frame, "role": role, "told": told}
    if not told:
        return Resolution("not-defined", "reports", view)
    return Resolution("answered", "reports", view, Result("role", (role,)), None, "company")


def resolve_reported(frame: Frame, role: str, context: Context) -> Resolution:
    """Who reports to a role: those whose line names it, by any of its names."""
    party = context.company.parties.get(role)
    names = {name.lower() for name in (party.name, party.id.replace("-", " "), *party.aka)} if party else set()
    told = [each for each in context.company.parties.values() if each.reports_to.lower() in names]
    view = {"frame": frame, "role": role, "told": told}
    if not told:
        return Resolution("not-defined", "reported", view)
    return Resolution("answered", "reported", view, Result("role", tuple(each.id for each in told)), None, "company")


def resolve_part(frame: Frame, role: str, context: Context) -> Resolution:
    """The role's part in one subject."""
    subject = frame.subjects[0]
    part = part_of(role, frame, subject, context)
    if part.verdict is None or not context.book.is_ruled(subject):
        return resolve_does(replace(frame, intent="does"), context)
    if part.verdict.decided is None:
        return resolve_open_part(frame, role, part, context)
    if part.part is None and part.sometimes:
        return resolve_does(replace(frame, intent="does", key=part.key), context)
    rule = part.verdict.decided.rule
    view = {**view_of(frame, part.verdict, context), **beside(frame, role, part, context)}
    result = Result("role", (role,), part.part or "none", role if part.leads else None)
    return Resolution(
        "answered", "part", view, result, rule.id if rule else None, rule.basis if rule else "company", verdicts=(part.verdict,)
    )


def beside(frame: Frame, role: str, part: RolePart, context: Context) -> dict[str, Any]:
    """A role's part in a subject, and what it has beside it: steps, and a part in some cases only."""
    subject = frame.subjects[0]
    steps = [
        step
        for step in (() if frame.step else context.book.steps(subject))
        if share_of(role, replace(frame, step=step), subject, context).part not in (None, "none")
    ]
    ever = "" if frame.step else ever_of(role, frame, subject, context)
    owner = context.decided(frame, subject, "own") if part.part in ("support", "informed", "none") else None
    owner = owner if owner and owner.rule else None
    return {"role": role, "part": part, "mine": frame.as_role == role, "steps": steps, "ever": ever, "owner": owner}


def resolve_open_part(frame: Frame, role: str, part: RolePart, context: Context) -> Resolution:
    """The role's part where the owner depends: a part that holds in all cases is answered, one that depends comes with the cases."""
    assert part.verdict is not None
    view = {**view_of(frame, part.verdict, context), **beside(frame, role, part, context)}
    if part.sometimes:
        return Resolution("depends", "part", view, None, None, "company", verdicts=(part.verdict,))
    return Resolution("answered", "part", view, Result("role", (role,), part.part or "none"), None, "company", verdicts=(part.verdict,))


def resolve_whole(frame: Frame, role: str, context: Context) -> Resolution:
    """Everything that the model says of a role."""
    rows = rows_of(frame, role, context)
    home = at_home(frame, role, rows, context)
    rows = rows if home is frame else rows_of(home, role, context)
    party = context.company.parties[role]
    boundaries = [entry.fields for entry in context.entries("boundaries", frame) if role in entry.fields["role"]]
    archetype = context.company.guidance.archetypes.get(party.archetype or "")
    derived = [row for row in rows if row["basis"] == "derived"]
    view = {
        "frame": home,
        "role": role,
        "party": party,
        **sorted_rows(rows, context),
        "boundaries": boundaries,
        "archetype": archetype,
        "derived": bool(derived),
        "job": context.company.guidance.jobs.get(party.job or ""),
        "mine": frame.as_role == role,
        "kinds": kinds_of(frame, role, rows, context),
    }
    sources = cite(context, *archetype.sources) if archetype and derived else ()
    if not (rows or party.does or boundaries):
        return Resolution("not-defined", "role", view, Result("role", (role,)))
    return Resolution(
        "answered", "role", view, Result("role", (role,)), None, "derived" if len(derived) == len(rows) > 0 else "company", sources
    )


def kinds_of(frame: Frame, role: str, rows: list[dict[str, Any]], context: Context) -> list[tuple[str, Frame, list[Any]]]:
    """The kinds of a role that owns no motion for sure itself: each with the customers for whom it does, and its motions there."""
    kinds = [party.id for party in context.company.parties.values() if party.kind_of == role]
    sure = any(row["part"] in ("own", "co-own") and context.company.subjects[row["subject"]].kind == "motion" for row in rows)
    told = []
    for kind in [] if sure or len(kinds) < SEVERAL else kinds:
        home = at_home(frame, kind, rows_of(frame, kind, context), context)
        told.append((kind, home, sorted_rows(rows_of(home, kind, context), context)["motions"]))
    return told


def at_home(frame: Frame, role: str, rows: list[dict[str, Any]], context: Context) -> Frame:
    """The frame with the segments in which a role owns a motion, where it owns none for sure without them."""
    motions = [row for row in rows if context.company.subjects[row["subject"]].kind == "motion"]
    sometimes = [row["subject"] for row in motions if row["part"] == "sometimes own"]
    if "segment" in frame.facts or not sometimes or any(row["part"] in ("own", "co-own") for row in motions):
        return frame
    return where_owned(frame, role, sometimes, context)


def where_owned(frame: Frame, role: str, subjects: Sequence[str], context: Context) -> Frame:
    """The frame with the segments in which a role owns one of the subjects for sure, where these are some and not all."""
    segments = context.company.segments
    home = [id for id in segments if any(owns(in_segments(frame, [id], context), role, subject, context) for subject in subjects)]
    return in_segments(frame, home, context) if 0 < len(home) < len(segments) else frame


def in_segments(frame: Frame, ids: Sequence[str], context: Context) -> Frame:
    """The frame for customers of some segments."""
    said = ", ".join(context.company.segments[id].name for id in ids)
    return replace(frame, facts={**frame.facts, "segment": Fact("segment", frozenset(ids), said)})


def owns(frame: Frame, role: str, subject: str, context: Context) -> bool:
    """Whether a role owns or co-owns a subject for all facts that the frame leaves."""
    return share_of(role, replace(frame, step=None, subjects=(subject,)), subject, context).part in ("own", "co-own")


def sorted_rows(rows: list[dict[str, Any]], context: Context) -> dict[str, list[Any]]:
    """The rows by how they are told: motions first, other subjects, those that depend on the case, and steps."""
    held = [row for row in rows if row["part"] and not row["part"].startswith("sometimes")]
    is_motion = {row["subject"]: context.company.subjects[row["subject"]].kind == "motion" for row in rows}
    others = [row for row in held if not is_motion[row["subject"]] or row["part"] == "informed"]
    parts = {part: [row["subject"] for row in others if row["part"] == part] for part in ("own", "co-own", "support", "informed")}
    return {
        "motions": [row for row in held if is_motion[row["subject"]] and row["part"] in ("own", "co-own", "support")],
        "others": others,
        "beside": [(part, subjects) for part, subjects in parts.items() if subjects],
        "sometimes": sorted(
            (row for row in rows if row["part"] and row["part"].startswith("sometimes")), key=lambda row: not is_motion[row["subject"]]
        ),
        "stepped": [row for row in rows if row["steps"] and is_motion[row["subject"]]],
    }


def rows_of(frame: Frame, role: str, context: Context) -> list[dict[str, Any]]:
    """The role's parts in all subjects that are ruled on."""

    def find() -> list[dict[str, Any]]:
        return [row for subject in context.book.keys if (row := row_of(frame, role, subject, context)) is not None]

    return context.lately(("parts of a role", role, *frame.subjects), frame, find)


def row_of(frame: Frame, role: str, subject: str, context: Context) -> dict[str, Any] | None:
    """The role's part in one subject, and its steps there; None when it has none."""
    whole = replace(frame, step=None, subjects=(subject,))
    part = share_of(role, whole, subject, context)
    steps = []
    for step in context.book.steps(subject):
        in_step = share_of(role, replace(frame, step=step), subject, context)
        if in_step.part not in (None, "none"):
            steps.append(step)
    sometimes = part.sometimes or ("" if part.part else ever_of(role, whole, subject, context))
    name = part.part or (f"sometimes {sometimes}" if sometimes else None)
    if name in (None, "none") and not steps:
        return None
    basis = part.rule.basis if part.rule else "company"
    return {"subject": subject, "part": name, "leads": part.leads, "steps": steps, "basis": basis}


def resolve_job(id: str, context: Context) -> Resolution:
    """What a standard job usually does, where the company has no such role, or there is no company."""
    job = context.company.guidance.jobs[id]
    view = {"job": job}
    if not context.company.name:
        return Resolution("answered", "job", view, Result("role", ()), None, "guidance", cite(context, *job.sources))
    return Resolution("not-defined", "job", view, None, None, "none", cite(context, *job.sources))
