"""Text -> what is meant. Knows words and forms, never a company by name."""

from bot.understand.prepare import Prepared, prepare_understanding
from bot.understand.understanding import understand

__all__ = ["Prepared", "prepare_understanding", "understand"]
