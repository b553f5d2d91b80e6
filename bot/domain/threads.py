"""What a thread was about, and for whose eyes that was read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.questions import Understood


@dataclass(frozen=True, slots=True)
class Thread:
    """What a further question builds on. It may hold words that only some audiences know."""

    understood: Understood
    audiences: frozenset[str]
    """The audiences of who asked it."""

    def heard_by(self, audiences: frozenset[str]) -> Understood | None:
        """What a question of somebody with these audiences builds on: nothing, when it was read with the eyes of more."""
        return self.understood if self.audiences <= audiences else None
