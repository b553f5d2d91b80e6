"""Text -> what is meant. Knows words and forms, never a company by name."""

from bot.understand.choose import Prepared, prepare_understanding, understand

__all__ = ["Prepared", "prepare_understanding", "understand"]
