"""The work of one process that answers questions: a peer with its phrasings, or Rolecall. Begun by bench/peers.py.

    python bench/peer.py NAME VARIANT LEAST COMPANY FOLDER

Reads questions as JSON from the standard input, each with the asker's role and segment: first those by which it warms up, then those that
are timed. What was made is kept in the folder, so that
the second process with the same one starts as a bot does that has been started before. Nothing is loaded that the bot does not need.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import json
import pickle
import resource
import time
from collections.abc import Callable

Asked = tuple[str, str | None, str | None]
Found = tuple[int, float] | None
ROLECALL = "Rolecall"
TODAY = (2026, 11, 22)


def memory() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000


def open_rolecall(company: str) -> Callable[[Asked], Found]:
    """What answers with the engine of a company."""
    from datetime import date  # noqa: PLC0415

    from bot.cli.opening import open_company  # noqa: PLC0415
    from bot.domain.questions import Question  # noqa: PLC0415
    from bot.pipeline import answer  # noqa: PLC0415

    engine, today = open_company(company), date(*TODAY)

    def ask(asked: Asked) -> Found:
        answer(Question(asked[0], today, asked[1], asked[2]), engine)

    return ask


def open_bot(name: str, variant: str, least: float, company: str, folder: Path) -> Callable[[Asked], Found]:
    """What answers with the nearest phrasing of a company."""
    from bench.nearest import open_peer, teach  # noqa: PLC0415

    file = folder / f"{company} {name} {variant}.pickle"
    if file.exists():
        kept = pickle.loads(file.read_bytes())
    else:
        kept = teach(name, variant, json.loads((folder / f"{company} texts.json").read_text(encoding="utf-8")))
        file.write_bytes(pickle.dumps(kept, protocol=5))
    peer = open_peer(name, kept, least)
    answers = json.loads((folder / f"{company} answers.json").read_text(encoding="utf-8"))

    def ask(asked: Asked) -> Found:
        number, score = peer.nearest(asked[0])
        assert answers[number]
        return number, score

    return ask


def main() -> None:
    """Prints what was found for each question, seconds until the first answer, milliseconds for each, and memory."""
    name, variant, least, company, folder = sys.argv[1:]
    before, questions = json.load(sys.stdin)
    ask = open_rolecall(company) if name == ROLECALL else open_bot(name, variant, float(least), company, Path(folder))
    ask((before or questions)[0])
    start, found, times = time.process_time(), [], []
    for question in before:
        ask(question)
    for question in questions:
        begun = time.process_time_ns()
        found.append(ask(question))
        times.append((time.process_time_ns() - begun) / 1e6)
    print(json.dumps({"start": start, "found": found, "ms": times, "memory": memory()}))


if __name__ == "__main__":
    main()
