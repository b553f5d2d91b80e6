"""A message on its way to Slack: the whole of it in plain words, and blocks that show it better."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from bot.render.blocks import Block, context
from bot.render.fallback import MOST, inert, measure
from bot.render.inert import clean, cut

NOTE = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message. `text` is what notifications and screen readers get, and all there is where Slack refuses the blocks."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def noted(self, note: str) -> Outgoing:
        """The message with a line above it."""
        line = cut(clean(note), NOTE)
        text = cut(self.text, MOST - measure(line) - 1, lambda said: len(said.encode()))
        return replace(self, text=f"{inert(line)}\n{text}", blocks=[context(line), *self.blocks] if self.blocks else [])

    def plain(self) -> Outgoing:
        """The message as text alone."""
        return replace(self, blocks=[])

    def payload(self) -> dict[str, Any]:
        """What is sent: nothing in it is read as markup, nothing is unfolded, nobody is called."""
        said: dict[str, Any] = {"text": self.text, "mrkdwn": False}
        return said | ({"blocks": self.blocks} if self.blocks else {})


def from_post(post: Block) -> Outgoing:
    """A message that a view made."""
    return Outgoing(post["text"], post["blocks"])


def words(text: str) -> Outgoing:
    """A message of one sentence or two."""
    return Outgoing(inert(clean(text)))


def lines(text: str) -> Outgoing:
    """A message of several lines, as they are."""
    said = cut("\n".join(clean(line) if line.strip() else "" for line in text.splitlines()), MOST, measure)
    return Outgoing(inert(said))
