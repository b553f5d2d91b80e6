"""compensation, help, declined: what is said without looking at the rules on ownership."""

from __future__ import annotations

from bot.domain.answers import Resolution, Result
from bot.domain.company import Party
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import CONTESTED, TYPICAL, find, is_guided, overview, resolve_topics, tell

OVERVIEW = (
    "plans", "plan", "mix", "rank", "prevalence", "at-risk", "measure", "level", "type",
    "range", "credit", "curve", "spiff", "rates", "bases", "alignment", "consumption",
)  # fmt: skip
"""The aspects of pay in the order in which an overview tells them."""
PAY_ASPECTS = {
    "mix": ("mix", "plan"),
    "measures": ("rank", "measure", "alignment"),
    "at-risk": ("at-risk", "prevalence", "plan", "plans"),
    "level": ("level",),
    "widespread": ("prevalence", "rank"),
}
"""The aspects of compensation that tell what is asked."""
PAY_CUES = frozenset({"paid", "comp-plan", "pay-mix", "pay-level", "at-risk"})
"""The cues of words for pay."""
PAID_ASPECTS = ("measure", "credit", "compensation", "spiff", "rates", "rank")
"""Those that tell whether somebody is paid on a motion, what is contested among them."""


def resolve_compensation(frame: Frame, context: Context) -> Resolution:
    """The plans, for those who may see them; for all others the same refusal, whether or not there are any.

    One's own pay is never answered with what is typical, and neither is the company's, whatever else is asked of it.
    """
    if not asks_ours(frame, context) and (is_guided(frame, context) or frame.things.get("archetype")):
        return resolve_pay(frame, context)
    wanted = frame.roles or ((frame.as_role,) if frame.as_role else ())
    plans = [entry.fields for entry in context.entries("plans", frame) if not wanted or set(wanted) & set(entry.fields["role"])]
    view = {"plans": plans, "roles": wanted}
    measured = [] if plans or not asks_measures(frame) else measured_of(wanted, context)
    if measured:
        result = Result("role", tuple(party.id for party in measured))
        return Resolution("answered", "measured", {"told": measured}, result, None, "company")
    if not plans and not context.is_visible("compensation"):
        return Resolution("not-allowed", "compensation")
    if not plans:
        return Resolution("not-defined", "compensation", view, audience="compensation")
    return Resolution("answered", "compensation", view, Result("plan", tuple(plans[0]["role"])), None, "company", audience="compensation")


def asks_measures(frame: Frame) -> bool:
    """Whether it is asked by what somebody is measured, and not what that pays."""
    kinds = {mention.kind for mention in frame.mentions}
    return frame.key == "measures" and "metrics" in kinds and PAY_CUES.isdisjoint(kinds)


def measured_of(roles: tuple[str, ...], context: Context) -> list[Party]:
    """The roles that say themselves what they are measured on; a word for several kinds stands for these.

    It is told with the role to everybody, so no plan shows through it: not whether there is one, and not what it says.
    """
    parties = [party for party in context.company.parties.values() if party.measured_on]
    own = [party for party in parties if party.id in roles]
    return own or [party for party in parties if set(context.kinds(party.id)) & set(roles)]


def asks_ours(frame: Frame, context: Context) -> bool:
    """Whether pay here is asked, also where it is asked whether that is typical; a named company's is not."""
    return frame.mine and (not frame.whose or (frame.whose == TYPICAL and bool(context.company.name)))


def resolve_pay(frame: Frame, context: Context) -> Resolution:
    """What is typical in pay: the aspect that is asked, or an overview; where somebody is named, only what is about somebody."""
    if frame.key == "paid":
        return resolve_paid(frame, context)
    order = find if frame.key in PAY_ASPECTS else overview
    found = order(frame, context, ("compensation",), PAY_ASPECTS.get(frame.key, OVERVIEW))
    somebody = context.company.guidance.jobs.keys() | context.company.guidance.archetypes.keys()
    named = bool(frame.roles or frame.things.get("archetype"))
    return tell(frame, context, [finding for finding in found if not named or somebody & set(finding.of)])


def resolve_paid(frame: Frame, context: Context) -> Resolution:
    """Whether somebody is typically paid on a motion; one's own pay is not for the guidance."""
    if asks_ours(frame, context):
        return Resolution("not-allowed", "compensation")
    return resolve_topics(frame, context, ("compensation", CONTESTED), PAID_ASPECTS)


def resolve_help(frame: Frame, context: Context) -> Resolution:
    """What can be asked, by example."""
    ruled = [subject for subject in context.book.keys if context.company.subjects[subject].kind == "motion"]
    names = [context.company.subjects[subject].name for subject in ruled] or ["renewal", "upsell"]
    roles = context.company.roles()
    asked = [f"Who owns {names[0]}?", f"Who supports {names[-1]}?", "Show me the rules of engagement"]
    if roles:
        asked.insert(1, f"What does the {roles[0].name} do?")
    return Resolution(
        "answered", "help", {"asked": tuple(asked), "key": frame.key, "next": tuple(asked[:3])}, Result("help", ()), None, "none"
    )


def resolve_declined(frame: Frame, context: Context) -> Resolution:
    """What is not for Rolecall, and where to go instead."""
    return Resolution("declined", "declined", {"says": context.declines.get(frame.topic, ""), "topic": frame.topic})
