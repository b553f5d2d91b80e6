"""The HTTP server: `/api/<method>`, response URLs, and the door to Socket Mode, all on one port of the loopback."""

from __future__ import annotations

import json
import traceback
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from fakeslack import websocket
from fakeslack.faults import Fault
from fakeslack.state import SlackError

if TYPE_CHECKING:
    from fakeslack.slack import FakeSlack

AS_JSON = {"blocks", "attachments", "view", "metadata", "outputs", "prompts", "message", "loading_messages", "unfurls"}
"""Arguments that stand as JSON in a form."""


class Server(ThreadingHTTPServer):
    """The server of one Slack."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.slack = slack

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections break; anything else is a fault of ours, kept for the end of the test."""
        trace = traceback.format_exc()
        if "ConnectionError" not in trace and "BrokenPipe" not in trace and "ConnectionReset" not in trace:
            self.slack.crashes.append(trace)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/link":
            self.close_connection = True
            self.open_socket()
        else:
            self.answer_call(path)

    def do_POST(self) -> None:
        self.answer_call(urlsplit(self.path).path)

    def answer_call(self, path: str) -> None:
        """A call of the API or of a response URL."""
        slack = self.server.slack
        with slack.activity.going_on():
            args = self.arguments()
            if path.startswith("/api/"):
                self.call(path.removeprefix("/api/"), args)
            elif path.startswith("/response/"):
                self.call(path.removeprefix("/"), args)
            else:
                self.send(404, {}, {"ok": False, "error": "not_found"})

    def call(self, method: str, args: dict[str, Any]) -> None:
        """A call, unless it is to go wrong."""
        slack = self.server.slack
        name = "response_url" if method.startswith("response/") else method
        fault = slack.faults.next(name, str(args.get("channel") or args.get("channel_id") or ""))
        if fault is None or fault.afterwards:
            self.respond(slack.api.answer(method, args, self.token(args)), fault)
        else:
            slack.api.record(name, args, {"fault": fault.error or fault.status})
            self.respond(fault.answer, fault)

    def respond(self, answer: tuple[int, dict[str, str], Any], fault: Fault | None) -> None:
        """Sends the answer, or lets it get lost."""
        if fault is not None and fault.hang:
            self.server.slack.faults.over.wait(fault.hang)
        if fault is not None and (fault.drop or fault.hang):
            self.close_connection = True
            return
        self.send(*answer)

    def send(self, status: int, headers: dict[str, str], body: Any) -> None:
        """An answer over HTTP."""
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def arguments(self) -> dict[str, Any]:
        """The arguments, however they were sent."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        args: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
        if "json" in (self.headers.get("Content-Type") or "") and body:
            args |= json.loads(body)
            return args
        args |= dict(parse_qsl(body, keep_blank_values=True))
        return {key: decoded(value) if key in AS_JSON else plain(value) for key, value in args.items()}

    def token(self, args: dict[str, Any]) -> str:
        """The token of a call; of an installation, the client's id and secret."""
        header = self.headers.get("Authorization") or ""
        kind, _, value = header.partition(" ")
        if kind == "Basic":
            args["client_id"], _, args["client_secret"] = b64decode(value).decode().partition(":")
            return ""
        return str(args.pop("token", "")) or value

    def open_socket(self) -> None:
        """Turns the connection into a web socket and stays on it until it ends."""
        slack = self.server.slack
        try:
            app = slack.sockets.admit(urlsplit(self.path).query)
        except SlackError as error:
            self.send(403, {}, {"ok": False, "error": error.code})
            return
        self.send_response(101, "Switching Protocols")
        for name, value in websocket.handshake(self.headers.get("Sec-WebSocket-Key", "")).items():
            self.send_header(name, value)
        self.end_headers()
        slack.sockets.serve(app, websocket.Socket(self.connection, self.rfile))


def decoded(value: Any) -> Any:
    """JSON as what it stands for; what is none stays text, and is found to be wrong later."""
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def plain(value: Any) -> Any:
    """The truth values of a form."""
    return {"true": True, "True": True, "1": value, "false": False, "False": False}.get(value, value)
