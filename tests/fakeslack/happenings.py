"""What happens in a workspace, and which bots hear of it: messages come, change and go, people join, apps are removed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fakeslack.payloads import changed_event, deleted_event, event_callback, mention_event, message_event
from fakeslack.sender import Delivery
from fakeslack.state import Channel, Message, User
from fakeslack.typed import rich

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack


class Outbox:
    """Events that bots cause themselves: delivered after the call that caused them has been answered, one after the other."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._jobs: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, daemon=True, name="fakeslack outbox")
        self._thread.start()

    def add(self, job: Callable[[], Any]) -> None:
        """Something to deliver."""
        going_on = self._slack.activity.going_on()
        going_on.__enter__()

        def done() -> None:
            try:
                job()
            finally:
                going_on.__exit__(None, None, None)

        self._jobs.put(done)

    def _run(self) -> None:
        while job := self._jobs.get():
            try:
                job()
            except Exception as error:
                self._slack.crashes.append(repr(error))

    def close(self) -> None:
        """Nothing more is delivered."""
        self._jobs.put(None)
        self._thread.join(5)


class Happenings:
    """What can happen. Those who cause something get what was delivered; what bots cause is delivered a little later."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.outbox = Outbox(slack)

    def tell(
        self, event: dict[str, Any], channel: Channel | None = None, actor: User | None = None, to: Bot | None = None
    ) -> list[Delivery]:
        """Tells an event to one bot, or to all that are in the channel and want it."""
        event.setdefault("event_ts", event.get("ts") or self.slack.state.stamp())
        sent = []
        for bot in [to] if to else self.slack.bots:
            hidden = channel is not None and bot.id not in channel.members
            own = actor is not None and actor.id == bot.id and not bot.hears_itself
            gone = bot.revoked and event["type"] not in ("app_uninstalled", "tokens_revoked")
            if bot.wants(event, channel) and not hidden and not own and not gone:
                sent.append(self.slack.sender.send(bot, "event", event_callback(bot, self.slack.state, event, channel, actor)))
        return sent

    def posted(self, message: Message, actor: User) -> list[Delivery]:
        """Tells a new message, and the mention that it may be. Direct messages are never mentions."""
        sent = []
        for bot in self.slack.bots:
            if bot.id not in message.channel.members:
                continue
            root = self.slack.state.find_message(message.channel, message.thread_ts or "")
            parent = {"parent_user_id": root.user} if root is not None and root is not message else {}
            if bot.mention in message.text and message.channel.kind != "im" and actor.id != bot.id:
                sent += self.tell(mention_event(message, bot.team, actor) | parent, message.channel, actor, bot)
            sent += self.tell(message_event(message, bot.team, actor) | parent, message.channel, actor, bot)
        return sent

    def edited(self, message: Message, before: dict[str, Any], actor: User) -> list[Delivery]:
        """Tells a change; an edit that names a bot is a mention once more, and says that it is an edit."""
        sent = self.tell(changed_event(message, before, self.slack.state.stamp()), message.channel, actor)
        for bot in self.slack.bots:
            named = bot.mention in message.text and bot.id in message.channel.members and message.channel.kind != "im"
            if named and message.edited and not message.bot_id:
                event = mention_event(message, bot.team, actor) | {"event_ts": self.slack.state.stamp()}
                sent += self.tell(event, message.channel, actor, bot)
        return sent

    def deleted(self, message: Message, actor: User | None) -> list[Delivery]:
        """Tells that a message is gone."""
        return self.tell(deleted_event(message, self.slack.state.stamp()), message.channel, actor)

    def write(self, user: User, channel: Channel, text: str, **more: Any) -> Message:
        """A message of a person, or of another bot; nothing is told yet."""
        made = Message(channel, self.slack.state.stamp(), user.id, text, team_id=user.team.id, **more)
        if not user.bot_id and not made.blocks:
            made.blocks = rich(text)
        return self.slack.state.add(made)

    def joined(self, user: User, channel: Channel, inviter: User | None = None) -> dict[str, Any]:
        """Somebody is in a channel from now on; the event that tells it."""
        channel.members.append(user.id)
        kind = "C" if channel.kind == "public" else "G"
        event = {"type": "member_joined_channel", "user": user.id, "channel": channel.id, "channel_type": kind, "team": user.team.id}
        return event | ({"inviter": inviter.id} if inviter else {})
