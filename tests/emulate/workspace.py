"""A workspace in emulate, with the bot beside it as a process of its own.

What emulate stores is read from emulate. What it has nothing for, the delivery of events, commands and clicks, is done with the means of
fakeslack: its people, its payloads and its signed sender.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from fakeslack.activity import Activity
from fakeslack.apps import Bot
from fakeslack.clock import Clock
from fakeslack.happenings import Happenings as FakeHappenings
from fakeslack.house import Allowed
from fakeslack.modals import Modals
from fakeslack.reading import shown
from fakeslack.sender import Delivery, Sender
from fakeslack.state import Channel, Message, State, Team, User, View, with_ids
from fakeslack.world import World

from bot.slack.names import COMMAND, Shortcut
from emulate.emulated import APP, BOT, BOT_TOKEN, BOT_USER, Emulate, seed_of, until
from emulate.front import Front
from emulate.people import Person
from emulate.running import Running

T = TypeVar("T")
PEOPLE = {"alice": "Account Executive", "bob": "CSM", "rita": "RevOps", "zoe": ""}
"""Who is there, with their titles. Zoe asks when a test has to know that everything before was seen to."""
CHANNELS = {"deals": False, "revops": False, "board": True}
"""Which channels there are, and whether they are private; the bot is not in the last one."""
JOINED = ("deals", "revops")


class RealClock(Clock):
    """The time as it is: two other programs go by it."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()


class Triggers:
    """Triggers of emulate, which opens a window for nothing else."""

    def __init__(self, slack: Workspace) -> None:
        self.slack = slack
        self.users: dict[str, User] = {}

    def make(self, bot: Bot, user: User) -> str:
        """A trigger for what somebody just did."""
        id = str(self.slack.emulate.call("views.generateTriggerId", bot.token, user_id=user.id)["trigger_id"])
        self.users[id] = user
        return id


class Responses:
    """Addresses to answer a click or a command by: emulate has none, so that each leads nowhere. Acknowledgements are shown."""

    def __init__(self, slack: Workspace) -> None:
        self.slack = slack
        self.shown: list[Message] = []

    def make(self, bot: Bot, user: User, channel: Channel, message: Message | None = None) -> str:
        """An address at which nobody is."""
        return f"{self.slack.host}/no-response-url"

    def acknowledged(self, bot: Bot, user: User, channel: Channel, ack: dict[str, Any]) -> None:
        """What a command was acknowledged with, as one person sees it."""
        made = Message(channel, self.slack.state.stamp(), bot.id, ack["text"], with_ids(ack.get("blocks", [])), ephemeral_to=user.id)
        made.app_id, made.bot_id = bot.app_id, bot.user.bot_id
        self.shown.append(made)


class Happenings(FakeHappenings):
    """What people do happens in emulate first, and is then told to the bot."""

    slack: Workspace  # type: ignore[assignment]

    def write(self, user: User, channel: Channel, text: str, **more: Any) -> Message:
        """A message, posted with the token of its author."""
        person = next(each for each in self.slack.people if each.user is user)
        said = self.slack.emulate.call("chat.postMessage", person.token, channel=channel.id, text=text, thread_ts=more.get("thread_ts"))
        return self.slack.message(channel, said["message"])


class Workspace(World):
    """People, channels, and the bot with what it was granted; with a `front` it is told which channels are shared."""

    def __init__(self, program: Path, folder: Path, scopes: Iterable[str], *, front: bool = False) -> None:
        self.emulate = Emulate(program, folder, seed_of(PEOPLE, CHANNELS, scopes))
        self.front = Front(self.emulate.url, self.saw) if front else None
        self.clock, self.ack_timeout = RealClock(), 10.0
        self.state = State(self.clock)
        self.activity = Activity(5.0, lambda: False)
        self.allowed = Allowed()
        self.allowed.add("https://meridian.example/*")
        self.bots, self.people, self.crashes, self.wrong = [], [], [], []
        self.sender = Sender(self)  # type: ignore[arg-type]
        self.triggers, self.responses, self.modals = Triggers(self), Responses(self), Modals(self)  # type: ignore[arg-type]
        self.happenings = Happenings(self)  # type: ignore[arg-type]
        self.running: Running | None = None

    @property
    def host(self) -> str:
        """What the bot talks to."""
        return self.front.url if self.front else self.emulate.url

    @property
    def api_url(self) -> str:
        """What the bot takes as SLACK_API_URL."""
        return f"{self.host}/api/"

    def furnish(self) -> None:
        """Everybody and every place as emulate knows them, and the bot in its channels."""
        self.emulate.begins()
        read = self.emulate.call
        told = read("auth.test", BOT_TOKEN)
        self.home = self.state.teams[told["team_id"]] = Team(told["team_id"], told["team"], "emulate")
        user = self.add_user("rolecall", self.home, id=BOT_USER, bot_id=BOT, app_id=APP)
        self.bot = Bot(self, user, APP, token=BOT_TOKEN, commands={COMMAND})  # type: ignore[arg-type]
        self.bot.shortcut("Ask Rolecall", Shortcut.ASK.value).shortcut("Answer this", Shortcut.ANSWER.value, on_messages=True)
        self.bots.append(self.bot)
        for name, title in PEOPLE.items():
            person = Person(self, self.add_user(name, self.home, id=read("auth.test", f"xoxp-{name}")["user_id"], title=title))
            self.people.append(person)
            direct = read("conversations.open", person.token, users=BOT_USER)["channel"]["id"]
            self.state.channels[direct] = Channel(direct, "", "im", self.home, [person.id, BOT_USER])
        self.find_places()

    def find_places(self) -> None:
        """The channels, by their ids."""
        read, token = self.emulate.call, self.people[0].token
        for listed in read("conversations.list", token, types="public_channel,private_channel")["channels"]:
            name, id = listed["name"], listed["id"]
            if name in JOINED:
                read("conversations.invite", token, channel=id, users=BOT_USER)
            members = [person.id for person in self.people] + [BOT_USER] * (name in JOINED)
            self.state.channels[id] = Channel(id, name, "private" if listed["is_private"] else "public", self.home, members)

    def starts(self, folder: Path, database: str) -> None:
        """The bot begins to work."""
        self.running = Running(folder, database, self.bot.environment)
        self.running.begins()
        self.bot.at(self.running.url)

    def robot_writes(self, text: str, in_: str) -> list[Delivery]:
        """A message of another app, by its incoming webhook."""
        channel = self.find_channel(in_)
        self.emulate.hook("B0ROBOT", channel.id, text)
        said = self.emulate.call("conversations.history", self.people[0].token, channel=channel.id, limit="1")["messages"][0]
        robot = self.state.users.get("U0ROBOT") or self.add_user("robot", self.home, id="U0ROBOT", bot_id="B0ROBOT")
        return self.happenings.posted(self.message(channel, said), robot)

    def named(self, name: str) -> Person:
        """One of the people."""
        return next(person for person in self.people if person.name == name)  # type: ignore[return-value]

    def message(self, channel: Channel, said: dict[str, Any]) -> Message:
        """A message as emulate tells it. It says of no message which app it is from, so that its author has to do."""
        made = Message(channel, said["ts"], said["user"], said["text"], with_ids(said.get("blocks", [])), team_id=self.home.id)
        made.thread_ts, made.subtype, made.bot_id = said.get("thread_ts"), said.get("subtype"), said.get("bot_id", "")
        made.app_id = APP if made.user == BOT_USER else ""
        return made

    def saw(self, method: str, asked: dict[str, Any], said: dict[str, Any]) -> None:
        """A window that the bot has opened or changed, as emulate has stored it."""
        if method not in ("views.open", "views.push", "views.update") or not said["ok"]:
            return
        view = said["view"]
        with self.state.lock:
            if view["id"] not in self.state.views:
                user = self.triggers.users[asked["trigger_id"]]
                self.modals.close_all(user) if method == "views.open" else None
                self.state.views[view["id"]] = View(view["id"], {}, user.id, APP, "", view["root_view_id"], view["previous_view_id"])
            self.modals.change(self.state.views[view["id"]], {key: value for key, value in view.items() if value})

    def shows(self, person: Person, kind: str) -> str:
        """The words of what somebody sees last in a window ("modal") or on the Home tab ("app home"), as far as emulate tells them."""
        found = self.wait_for(lambda: [row[4] for row in self.emulate.page("views") if len(row) == 8 and row[1:3] == [kind, person.name]])
        assert found, f"{person.name} sees no {kind}\n{self.transcript()}"
        return " ".join(found[0].split())

    def repeats(self, delivery: Delivery) -> None:
        """Delivers the same event once more."""
        self.sender.again(delivery)

    def wait_for(self, check: Callable[[], T]) -> T:
        """What there is, as soon as there is something."""
        return until(check)

    def settle(self) -> None:
        """Waits until the bot has seen to everything: it takes things in order, and so answers Zoe last, or gives her up."""
        zoe, lost = self.named("zoe"), self.given_up()
        asked = zoe.writes("help", to=self.bot)
        done = self.wait_for(lambda: zoe.news(asked.at) or self.given_up() > lost)
        assert done, f"nobody answered {zoe.name}\n{self.transcript()}"

    def violate(self, where: str, what: str) -> None:
        """Keeps what the bot should not have said."""
        self.wrong.append(f"{where}: {what}")

    def given_up(self) -> int:
        """How many things the bot has given up, by its log."""
        return self.running.said().count('"event": "given_up"') if self.running else 0

    def transcript(self) -> str:
        """What was said, and what the bot has logged, to be read when a test fails."""
        said = [f"{each.channel} {each.user}: {shown(each.text)!r}" for person in self.people for each in person.visible()]
        return "\n".join([*said, self.running.said() if self.running else ""])

    def ends(self) -> None:
        """The bot is told to end."""
        if self.running is not None:
            self.running.process.terminate()

    def close(self) -> None:
        """Everything that was begun has ended."""
        self.happenings.outbox.close()
        for each in (self.running, self.front, self.emulate):
            if each is not None:
                each.close()
        assert not [*self.wrong, *self.crashes]
