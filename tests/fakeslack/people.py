"""People: what somebody does in Slack, and what she sees there. Everything she does returns an Act, which says what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakeslack import payloads
from fakeslack.hands import Hands
from fakeslack.sender import Delivery
from fakeslack.state import Channel, Message, SlackError, User, with_ids
from fakeslack.typed import rich, typed

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack


@dataclass(eq=False, repr=False)
class Act:
    """Something that was done: its message, if it was one, what was delivered because of it, and what the bot said."""

    person: Person | None
    message: Message | None
    deliveries: list[Delivery] = field(default_factory=list)
    at: str = ""
    error: str = ""
    """What Slack shows when a bot did not acknowledge in time."""

    @property
    def times(self) -> int:
        """How often anything was sent for it so far, retries included."""
        return sum(delivery.times for delivery in self.deliveries)

    @property
    def events(self) -> list[str]:
        """The types of what was delivered."""
        return [delivery.event_type or str(delivery.payload.get("type") or delivery.kind) for delivery in self.deliveries]

    @property
    def delivery(self) -> Delivery:
        """The one delivery, or the first of several."""
        assert self.deliveries, "nothing was delivered to any bot"
        return self.deliveries[0]

    @property
    def acked(self) -> bool:
        return bool(self.deliveries) and all(delivery.acked for delivery in self.deliveries)

    @property
    def ack(self) -> Any:
        """The body of the acknowledgement."""
        return self.delivery.ack

    @property
    def status(self) -> int | None:
        return self.delivery.status

    @property
    def answers(self) -> list[Message]:
        """What bots have said since, as far as she sees it, once nothing more can come."""
        assert self.person is not None
        self.person.slack.settle()
        return self.person.news(self.at)

    @property
    def answer(self) -> Message:
        """The first thing that a bot says, which has to come; given once nothing is under way, so that the bot remembers it as well."""
        found = self.answers
        person = self.person
        assert person is not None
        assert found, f"nobody answered {person.name}\n{person.slack.transcript()}"
        return found[0]

    @property
    def root(self) -> str:
        """The thread that a reply to it is in."""
        assert self.message is not None
        return self.message.root


class Person(Hands):
    """Somebody with a keyboard and a mouse."""

    def __init__(self, slack: FakeSlack, user: User) -> None:
        self.slack, self.user = slack, user
        self.since = "0"
        """The time of the last thing she did."""
        self.gone_before = "0"

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    # writing

    def writes(self, text: str, in_: Any = None, *, to: Bot | None = None, thread: Any = None, raw: bool = False, **more: Any) -> Act:
        """A message in a channel, or to a bot. What is typed becomes markup as Slack makes it, unless it is `raw`."""
        channel = self.place(in_, to)
        assert not channel.archived, f"{channel} is archived"
        self.acts()
        markup = text if raw else typed(text, self.slack.state)
        root = thread.root if thread is not None else None
        message = self.slack.happenings.write(self.user, channel, markup, thread_ts=root, **more)
        return Act(self, message, self.slack.happenings.posted(message, self.user), self.since)

    def mentions(self, bot: Bot, in_: Any, text: str = "", *, thread: Any = None, **more: Any) -> Act:
        """A message to a bot in a channel; `{bot}` says where the name stands, if not at its beginning."""
        said = text if "{bot}" in text else f"{{bot}} {text}".strip()
        return self.writes(said.replace("{bot}", f"@{bot.name}"), in_, to=bot, thread=thread, **more)

    def replies(self, in_thread_of: Any, text: str, *, broadcast: bool = False, raw: bool = False) -> Act:
        """A message in the thread of another; sent to the channel as well when it is broadcast."""
        original = self.message_of(in_thread_of)
        more: dict[str, Any] = {"subtype": "thread_broadcast", "broadcast": True} if broadcast else {}
        return self.writes(text, original.channel, thread=original, raw=raw, **more)

    def uploads(self, in_: Any, text: str, name: str = "notes.pdf") -> Act:
        """A message with a file."""
        return self.writes(text, in_, subtype="file_share", attachments=[{"id": 1, "fallback": name}])

    def edits(self, what: Any, text: str, *, raw: bool = False) -> Act:
        """Other words for her message."""
        message = self.message_of(what)
        assert message.user == self.id, "only her own messages"
        before = message.to_dict()
        self.acts()
        message.text = text if raw else typed(text, self.slack.state)
        message.blocks = with_ids(rich(message.text))
        message.edited = {"user": self.id, "ts": self.since}
        return Act(self, message, self.slack.happenings.edited(message, before, self.user), self.since)

    def deletes(self, what: Any) -> Act:
        """Her message is gone."""
        message = self.message_of(what)
        self.acts()
        message.deleted = True
        return Act(self, message, self.slack.happenings.deleted(message, self.user), self.since)

    def sees_unfurled(self, what: Any, url: str = "https://example.com/") -> Act:
        """Slack adds a preview to her message: a change that is no edit."""
        message = self.message_of(what)
        before = message.to_dict()
        self.acts()
        message.attachments = [{"id": 1, "from_url": url, "fallback": url, "title": "A page"}]
        return Act(self, message, self.slack.happenings.edited(message, before, self.user), self.since)

    def reacts(self, what: Any, name: str) -> Act:
        """A reaction to a message."""
        message = self.message_of(what)
        self.acts()
        message.reactions.setdefault(name, []).append(self.id)
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event = {"type": "reaction_added", "user": self.id, "reaction": name, "item": item, "item_user": message.user}
        return Act(self, message, self.slack.happenings.tell(event, message.channel, self.user), self.since)

    def types(self, command: str, text: str = "", in_: Any = None, *, bot: Bot | None = None, raw: bool = False) -> Act:
        """A slash command, in a channel or in the direct messages with the bot."""
        bot = bot or next((each for each in self.slack.bots if each.commands is None or command in each.commands), None)
        assert bot is not None, f"{command} is not a command of any bot"
        assert self.user.team is bot.team, f"{self.name} is not in the workspace where {command} is installed"
        channel = self.place(in_, bot)
        self.acts()
        said = text if raw else typed(text, self.slack.state, labels=True) if bot.escapes else text
        reply = (self.slack.responses.make(bot, self.user, channel), self.slack.triggers.make(bot, self.user))
        delivery = self.slack.sender.send(bot, "command", payloads.command(bot, self.user, channel, (command, said), reply))
        act = self.done(delivery)
        if act.acked and act.ack not in (None, "", {}):
            try:
                self.slack.responses.acknowledged(bot, self.user, channel, act.ack)
            except SlackError as error:
                act.error = error.code
        if act.error:
            self.slack.happenings.write(
                self.slack.slackbot, channel, f'{command} failed with the error "{act.error}"', ephemeral_to=self.id, subtype="error"
            )
        return act

    # the Home tab

    def opens_home(self, bot: Bot, tab: str = "home") -> Act:
        """The Home tab of a bot, or its messages."""
        self.acts()
        event: dict[str, Any] = {"type": "app_home_opened", "user": self.id, "channel": self.place(None, bot).id, "tab": tab}
        view = self.slack.state.homes.get((self.id, bot.app_id))
        if view is not None and tab == "home":
            event["view"] = payloads.view_dict(view, bot)
        return Act(self, None, self.slack.happenings.tell(event, to=bot, actor=self.user), self.since)

    # seeing

    def sees(self, in_: Any = None, *, to: Bot | None = None, thread: Any = None) -> list[Message]:
        """What is to be seen in a channel or in direct messages, threads included, or in one thread."""
        channel = self.place(in_, to)
        self.slack.settle()
        found = [each for each in self.visible() if each.channel is channel]
        return [each for each in found if thread is None or thread.root in (each.ts, each.thread_ts)]

    def last_message(self) -> Message:
        """The last thing that was said to her since she did something, by a bot; it has to come."""
        self.slack.wait_for(lambda: self.news(self.since))
        self.slack.settle()
        found = self.news(self.since)
        assert found, f"nobody answered {self.name}\n{self.slack.transcript()}"
        return found[-1]

    def hears_nothing(self) -> bool:
        """Whether no bot has said or changed anything since she did something, once nothing more can come."""
        self.slack.settle()
        return not self.news(self.since)

    def visible(self) -> list[Message]:
        """All that she can see, in order: nothing ephemeral of others, nothing from before she loaded the window anew."""
        with self.slack.state.lock:
            messages = [each for each in self.slack.state.messages if not each.deleted and self.id in each.channel.members]
        return [each for each in messages if not each.ephemeral_to or (each.ephemeral_to == self.id and each.ts > self.gone_before)]

    def news(self, since: str) -> list[Message]:
        """What bots and Slack itself have said to her or changed since then, the last change last."""
        bots = {self.slack.slackbot.id, *(bot.id for bot in self.slack.bots)}
        return sorted((each for each in self.visible() if each.changed > since and each.user in bots), key=lambda each: each.changed)

    def reloads(self) -> None:
        """She loads the window anew, and everything ephemeral is gone."""
        self.gone_before = self.slack.state.stamp()

    # where she is

    def place(self, in_: Any, to: Bot | None = None) -> Channel:
        """A channel in which she is; one that is not there yet is made, with her and the bots in it."""
        if in_ is None:
            assert to is not None or self.slack.bots, "where?"
            return self.slack.state.direct(self.id, (to or self.slack.bots[0]).id)
        known = isinstance(in_, Channel) or any(in_ in (each.id, f"#{each.name}") for each in self.slack.state.channels.values())
        channel = self.slack.find_channel(in_) if known else self.slack.channel(in_, members=[self, *self.slack.bots])
        assert self.id in channel.members, f"{self.name} is not in {channel}"
        return channel

    def message_of(self, what: Any) -> Message:
        """The message that is meant."""
        message = what if isinstance(what, Message) else what.message
        assert self.id in message.channel.members, f"{self.name} does not see that"
        assert message.ephemeral_to in ("", self.id), f"{self.name} does not see that"
        return message

    def acts(self) -> None:
        """From now on, what is new is new."""
        self.since = self.slack.state.stamp()

    def nothing_sent(self) -> Act:
        """What she did concerns no bot."""
        return Act(self, None, [], self.since)

    def done(self, delivery: Delivery) -> Act:
        """What came of a command or an interaction; without an acknowledgement Slack shows an error."""
        error = ""
        if not delivery.acked:
            error = "operation_timeout" if "http_timeout" in delivery.failures else "dispatch_failed"
        return Act(self, None, [delivery], self.since, error)
