"""A request while it arrives: whether it is whole, whether it is one at all, and how it ends. It knows nothing of sockets."""

from __future__ import annotations

import re

LARGEST = 1_000_000
"""Bytes of a body: no request of Slack's is larger."""
LARGEST_HEAD = 32_768
"""Bytes before the body."""
END, LINE = b"\r\n\r\n", b"\r\n"
HEX = re.compile(rb"[0-9A-Fa-f]{1,16}")
MORE, WHOLE = 0, 200
"""More is to come; all is there. Anything else is the status with which it is refused."""
MALFORMED, TOO_LARGE, HEAD_TOO_LARGE = 400, 413, 431


class Arriving:
    """The bytes of one request, as they come."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.body_at = 0
        """Where the body begins; 0 while that is not known."""
        self.length: int | None = 0
        """The length of the body; None where it comes in chunks."""
        self.chunk_at = 0
        """In a body of chunks: where the next one begins."""
        self.wants_word = False
        """Whether the client waits for a word before it sends the body."""

    def take(self, data: bytes) -> int:
        """What is to be done now that these bytes have come."""
        self.data += data
        if not self.body_at and (refused := self.read_head()):
            return refused
        if not self.body_at:
            return MORE if len(self.data) <= LARGEST_HEAD else HEAD_TOO_LARGE
        if self.length is None:
            return self.read_chunks()
        return WHOLE if len(self.data) >= self.body_at + self.length else MORE

    def read_head(self) -> int:
        """Reads how long the body is, once the head is there; what it is refused with, if it is."""
        if self.data.startswith(END):
            return MALFORMED
        begin = len(LINE) if self.data.startswith(LINE) else 0
        end = self.data.find(END, begin)
        if not 0 <= end <= LARGEST_HEAD:
            return MORE if end < 0 else HEAD_TOO_LARGE
        self.body_at = self.chunk_at = end + len(END)
        named = [line.partition(b":") for line in bytes(self.data[begin:end]).split(LINE)[1:]]
        given = [(name.strip().lower(), value.strip()) for name, _, value in named]
        lengths = [value for name, value in given if name == b"content-length"]
        codings = [value.lower() for name, value in given if name == b"transfer-encoding"]
        self.wants_word = any(name == b"expect" and value.lower() == b"100-continue" for name, value in given)
        if len(lengths) + len(codings) > 1 or codings not in ([], [b"chunked"]) or not all(value.isdigit() for value in lengths):
            return MALFORMED  # two lengths are two opinions on where the next request begins
        if codings:
            self.length = None
        elif lengths:
            self.length = int(lengths[0][:20])
        return TOO_LARGE if (self.length or 0) > LARGEST else MORE

    def read_chunks(self) -> int:
        """Goes on over the chunks that are there, so that each is looked at once."""
        while (line_end := self.data.find(LINE, self.chunk_at, self.chunk_at + 1_000)) >= 0:
            size = bytes(self.data[self.chunk_at : line_end]).partition(b";")[0].strip()
            if not HEX.fullmatch(size):
                return MALFORMED
            length = int(size, 16)
            if not length:
                return self.read_trailers(line_end)
            if self.chunk_at - self.body_at + length > LARGEST:
                return TOO_LARGE
            following = line_end + len(LINE) + length + len(LINE)
            if len(self.data) < following:
                return MORE
            self.chunk_at = following
        return MORE if len(self.data) - self.chunk_at < 1_000 else MALFORMED

    def read_trailers(self, line_end: int) -> int:
        """After the last chunk: nothing, or some more headers."""
        if self.data.find(END, line_end) >= 0:
            return WHOLE
        return MORE if len(self.data) - line_end <= LARGEST_HEAD else HEAD_TOO_LARGE
