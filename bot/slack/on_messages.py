"""The shortcut on a message: what somebody wrote, answered to whoever wants to know."""

from __future__ import annotations

from bot.slack.answering import Asked
from bot.slack.clicks import OnMessage
from bot.slack.client import Later
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.guard import Scene, Standing, turned_away
from bot.slack.heard import said_in
from bot.slack.outgoing import words
from bot.slack.posting import ToOne, ToPerson, ToResponse, Way
from bot.slack.presses import DIRECTLY
from bot.slack.replies import Replies, Reply
from bot.store import Item

NOTHING = "There is no question in that message that I could read."


class OnMessages:
    """Plans for shortcuts on messages."""

    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def plan(self, item: Item) -> Plan:
        """The answer, for whoever pressed the shortcut alone. Raises StoreError."""
        pressed = OnMessage.from_payload(item.payload)
        standing = self.desk.guard.standing(Scene(pressed.channel, pressed.user, pressed.user_team), self.desk.me)
        if isinstance(standing, Later) and not item.last:
            return Plan("waiting", wait=standing)
        ways = ways_for(pressed)
        if why := turned_away(standing):
            return Plan("outside", words(why), ways[:-1], otherwise=lambda _: Plan("outside"))
        text = said_in(pressed.text, self.desk.me)
        if not text:
            return Plan("empty", words(NOTHING), ways, user=pressed.user, surface="shortcut")
        asked = self.desk.asked(text, pressed.user, private=True)
        in_channel = bool(pressed.channel) and not pressed.channel.startswith("D")
        shown = self.replies.for_channel(asked) if in_channel else asked
        if shown is None:
            reply, ways = self.replies.reply(asked), (ToPerson(pressed.user, DIRECTLY),)
        else:
            reply = self.replies.reply(shown, share=standing is Standing.OPEN and not pressed.channel.startswith("D"))
        out = reply.out.noted(f"Asked: {text}")
        return Plan(reply.outcome, out, ways, lambda sent: self.remember(reply, asked), user=pressed.user, surface="shortcut")

    def remember(self, reply: Reply, asked: Asked) -> None:
        """Counts. Raises StoreError."""
        if reply.done is not None:
            self.replies.count((reply.done, asked))


def ways_for(pressed: OnMessage) -> tuple[Way, ...]:
    """The ways to tell only this person."""
    ways: tuple[Way, ...] = (ToResponse(pressed.response_url),) if pressed.response_url else ()
    ways += (ToOne(pressed.channel, pressed.user, pressed.thread or None),) if pressed.channel else ()
    return (*ways, ToPerson(pressed.user))
