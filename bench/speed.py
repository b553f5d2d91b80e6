"""Speed, growth, memory and cold start, side by side in one run: Rolecall, and a search by sentence embeddings over the same phrasings.

    python bench/speed.py [--rounds 3]

A question is timed from its text to the rendered answer, in processor time, each kind after others of its kind. Everything is measured
in several rounds, one after the other, so that what else the machine does shows as a range.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import compileall
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bench.made_up import phrasings_of, questions_about_faqs, questions_about_rules, write_model
from bench.nearest import is_minilm_there
from bench.peers import ALONE, say
from bench.speed_work import WARM
from bench.understanding import print_table
from bot.folders import PACKAGE

HERE = Path(__file__).resolve().parent
SIZES = ((20, 50), (200, 500), (2_000, 5_000))
"""Rules and phrasings of FAQs."""
QUESTIONS = 400
RULES, FAQS = "about rules", "near an FAQ"
NAMES = {"rolecall": "Rolecall", "minilm": "MiniLM"}
IMPORTS = "import pydantic, jinja2, rapidfuzz, yaml"
QUESTION = "who owns the renewal of a 40k smb account?"
LEANING = "account dropped below the csm line. how does the csm get out properly"
"""A question that no form reads and no phrasing: its words lean to one."""
COLD_ROUNDS = 3
"""Cold starts in one round."""


class Row(NamedTuple):
    """What is said of each process: its name, and where it stands in what was measured."""

    name: str
    of: str
    percent: int = 0


ROWS = (
    Row("load s", "load"),
    Row("check and prepare s", "prepare"),
    Row("index of phrasings s", "index"),
    *(Row(f"{kind}, p{percent} ms", kind, percent) for kind in (RULES, FAQS) for percent in (50, 99)),
    Row("memory MB", "memory"),
)


TIMES = frozenset(row.name for row in ROWS if row.percent or row.of == "memory")
"""What is compared with MiniLM."""
Measured = Mapping[tuple[str, int], list[dict[str, Any]]]
"""What each process measured, by name and size, once a round."""


def main() -> None:
    """Prints the tables of bench/README.md."""
    parser = argparse.ArgumentParser(description="Measure speed, growth, memory and cold start.")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    names = [name for name in NAMES if name == "rolecall" or is_minilm_there()]
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), names, rounds)
        cold = [each for number in range(rounds) for each in start_cold(Path(folder), number)]
    print_speed(measured, names)
    print_cold(cold)
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")


def measure(folder: Path, names: Sequence[str], rounds: int) -> Measured:
    """What each process measures."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for at, (rules, phrasings) in enumerate(SIZES):
        write_model(folder / str(at) / "model", rules, phrasings)
        (folder / str(at) / "texts.json").write_text(json.dumps(phrasings_of(phrasings)), encoding="utf-8")
    for number in range(rounds):
        for at, (rules, phrasings) in enumerate(SIZES):
            asked = {RULES: questions_about_rules(QUESTIONS + WARM), FAQS: questions_about_faqs(SIZES[1][1], QUESTIONS + WARM)}
            for name in names:
                found.setdefault((name, at), []).append(run(name, folder / str(at), folder / f"kept-{number}", asked))
                say(f"round {number + 1} of {rounds}: {rules:,} rules, {phrasings:,} phrasings, {NAMES[name]}")
    return found


def run(name: str, folder: Path, kept: Path, asked: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a fresh process measures."""
    arguments = [sys.executable, str(HERE / "speed_work.py"), name, str(folder)]
    around = {**os.environ, **ALONE, "XDG_CACHE_HOME": str(kept)}
    ended = subprocess.run(arguments, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True, env=around)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def start_cold(folder: Path, number: int) -> list[dict[str, float]]:
    """Seconds of processor time of short commands, one after the other; the first question finds nothing kept."""
    around = {**os.environ, **ALONE, "XDG_CACHE_HOME": str(folder / f"cold-{number}")}
    compileall.compile_dir(PACKAGE, quiet=1)  # as pip does when it installs
    ask, lean = (["-m", "bot", "ask", question] for question in (QUESTION, LEANING))
    first = seconds(ask, around)
    say(f"cold start, round {number + 1}")
    commands = {"ask": ask, "lean": lean, "imports": ["-c", IMPORTS], "python": ["-c", "pass"]}
    return [{"first": first, **{name: seconds(command, around) for name, command in commands.items()}} for _ in range(COLD_ROUNDS)]


def seconds(arguments: Sequence[str], around: Mapping[str, str]) -> float:
    """The processor time of a Python process."""
    started = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, cwd=HERE.parent, env=dict(around))
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        sys.exit(f"{' '.join(arguments)} left with {started.returncode}.")
    return used.ru_utime + used.ru_stime


def print_speed(measured: Measured, names: Sequence[str]) -> None:
    """A column for each size and how it grows, of each; then, at the middle size, how much more MiniLM takes."""
    cells = {key: {row.name: [value for each in some if (value := pick(each, row))] for row in ROWS} for key, some in measured.items()}
    sizes = [f"{rules:,} / {phrasings:,}" for rules, phrasings in SIZES]
    for name in names:
        lines = [("", *sizes, "largest / smallest")]
        for row in ROWS:
            columns = [cells[name, at][row.name] for at in range(len(SIZES))]
            if all(columns):
                lines.append((row.name, *map(spread, columns), ratio(columns[-1], columns[0])))
        print(f"{NAMES[name]}, by rules / phrasings of FAQs\n")
        print_table(lines)
        print()
    answered = (f"{kind} {measured['rolecall', 1][0][kind]['answered']:.0%}" for kind in (RULES, FAQS))
    print(f"Rolecall answered at {sizes[1]}: {', '.join(answered)}.\n")
    if len(names) > 1:
        one, other = cells["minilm", 1], cells["rolecall", 1]
        ratios = (f"{row.name} {ratio(one[row.name], other[row.name])}" for row in ROWS if row.name in TIMES)
        print(f"MiniLM / Rolecall at {sizes[1]}: {', '.join(ratios)}.\n")


def pick(measured: Mapping[str, Any], row: Row) -> float | None:
    """A figure of one process; None where it has none."""
    found = measured.get(row.of)
    if found is None or not row.percent:
        return found
    times: Sequence[float] = found["ms"]
    return times[len(times) * row.percent // 100]


def print_cold(cold: Sequence[Mapping[str, float]]) -> None:
    """Short commands beside the imports that they need."""
    named = {
        "python": "`python -c pass`",
        "imports": f"`python -c '{IMPORTS}'`",
        "ask": "`rolecall ask`, engine kept from before",
        "lean": "the same, where only words lead to the answer",
        "first": "`rolecall ask`, the first one",
    }
    imports = [each["imports"] for each in cold]
    lines = [("", "s", "/ imports")]
    lines += [(said, spread(times), ratio(times, imports)) for key, said in named.items() if (times := [each[key] for each in cold])]
    print_table(lines)


def spread(values: Sequence[float]) -> str:
    """The median of the rounds, and the least and the most."""
    return f"{say_number(statistics.median(values))} ({say_number(min(values))} to {say_number(max(values))})"


def ratio(some: Sequence[float], others: Sequence[float]) -> str:
    """How many times as much, by the medians."""
    return f"x{say_number(statistics.median(some) / statistics.median(others))}"


def say_number(value: float) -> str:
    """A number with as many digits as matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
