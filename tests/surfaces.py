"""What is wrong with an answer on any of its surfaces; cheap enough to be asked of every answer that a test sees."""

from __future__ import annotations

from bot.domain.answers import Message
from bot.render.blocks import blocks
from bot.render.fallback import MOST, fallback
from bot.render.inert import clean, escape
from bot.render.limits import check_blocks
from bot.render.limits_elements import strings_of
from bot.render.markdown import inline, markdown


def wrong_on_a_surface(message: Message) -> str:
    """The first thing that Slack would refuse, or the surface that lacks the first sentence; empty when all is well."""
    first, made, text = clean(message.headline), blocks(message), fallback(message)
    wrong = check_blocks(made)
    if wrong:
        return f"blocks: {wrong[0]}"
    if first not in [*strings_of(made)]:
        return "blocks: the first sentence is not whole"
    if not text.startswith(escape(first)) or len(text.encode()) > MOST:
        return "text of the message: too long, or without its first sentence"
    return "" if markdown(message).startswith(f"**{inline(first)}**\n") else "Markdown: the first sentence is not whole"
