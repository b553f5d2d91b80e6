"""A bot as Slack knows it: its tokens, what it was granted, what it wants to hear, and where it is to be reached."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakeslack.sender import Delivery, Signing
from fakeslack.state import FAMILY, Channel, SlackError, Team, User
from fakeslack.targets import Target, target_of

if TYPE_CHECKING:
    from fakeslack.slack import FakeSlack


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the manifest."""

    name: str
    callback_id: str
    on_messages: bool


@dataclass(eq=False, repr=False)
class Bot:
    """An installed app. `scopes` and `events` of None mean all; a bot without a target is not reached."""

    slack: FakeSlack
    user: User
    app_id: str
    scopes: set[str] | None = None
    events: set[str] | None = None
    commands: set[str] | None = None
    shortcuts: list[Shortcut] = field(default_factory=list)
    token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(12)}")
    app_token: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(12)}")
    step_token: str = field(default_factory=lambda: f"xwfp-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    client_id: str = field(default_factory=lambda: f"1.{secrets.randbelow(10**9)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    signing: Signing = field(default_factory=Signing)
    escapes: bool = True
    """Whether names in slash commands arrive as ids (`should_escape` in the manifest)."""
    messages_tab: bool = True
    hears_itself: bool = True
    revoked: bool = False
    copies: int = 1
    """To how many instances each delivery goes at the same time; more than one makes duplicates."""
    enterprise_install: bool = False
    deliveries: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._targets: list[Target] = []
        self._turn = itertools.count()

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def team(self) -> Team:
        return self.user.team

    @property
    def mention(self) -> str:
        """The bot's name as it stands in messages."""
        return f"<@{self.user.id}>"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables by which a bot finds its Slack."""
        return {
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
            "SLACK_APP_TOKEN": self.app_token,
        }

    def at(self, *things: Any) -> Bot:
        """Where the bot is: URLs, Bolt apps or WSGI applications. Several are instances of one bot and get deliveries in turn."""
        self._targets = [target_of(thing) for thing in things]
        for thing in things:
            if hasattr(thing, "listener_runner"):
                self.slack.watch(thing)
        return self

    @property
    def is_seen(self) -> bool:
        """Whether the work of the bot can be counted: it is in this process, or nowhere."""
        return all(getattr(target, "is_seen", True) for target in self._targets)

    def over_socket(self) -> Bot:
        """The bot is reached by Socket Mode alone."""
        self._targets = [self.slack.sockets.target(self)]
        return self

    def next_targets(self) -> list[Target]:
        """Who gets the next delivery."""
        if not self._targets:
            return []
        first = next(self._turn)
        return [self._targets[(first + number) % len(self._targets)] for number in range(self.copies)]

    @contextmanager
    def signed(self, signing: Signing) -> Iterator[None]:
        """For a while requests are signed in another way."""
        before, self.signing = self.signing, signing
        try:
            yield
        finally:
            self.signing = before

    def wants(self, event: dict[str, Any], channel: Channel | None) -> bool:
        """Whether the bot has subscribed to an event."""
        kind = event["type"]
        if self.events is None or kind in ("app_uninstalled", "tokens_revoked"):
            return True
        return (f"message.{FAMILY[channel.kind]}" if kind == "message" and channel else kind) in self.events

    def must_have(self, *scopes: str) -> None:
        """Refuses unless one of the scopes was granted."""
        if self.scopes is not None and not self.scopes & {*scopes}:
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(sorted(self.scopes)))

    def shortcut(self, name: str, callback_id: str, *, on_messages: bool = False) -> Bot:
        """Declares a shortcut."""
        self.shortcuts.append(Shortcut(name, callback_id, on_messages))
        return self

    def sent(self, *types: str) -> list[Delivery]:
        """What was delivered to the bot, of some types of event or kinds of payload."""
        return [each for each in self.deliveries if not types or {each.event_type, each.kind, each.payload.get("type")} & {*types}]

    @property
    def authorization(self) -> dict[str, Any]:
        """The bot's installation, as it stands in an event."""
        team = self.team
        return {
            "enterprise_id": team.enterprise_id,
            "team_id": None if self.enterprise_install else team.id,
            "user_id": self.user.id,
            "is_bot": True,
            "is_enterprise_install": self.enterprise_install,
        }


def all_scopes(scopes: Iterable[str] | None) -> set[str] | None:
    """Scopes as a set, or None for all."""
    return None if scopes is None else {*scopes}
