"""A worker of gunicorn whose threads are given whole requests only.

gunicorn's own threads read the bodies themselves, so that as many connections as there are threads, each sending a byte now and then,
keep everybody else out. Here requests are read in the worker's loop, which waits for all connections at once, and whoever takes longer
than a few seconds is sent away. It stands on how gunicorn 27 does it: `pyproject.toml` names that version.
"""

from __future__ import annotations

import errno
import selectors
import socket
import struct
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from bot.metrics import REQUESTS
from bot.web.arriving import MORE, WHOLE, Arriving

READ = 5.0
"""Seconds in which a request has to arrive, from its first byte to its last."""
LINGER = 2.0
"""Seconds that a connection without a request stays open once the process is to end."""
MOST, MOST_BYTES = 500, 64_000_000
"""How many connections and bytes wait for the rest of a request; beyond them the oldest, or the largest, goes."""
AT_ONCE = 65_536
STALLED = struct.pack("ll", 2, 0)
"""Two seconds, as the system reads it: no single read or write in a thread waits longer."""
PASSING = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class WholeRequests(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Reads in its loop, answers in its threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[Any, Arriving] = {}
        """The connections that wait for a request or the rest of one, the oldest first."""
        self.held = 0
        """Bytes that have come for them."""
        self.looked_at = 0.0

    def accept(self, listener: socket.socket) -> None:
        """A new connection."""
        try:
            made, address = listener.accept()
        except OSError as error:
            if error.errno in PASSING:
                return
            raise
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            made.setsockopt(socket.SOL_SOCKET, option, STALLED)
        self.nr_conns += 1
        self.expect(TConn(self.cfg, made, address, listener.getsockname()), b"", READ)

    def expect(self, conn: Any, begun: bytes, seconds: float) -> None:
        """Waits for a request, of which this much is there."""
        if len(self.arriving) >= MOST:
            self.refuse(next(iter(self.arriving)), HTTPStatus.SERVICE_UNAVAILABLE)
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + seconds
        self.arriving[conn] = Arriving()
        self.poller.register(conn.sock, selectors.EVENT_READ, lambda _: self.readable(conn))
        if begun:
            self.take(conn, begun)

    def readable(self, conn: Any) -> None:
        """Something has come, or the other side is gone."""
        if conn not in self.arriving:
            return
        try:
            data = conn.sock.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.take(conn, data)
        else:
            self.drop(conn)

    def take(self, conn: Any, data: bytes) -> None:
        """Bytes of a request: once it is whole, a thread gets it."""
        request = self.arriving[conn]
        if not request.data:
            conn.timeout = time.monotonic() + READ
        self.held += len(data)
        status = request.take(data)
        if status == WHOLE:
            self.forget(conn)
            conn.init()
            conn.parser.unreader.unread(bytes(request.data))
            conn.data_ready = True
            self.enqueue_req(conn)
        elif status != MORE:
            self.refuse(conn, status)
        elif request.wants_word:
            request.wants_word = False
            with suppress(OSError):
                conn.sock.send(GO_ON)
        while self.held > MOST_BYTES:
            self.refuse(max(self.arriving, key=lambda each: len(self.arriving[each].data)), HTTPStatus.SERVICE_UNAVAILABLE)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """A request was answered: the connection waits for the next one, or is closed, for which the loop does not wait."""
        try:
            goes_on = not fs.cancelled() and fs.result() is True
        except BaseException:  # it was answered as well as could be
            goes_on = False
        if goes_on:
            self.expect(conn, conn.parser.unreader.take_buffered(), self.cfg.keepalive if self.alive else LINGER)
        else:
            self.close(conn)

    def murder_pending(self) -> None:
        """Sends away whoever took too long; when the process is to end, those without a request soon."""
        now = time.monotonic()
        if now - self.looked_at < 0.2:
            return
        self.looked_at = now
        for conn, request in list(self.arriving.items()):
            if not self.alive and not request.data:
                conn.timeout = min(conn.timeout, now + LINGER)
            if conn.timeout > now:
                continue
            if request.data:
                self.refuse(conn, HTTPStatus.REQUEST_TIMEOUT)
            else:
                self.drop(conn)

    def refuse(self, conn: Any, status: int) -> None:
        """Says why, and closes."""
        REQUESTS.labels("incomplete", str(int(status))).inc()
        said = f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        with suppress(OSError):
            conn.sock.send(said.encode())
        self.drop(conn)

    def drop(self, conn: Any) -> None:
        """Closes a connection that waits."""
        self.forget(conn)
        self.close(conn)

    def forget(self, conn: Any) -> None:
        """No longer waits for a request."""
        self.held -= len(self.arriving.pop(conn).data)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def close(self, conn: Any) -> None:
        """Closes a connection."""
        self.nr_conns -= 1
        conn.close()
