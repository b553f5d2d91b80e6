"""Resolutions -> messages. Knows words and layout, decides nothing."""

from bot.render.message import plain_table, plain_text, prepare_templates, render
from bot.render.templates import Templates

__all__ = ["Templates", "plain_table", "plain_text", "prepare_templates", "render"]
