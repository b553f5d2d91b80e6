"""One resolver for each intent: a frame and its surroundings in, a resolution out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.answers import Resolution
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.others import resolve_compensation, resolve_declined, resolve_help
from bot.resolve.intents.process import resolve_steps, resolve_when, resolve_why
from bot.resolve.intents.role import resolve_role
from bot.resolve.intents.sheet import resolve_sheet
from bot.resolve.intents.who import resolve_who

RESOLVERS: Mapping[str, Callable[[Frame, Context], Resolution]] = {
    "who": resolve_who,
    "does": resolve_does,
    "role": resolve_role,
    "sheet": resolve_sheet,
    "when": resolve_when,
    "steps": resolve_steps,
    "why": resolve_why,
    "compensation": resolve_compensation,
    "help": resolve_help,
    "declined": resolve_declined,
}
NEEDS_SUBJECT = frozenset({"who", "does", "when", "steps", "why"})
"""Intents that are about something; without it the bot asks back what."""
