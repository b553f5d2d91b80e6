"""Whoever sends a request slowly holds up nobody, and is sent away; what is no request is refused in few words."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from office import Office
from test_running import OWNS, QUESTION, Running, serving

from bot.web.arriving import LARGEST, LARGEST_HEAD, MORE, WHOLE, Arriving

SLOW = (
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    b"POST /slack/events HTTP/1.1\r\nHo",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nPOST /slack/events HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf",
    b"",
)


@contextmanager
def dialled(process: Running) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", process.port), timeout=15) as made:
        yield made


def said(process: Running, *parts: bytes) -> bytes:
    """Everything that is answered to these bytes, until the connection is closed."""
    with dialled(process) as made:
        for part in parts:
            made.sendall(part)
            time.sleep(0.05)
        answer = b""
        while data := made.recv(4_096):
            answer += data
    return answer


def test_slow_connections_hold_up_nobody_and_no_end(empty_office: Office) -> None:
    office = empty_office
    with serving(office, ROLECALL_THREADS="2") as process, ExitStack() as open_ones:
        slow = [open_ones.enter_context(dialled(process)) for _ in range(30)]
        for number, each in enumerate(slow):
            each.sendall(SLOW[number % len(SLOW)])
        time.sleep(0.5)
        begun = time.monotonic()
        assert office.alice.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)
        assert process.get("/healthz")[0] == 200
        assert process.get("/readyz")[0] == 200
        assert time.monotonic() - begun < 3

        begun = time.monotonic()
        assert process.ends() == 0
        assert time.monotonic() - begun < 12


def test_whoever_takes_too_long_is_told_so(empty_office: Office) -> None:
    with serving(empty_office) as process:
        begun = time.monotonic()
        assert said(process, SLOW[0]).startswith(b"HTTP/1.1 408 ")
        assert 3 < time.monotonic() - begun < 9
        assert b"HTTP/1.1 200 OK" in said(process, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        two = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert said(process, two).count(b"HTTP/1.1 200 OK") == 2
        chunked = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        assert b"HTTP/1.1 401 " in said(process, chunked, b"3\r\nab", b"c\r\n0\r\n\r\n")
        patient = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        answer = said(process, patient, b"abc")
        assert answer.startswith(b"HTTP/1.1 100 Continue")
        assert b"HTTP/1.1 401 " in answer
        for path, status in (("/nothing", 404), ("/slack/events", 405)):
            found, body = process.get(path)
            assert (found, list(json.loads(body))) == (status, ["error"])


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("request_of", "ends"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", WHOLE),
        (b"\r\nGET / HTTP/1.1\r\n\r\n", WHOLE),
        (b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", MORE),
        (HEAD + b"Content-Length: 3\r\n\r\nabc", WHOLE),
        (HEAD + b"content-length:3\r\n\r\nab", MORE),
        (HEAD + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", 400),
        (HEAD + b"Content-Length: -3\r\n\r\nabc", 400),
        (HEAD + b"Content-Length: \xb2\r\n\r\nabc", 400),
        (HEAD + b"Content-Length: %d\r\n\r\n" % (LARGEST + 1), 413),
        (HEAD + b"Content-Length: %s\r\n\r\n" % (b"9" * 5_000), 413),
        (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n", WHOLE),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n", WHOLE),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\n0\r\n\r\n", MORE),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nnone\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFF\r\n", 413),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 2_000, 400),
        (HEAD + b"X: " + b"y" * LARGEST_HEAD, 431),
        (HEAD + b"X: " + b"y" * LARGEST_HEAD + b"\r\n\r\n", 431),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_where_a_request_ends_does_not_depend_on_how_it_arrives(request_of: bytes, ends: int, step: int) -> None:
    arriving = Arriving()
    for begin in range(0, len(request_of), step):
        status = arriving.take(request_of[begin : begin + step])
        if status != MORE:
            break
    assert status == ends
    assert status != WHOLE or begin + step >= len(request_of)
