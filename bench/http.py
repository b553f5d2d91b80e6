"""Rolecall beside an empty Bolt app, in one run: requests a second, latency, memory; and events a second over Socket Mode.

    python bench/http.py [--company gitlab-fy24] [--rounds 5] [--events 1500]

Both are served by the same gunicorn with the same settings, log each request, and are loaded in turn, round after round, so that other work
on the machine hits both. The questions are those of the golden cases, signed, no two the same, answered in the acknowledgement. Slack is
the one of the tests, in this process; what asks is a process of its own. Nothing here is a test.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

import argparse
import multiprocessing
import os
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from fakeslack import FakeSlack, payloads
from fakeslack.apps import Bot

from bench.bots import ROOT, THREADS, Program
from bench.load import Job, Round, ask_all
from bench.sockets import measure_sockets
from bot.load.source import read_file

SEED = 20260601
OPENINGS = ("", "hi, ", "quick question: ", "please tell me: ", "hello! ", "sorry to ask, but ", "one more thing: ", "help me out, ")
"""What people begin with; no two rounds ask the same words."""
WARM = 200
SERVERS = {
    "Flask alone": ("bench.empty", "route"),
    "Bolt, direct": ("bench.empty", "direct"),
    "empty Bolt app": ("bench.empty", "bolt"),
    "Rolecall": ("bot", "serve"),
}
"""What is served, by the name of its column."""
ALONE = 300
"""Questions one after the other, to see how long a single person waits."""


@dataclass
class Measured:
    """One of the servers, and what came of its rounds."""

    program: Program
    secret: str
    rounds: list[Round] = field(default_factory=list)
    alone: Round = field(default_factory=Round)
    cpu: float = 0.0
    """Seconds of processor time that its worker took for the rounds."""

    @property
    def latencies(self) -> list[float]:
        return sorted(each for done in self.rounds for each in done.latencies)

    @property
    def rate(self) -> float:
        """Requests a second, over all rounds."""
        return len(self.latencies) / sum(done.seconds for done in self.rounds)


def read_questions(company: str) -> list[str]:
    """What is asked in the golden cases of a company, and in those that are about no company."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "tests" / "conversations").glob("*.yaml")):
        document, _ = read_file(path, path.name)
        if document.value["company"] in (company, "none"):
            for case in document.value["cases"]:
                said = case.get("say", ())
                found |= dict.fromkeys([said] if isinstance(said, str) else said)
    return list(found)


def make_commands(bot: Bot, questions: list[str]) -> Iterator[list[dict[str, str]]]:
    """The commands of one round after the other, typed by twenty people."""
    slack, chance = bot.slack, random.Random(SEED)
    people = [slack.person(f"person{number}") for number in range(20)]
    channel = slack.channel("#deals", members=[*people, bot])
    reply = (f"{slack.api_url}response", "1.2.trigger")
    for opening in OPENINGS:
        chance.shuffle(questions)
        yield [payloads.command(bot, chance.choice(people).user, channel, ("/roe", opening + text), reply) for text in questions]


def measure(served: dict[str, Measured], rounds: list[list[dict[str, str]]]) -> None:
    """Loads all of them in turn, once to warm up and then round after round; the order changes with every round."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:

        def ask(each: Measured, commands: list[dict[str, str]], connections: int = THREADS) -> Round:
            return pool.submit(ask_all, Job(each.program.port, each.secret, commands, connections)).result()

        for each in served.values():
            ask(each, rounds[0][:WARM])
        for number, commands in enumerate(rounds):
            for each in [*served.values()][:: -1 if number % 2 else 1]:
                before = each.program.cpu
                each.rounds.append(ask(each, commands))
                each.cpu += each.program.cpu - before
        for each in served.values():
            each.alone = ask(each, rounds[0][:ALONE], connections=1)


def percentile(taken: list[float], share: float) -> float:
    """In milliseconds."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))] * 1_000


def figures(each: Measured) -> dict[str, float]:
    """Everything about one server."""
    memory = each.program.memory()
    return {
        "requests/s": each.rate,
        f"p50 ms, {THREADS} at a time": percentile(each.latencies, 0.5),
        f"p99 ms, {THREADS} at a time": percentile(each.latencies, 0.99),
        "p50 ms, one at a time": percentile(each.alone.latencies, 0.5),
        "p99 ms, one at a time": percentile(each.alone.latencies, 0.99),
        "processor ms a request": each.cpu * 1_000 / len(each.latencies),
        "bytes an answer": sum(done.size for done in each.rounds) / len(each.latencies),
        "memory of the worker MB, RSS": memory["RSS"],
        "memory of the worker MB, PSS": memory["PSS"],
    }


def show(columns: dict[str, dict[str, float]], first: str, second: str) -> None:
    """A table with a row for each figure; the last column is the second as a multiple of the first."""
    names = [*columns, f"{second} / {first}"]
    lines = [["", *names]]
    for row in columns[second]:
        values = [columns[name].get(row) for name in columns]
        ratio = columns[second][row] / columns[first][row] if columns[first].get(row) else None
        lines.append([row, *(say(value) for value in values), f"x{ratio:.2f}" if ratio is not None else ""])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) if not place else "-" * (width + 1) + ":" for place, width in enumerate(widths)) + "|")
    print()


def say(value: float | None) -> str:
    """A figure with as many digits as matter."""
    return "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def compare_servers(slack: FakeSlack, company: str, count: int, folder: Path) -> None:
    """The first table."""
    bot = slack.installs("rolecall", commands={"/roe"})
    rounds = [*make_commands(bot, read_questions(company))][:count]
    ours = {"ROLECALL_COMPANY": str(ROOT / "knowledge" / "companies" / company)}
    served = {
        name: Measured(Program(name, arguments, bot.environment | ours, folder / name), bot.signing_secret)
        for name, arguments in SERVERS.items()
    }
    try:
        for each in served.values():
            each.program.wait_until_ready()
            each.program.end()  # the first time it makes its tables; what that needs is not in memory later
            each.program.begin()
            each.program.wait_until_ready()
        measure(served, rounds)
        show({name: figures(each) for name, each in served.items()}, "empty Bolt app", "Rolecall")
        wrong = sum(done.wrong for each in served.values() for done in each.rounds)
        asking = served["Flask alone"].rounds
        share = sum(done.cpu for done in asking) / sum(done.seconds for done in asking)
        print(f"{len(rounds)} rounds of {len(rounds[0])} questions; {wrong} were not answered.")
        print(f"Asking Flask alone took {share:.0%} of a processor.")
        print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    finally:
        for each in served.values():
            each.program.end()


def main() -> None:
    """Prints two tables."""
    parser = argparse.ArgumentParser(description="Rolecall beside an empty Bolt app.")
    parser.add_argument("--company", default="gitlab-fy24", help="a model of knowledge/companies")
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, len(OPENINGS) + 1), help="how often each is loaded")
    parser.add_argument("--events", type=int, default=1_500, help="how many events go over Socket Mode; 0 for none")
    parser.add_argument("--python", default=Program.python, help="the Python of an environment without what only tests need")
    given = parser.parse_args()
    Program.python = given.python
    with tempfile.TemporaryDirectory() as folder:
        with FakeSlack() as slack:
            compare_servers(slack, given.company, given.rounds, Path(folder))
        if given.events:
            columns = measure_sockets(given.company, given.events, Path(folder))
            show(columns, "empty Bolt app", "Rolecall")


if __name__ == "__main__":
    main()
