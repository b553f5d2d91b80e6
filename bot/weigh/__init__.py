"""An answer -> how likely it is right, and of several readings the likeliest. Knows signs and trees, never a company by name."""

from bot.weigh.weigh import likeliest

__all__ = ["likeliest"]
