"""Where something may be said, and to whom: channels that are shared with another organisation, people from outside.

Nothing is posted where others can read it, nor where it cannot be known whether they can. A private reply to a verified member of this
workspace is allowed; people from outside are refused politely, so that only they see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from slack_sdk import WebClient

from bot.slack.client import Done, Later, Outcome, Refused, call
from bot.slack.identity import Me
from bot.slack.people import UNKNOWN, People, Remembered, mapping

OUTSIDE = "Sorry, I answer only people of the workspace that I belong to."
NOT_NOW = "I cannot tell just now who may see what, because Slack does not answer me. Please try again in a moment."
BELIEVED = 120.0
"""Seconds for which a channel is believed to be as it was; events say of themselves when it has become shared.

Clicks do not, and what another instance hears of it does not reach this one: before a click posts for all, Slack is asked anew.
"""

FOREIGN = ("is_ext_shared", "is_pending_ext_shared", "pending_shared", "pending_connected_team_ids")
"""What Slack says of a channel that others can read, or will once they accept; lists are empty where it is nobody."""


class Standing(Enum):
    """What is allowed."""

    OPEN = "open"
    """Everybody who can read it is of this organisation."""
    PRIVATE = "private"
    """Others read along, or might: only this person, who is one of ours, may be told anything."""
    OUTSIDE = "outside"
    """This person is not one of ours, or that cannot be known."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who does something, and where; what the payload says of it."""

    channel: str
    user: str
    user_team: str = ""
    """The workspace that the payload says the person is of."""
    is_shared: bool | None = None
    """Whether the payload says that the channel is shared; None where it does not say."""

    @property
    def is_direct(self) -> bool:
        """Whether this is between one person and the bot: direct messages, the Home tab, a window."""
        return not self.channel or self.channel.startswith("D")


class Guard:
    """Finds out what is allowed."""

    def __init__(self, client: WebClient, people: People) -> None:
        self.client, self.people = client, people
        self.channels: Remembered[bool | Later | None] = Remembered()

    def standing(self, scene: Scene, me: Me, *, anew: bool = False) -> Standing | Later:
        """What is allowed to be said to this person here. Anew: as Slack says now, for what no event speaks of."""
        if anew:
            self.forget(scene.channel)
        foreign = bool(scene.user_team) and scene.user_team not in (me.team, me.enterprise)
        ours: bool | Later | None = False if scene.is_shared else self.is_ours(scene)
        if isinstance(ours, Later):
            return ours
        if ours is None and scene.is_shared is False:
            ours = True
        if ours and not foreign and not scene.is_direct:
            return Standing.OPEN
        home = self.people.is_home(scene.user, me)
        if isinstance(home, Later):
            return home
        if not home:
            return Standing.OUTSIDE
        return Standing.OPEN if ours else Standing.PRIVATE

    def is_ours(self, scene: Scene) -> bool | Later | None:
        """Whether a channel is of this organisation alone; None where what Slack tells of it leaves that out, so that what the event says
        of itself decides. Direct messages are as their person is."""
        if scene.is_direct:
            return True
        return self.channels.find(scene.channel, lambda: ours_of(call(self.client, "conversations.info", channel=scene.channel)))

    def is_invited(self, channel: str) -> bool:
        """Whether the bot sees a channel at all; a private one only once it was invited there."""
        return call(self.client, "conversations.info", channel=channel) != Refused("channel_not_found")

    def forget(self, channel: str) -> None:
        """A channel was shared, or is no longer."""
        self.channels.forget(channel)


def turned_away(standing: Standing | Later) -> str:
    """Why somebody is told nothing, not even in private; empty where they may be told something."""
    if isinstance(standing, Later):
        return NOT_NOW
    return OUTSIDE if standing is Standing.OUTSIDE else ""


def ours_of(outcome: Outcome) -> tuple[bool | Later | None, float]:
    """Whether a channel is ours alone, and for how long that is good."""
    if isinstance(outcome, Later):
        return outcome, min(outcome.seconds, UNKNOWN)
    if not isinstance(outcome, Done):
        return False, UNKNOWN
    channel = mapping(outcome.said.get("channel"))
    if channel.keys().isdisjoint(FOREIGN):
        return None if channel else False, UNKNOWN
    return not any(channel.get(key) for key in FOREIGN), BELIEVED
