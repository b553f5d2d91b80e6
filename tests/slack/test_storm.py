"""Two processes on one PostgreSQL in a storm: killed at any moment, seconds without the database; no accepted question is lost.

`make storm` is the whole of it: 2,000 questions, each of two events, and ten seconds without PostgreSQL. Without STORM in the environment
there are fewer questions and a shorter calm; it goes on in any case until there has been enough trouble. `-s` shows what came of it.
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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from fakeslack.people import Act, Person
from office import Office
from store.postgres_server import PostgresServer

STORM = int(os.environ.get("STORM", "100"))
"""How many questions, at least."""
CALM = 10.0 if STORM >= 1_000 else 3.0
"""Seconds without the database."""
PAUSE = 0.02 if STORM >= 1_000 else 0.1
"""Seconds between two questions of one person: what is refused at once would else be asked again without end."""
LEAST = 3
"""So many times at least a process is killed."""
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

    def dies(self, how: str) -> None:
        """It is gone at once: all of it, or only the process that keeps the others, or only the one that answers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        if self.process.poll() is not None or not children.exists():
            return
        answering = [*map(int, children.read_text().split())]
        for each in {"all": [pid, *answering], "keeper": [pid], "answering": answering}[how]:
            os.kill(each, signal.SIGKILL)
        if how != "answering":
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


class Trouble(Thread):
    """Kills one process after the other, and takes the database away once."""

    def __init__(self, processes: list[Process], postgres: PostgresServer) -> None:
        super().__init__(name="trouble", daemon=True)
        self.processes, self.postgres = processes, postgres
        self.over = Event()
        self.without = 0.0
        """Seconds without the database so far."""

    @property
    def kills(self) -> int:
        return sum(process.kills for process in self.processes)

    @property
    def is_enough(self) -> bool:
        """Whether there has been as much of it as there has to be."""
        return self.kills >= LEAST and self.without > 0

    def run(self) -> None:
        chance = random.Random(1)
        while not self.over.wait(chance.uniform(1.0, 6.0)):
            process, how = chance.choice(self.processes), chance.choice(("all", "all", "keeper", "answering"))
            process.dies(how)
            if process.process.poll() is not None:
                process.begin()
            if not self.without:
                self.take_database_away()
            if chance.random() < 0.8:  # else it may be killed again while it is still beginning
                wait_until_ready(process)

    def take_database_away(self) -> None:
        """PostgreSQL dies and is away for a while."""
        pg(self.postgres, "-m", "immediate", "stop")
        since = time.monotonic()
        time.sleep(CALM)
        folder = self.postgres.folder
        pg(self.postgres, "-o", f"-k '{folder}' -h ''", "-l", str(folder / "log"), "start")
        self.without = time.monotonic() - since

    def ends(self) -> None:
        """There is no more of it, and all are up again."""
        self.over.set()
        self.join(120)
        for process in self.processes:
            wait_until_ready(process)


def pg(postgres: PostgresServer, *arguments: str) -> None:
    """Starts or stops the database."""
    postgres.run(postgres.programs / "pg_ctl", "-D", postgres.folder / "data", "-w", "-s", *arguments)


def ask_all(office: Office, trouble: Trouble) -> list[Act]:
    """Many questions of two people at a time, each in a message of its own."""

    def ask(person: Person) -> list[Act]:
        asked: list[Act] = []
        while len(asked) < STORM // 2 or not trouble.is_enough:
            asked.append(person.mentions(office.bot, "#deals", f"who owns a {len(asked) % 90 + 1}k smb renewal?"))
            time.sleep(PAUSE)
        return asked

    with ThreadPoolExecutor(2) as pool:
        return [act for acts in pool.map(ask, (office.alice, office.bob)) for act in acts]


def counted(office: Office) -> Counter[str]:
    """How many answers each thread has."""
    with office.slack.state.lock:
        return Counter(str(each.thread_ts) for each in office.slack.state.messages if each.bot_id and not each.ephemeral_to)


def wait_for_answers(office: Office, accepted: list[Act], seconds: float = 120.0) -> list[Act]:
    """Those that have none once all have one, or nothing has come for so long."""
    missing, end = accepted, time.monotonic() + seconds
    while missing and time.monotonic() < end:
        time.sleep(0.5)
        counts = counted(office)
        left = [act for act in accepted if not counts[act.root]]
        end = time.monotonic() + seconds if len(left) < len(missing) else end
        missing = left
    return missing


def test_no_accepted_question_is_lost(empty_office: Office, postgres: PostgresServer) -> None:
    office, began = empty_office, time.monotonic()
    office.slack.ack_timeout, office.slack.activity.patience = 3.0, 1.0
    office.slack.watch(lambda: False)
    database = postgres.url(postgres.new_database())
    processes = [Process(office, database, port) for port in free_ports()]
    for process in processes:
        wait_until_ready(process)
    office.bot.at(*(process.url for process in processes))
    trouble = Trouble(processes, postgres)
    trouble.start()
    asked = ask_all(office, trouble)
    trouble.ends()
    for wait in (61, 301):
        office.slack.clock.advance(wait)
    accepted = [act for act in asked if any(delivery.acked for delivery in act.deliveries)]
    missing = wait_for_answers(office, accepted)
    for process in processes:
        process.end()

    twice = [root for root, times in counted(office).items() if times > 1]
    events = [delivery for act in asked for delivery in act.deliveries]
    retries = sum(delivery.times - 1 for delivery in events)
    print(  # noqa: T201 - how many is what one wants to know
        f"\n{len(asked)} asked by {len(events)} events with {retries} retries, {len(accepted)} accepted, {len(missing)} lost, "
        f"{len(twice)} answered twice; {trouble.kills} times killed, {trouble.without:.0f} s without the database, "
        f"{time.monotonic() - began:.0f} s in all"
    )
    assert not missing
    assert len(twice) <= trouble.kills
