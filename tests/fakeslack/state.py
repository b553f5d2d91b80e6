"""What there is in Slack: workspaces, people, channels, messages, views. No network, and none of the API's rules."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fakeslack.clock import Clock
from fakeslack.reading import Handle, handles_of, lines_of, shown

Kind = Literal["public", "private", "im", "mpim"]
FAMILY: Mapping[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
"""The word for a kind of channel in scopes and subscriptions."""
CHANNEL_TYPE: Mapping[Kind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class SlackError(Exception):
    """An answer of the API that is not ok."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


@dataclass(eq=False)
class Team:
    """A workspace."""

    id: str
    name: str
    domain: str
    enterprise_id: str | None = None


@dataclass(eq=False)
class User:
    """Somebody in a workspace; a guest is `multi` or `single`; a bot has a bot_id."""

    id: str
    name: str
    team: Team
    title: str = ""
    email: str = ""
    guest: Literal["", "multi", "single"] = ""
    bot_id: str = ""
    app_id: str = ""
    deleted: bool = False
    admin: bool = False


@dataclass(eq=False)
class Channel:
    """A place where messages are; `connected` are workspaces of others that share it, `pending` those that were invited."""

    id: str
    name: str
    kind: Kind
    team: Team
    members: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    archived: bool = False

    @property
    def is_ext_shared(self) -> bool:
        return bool(self.connected)

    def __str__(self) -> str:
        return f"#{self.name}" if self.kind in ("public", "private") else self.id


class Shown:
    """Something with text and blocks that a person looks at."""

    text: str = ""
    blocks: Any

    @property
    def reads(self) -> str:
        """What a person sees, in lines: the blocks where there are any, else the text."""
        return "\n".join(lines_of(self.blocks)) if self.blocks else shown(self.text)

    @property
    def handles(self) -> list[Handle]:
        """What can be pressed or chosen from."""
        return [*handles_of(self.blocks)]

    @property
    def buttons(self) -> list[str]:
        """The labels of what can be pressed or chosen from."""
        return [handle.label for handle in self.handles]


@dataclass(eq=False)
class Message(Shown):
    """A message; an ephemeral one is seen by one person alone. `changed` grows whenever something new can be seen."""

    channel: Channel
    ts: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    app_id: str = ""
    team_id: str = ""
    ephemeral_to: str = ""
    broadcast: bool = False
    attachments: list[dict[str, Any]] = field(default_factory=list)
    edited: dict[str, str] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    metadata: dict[str, Any] | None = None
    chosen: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: bool = False
    changed: str = ""

    @property
    def root(self) -> str:
        """The ts of the thread that an answer to this belongs to."""
        return self.thread_ts or self.ts

    def to_dict(self) -> dict[str, Any]:
        """The message as the API and events show it."""
        made: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": self.team_id}
        optional = {key: getattr(self, key) for key in ("subtype", "bot_id", "app_id", "thread_ts", "blocks", "attachments", "edited")}
        made |= {key: value for key, value in optional.items() if value}
        if self.metadata:
            made["metadata"] = self.metadata
        if self.reactions:
            made["reactions"] = [{"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()]
        return made


@dataclass(eq=False)
class View(Shown):
    """A modal or a Home tab, as somebody sees it."""

    id: str
    content: dict[str, Any]
    user: str
    app_id: str
    hash: str
    root_id: str
    previous_id: str | None = None
    chosen: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    changed: str = ""
    open: bool = True

    @property
    def title(self) -> str:
        return shown(self.content.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> Any:
        return self.content["blocks"]


class State:
    """Everything there is; all changes are made under `lock`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.usergroups: dict[str, dict[str, Any]] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.sessions: dict[tuple[str, str], dict[str, Any]] = {}
        self.steps: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._last = 0

    def new_id(self, prefix: str) -> str:
        """An id as Slack makes them."""
        return f"{prefix}0{next(self._numbers):07X}"

    def stamp(self) -> str:
        """The time as a ts; each is later than the one before."""
        with self.lock:
            self._last = max(self._last + 1, int(self.clock.now() * 1_000_000))
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        """A new message; blocks get the ids that they lack."""
        with self.lock:
            message.blocks = with_ids(message.blocks)
            message.changed = message.ts
            self.messages.append(message)
        return message

    def in_channel(self, channel: Channel, *, ephemeral: bool = False) -> list[Message]:
        """The messages of a channel that are still there, in order."""
        with self.lock:
            found = [message for message in self.messages if message.channel is channel and not message.deleted]
        return [message for message in found if ephemeral or not message.ephemeral_to]

    def find_message(self, channel: Channel, ts: str) -> Message | None:
        """A message that is not ephemeral."""
        return next((message for message in self.in_channel(channel) if message.ts == ts), None)

    def direct(self, *members: str) -> Channel:
        """The conversation of just these people, made when it is first needed."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind in ("im", "mpim") and set(channel.members) == set(members):
                    return channel
            kind: Kind = "im" if len(members) == 2 else "mpim"
            id = self.new_id("D" if kind == "im" else "G")
            team = self.users[members[0]].team
            name = "" if kind == "im" else "mpdm-" + "--".join(self.users[member].name for member in members) + "-1"
            self.channels[id] = Channel(id, name, kind, team, [*members])
            return self.channels[id]


def with_ids(blocks: Any) -> list[dict[str, Any]]:
    """Blocks in which every block and every element has an id, as Slack sends them back."""
    return [{"block_id": new_name(), **with_names(block)} for block in blocks]


def with_names(value: Any) -> Any:
    """A part of a block, in which everything that can be used has an id."""
    if isinstance(value, list):
        return [with_names(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {key: with_names(inner) for key, inner in value.items()}
    if value.get("type") in INTERACTIVE:
        made.setdefault("action_id", new_name())
    nested = {"container": "child_blocks", "carousel": "elements"}.get(value.get("type", ""))
    if nested:
        made[nested] = with_ids(value[nested])
    return made


def new_name() -> str:
    """An id that Slack gives to a block or an element."""
    return secrets.token_urlsafe(4)


INTERACTIVE = {
    *("button", "checkboxes", "datepicker", "datetimepicker", "feedback_buttons", "icon_button", "overflow", "radio_buttons"),
    *("plain_text_input", "rich_text_input", "number_input", "email_text_input", "url_text_input", "timepicker", "file_input"),
    *(f"{many}{kind}_select" for many in ("", "multi_") for kind in ("static", "external", "users", "conversations", "channels")),
}


def pages(items: list[Any], limit: int, cursor: str) -> tuple[list[Any], str]:
    """A page of a long list, and where the next one begins."""
    start = int(cursor or 0)
    end = start + limit
    return items[start:end], str(end) if end < len(items) else ""
