"""The work of one process that matches FAQs: what opening the index and each question take. Begun by bench/hint3.py.

Reads phrasings by id and questions as JSON from the standard input. Nothing is imported before the memory is looked at the first
time, so that the figures hold all that matching brings with it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import json
import resource
import time

from bot.matching import open_matcher


def memory() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000


def main() -> None:
    """Prints seconds until the first answer, milliseconds of processor time for the others, and memory before and after."""
    folder, semantic = Path(sys.argv[1]), sys.argv[2] == "semantic"
    given = json.load(sys.stdin)
    first, *others = given["questions"]
    before, start = memory(), time.perf_counter()
    matcher = open_matcher(given["phrasings"], folder, semantic=semantic)
    matcher.rank(first)
    ready, times = time.perf_counter() - start, []
    for question in others:
        begun = time.thread_time()
        matcher.rank(question)
        times.append(1_000 * (time.thread_time() - begun))
    times.sort()
    found = {"ready": ready, "p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100], "before": before, "after": memory()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
