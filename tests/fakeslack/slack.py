"""FakeSlack: a Slack that behaves, in this process. Everything a test does begins here; see README.md."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from fakeslack import methods_chat, methods_people, methods_places, methods_views
from fakeslack.activity import Activity
from fakeslack.api import Api, Call
from fakeslack.apps import Bot, all_scopes
from fakeslack.clock import Clock
from fakeslack.content import Violation
from fakeslack.faults import Fault, Faults
from fakeslack.happenings import Happenings
from fakeslack.house import Allowed
from fakeslack.modals import Modals, Triggers
from fakeslack.people import Person
from fakeslack.responses import Responses
from fakeslack.sender import Delivery, Held, Sender
from fakeslack.socketmode import Sockets
from fakeslack.state import Channel, Message, State, Team, User, with_ids
from fakeslack.web import Server
from fakeslack.world import World

T = TypeVar("T")
LOADED = (methods_chat, methods_people, methods_places, methods_views)
"""Modules that register the methods of the API."""


class FakeSlack(World):
    """A workspace with its people and bots. As a context manager it ends with a look at everything that bots sent."""

    def __init__(self, *, patience: float = 30.0, ack_timeout: float = 3.0) -> None:
        self.clock = Clock()
        self.state = State(self.clock)
        self.bots: list[Bot] = []
        self.activity = Activity(patience, lambda: not all(bot.is_seen for bot in self.bots))
        self.ack_timeout = ack_timeout
        """For how many real seconds a bot is waited for; they count as the three of Slack."""
        self.allowed = Allowed()
        self.faults = Faults()
        self.api = Api(self)
        self.responses = Responses(self)
        self.triggers = Triggers(self)
        self.modals = Modals(self)
        self.sender = Sender(self)
        self.sockets = Sockets(self)
        self.happenings = Happenings(self)
        self.people: list[Person] = []
        self.codes: dict[str, Bot] = {}
        self.violations: list[Violation] = []
        self.crashes: list[str] = []
        self._expected: list[str] = []
        self.server = Server(self)
        self.home = self.team("Acme", domain="acme")
        self.slackbot = self.add_user("slackbot", self.home, id="USLACKBOT")
        self._serving = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True, name="fakeslack server")
        self._serving.start()

    @property
    def api_url(self) -> str:
        """What the bot takes as SLACK_API_URL."""
        return f"{self.server.url}/api/"

    def installs(self, name: str = "rolecall", *, scopes: Any = None, team: Team | None = None, **more: Any) -> Bot:
        """A bot that is installed in a workspace; what it was granted and subscribed to is everything, unless it is said."""
        user = self.add_user(name, team or self.home, bot_id=self.state.new_id("B"), app_id=self.state.new_id("A"))
        bot = Bot(self, user, user.app_id, all_scopes(scopes), **more)
        self.bots.append(bot)
        return bot

    def watch(self, thing: Any) -> None:
        """Knows from now on whether a Bolt app, an executor, or whatever a callable asks, still has work under way."""
        self.activity.watch(thing)

    def settle(self) -> None:
        """Waits until nothing is under way."""
        self.activity.settle()

    def wait_for(self, check: Callable[[], T]) -> T:
        """What there is, as soon as there is something, or when nothing can come any more."""
        return self.activity.wait_for(check)

    # what goes wrong on purpose

    def fails(self, method: str, error: str = "", *, times: int | None = 1, channel: str = "", **how: Any) -> Fault:
        """Scripts a fault: `error=`, `status=` (429 with `retry_after=`), `hang=` seconds, `drop=True`.

        With `afterwards=True` the call does its work first.
        """
        id = self.find_channel(channel).id if channel else ""
        return self.faults.script(Fault(method, error, times=times, channel=id, **how))

    def holding(self) -> contextlib.AbstractContextManager[Held]:
        """Keeps the events of a while back, to be released in another order."""
        return self.sender.holding()

    def repeats(self, delivery: Delivery) -> None:
        """Delivers the same event once more."""
        self.sender.again(delivery)

    # what bots did

    def calls(self, method: str = "") -> list[Call]:
        """The calls of the API so far, of one method or all."""
        return [call for call in self.api.calls if method in ("", call.method)]

    def allows(self, *targets: Any) -> None:
        """What bots may mention and link to: people, bots, channels, and patterns of ids and addresses."""
        self.allowed.add(*(target if isinstance(target, str) else target.id for target in targets))

    def violate(self, where: str, what: str) -> None:
        """Keeps something that a bot should not have sent."""
        self.violations.append(Violation(where, what))

    def expects(self, pattern: str) -> None:
        """A violation that this test is about: a pattern of what it says. It has to occur."""
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        """Everything that makes a test fail at its end."""
        found = [str(each) for each in self.violations]
        missing = [pattern for pattern in self._expected if not any(re.search(pattern, each) for each in found)]
        return [
            *(each for each in found if not any(re.search(pattern, each) for pattern in self._expected)),
            *(f"expected, and did not occur: {pattern}" for pattern in missing),
            *(f"a fault that nothing ran into: {fault.method} {fault.error or fault.status}" for fault in self.faults.unused),
            *(f"a crash of the fake: {crash}" for crash in self.crashes),
        ]

    def transcript(self) -> str:
        """Everything that was said, to be read when a test fails."""
        names = {id: user.name for id, user in self.state.users.items()}
        return "\n".join(f"{each.channel} {names.get(each.user)}: {each.reads!r} {each.buttons or ''}" for each in self.state.messages)

    # what bots cause

    def said_by(self, bot: Bot, channel: Channel, content: dict[str, Any], **more: Any) -> Message:
        """A message of a bot, and a little later the event that tells it."""
        kept = {key: value for key, value in content.items() if value is not None}
        message = self.happenings.write(bot.user, channel, bot_id=bot.user.bot_id, app_id=bot.app_id, **kept, **more)
        if not message.ephemeral_to:
            self.happenings.outbox.add(lambda: self.happenings.posted(message, bot.user))
        return message

    def change(self, message: Message, **content: Any) -> None:
        """A change that a bot made to its message."""
        before = message.to_dict()
        for key, value in content.items():
            setattr(message, key, with_ids(value) if key == "blocks" else value)
        message.changed = self.state.stamp()
        if message.bot_id and not message.ephemeral_to:
            message.edited = {"user": message.user, "ts": message.changed}
            self.happenings.outbox.add(lambda: self.happenings.edited(message, before, self.state.users[message.user]))

    def delete(self, message: Message) -> None:
        """The end of a message, by a bot."""
        message.deleted = True
        if not message.ephemeral_to:
            self.happenings.outbox.add(lambda: self.happenings.deleted(message, self.state.users[message.user]))

    def joins(self, user: User, channel: Channel) -> None:
        """A bot comes into a channel."""
        event = self.happenings.joined(user, channel)
        self.happenings.outbox.add(lambda: self.happenings.tell(event, channel, user))

    def reacted(self, user: User, message: Message, name: str, kind: str) -> None:
        """A reaction of a bot came or went."""
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event = {"type": kind, "user": user.id, "reaction": name, "item": item, "item_user": message.user}
        self.happenings.outbox.add(lambda: self.happenings.tell(event, message.channel, user))

    # the end

    def close(self) -> None:
        """Ends the servers."""
        self.faults.over.set()
        self.sockets.close()
        self.happenings.outbox.close()
        self.server.shutdown()
        self.server.server_close()
        self._serving.join(5)

    def __enter__(self) -> FakeSlack:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        if kind is None:
            self.settle()
        self.close()
        wrong = self.unexpected()
        if kind is None and wrong:
            raise AssertionError("\n".join([*wrong, "", self.transcript()]))
        if error is not None and wrong:
            error.add_note("\n".join(["Besides:", *wrong]))
