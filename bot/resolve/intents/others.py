"""compensation, help, declined: what is said without looking at the rules on ownership."""

from __future__ import annotations

from bot.domain.answers import Resolution, Result
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import is_guided, resolve_topics

PAY_ASPECTS = {
    "own": (
        "mix",
        "at-risk",
        "type",
        "measure",
        "range",
        "level",
        "prevalence",
        "curve",
        "credit",
        "consumption",
        "spiff",
        "rank",
        "alignment",
    ),
    "mix": ("mix", "type", "range"),
    "measures": ("measure", "rank", "alignment"),
    "at-risk": ("at-risk", "prevalence", "type"),
    "level": ("level",),
    "widespread": ("prevalence",),
}
"""The aspects of compensation that tell what is asked."""


def resolve_compensation(frame: Frame, context: Context) -> Resolution:
    """The plans, for those who may see them; for all others the same refusal, whether or not there are any."""
    if is_guided(frame, context) or frame.things.get("archetype"):
        return resolve_topics(frame, context, ("compensation",), PAY_ASPECTS.get(frame.key, ()))
    wanted = frame.roles or ((frame.as_role,) if frame.as_role else ())
    plans = [entry.fields for entry in context.entries("plans", frame) if not wanted or set(wanted) & set(entry.fields["role"])]
    view = {"plans": plans, "roles": wanted, "next": ()}
    if not plans and not context.is_visible("compensation"):
        return Resolution("not-allowed", "compensation")
    if not plans:
        return Resolution("not-defined", "compensation", view, audience="compensation")
    return Resolution("answered", "compensation", view, Result("plan", tuple(plans[0]["role"])), None, "company", audience="compensation")


def resolve_help(frame: Frame, context: Context) -> Resolution:
    """What can be asked, by example."""
    ruled = [subject for subject in context.book.keys if context.company.subjects[subject].kind == "motion"]
    names = [context.company.subjects[subject].name for subject in ruled] or ["renewal", "upsell"]
    roles = context.company.roles()
    asked = [f"Who owns {names[0]}?", f"Who supports {names[-1]}?", "Show me the rules of engagement"]
    if roles:
        asked.insert(1, f"What does the {roles[0].name} do?")
    return Resolution("answered", "help", {"asked": tuple(asked), "next": tuple(asked[:3])}, Result("help", ()), None, "none")


def resolve_declined(frame: Frame, context: Context) -> Resolution:
    """What is not for Rolecall, and where to go instead."""
    return Resolution("declined", "declined", {"says": context.declines.get(frame.topic, ""), "topic": frame.topic, "next": ()})
