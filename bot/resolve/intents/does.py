"""does: whether a role has a part in a subject, or which of two has it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution, Result, Verdict
from bot.domain.questions import Frame
from bot.domain.rules import Held
from bot.resolve.context import Context, RolePart, part_of
from bot.resolve.intents.who import SECRET_KEYS, basis_of, outcome_of, resolve_who, sources_of, view_of

UNDER_KEY = {"own": ("own", "co-own"), "support": ("support", "own", "co-own"), "informed": ("informed", "support", "own", "co-own")}
"""The parts that make the answer yes, by the part that was asked about."""


def resolve_does(frame: Frame, context: Context) -> Resolution:
    """Yes, no, together, or neither; and who instead."""
    if frame.key in SECRET_KEYS and not context.is_visible("compensation"):
        return Resolution("not-allowed", "compensation")
    roles = tuple(role for role in frame.roles if not role.startswith("job:"))
    if not roles or len(frame.subjects) > 1:
        missing = tuple(role for role in frame.roles if role.startswith("job:"))
        answer = resolve_who(replace(frame, intent="who"), context)
        return replace(answer, view={**answer.view, "missing": missing})
    subject = frame.subjects[0]
    verdict = context.verdict(frame, subject, frame.key if frame.key not in ("support", "informed") else "own")
    parts = tuple(part_of(role, frame, subject, context) for role in roles)
    if verdict.decided is None and all(part.part not in ("own", "co-own") and part.sometimes != "own" for part in parts):
        return never_owns(frame, context, parts, verdict)
    if verdict.decided is None or outcome_of(verdict)[0] == "not-defined":
        return resolve_who(replace(frame, intent="who"), context)
    return answer_of(frame, context, parts, roles)


def never_owns(frame: Frame, context: Context, parts: tuple[RolePart, ...], verdict: Verdict) -> Resolution:
    """No, in all of the cases on which the owner depends."""
    view = {**view_of(frame, verdict, context), "parts_of_roles": parts, "roles": frame.roles}
    holders = tuple(
        dict.fromkeys(
            id for case in verdict.cases for decided in case.decided if isinstance(decided.ruling, Held) for id in decided.ruling.holders
        )
    )
    return Resolution(
        "answered", "does-not", view, Result(frame.key, holders, parts[0].part or "none"), None, "company", verdicts=(verdict,)
    )


def answer_of(frame: Frame, context: Context, parts: tuple[RolePart, ...], roles: tuple[str, ...]) -> Resolution:
    """The resolution where the owner is ruled."""
    subject = frame.subjects[0]
    key = frame.key if frame.key not in ("support", "informed") else "own"
    verdict = context.verdict(frame, subject, key)
    box = context.facts(frame).box
    holders = context.holders(verdict.decided, box)
    if key == "own":
        yes = tuple(part.role for part in parts if part.part in UNDER_KEY.get(frame.key, ("own", "co-own")))
    else:
        yes = tuple(role for role in roles if not {role, *context.kinds(role)}.isdisjoint(holders))
    ruling = verdict.decided.ruling if verdict.decided else None
    named = ruling.holders if isinstance(ruling, Held) else ()
    view = {
        **view_of(frame, verdict, context),
        "roles": roles,
        "yes": yes,
        "parts_of_roles": parts,
        "positions": tuple(id for id in named if not context.stands_for(id, box) and context.company.parties[id].kind == "position"),
        "mine": frame.as_role is not None and frame.as_role in roles,
    }
    asked = parts[0].part if key == "own" else (key if roles[0] in yes else "none")
    result = Result(frame.key, named, asked or "none", ruling.lead if isinstance(ruling, Held) else None)
    rule = verdict.decided.rule if verdict.decided else None
    return Resolution(
        "answered", "does", view, result, rule.id if rule else None, basis_of(verdict), sources_of(verdict, context), (verdict,)
    )
