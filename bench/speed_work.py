"""The work of one process that is timed: Rolecall with a made-up company, or MiniLM over its phrasings. Begun by bench/speed.py.

    python bench/speed_work.py rolecall|minilm FOLDER < questions.json

The folder holds the company and its phrasings as texts.json. Prints seconds of processor time to get ready, milliseconds for each question
of both kinds, and memory, as JSON.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import gc
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.peer import memory

WARM = 50
"""So many questions of each kind are asked before those that are timed."""
Ask = Callable[[str], str]


def open_rolecall(folder: Path) -> tuple[Ask, dict[str, float]]:
    """Rolecall, loaded and checked."""
    from bench.resolve import TODAY  # noqa: PLC0415 - MiniLM needs nothing of it
    from bot.domain.questions import Question  # noqa: PLC0415
    from bot.load import guidance_folder, load_company, load_shipped  # noqa: PLC0415
    from bot.pipeline import answer, open_engine  # noqa: PLC0415

    began = time.process_time()
    loaded = load_company(folder / "model", guidance_folder(), TODAY)
    read = time.process_time()
    engine, problems = open_engine(loaded, load_shipped())
    errors = [found for found in problems if found.severity == "error"]
    assert not errors, errors[0]
    prepared, _, _ = engine.view()
    ready = time.process_time()
    assert prepared.faqs
    indexed = time.process_time()

    def ask(text: str) -> str:
        return answer(Question(text, TODAY), engine).resolution.outcome

    return ask, {"load": read - began, "prepare": ready - read, "index": indexed - ready}


def open_minilm(folder: Path) -> tuple[Ask, dict[str, float]]:
    """MiniLM with a vector for each phrasing."""
    from bench.nearest import MINILM, open_peer, teach  # noqa: PLC0415

    began = time.process_time()
    peer = open_peer(MINILM, teach(MINILM, "cosine", json.loads((folder / "texts.json").read_text(encoding="utf-8"))))

    def ask(text: str) -> str:
        return "answered" if peer.nearest(text)[1] > 0.0 else "not-understood"

    return ask, {"index": time.process_time() - began}


def timed(ask: Ask, questions: Sequence[str]) -> dict[str, Any]:
    """Milliseconds for each question but the first ones, sorted; and how many were answered."""
    for text in questions[:WARM]:
        ask(text)
    gc.collect()
    times, answered = [], 0
    for text in questions[WARM:]:
        begun = time.process_time_ns()
        outcome = ask(text)
        times.append((time.process_time_ns() - begun) / 1e6)
        answered += outcome in ("answered", "depends")
    return {"ms": sorted(times), "answered": answered / len(times)}


def main() -> None:
    """Prints what was measured."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    questions = json.load(sys.stdin)
    ask, built = open_rolecall(folder) if name == "rolecall" else open_minilm(folder)
    print(json.dumps({**built, **{kind: timed(ask, texts) for kind, texts in questions.items()}, "memory": memory()}))


if __name__ == "__main__":
    main()
