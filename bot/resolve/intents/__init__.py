"""One resolver for each intent: a frame and its surroundings in, a resolution out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.answers import Resolution
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.intents import industry, rulings, trouble, words
from bot.resolve.intents.choose import resolve_choose
from bot.resolve.intents.confused import resolve_compared
from bot.resolve.intents.coverage import resolve_coverage
from bot.resolve.intents.handoff import resolve_handoff
from bot.resolve.intents.others import resolve_compensation, resolve_declined, resolve_help
from bot.resolve.intents.permission import resolve_permission
from bot.resolve.intents.place import resolve_holder, resolve_where
from bot.resolve.intents.process import resolve_steps, resolve_when, resolve_why
from bot.resolve.intents.role import resolve_role
from bot.resolve.intents.sheet import resolve_sheet
from bot.resolve.intents.talent import resolve_talent

RESOLVERS: Mapping[str, Callable[[Frame, Context], Resolution]] = {
    "who": resolve_holder,
    "does": rulings.resolve_whether,
    "role": resolve_role,
    "sheet": resolve_sheet,
    "when": resolve_when,
    "steps": resolve_steps,
    "why": resolve_why,
    "compensation": resolve_compensation,
    "permission": resolve_permission,
    "boundary": rulings.resolve_boundary,
    "handoff": resolve_handoff,
    "transfer": rulings.resolve_transfer,
    "alignment": rulings.resolve_alignment,
    "escalation": trouble.resolve_escalation,
    "dispute": trouble.resolve_dispute,
    "where": resolve_where,
    "faq": rulings.resolve_faq,
    "archetype": industry.resolve_archetype,
    "choose": resolve_choose,
    "talent": resolve_talent,
    "deploy": industry.resolve_deploy,
    "engagement": industry.resolve_engagement,
    "benchmark": industry.resolve_benchmark,
    "coverage": resolve_coverage,
    "define": words.resolve_define,
    "compare": resolve_compared,
    "model": words.resolve_model,
    "help": resolve_help,
    "declined": resolve_declined,
}
NEEDS_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that are about something; without it the bot asks back what."""
GUIDED = frozenset({"who", "does", "when", "steps", "role", "why"})
"""Intents on ownership that the guidance answers where what is typical is asked, or another company."""
