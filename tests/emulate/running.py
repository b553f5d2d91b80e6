"""The bot as a process of its own, over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from emulate.emulated import end, free_port, until

COMPANY = Path(__file__).parent.parent.parent / "knowledge" / "companies" / "every-feature"
KEPT = ("PATH", "HOME", "LANG")


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """What a process of the bot is given: nothing that is set here by chance."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"ROLECALL_COMPANY": str(COMPANY)} | dict(more)


class Running:
    """`rolecall serve`, with one worker, so that what was taken first is answered first."""

    def __init__(self, folder: Path, database: str, slack: Mapping[str, str]) -> None:
        self.port = free_port()
        self.log = folder / "bot.log"
        self.out = self.log.open("w")
        given = {"DATABASE_URL": database, "PORT": str(self.port), "ROLECALL_WORKERS": "1"}
        command = [sys.executable, "-m", "bot", "serve"]
        self.process = subprocess.Popen(command, env=environment({**slack, **given}), stdout=self.out, stderr=subprocess.STDOUT, cwd=folder)

    def begins(self) -> None:
        """Waits until it is well."""
        assert until(self.is_ready), self.said()

    @property
    def url(self) -> str:
        """Where Slack reaches it."""
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Whether it is well, by its own account."""
        assert self.process.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                return True
        except OSError:
            return False

    def said(self) -> str:
        """Its log."""
        return self.log.read_text()

    def close(self) -> None:
        """Ends it."""
        end(self.process)
        self.out.close()
