"""Sends messages. A message that Slack refuses is sent again as text; one that cannot be said in a place goes to the person it is for.

What was for one person alone is never posted where others can read it: after an ephemeral message that failed comes a direct one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.slack.client import LIMITED, Done, Later, Outcome, Refused, call, header_of, wait_of
from bot.slack.outgoing import Outgoing

TEXT_ONLY = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "too_many_attachments", "block_mismatch"}
)
"""Errors after which the same is said once more, in text alone."""
OF_SLACK = ("slack.com", "slack-gov.com")
EVENT = "rolecall_answer"
"""The name of the metadata by which an answer is found again."""
LOOKED_AT, SKEW = 1_000, 600.0
"""How many messages are looked through for an answer, and by how many seconds our clock and Slack's may differ at worst."""


@dataclass(frozen=True, slots=True)
class ToChannel:
    """Everybody in the channel reads it: in a thread, where there is one."""

    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class ToOne:
    """One person in a channel sees it, until they reload."""

    channel: str
    user: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class ToResponse:
    """The address that came with a click or command, for half an hour; the same person sees it, maybe in place of the message."""

    url: str
    replace: bool = False


@dataclass(frozen=True, slots=True)
class ToPerson:
    """A direct message, with a line that tells why it comes this way."""

    user: str
    note: str = ""


Way = ToChannel | ToOne | ToResponse | ToPerson


@dataclass(frozen=True, slots=True)
class Sent:
    """It was posted: where, and by which way."""

    channel: str
    ts: str
    way: Way


class Poster:
    """Sends messages, by the first of several ways that works."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def send(self, ways: Sequence[Way], out: Outgoing, mark: str = "", *, by_any: bool = False) -> Sent | Later | Refused:
        """Sends a message by the first way that Slack allows.

        What is only for the moment is not a reason to go another way, unless it only matters that it arrives: by any of them.
        """
        result: Sent | Later | Refused = Refused("no_way")
        later: Later | None = None
        for way in ways:
            noted = out.noted(way.note) if isinstance(way, ToPerson) and way.note else out
            result = self.send_by(way, noted, mark)
            if isinstance(result, Later) and by_any:
                later = later or result
            elif not isinstance(result, Refused):
                return result
        return later or result

    def send_by(self, way: Way, out: Outgoing, mark: str) -> Sent | Later | Refused:
        """Sends a message by one way; as text alone, where the blocks are refused."""
        result = self.attempt(way, out, mark)
        if isinstance(result, Refused) and result.error in TEXT_ONLY and out.blocks:
            result = self.attempt(way, out.plain(), mark)
        if isinstance(result, Done):
            said = result.said
            return Sent(str(said.get("channel") or ""), str(said.get("ts") or said.get("message_ts") or ""), way)
        return result

    def attempt(self, way: Way, out: Outgoing, mark: str) -> Outcome:
        """One call."""
        metadata = {"event_type": EVENT, "event_payload": {"mark": mark}} if mark else None
        kept: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "metadata": metadata}
        said = out.payload() | {"parse": "none", "link_names": False}
        match way:
            case ToChannel(channel=channel, thread=thread):
                return call(self.client, "chat.postMessage", channel=channel, thread_ts=thread, **said, **kept)
            case ToOne(channel=channel, user=user, thread=thread):
                return call(self.client, "chat.postEphemeral", channel=channel, user=user, thread_ts=thread, **said)
            case ToPerson(user=user):
                return call(self.client, "chat.postMessage", channel=user, **said, **kept)
            case ToResponse(url=url, replace=replace):
                return self.respond(url, out, replace=replace)

    def respond(self, url: str, out: Outgoing, *, replace: bool = False) -> Outcome:
        """Answers to the address of a click or command; only Slack's own addresses are called."""
        if not self.is_slack(url):
            return Refused("foreign_url")
        try:
            sender = WebhookClient(url, timeout=self.client.timeout, retry_handlers=[], logger=self.client.logger)
            answer = sender.send_dict({**out.payload(), "response_type": "ephemeral", "replace_original": replace})
        except (OSError, ValueError) as error:
            return Later(0.0, f"network: {type(error).__name__}", maybe=True)
        if answer.status_code == 429:
            return Later(wait_of(answer.headers), LIMITED)
        if answer.status_code >= 500:
            return Later(0.0, f"status {answer.status_code}", maybe=True)
        if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
            return Done({"type": header_of(answer.headers, "content-type") or ""})
        return Refused(next((known for known in TEXT_ONLY if known in answer.body), "response_url"))

    def is_slack(self, url: str) -> bool:
        """Whether an address is Slack's, or that of the stand-in that we were told to talk to."""
        parts, base = urlsplit(url), urlsplit(self.client.base_url)
        if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
            return True
        host = parts.hostname or ""
        return parts.scheme == "https" and any(host == name or host.endswith(f".{name}") for name in OF_SLACK)

    def find(self, ways: Sequence[Way], mark: str, since: datetime) -> Sent | Later | Literal["absent", "unknown"]:
        """The message of this mark, where it was posted already; unknown where we may not look, later where we may but not just now."""
        looked = False
        for way in ways:
            said = self.messages(way, since) if isinstance(way, ToChannel) else None
            if isinstance(said, Later):
                return said
            looked |= said is not None
            for message in said or ():
                metadata = message.get("metadata")
                payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
                if isinstance(way, ToChannel) and isinstance(payload, dict) and payload.get("mark") == mark:
                    return Sent(way.channel, str(message.get("ts") or ""), way)
        return "absent" if looked else "unknown"

    def messages(self, way: ToChannel, since: datetime) -> list[dict[str, Any]] | Later | None:
        """What was said in a thread or a conversation since then; None where we may not look."""
        asked: dict[str, Any] = {"oldest": f"{since.timestamp() - SKEW:.6f}", "include_all_metadata": True, "limit": LOOKED_AT}
        method = "conversations.replies" if way.thread else "conversations.history"
        found = call(self.client, method, channel=way.channel, ts=way.thread, **asked)
        if isinstance(found, Later):
            return found
        listed = found.said.get("messages") if isinstance(found, Done) else None
        return [message for message in listed if isinstance(message, dict)] if isinstance(listed, list) else None
