"""People in emulate: they write with tokens of their own, and see what it has stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.people import Act
from fakeslack.people import Person as FakePerson
from fakeslack.sender import Delivery
from fakeslack.state import Channel, Message, User
from fakeslack.typed import typed

from emulate.emulated import BOT_USER, token_of

if TYPE_CHECKING:
    from emulate.workspace import Workspace

Key = tuple[str, str]


class Person(FakePerson):
    """Somebody with a keyboard and a mouse, who types as in the other tests; what she sees is what emulate says."""

    slack: Workspace  # type: ignore[assignment]

    def __init__(self, slack: Workspace, user: User) -> None:
        super().__init__(slack, user)  # type: ignore[arg-type]
        self.before: frozenset[Key] = frozenset()
        """What there was to be seen when she last did something."""

    @property
    def token(self) -> str:
        """Her own."""
        return token_of(self.name)

    def acts(self) -> None:
        """From now on, what is new is new."""
        self.since = self.slack.state.stamp()
        self.before = frozenset(key_of(message) for message in self.visible())

    def writes(self, *args: Any, **more: Any) -> Act:
        """A message, in emulate and then as an event."""
        return self.known(super().writes(*args, **more))

    def edits(self, what: Any, text: str, *, raw: bool = False) -> Act:
        """Other words for her message."""
        message = self.message_of(what)
        words = text if raw else typed(text, self.slack.state)
        self.slack.emulate.call("chat.update", self.token, channel=message.channel.id, ts=message.ts, text=words)
        return self.known(super().edits(message, text, raw=raw))

    def deletes(self, what: Any) -> Act:
        """Her message is gone."""
        message = self.message_of(what)
        self.slack.emulate.call("chat.delete", self.token, channel=message.channel.id, ts=message.ts)
        return self.known(super().deletes(message))

    def types(self, *args: Any, **more: Any) -> Act:
        """A slash command, which emulate does not know: it is delivered, and its acknowledgement shown."""
        return self.known(super().types(*args, **more))

    def opens_home(self, *args: Any, **more: Any) -> Act:
        """The Home tab, or the messages."""
        return self.known(super().opens_home(*args, **more))

    def done(self, delivery: Delivery) -> Act:
        """What came of a click or a submission."""
        return self.known(super().done(delivery))

    def known(self, act: Act) -> Act:
        """An act that tells what is new by what there was before; the clocks of two programs do not agree on that."""
        act.at = self.before  # type: ignore[assignment]
        return act

    def news(self, since: Any) -> list[Message]:
        """What the bot has said to her that was not there before."""
        return [message for message in self.visible() if message.user == BOT_USER and key_of(message) not in since]

    def last_message(self) -> Message:
        """The last thing that the bot has said to her since she did something; it has to come."""
        return self.hears_in()

    def hears_in(self, name: str = "") -> Message:
        """The same, in a channel or anywhere."""
        found = self.slack.wait_for(lambda: [message for message in self.news(self.before) if name in ("", str(message.channel))])
        assert found, f"nobody answered {self.name}\n{self.slack.transcript()}"
        return found[-1]

    def visible(self) -> list[Message]:
        """All that she can see, in order."""
        mine = [channel for channel in self.slack.state.channels.values() if self.id in channel.members]
        found = [message for channel in mine for message in (*self.said_in(channel), *self.whispered_in(channel))]
        shown = [message for message in self.slack.responses.shown if message.ephemeral_to == self.id]
        return sorted([*found, *shown], key=lambda message: message.ts)

    def said_in(self, channel: Channel) -> list[Message]:
        """The messages of a channel, threads included."""
        read = self.slack.emulate.call
        listed = read("conversations.history", self.token, channel=channel.id)["messages"]
        for root in [message for message in listed if message.get("reply_count")]:
            listed += read("conversations.replies", self.token, channel=channel.id, ts=root["ts"])["messages"][1:]
        return [self.slack.message(channel, message) for message in listed]

    def whispered_in(self, channel: Channel) -> list[Message]:
        """The ephemeral messages for her, of which emulate tells the text alone."""
        rows = self.slack.emulate.page("messages", channel=channel.id)
        mine = [row for row in rows if len(row) == 4 and row[1] == f"{self.name} ephemeral"]
        return [Message(channel, ts, BOT_USER, text, ephemeral_to=self.id) for _, _, text, ts in mine]


def key_of(message: Message) -> Key:
    """What tells a message from all others."""
    return message.channel.id, message.ts
