"""Socket Mode: the same app over a connection that we open.

That it was cut is noticed at once, that it has gone deaf by its pings, whatever it says of itself.
"""

from __future__ import annotations

import logging
import select
import time
from threading import Event, Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.logs import get_logger, kind_of
from bot.metrics import PING_AGE, TROUBLES
from bot.slack.client import make_client

PING = 10.0
"""Seconds between pings."""
SILENT, DEAF = 35.0, 120.0
"""Seconds without an answer to a ping, after which a new connection is made, and after which the process ends to be started anew."""
AT_FIRST, AT_MOST = 1.0, 30.0
"""Seconds until a connection that was cut is made anew, again and again: twice as long each time."""
GONE = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR | select.POLLNVAL
CONCURRENCY = 10

log = get_logger(part="socket")


class Listening:
    """One connection, watched."""

    def __init__(self, app: App, app_token: str, *, ping: float = PING, silent: float = SILENT, deaf: float = DEAF) -> None:
        self.silent, self.deaf = silent, deaf
        client = make_client("", app.client.base_url, app.client.timeout)
        quiet = logging.Logger("slack_sdk", logging.CRITICAL + 1)
        self.handler = SocketModeHandler(
            app, app_token=app_token, logger=quiet, web_client=client, ping_interval=ping, concurrency=CONCURRENCY
        )
        self.heard_at = time.monotonic()
        self.tried_at = time.monotonic()
        self.pause = AT_FIRST
        self.stamp: float | None = None
        self.stopped = Event()

    @property
    def age(self) -> float:
        """Seconds since Slack last answered a ping."""
        return time.monotonic() - self.heard_at

    def run(self) -> bool:
        """Listens until it is told to stop; False where it has gone deaf."""
        self.connect()
        while not self.stopped.wait(1.0):
            self.look()
            PING_AGE.set(self.age)
            if self.age > self.deaf:
                TROUBLES.labels("deaf").inc()
                log.error("deaf", seconds=round(self.age))
                return False
            since = time.monotonic() - self.tried_at
            if since > self.pause and is_cut(session := self.handler.client.current_session):
                log.warning("cut", seconds=round(self.age))
                self.pause = min(2 * self.pause, AT_MOST)
                self.connect(session)
            elif self.age > self.silent and since > self.silent:
                log.warning("silent", seconds=round(self.age))
                self.connect()
        return True

    def look(self) -> None:
        """Notes whether another ping was answered."""
        session = self.handler.client.current_session
        stamp = session.last_ping_pong_time if session is not None else None
        if stamp is not None and stamp != self.stamp:
            self.stamp, self.heard_at, self.pause = stamp, time.monotonic(), AT_FIRST

    def connect(self, cut: Connection | None = None) -> None:
        """Makes a new connection, in a thread of its own: what has gone deaf may hang as well."""
        self.tried_at = time.monotonic()
        Thread(target=self.try_to_connect, args=(cut,), name="connect", daemon=True).start()

    def try_to_connect(self, cut: Connection | None) -> None:
        """Makes a new connection; where one was cut, unless the SDK was faster. That it fails is seen by the pings that stay away."""
        try:
            if cut is not None:
                cut.close()
            self.handler.client.connect_to_new_endpoint(force=cut is None)
            if self.stopped.is_set():
                self.handler.client.disconnect()
        except Exception as error:
            log.warning("not_connected", **kind_of(error))

    @property
    def is_silent(self) -> bool:
        """Whether nothing of Slack's has been heard for too long."""
        return self.age > self.silent

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection."""
        return not is_cut(self.handler.client.current_session)

    def stop(self) -> None:
        """Ends listening."""
        self.stopped.set()

    def close(self, within: float = 5.0) -> None:
        """Lets go of the connection, without waiting for ever."""
        done = Thread(target=self.handler.close, name="close", daemon=True)
        done.start()
        done.join(timeout=within)


def is_cut(session: Connection | None) -> bool:
    """Whether the other side has closed a connection: the system knows it before anybody has read to the end."""
    line = session.sock if session is not None else None
    if line is None:
        return True
    looking = select.poll()
    try:
        looking.register(line, GONE)
    except (OSError, ValueError):  # closed this moment
        return True
    return bool(looking.poll(0))
