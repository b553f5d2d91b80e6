"""role: what a role does, or its part in one subject."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.questions import Frame
from bot.resolve.context import Context, part_of
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.who import cite, view_of


def resolve_role(frame: Frame, context: Context) -> Resolution:
    """The role's parts, or the one asked about."""
    if not frame.roles:
        return Resolution("not-understood", "not-understood", {"closest": frame.subjects, "reason": ""})
    role = frame.roles[0]
    if role.startswith("job:"):
        return resolve_job(role.removeprefix("job:"), context)
    if frame.subjects:
        return resolve_part(frame, role, context)
    return resolve_whole(frame, role, context)


def resolve_part(frame: Frame, role: str, context: Context) -> Resolution:
    """The role's part in one subject."""
    subject = frame.subjects[0]
    part = part_of(role, frame, subject, context)
    if part.verdict is None or part.verdict.decided is None or not context.book.is_ruled(subject):
        return resolve_does(replace(frame, intent="does"), context)
    rule = part.verdict.decided.rule
    view = {**view_of(frame, part.verdict, context), "role": role, "part": part, "mine": frame.as_role == role}
    result = Result("role", (role,), part.part or "none", role if part.leads else None)
    return Resolution(
        "answered", "part", view, result, rule.id if rule else None, rule.basis if rule else "company", verdicts=(part.verdict,)
    )


def resolve_whole(frame: Frame, role: str, context: Context) -> Resolution:
    """Everything that the model says of a role."""
    rows = [row for subject in context.book.keys if (row := row_of(frame, role, subject, context)) is not None]
    party = context.company.parties[role]
    boundaries = [
        entry.fields
        for entry in context.company.section("boundaries")
        if role in entry.fields["role"] and context.is_visible(entry.audience)
    ]
    archetype = context.company.guidance.archetypes.get(party.archetype or "")
    view = {
        "role": role,
        "rows": rows,
        "party": party,
        "boundaries": boundaries,
        "archetype": archetype,
        "mine": frame.as_role == role,
        "next": (f"What does the {party.name} do in {context.company.subjects[rows[0]['subject']].name}?",) if rows else (),
    }
    derived = any(row["basis"] == "derived" for row in rows) and not any(row["basis"] == "company" for row in rows)
    outcome = "answered" if rows or party.does or boundaries else "not-defined"
    job = context.company.guidance.jobs.get(party.job or "")
    view["job"] = job
    return Resolution(
        outcome,
        "role",
        view,
        Result("role", (role,)),
        None,
        "derived" if derived else "company" if outcome == "answered" else "none",
        cite(context, *(archetype.sources if archetype else ())),
    )


def row_of(frame: Frame, role: str, subject: str, context: Context) -> dict[str, Any] | None:
    """The role's part in one subject, and its steps there; None when it has none."""
    part = part_of(role, replace(frame, step=None), subject, context)
    steps = []
    for step in context.book.steps(subject):
        in_step = part_of(role, replace(frame, step=step), subject, context)
        if in_step.part not in (None, "none"):
            steps.append(step)
    name = part.part or (f"sometimes {part.sometimes}" if part.sometimes else None)
    if name in (None, "none") and not steps:
        return None
    rule = part.verdict.decided.rule if part.verdict and part.verdict.decided else None
    return {"subject": subject, "part": name, "leads": part.leads, "steps": steps, "basis": rule.basis if rule else "company"}


def resolve_job(id: str, context: Context) -> Resolution:
    """What a standard job usually does, where the company has no such role."""
    job = context.company.guidance.jobs[id]
    view = {"job": job, "next": ()}
    return Resolution("not-defined", "job", view, None, None, "none", cite(context, *job.sources))
