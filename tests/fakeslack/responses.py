"""response_url: an address by which a bot may answer what somebody did, five times within half an hour."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fakeslack.content import check_message
from fakeslack.state import Channel, Message, SlackError, User

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

LIVES, USES = 1_800.0, 5


@dataclass(eq=False)
class ResponseUrl:
    """One address, and what it is about; a command has no message."""

    bot: Bot
    user: User
    channel: Channel
    message: Message | None
    made: float
    uses: int = 0


class Responses:
    """All response_urls."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self._made: dict[str, ResponseUrl] = {}

    def make(self, bot: Bot, user: User, channel: Channel, message: Message | None = None) -> str:
        """An address."""
        id = secrets.token_hex(8)
        self._made[id] = ResponseUrl(bot, user, channel, message, self.slack.clock.now())
        return f"{self.slack.server.url}/response/{id}"

    def answer(self, id: str, args: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """What Slack says to a use of an address."""
        url = self._made.get(id)
        code, status = "", 404
        if url is None:
            code = "invalid_url"
        elif self.slack.clock.now() - url.made > LIVES:
            code = "expired_url"
        elif url.uses >= USES:
            code = "used_url"
        else:
            try:
                self.use(url, args)
            except SlackError as error:
                code, status = error.code, 400
        self.slack.api.record("response_url", args, {"ok": not code, "error": code}, url.bot if url else None)
        return (status, {}, {"ok": False, "error": code}) if code else (200, {}, "ok")

    def use(self, url: ResponseUrl, args: dict[str, Any]) -> None:
        """Does what is asked."""
        with self.slack.state.lock:
            if args.get("delete_original"):
                if url.message is not None:
                    self.slack.delete(url.message)
            else:
                self.say("response_url", url, args)
            url.uses += 1

    def say(self, where: str, url: ResponseUrl, args: dict[str, Any]) -> None:
        """A new message, for one unless it says for all; or other content of the message that it is about, for whom it was."""
        content = check_message(self.slack, where, args)
        if args.get("replace_original") and url.message is not None and not url.message.deleted:
            self.slack.change(url.message, **content)
            return
        private = args.get("response_type") != "in_channel"
        to = url.user.id if private else ""
        self.slack.said_by(url.bot, url.channel, content, thread_ts=args.get("thread_ts"), ephemeral_to=to)

    def acknowledged(self, bot: Bot, user: User, channel: Channel, said: Any) -> None:
        """What a bot said in the acknowledgement of a command."""
        args = said if isinstance(said, dict) else {"text": str(said)}
        url = ResponseUrl(bot, user, channel, None, self.slack.clock.now())
        with self.slack.state.lock:
            self.say("acknowledgement", url, args)
