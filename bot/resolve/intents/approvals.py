"""What a role has to approve, and what it decides: asked with a role, or one's own, and nothing else named."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame, Option
from bot.resolve.context import Context
from bot.resolve.entries import told
from bot.resolve.intents.clocks import words_in
from bot.resolve.narrow import as_ids, asked_roles, stands

SHOWN = 8
APPROVE = "approve"
"""The cue of words for an approval."""
APPROVAL = frozenset({"approval"})
"""The word by which a step of a motion is the approval of another one."""


def asks_approvals(frame: Frame) -> bool:
    """Whether a question names a role and an approval, and not what is to be approved."""
    named = frame.subjects or frame.things.get("entry") or frame.things.get("word")
    return bool(frame.roles or frame.mine) and not named and any(mention.kind == APPROVE for mention in frame.mentions)


def approval_step(frame: Frame, context: Context) -> str | None:
    """The step in which the one that a question names is approved, where the rules of its motion say by whom: "who approves the renewal
    quote"."""
    if frame.roles or not frame.step or not frame.subjects or not any(mention.kind == APPROVE for mention in frame.mentions):
        return None
    wanted = words_in(context.company.steps[frame.step].name) | APPROVAL
    steps = (step for step in context.book.steps(frame.subjects[0]) if wanted <= words_in(context.company.steps[step].name))
    return next((step for step in steps if context.decided(replace(frame, step=step), frame.subjects[0], "own")), None)


def approved_by(roles: tuple[str, ...], frame: Frame, context: Context) -> list[Entry]:
    """The permissions that need the leave of one of the roles."""
    fit = stands(roles, context, "approved-by")
    entries = context.entries("permissions", replace(frame, roles=()), assume=False)
    return [entry for entry in entries if entry.fields["allowed"] == "with-approval" and fit(entry)]


def resolve_approvals(frame: Frame, context: Context) -> Resolution:
    """What the role approves, and which disputes it decides; where it is not known whose approvals are meant, that is asked back."""
    asked = asked_roles(frame)
    if not asked.roles:
        return whose_approvals(frame, context)
    approved, decides = approved_by(asked.roles, asked, context), stands(asked.roles, context, "decided-by")
    disputes = [entry for entry in context.entries("disputes", asked, assume=False) if decides(entry)]
    rows = told(approved, asked, context)
    view = {"frame": asked, "roles": asked.roles, "mine": frame.mine, "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)}
    view |= {"disputes": [entry.fields for entry in disputes]}
    if not approved and not disputes:
        return Resolution("not-defined", "approvals", view)
    return Resolution("answered", "approvals", view, Result("permission", asked.roles, "yes"), None, "company")


def whose_approvals(frame: Frame, context: Context) -> Resolution:
    """The question which role somebody has: those that approve or decide something."""
    ids = {id for section, key in (("permissions", "approved-by"), ("disputes", "decided-by")) for id in named_under(section, key, context)}
    roles = [role for role in context.company.roles() if role.id in ids]
    if not roles:
        return Resolution("not-defined", "approvals", {"frame": frame, "roles": (), "mine": True, "rows": [], "more": 0, "disputes": []})
    options = tuple(Option(role.name, replace(frame, as_role=role.id, roles=(role.id,))) for role in roles)
    return Resolution("ask-back", "ask-back", {"about": "role", "options": options, "others": (), "frame": frame})


def named_under(section: str, key: str, context: Context) -> list[str]:
    """Everybody whom the entries of a section name under a key."""
    return [id for entry in context.company.section(section) if context.is_visible(entry.audience) for id in as_ids(entry.fields[key])]
