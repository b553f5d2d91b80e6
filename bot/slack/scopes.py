"""What we ask of Slack, and why: each scope with what it is for, and the methods, events and features that need it.

A test holds this table against the code: every method that is called and every event that is handled stands here, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission: why it is asked for, and what is lost without it, where one can do without."""

    name: str
    why: str
    without: str = ""
    """Empty where the app does not work without it."""
    agent: bool = False
    """Whether only the agent needs it."""

    @property
    def optional(self) -> bool:
        """Whether whoever installs the app may leave it out."""
        return bool(self.without)


SCOPES: tuple[Scope, ...] = (
    Scope("app_mentions:read", "to be told when somebody mentions Rolecall, and to read that one message"),
    Scope("chat:write", "to answer, in channels that it was invited to and in direct messages"),
    Scope("commands", "for `/roe` and the two shortcuts"),
    Scope("im:history", "to read what is said to it in direct messages"),
    Scope("im:write", "to begin a direct message where an answer cannot be shown otherwise"),
    Scope("users:read", "to tell members from guests of other organisations, and to offer a role by the title of a profile"),
    Scope("channels:read", "to know which public channels are shared with another organisation: nothing is posted there"),
    Scope("groups:read", "the same for private channels that it was invited to"),
    Scope("assistant:write", "to be shown as an agent, with suggested prompts", agent=True),
    Scope(
        "channels:history",
        "to go on in a thread without a mention, to suggest or answer where a channel asks for that, to bring back what a team replies",
        "follow-ups in channels need a mention or a button, and a team has to mention Rolecall in its reply",
    ),
    Scope("groups:history", "the same in private channels that it was invited to", "the same, in private channels"),
    Scope(
        "usergroups:read",
        "to know who is in a user group that the model lists as maintainers or as an audience",
        "only people who are listed by themselves count as maintainers or may see what is restricted",
    ),
)
"""In the order in which the documents explain them."""

CHANNELS, HISTORY = ("channels:read", "groups:read"), ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write", "im:write"),
    "conversations.history": HISTORY,
    "conversations.info": CHANNELS,
    "conversations.list": CHANNELS,
    "conversations.replies": HISTORY,
    "functions.completeError": (),
    "functions.completeSuccess": (),
    "usergroups.users.list": ("usergroups:read",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Method of the Web API -> the scopes that it needs, each for one kind of conversation where there are several."""

APP_METHODS: Mapping[str, tuple[str, ...]] = {"apps.connections.open": ("connections:write",)}
"""The same for the app-level token of Socket Mode, which is made by hand and is no part of the manifest."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_shared": CHANNELS,
    "channel_unshared": CHANNELS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
}
"""Event -> the scopes that it needs. Where an optional scope was not granted, its event does not come."""

AGENT_EVENTS: Mapping[str, tuple[str, ...]] = {"function_executed": ()}
"""The same for the agent: its custom step of workflows."""

FEATURES: Mapping[str, tuple[str, ...]] = {"slash command": ("commands",), "shortcuts": ("commands",)}
AGENT_FEATURES: Mapping[str, tuple[str, ...]] = {"agent view": ("assistant:write",), "custom step": ()}
"""Feature of the manifest -> the scopes that it needs."""


def scopes_for(*, agent: bool) -> tuple[Scope, ...]:
    """The scopes of the plain bot, or of the agent."""
    return tuple(scope for scope in SCOPES if agent or not scope.agent)


def lacking(granted: Iterable[str], *, agent: bool) -> tuple[Scope, ...]:
    """The scopes that were not granted."""
    held = frozenset(granted)
    return tuple(scope for scope in scopes_for(agent=agent) if scope.name not in held)
