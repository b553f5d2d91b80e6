"""Asks as fast as it is answered, over connections that stay open: one thread, a process of its own, everything signed beforehand."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

SORRY = b"Something went wrong"
HEADERS = (
    "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
    "X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature}\r\n"
    "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: */*\r\nAccept-Encoding: gzip,deflate\r\n\r\n"
)
"""What Slack sends with a command."""


@dataclass(frozen=True)
class Job:
    """What is asked, of whom, over how many connections."""

    port: int
    secret: str
    commands: Sequence[dict[str, str]]
    connections: int


@dataclass
class Round:
    """What came of it."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: int = 0
    """Answers that were none: another status than 200, or an apology."""
    cpu: float = 0.0
    """Seconds of processor time that asking took."""
    size: int = 0
    """Bytes of all answers."""


class Line:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard, self.length, self.since = b"", 0, 0.0

    def say(self, request: bytes) -> None:
        self.heard, self.length, self.since = b"", 0, time.perf_counter()
        self.socket.sendall(request)

    def hear(self) -> bool:
        """Takes what has come; whether that is all of an answer."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the connection was closed")
        self.heard += part
        if not self.length:
            head, gap, _ = self.heard.partition(b"\r\n\r\n")
            if gap:
                given = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                self.length = len(head) + len(gap) + int(given.split(b":")[1])
        return bool(self.length) and len(self.heard) >= self.length


def sign(command: dict[str, str], secret: str) -> bytes:
    """A command as Slack sends it."""
    body, timestamp = urlencode(command), str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return (HEADERS.format(length=len(body), timestamp=timestamp, signature=signature) + body).encode()


def ask_all(job: Job) -> Round:
    """Asks everything, each connection its next question as soon as it has its answer."""
    waiting = iter([sign(command, job.secret) for command in job.commands])
    done, lines = Round(), [Line(job.port) for _ in range(job.connections)]
    started, cpu = time.perf_counter(), time.process_time()
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            if not say_next(line, waiting):
                selector.unregister(line.socket)
        while selector.get_map():
            for key, _ in selector.select(30):
                if key.data.hear():
                    note(key.data, done)
                    if not say_next(key.data, waiting):
                        selector.unregister(key.fileobj)
    done.seconds, done.cpu = time.perf_counter() - started, time.process_time() - cpu
    for line in lines:
        line.socket.close()
    return done


def say_next(line: Line, waiting: Iterator[bytes]) -> bool:
    """Asks the next question, if there is one left."""
    request = next(waiting, None)
    if request is not None:
        line.say(request)
    return request is not None


def note(line: Line, done: Round) -> None:
    """Notes an answer."""
    done.latencies.append(time.perf_counter() - line.since)
    done.size += len(line.heard)
    if not line.heard.startswith(b"HTTP/1.1 200") or SORRY in line.heard:
        done.wrong += 1
