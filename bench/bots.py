"""Processes to be measured: begun, waited for, looked at from outside, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = 8
"""Of each server; what `rolecall serve` has by itself."""
TICK = os.sysconf("SC_CLK_TCK")


class Program:
    """A process with a folder of its own, what it says in a file there."""

    python = sys.executable
    """What runs all of them."""

    def __init__(self, name: str, arguments: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
        self.name, self.port = name, free_port()
        folder.mkdir()
        self.log = folder / "log"
        kept = {each: os.environ[each] for each in ("PATH", "HOME", "LANG") if each in os.environ}
        own = {"PORT": str(self.port), "ROLECALL_THREADS": str(THREADS), "XDG_STATE_HOME": str(folder), "PYTHONPATH": str(ROOT)}
        self.arguments, self.environment, self.folder = arguments, kept | own | environment, folder
        self.begin()

    def begin(self) -> None:
        command = [self.python, "-m", *self.arguments]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self, within: float = 60.0) -> None:
        """Waits until it says that it can do its work."""
        end = time.monotonic() + within
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} did not begin:\n{self.log.read_text()[-3_000:]}")

    @property
    def worker(self) -> int:
        """The process that does the work: the one that was forked, where there is one."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(children[0]) if children else pid

    @property
    def cpu(self) -> float:
        """Seconds of processor time that the worker has taken so far."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> dict[str, float]:
        """MB of the worker: all that it holds (RSS), and that with what it shares divided among those who share it (PSS)."""
        lines = Path(f"/proc/{self.worker}/smaps_rollup").read_text().splitlines()
        sizes = {name: float(size.split()[0]) / 1_024 for name, _, size in (line.partition(":") for line in lines[1:])}
        return {"RSS": sizes["Rss"], "PSS": sizes["Pss"]}

    def end(self) -> None:
        """Ends it, and by force where it does not."""
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
