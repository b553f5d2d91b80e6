"""talent: which skills and experience a role needs, here and in the trade."""

from __future__ import annotations

from bot.domain.answers import Resolution, Result
from bot.domain.company import Party
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import is_guided, overview, resolve_topics, sources_of, tell, typically
from bot.resolve.narrow import asked_roles

TALENT = {"skills": ("skills", "all"), "hiring": ("hiring", "skills"), "level": ("level",)}
"""The aspects of the guidance's findings that tell what is asked."""
LEVEL = "level"
"""The key of questions how senior, to which a list of skills is no answer."""


def resolve_talent(frame: Frame, context: Context) -> Resolution:
    """Which skills a role needs: the company's own word, then the industry's; asked in general, what all need first."""
    ours = [] if is_guided(frame, context) or frame.key == LEVEL else talents_of(asked_roles(frame), context)
    if ours:
        view = {"told": ours, **typically(frame, context, ("talent",), TALENT.get(frame.key, ("skills", "level", "all")))}
        roles = tuple(party.id for party in ours)
        return Resolution("answered", "talent", view, Result("role", roles), None, "company", sources_of(view["typical"], context))
    named = [party.archetype for id in frame.roles if (party := context.company.parties.get(id)) and party.archetype]
    note = [context.company.guidance.archetypes[id].name for id in named if id in context.company.guidance.archetypes]
    if frame.key in TALENT:
        return resolve_topics(frame, context, ("talent",), TALENT[frame.key], {"note": note})
    aspects = ("skills", "level", "all", "hiring") if frame.things.get("archetype") else ("all", "skills", "hiring", "level")
    return tell(frame, context, overview(frame, context, ("talent",), aspects), {"note": note})


def talents_of(frame: Frame, context: Context) -> list[Party]:
    """The roles asked about of which the company says what they take; a word for several kinds stands for these."""
    parties = context.company.parties.values()
    own = [party for party in parties if party.id in frame.roles and party.talent]
    return own or [party for party in parties if party.talent and set(context.kinds(party.id)) & set(frame.roles)]
