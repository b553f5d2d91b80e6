"""The Web API: who calls, with which right, what is recorded, and which function answers. The methods register themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakeslack.state import Channel, SlackError, User

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

Args = dict[str, Any]
Method = Callable[["FakeSlack", "Bot", Args], dict[str, Any] | None]
METHODS: dict[str, tuple[Method, tuple[str, ...]]] = {}
"""Every method there is, with the scopes of which one is needed."""
OPEN = {"blocks.validate", "oauth.v2.access", "api.test"}
"""Methods without a token."""


def method(name: str, *scopes: str) -> Callable[[Method], Method]:
    """Registers a method of the API."""

    def register(function: Method) -> Method:
        METHODS[name] = (function, scopes)
        return function

    return register


@dataclass
class Call:
    """A call that a bot made."""

    method: str
    args: Args
    response: dict[str, Any]
    bot: Bot | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def error(self) -> str:
        return str(self.response.get("error") or self.response.get("fault") or "")


class Api:
    """The Web API of one Slack."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.calls: list[Call] = []

    def record(self, name: str, args: Args, response: dict[str, Any], bot: Bot | None = None) -> None:
        """Keeps a call."""
        self.calls.append(Call(name, args, response, bot))

    def answer(self, name: str, args: Args, token: str) -> tuple[int, dict[str, str], Any]:
        """The answer to a call: status, headers, body."""
        if name.startswith("response/"):
            return self.slack.responses.answer(name.removeprefix("response/"), args)
        bot, headers = None, {}
        try:
            bot = self.caller(name, token)
            if bot is not None and bot.scopes is not None:
                headers["x-oauth-scopes"] = ",".join(sorted(bot.scopes))
            body = {"ok": True, **self.run(name, bot, args)}
        except SlackError as error:
            body = {"ok": False, "error": error.code, **error.more}
        self.record(name, args, body, bot)
        return 200, headers, body

    def run(self, name: str, bot: Bot | None, args: Args) -> dict[str, Any]:
        """What a method does."""
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        function, scopes = METHODS[name]
        if scopes and bot is not None:
            bot.must_have(*scopes)
        with self.slack.state.lock:
            return function(self.slack, bot, args) or {}  # type: ignore[arg-type]

    def caller(self, name: str, token: str) -> Bot | None:
        """The bot whose token this is."""
        if name in OPEN:
            return None
        if not token:
            raise SlackError("not_authed")
        for bot in self.slack.bots:
            if token in (bot.token, bot.step_token):
                if bot.revoked:
                    raise SlackError("token_revoked")
                if name == "apps.connections.open":
                    raise SlackError("not_allowed_token_type")
                return bot
            if token == bot.app_token:
                if name != "apps.connections.open":
                    raise SlackError("not_allowed_token_type")
                return bot
        raise SlackError("invalid_auth")


def need(args: Args, *names: str) -> tuple[Any, ...]:
    """Arguments that have to be there."""
    missing = [name for name in names if args.get(name) in (None, "")]
    if missing:
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    return tuple(args[name] for name in names)


def find_channel(slack: FakeSlack, bot: Bot, id: Any) -> Channel:
    """A channel that the bot may know of: a private one only as a member."""
    channel = slack.state.channels.get(str(id))
    hidden = channel is not None and channel.kind != "public" and bot.id not in channel.members
    if channel is None or hidden or bot.team.id not in (channel.team.id, *channel.connected):
        raise SlackError("channel_not_found")
    return channel


def find_user(slack: FakeSlack, bot: Bot, id: Any) -> User:
    """Somebody of the bot's workspace, or a stranger with whom it shares a channel."""
    user = slack.state.users.get(str(id))
    if user is None:
        raise SlackError("user_not_found")
    shared = any(user.id in channel.members and bot.id in channel.members for channel in slack.state.channels.values())
    if user.team is not bot.team and not shared:
        raise SlackError("user_not_visible")
    return user
