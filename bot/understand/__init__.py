"""Text -> what is meant. Knows words and forms, never a company by name."""

from bot.understand.frames import Reading
from bot.understand.prepare import Prepared, prepare_understanding
from bot.understand.shared import check_words
from bot.understand.understanding import hear, understand

__all__ = ["Prepared", "Reading", "check_words", "hear", "prepare_understanding", "understand"]
