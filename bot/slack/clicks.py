"""Clicks, submitted windows and shortcuts as values. What a payload lacks is empty; what it says of people is theirs alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.slack.guard import Scene
from bot.slack.names import Action, action_of
from bot.slack.people import mapping


@dataclass(frozen=True, slots=True)
class Clicked:
    """Something that a person pressed or chose: what, where, and how to answer only them."""

    action: str
    value: str
    user: str
    user_team: str = ""
    channel: str = ""
    ts: str = ""
    """The message with the button; empty where it is on the Home tab or in a window."""
    thread: str = ""
    is_ephemeral: bool = False
    response_url: str = ""
    stamp: str = ""
    """When it was clicked: what tells two clicks apart."""
    view: str = ""
    """The id of the view with the button, and its kind."""
    view_kind: str = ""
    metadata: str = ""
    """What the view carries."""

    @property
    def what(self) -> Action | None:
        """Which of our buttons it is."""
        return action_of(self.action)

    @property
    def scene(self) -> Scene:
        """Who, and where."""
        return Scene(self.channel, self.user, self.user_team)

    @property
    def is_direct(self) -> bool:
        """Whether the message is in direct messages with the bot."""
        return self.channel.startswith("D")

    @property
    def is_private(self) -> bool:
        """Whether only this person sees what is said there."""
        return self.is_ephemeral or self.is_direct or not self.channel

    @property
    def is_in_channel(self) -> bool:
        """Whether it is in a channel, be it in what one person alone sees there."""
        return bool(self.channel) and not self.is_direct

    @property
    def root(self) -> str:
        """The thread of the message, or the one that an answer to it begins."""
        return self.thread or ("" if self.is_direct or self.is_ephemeral else self.ts)

    @property
    def key(self) -> str:
        """What the inbox knows this click by."""
        return f"click {self.channel} {self.ts or self.view} {self.action} {self.user} {self.stamp}"

    def to_payload(self) -> dict[str, Any]:
        """What is stored until it is seen to."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Clicked:
        """What was stored."""
        return cls(**{name: payload[name] for name in cls.__slots__ if name in payload})


def read_click(body: Mapping[str, Any]) -> Clicked:
    """The click of a payload."""
    listed = body.get("actions")
    action = mapping(listed[0]) if isinstance(listed, list) and listed else {}
    option = mapping(action.get("selected_option"))
    container, message = mapping(body.get("container")), mapping(body.get("message"))
    user, view = mapping(body.get("user")), mapping(body.get("view"))
    ts, thread = str(container.get("message_ts") or ""), str(container.get("thread_ts") or message.get("thread_ts") or "")
    return Clicked(
        action=str(action.get("action_id") or ""),
        value=str(action.get("value") or option.get("value") or ""),
        user=str(user.get("id") or ""),
        user_team=str(user.get("team_id") or ""),
        channel=str(container.get("channel_id") or mapping(body.get("channel")).get("id") or ""),
        ts=ts,
        thread="" if thread == ts else thread,
        is_ephemeral=bool(container.get("is_ephemeral")),
        response_url=str(body.get("response_url") or ""),
        stamp=str(action.get("action_ts") or body.get("trigger_id") or ""),
        view=str(view.get("id") or ""),
        view_kind=str(view.get("type") or ""),
        metadata=str(view.get("private_metadata") or ""),
    )


@dataclass(frozen=True, slots=True)
class OnMessage:
    """A shortcut on somebody's message."""

    text: str
    user: str
    user_team: str
    channel: str
    thread: str
    response_url: str
    stamp: str

    @property
    def key(self) -> str:
        """What the inbox knows it by."""
        return f"shortcut {self.channel} {self.user} {self.stamp}"

    def to_payload(self) -> dict[str, Any]:
        """What is stored until it is answered."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> OnMessage:
        """What was stored."""
        return cls(**{name: payload[name] for name in cls.__slots__ if name in payload})


def read_shortcut(body: Mapping[str, Any]) -> OnMessage:
    """The shortcut of a payload."""
    message, user = mapping(body.get("message")), mapping(body.get("user"))
    return OnMessage(
        text=str(message.get("text") or ""),
        user=str(user.get("id") or ""),
        user_team=str(user.get("team_id") or ""),
        channel=str(mapping(body.get("channel")).get("id") or ""),
        thread=str(message.get("thread_ts") or ""),
        response_url=str(body.get("response_url") or ""),
        stamp=str(body.get("action_ts") or body.get("trigger_id") or ""),
    )
