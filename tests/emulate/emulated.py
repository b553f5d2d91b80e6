"""emulate as a process of its own: a seed with strict scopes, a free port, and calls of its Web API in anybody's name."""

from __future__ import annotations

import html
import json
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
PATIENCE = 20.0
"""The longest that anything is waited for, in seconds."""
APP, BOT, BOT_USER, BOT_TOKEN = "A0ROLECALL", "B0ROLECALL", "U0ROLECALL", "xoxb-rolecall"
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]>(.*?)</t[dh]>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def until(check: Callable[[], T]) -> T:
    """What there is, as soon as there is something; the last that was found, when it did not come."""
    end = time.monotonic() + PATIENCE
    while not (found := check()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process as a supervisor does: it is asked first."""
    process.terminate()
    try:
        process.wait(2 * PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def token_of(name: str) -> str:
    """The token of a person, with whatever scopes emulate gives by itself."""
    return f"xoxp-{name}"


def seed_of(people: dict[str, str], channels: dict[str, bool], scopes: Iterable[str]) -> dict[str, Any]:
    """What emulate begins with: people by name with their titles, channels with whether they are private, and the bot with its scopes."""
    granted = [*scopes]
    bot = {"app_id": APP, "bot_id": BOT}
    app = {"client_id": "1.1", "client_secret": "secret", "name": "Rolecall", "redirect_uris": [], "bot_user_id": BOT_USER}
    tokens = [{"token": token_of(name), "type": "user", "user": name} for name in people]
    slack = {
        "strict_scopes": True,
        "users": [{"name": name, "profile": {"title": title}} for name, title in people.items()],
        "channels": [{"name": name, "is_private": private} for name, private in channels.items()],
        "oauth_apps": [{**app, **bot, "bot_name": "rolecall", "scopes": granted}],
        "tokens": [*tokens, {"token": BOT_TOKEN, "type": "bot", "user_id": BOT_USER, "scopes": granted, **bot}],
    }
    return {"tokens": {}, "slack": slack}


class Emulate:
    """A process of emulate."""

    def __init__(self, program: Path, folder: Path, seed: dict[str, Any]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        file = folder / "seed.json"
        file.write_text(json.dumps(seed))
        self.log = folder / "emulate.log"
        self.out = self.log.open("w")
        command = ["node", str(program), "start", "--service", "slack", "--port", str(self.port), "--seed", str(file)]
        self.process = subprocess.Popen(command, stdout=self.out, stderr=subprocess.STDOUT, cwd=folder)

    def begins(self) -> None:
        """Waits until it listens."""
        assert until(self.listens), self.said()

    def listens(self) -> bool:
        """Whether it answers."""
        assert self.process.poll() is None, self.said()
        try:
            return bool(self.page("auth"))
        except OSError:
            return False

    def said(self) -> str:
        """What it has printed."""
        return self.log.read_text()

    def call(self, method: str, token: str, **arguments: Any) -> dict[str, Any]:
        """What a method of the Web API says; it has to be ok."""
        given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items() if value is not None}
        request = urllib.request.Request(f"{self.url}/api/{method}", urlencode(given).encode(), {"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            said: dict[str, Any] = json.load(answer)
        assert said["ok"], f"{method}: {said}"
        return said

    def hook(self, bot: str, channel: str, text: str) -> None:
        """A message by an incoming webhook."""
        body, kind = json.dumps({"channel": channel, "text": text}).encode(), {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/services/T000000001/{bot}/X000000001", body, kind)) as answer:
            assert answer.status == 200

    def page(self, tab: str, **more: str) -> list[list[str]]:
        """The rows of a page of the inspector: there is what no method tells, ephemeral messages and views."""
        with urllib.request.urlopen(f"{self.url}/?{urlencode({'tab': tab, **more})}", timeout=PATIENCE) as answer:
            text = answer.read().decode()
        return [[html.unescape(TAG.sub("", cell)).strip() for cell in CELL.findall(row)] for row in ROW.findall(text)]

    def close(self) -> None:
        """Ends it."""
        end(self.process)
        self.out.close()
