"""Web sockets (RFC 6455) on the server's side, as little of them as Socket Mode needs."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import struct
import threading
from base64 import b64encode
from typing import Protocol

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


def handshake(key: str) -> dict[str, str]:
    """The headers that turn a connection into a web socket."""
    digest = hashlib.sha1(f"{key}{MAGIC}".encode(), usedforsecurity=False).digest()
    return {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": b64encode(digest).decode()}


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


class Socket:
    """One web socket."""

    def __init__(self, connection: socket.socket, stream: Stream) -> None:
        self._connection, self._stream = connection, stream
        self._sending = threading.Lock()
        self.closed = False

    def send(self, kind: int, data: bytes) -> None:
        """Sends a frame; raises OSError when the other side is gone."""
        size = len(data)
        length = bytes([size]) if size < 126 else struct.pack("!BH", 126, size) if size < 65_536 else struct.pack("!BQ", 127, size)
        with self._sending:
            self._connection.sendall(bytes([0x80 | kind]) + length + data)

    def receive(self) -> tuple[int, bytes] | None:
        """The next frame, its parts put together; None when the connection has ended."""
        kind, data = 0, b""
        while True:
            frame = self._frame()
            if frame is None:
                return None
            last, opcode, part = frame
            if opcode >= CLOSE:
                return opcode, part
            kind, data = opcode or kind, data + part
            if last:
                return kind, data

    def _frame(self) -> tuple[bool, int, bytes] | None:
        """One frame as it comes; those of clients are masked."""
        try:
            head = self._exactly(2)
            size = head[1] & 0x7F
            if size > 125:
                size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
            mask = self._exactly(4) if head[1] & 0x80 else bytes(4)
            data = self._exactly(size)
        except (OSError, ValueError):
            return None
        return bool(head[0] & 0x80), head[0] & 0x0F, bytes(sign ^ mask[number % 4] for number, sign in enumerate(data))

    def _exactly(self, size: int) -> bytes:
        data = self._stream.read(size)
        if len(data) < size:
            raise ConnectionError
        return data

    def close(self, code: int = 1000) -> None:
        """Says good-bye and ends."""
        with contextlib.suppress(OSError):
            self.send(CLOSE, struct.pack("!H", code))
        self.drop()

    def drop(self) -> None:
        """Ends without a word."""
        self.closed = True
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
