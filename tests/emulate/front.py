"""A door in front of emulate that hands everything on as it is, and adds to what a channel is the fields that Slack documents.

emulate leaves them out, and without them the bot cannot know that a channel is not shared with another organisation, so that it posts
nothing there. It also lets a test see the windows that the bot opens, which emulate stores and has no method to read.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OURS_ALONE = {
    "is_shared": False,
    "is_ext_shared": False,
    "is_org_shared": False,
    "is_pending_ext_shared": False,
    "pending_shared": [],
    "pending_connected_team_ids": [],
}
"""What Slack says of a channel that nobody else can read."""
KEPT = ("authorization", "content-type")
Seen = Callable[[str, dict[str, Any], dict[str, Any]], None]
"""Told of each call that was sent as JSON: its method, what was asked, and what was said."""


class Front(ThreadingHTTPServer):
    """The door, on a port of its own."""

    daemon_threads = True

    def __init__(self, behind: str, seen: Seen) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind, self.seen = behind, seen
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Nothing is handed on any more."""
        self.shutdown()
        self.server_close()


class Passing(BaseHTTPRequestHandler):
    """Hands a call on."""

    server: Front

    def do_POST(self) -> None:
        """A call of the Web API."""
        asked = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() in KEPT}
        status, body = self.hand_on(asked, headers)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hand_on(self, asked: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """What emulate says, with what it leaves out."""
        try:
            with urllib.request.urlopen(urllib.request.Request(self.server.behind + self.path, asked, headers), timeout=20) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        method = self.path.removeprefix("/api/")
        said = json.loads(body)
        if method == "conversations.info" and said["ok"]:
            said["channel"] |= OURS_ALONE
            return status, json.dumps(said).encode()
        if "json" in headers.get("Content-Type", ""):
            self.server.seen(method, json.loads(asked), said)
        return status, body

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""
