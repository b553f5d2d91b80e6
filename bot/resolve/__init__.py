"""Frames -> resolutions: every key decided by the model, with the trace."""

from bot.resolve.book import RuleBook
from bot.resolve.resolve import open_book, prepare_rules, resolve

__all__ = ["RuleBook", "open_book", "prepare_rules", "resolve"]
