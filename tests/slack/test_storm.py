"""Two processes on one PostgreSQL in a storm: killed at any moment, ten seconds without the database; no accepted question is lost.

`STORM=2000 python -m pytest tests/slack/test_storm.py -s` is the whole of it; without that there are fewer questions, and a shorter calm.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from fakeslack.people import Act
from office import Office
from store.postgres_server import PostgresServer

STORM = int(os.environ.get("STORM", "60"))
CALM = 10.0 if STORM >= 1_000 else 3.0
"""Seconds without the database."""
LEASE = 6
LAUNCH = (
    "import sys; from datetime import timedelta; import bot.slack.workers as workers; "
    f"workers.LEASE = timedelta(seconds={LEASE}); from bot.cli import main; main(['serve'])"
)
"""The bot, with a lease that a test can wait for."""

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


class Process:
    """A process that is begun anew, on the same port, as often as it is killed."""

    def __init__(self, office: Office, database: str, port: int) -> None:
        self.port, self.kills = port, 0
        self.log = (office.folder / f"{port}.log").open("a")
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {
            "SLACK_BOT_TOKEN": office.bot.token,
            "SLACK_SIGNING_SECRET": office.bot.signing_secret,
            "SLACK_API_URL": office.slack.api_url,
            "DATABASE_URL": database,
            "ROLECALL_COMPANY": str(office.model),
            "PORT": str(port),
        }
        self.begin()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        command = [sys.executable, "-c", LAUNCH]
        self.process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT, cwd=Path.cwd())

    def dies(self) -> None:
        """Everything of it is gone at once."""
        pid = self.process.pid
        if self.process.poll() is not None:
            return
        children = Path(f"/proc/{pid}/task/{pid}/children")
        for child in [pid, *map(int, children.read_text().split())] if children.exists() else []:
            os.kill(child, signal.SIGKILL)
        self.process.wait(10)
        self.kills += 1

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(40)
        self.log.close()


def free_ports() -> tuple[int, int]:
    import socket  # noqa: PLC0415 - only here

    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def wait_until_ready(process: Process) -> None:
    import urllib.request  # noqa: PLC0415 - only here

    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{process.url}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(Path(process.log.name).read_text()[-2_000:])


def make_trouble(processes: list[Process], postgres: PostgresServer, over: Event) -> None:
    """Kills one process after the other, and takes the database away once."""
    chance = random.Random(1)
    taken = False
    while not over.wait(chance.uniform(1.0, 6.0)):
        process = chance.choice(processes)
        process.dies()
        if not taken:
            taken = True
            pg(postgres, "-m", "immediate", "stop")
            time.sleep(CALM)
            pg(postgres, "-o", f"-k '{postgres.folder}' -h ''", "-l", str(postgres.folder / "log"), "start")
        process.begin()


def pg(postgres: PostgresServer, *arguments: str) -> None:
    """Starts or stops the database."""
    postgres.run(postgres.programs / "pg_ctl", "-D", postgres.folder / "data", "-w", "-s", *arguments)


def ask_all(office: Office) -> list[Act]:
    """Many questions, one after the other, each in a message of its own."""
    asked = []
    for number in range(STORM):
        person = office.alice if number % 2 else office.bob
        asked.append(person.mentions(office.bot, "#deals", f"who owns a {number % 90 + 1}k smb renewal?"))
        time.sleep(0.01)
    return asked


def counted(office: Office) -> Counter[str]:
    """How many answers each thread has."""
    with office.slack.state.lock:
        return Counter(str(each.thread_ts) for each in office.slack.state.messages if each.bot_id and not each.ephemeral_to)


def test_no_accepted_question_is_lost(empty_office: Office, postgres: PostgresServer) -> None:
    office = empty_office
    office.slack.ack_timeout, office.slack.activity.patience = 5.0, 1.0
    office.slack.watch(lambda: False)
    database = postgres.url(postgres.new_database())
    processes = [Process(office, database, port) for port in free_ports()]
    for process in processes:
        wait_until_ready(process)
    office.bot.at(*(process.url for process in processes))
    over = Event()
    trouble = Thread(target=make_trouble, args=(processes, postgres, over), daemon=True)
    trouble.start()
    asked = ask_all(office)
    over.set()
    trouble.join(120)
    for process in processes:
        wait_until_ready(process)
    for wait in (61, 301):
        office.slack.clock.advance(wait)
    accepted = [act for act in asked if any(delivery.acked for delivery in act.deliveries)]
    end = time.monotonic() + 120
    while (missing := [act for act in accepted if not counted(office)[act.root]]) and time.monotonic() < end:
        time.sleep(0.5)
    for process in processes:
        process.end()

    twice = [root for root, times in counted(office).items() if times > 1]
    kills = sum(process.kills for process in processes)
    print(f"\n{len(asked)} asked, {len(accepted)} accepted, {len(missing)} lost, {len(twice)} answered twice, {kills} processes killed")  # noqa: T201 - how many is what one wants to know
    assert not missing
    assert len(twice) <= kills
