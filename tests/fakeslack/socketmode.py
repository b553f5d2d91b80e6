"""Socket Mode: connections of apps, envelopes and their acknowledgements, and the ways in which such a connection goes bad."""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from fakeslack import websocket
from fakeslack.state import SlackError
from fakeslack.targets import Answer, Request

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

MOST = 10
KINDS = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}


@dataclass(eq=False)
class Link:
    """One connection of an app. One that was told to go is closed when another has come; one that is leaving gets nothing new."""

    bot: Bot
    socket: websocket.Socket
    told: bool = False
    leaving: bool = False


@dataclass(eq=False)
class Waiting:
    """An envelope that is not acknowledged yet."""

    done: threading.Event = field(default_factory=threading.Event)
    payload: Any = None


class Sockets:
    """All connections. `deaf` means that nothing is answered and nothing arrives, though the connections stay open."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.links: list[Link] = []
        self.counts: Counter[str] = Counter()
        self.deaf = False
        self._tickets: dict[str, Bot] = {}
        self._waiting: dict[str, Waiting] = {}
        self._turn = 0
        self._change = threading.Condition()

    def ticket(self, bot: Bot) -> str:
        """The address that an app may connect to, once."""
        if len(self.of(bot)) >= MOST:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_hex(8)
        self._tickets[ticket] = bot
        return f"{self.slack.server.url.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={bot.app_id}"

    def admit(self, query: str) -> Bot:
        """The app whose ticket this is."""
        bot = self._tickets.pop(parse_qs(query).get("ticket", [""])[0], None)
        if bot is None:
            raise SlackError("invalid_ticket")
        return bot

    def of(self, bot: Bot) -> list[Link]:
        """The connections of an app that events can go to."""
        return [link for link in self.links if link.bot is bot and not link.leaving and not link.socket.closed]

    def serve(self, bot: Bot, socket: websocket.Socket) -> None:
        """Says hello and listens until the connection ends."""
        link = Link(bot, socket)
        with self._change:
            self.links.append(link)
            self.counts["opened"] += 1
            count = len(self.of(bot))
        self.say(link, {"type": "hello", "num_connections": count, **self.debug(bot)})
        for old in [each for each in self.links if each.bot is bot and each.told]:
            old.socket.close()
        with self._change:
            self._change.notify_all()
        while frame := socket.receive():
            if frame[0] == websocket.CLOSE:
                break
            self.hear(link, *frame)
        socket.closed = True
        with self._change:
            self.links.remove(link)
            self.counts["ended"] += 1
            self._change.notify_all()

    def hear(self, link: Link, kind: int, data: bytes) -> None:
        """Something that the app sent."""
        name = {websocket.PING: "pings", websocket.PONG: "pongs"}.get(kind, "messages")
        self.counts[name] += 1
        if self.deaf:
            return
        if kind == websocket.PING:
            with contextlib.suppress(OSError):
                link.socket.send(websocket.PONG, data)
        elif kind == websocket.TEXT:
            said = json.loads(data)
            waiting = self._waiting.get(said.get("envelope_id", ""))
            self.counts["acks" if waiting else "unknown acks"] += 1
            if waiting is not None:
                waiting.payload = said.get("payload")
                waiting.done.set()

    def say(self, link: Link, message: dict[str, Any]) -> None:
        """Sends a message over one connection."""
        with contextlib.suppress(OSError):
            link.socket.send(websocket.TEXT, json.dumps(message).encode())
            self.counts[str(message["type"])] += 1

    def debug(self, bot: Bot) -> dict[str, Any]:
        """What Slack says about a connection."""
        host = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18_060}
        return {"connection_info": {"app_id": bot.app_id}, "debug_info": host}

    def target(self, bot: Bot) -> SocketTarget:
        """The app by its socket, as a place to deliver to."""
        return SocketTarget(self, bot)

    def deliver(self, bot: Bot, request: Request) -> Answer:
        """Sends an envelope over one of the connections, in turn, and waits for its acknowledgement."""
        links = self.of(bot)
        if not links:
            raise ConnectionError("no connection")
        self._turn += 1
        envelope = secrets.token_hex(16)
        waiting = self._waiting[envelope] = Waiting()
        message: dict[str, Any] = {"envelope_id": envelope, "type": KINDS[request.kind], "payload": request.payload}
        message["accepts_response_payload"] = request.kind != "event"
        if request.kind == "event":
            message["retry_attempt"] = int(request.headers.get("X-Slack-Retry-Num", 0))
            message["retry_reason"] = request.headers.get("X-Slack-Retry-Reason", "")
        if not self.deaf:
            self.say(links[self._turn % len(links)], message)
        heard = waiting.done.wait(request.timeout)
        del self._waiting[envelope]
        if not heard:
            raise TimeoutError
        return Answer(200, json.dumps(waiting.payload) if waiting.payload is not None else "")

    def wait_for_connections(self, bot: Bot, count: int = 1) -> None:
        """Waits until an app has so many connections."""
        with self._change:
            if not self._change.wait_for(lambda: len(self.of(bot)) >= count, self.slack.activity.patience):
                raise AssertionError(f"{bot.name} has {len(self.of(bot))} connections, not {count}")

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tells every connection to make way for a new one: `warning`, `refresh_requested`, or `link_disabled`."""
        for link in [*self.links]:
            link.told, link.leaving = True, reason != "warning"
            self.say(link, {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})
            if reason == "link_disabled":
                link.socket.close()

    def ping(self) -> None:
        """Pings every connection."""
        for link in [*self.links]:
            with contextlib.suppress(OSError):
                link.socket.send(websocket.PING, b"Ping from fakeslack")

    def drop(self) -> None:
        """Cuts every connection without a word."""
        for link in [*self.links]:
            link.socket.drop()

    def close(self) -> None:
        """Ends every connection."""
        for link in [*self.links]:
            link.socket.close()


@dataclass(frozen=True)
class SocketTarget:
    """An app, reached by its sockets."""

    sockets: Sockets
    bot: Bot
    is_seen = False

    def post(self, request: Request) -> Answer:
        return self.sockets.deliver(self.bot, request)
