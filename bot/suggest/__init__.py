"""A question that was not understood -> the smallest changes that would have it answered, each tried before it is told."""

from bot.suggest.changes import Change
from bot.suggest.search import Suggestion, suggest

__all__ = ["Change", "Suggestion", "suggest"]
