"""Socket Mode: the same app over a connection that we open. That it has gone deaf is noticed by its pings, whatever it says of itself."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.logs import get_logger, kind_of
from bot.metrics import PING_AGE, TROUBLES
from bot.slack.client import make_client

PING = 10.0
"""Seconds between pings."""
SILENT, DEAF = 35.0, 120.0
"""Seconds without an answer to a ping, after which a new connection is made, and after which the process ends to be started anew."""
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
            if self.age > self.silent and time.monotonic() - self.tried_at > self.silent:
                log.warning("silent", seconds=round(self.age))
                self.connect()
        return True

    def look(self) -> None:
        """Notes whether another ping was answered."""
        session = self.handler.client.current_session
        stamp = session.last_ping_pong_time if session is not None else None
        if stamp is not None and stamp != self.stamp:
            self.stamp, self.heard_at = stamp, time.monotonic()

    def connect(self) -> None:
        """Makes a new connection, in a thread of its own: what has gone deaf may hang as well."""
        self.tried_at = time.monotonic()
        Thread(target=self.try_to_connect, name="connect", daemon=True).start()

    def try_to_connect(self) -> None:
        """Makes a new connection; that it fails is seen by the pings that stay away."""
        try:
            self.handler.client.connect_to_new_endpoint(force=True)
        except Exception as error:
            log.warning("not_connected", **kind_of(error))

    def stop(self) -> None:
        """Ends listening."""
        self.stopped.set()

    def close(self, within: float = 5.0) -> None:
        """Lets go of the connection, without waiting for ever."""
        done = Thread(target=self.handler.close, name="close", daemon=True)
        done.start()
        done.join(timeout=within)
