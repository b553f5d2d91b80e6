"""Questions a line, answers a line."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from bot.answers_json import answer_as_json
from bot.cli.asking import check_names, make_question
from bot.domain.questions import Understood
from bot.pipeline import Engine, answer

MAX_THREADS = 10_000
"""Of more threads than this the one that was quiet longest is forgotten."""
LINE_KEYS = ("question", "as", "segment", "as_of", "audience", "thread")


def answer_lines(lines: TextIO, engine: Engine, defaults: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One JSON object for each line, in order; lines of one thread follow each other up."""
    threads: OrderedDict[str, Understood] = OrderedDict()
    for raw in lines:
        asked = {**defaults, **read_line(raw.rstrip("\r\n"))}
        thread = str(asked.get("thread") or "")
        wrong = check_names(asked, engine.company)
        question = make_question({**asked, "question": ""} if wrong else asked, threads.get(thread))
        done = answer(question, engine)
        if thread and done.resolution.outcome != "not-understood":
            threads[thread] = done.understood
            threads.move_to_end(thread)
            if len(threads) > MAX_THREADS:
                threads.popitem(last=False)
        said = answer_as_json(done, engine.company)
        yield {**said, "question": str(asked["question"]), **({"text": wrong} if wrong else {})}


def read_line(line: str) -> dict[str, Any]:
    """A line as a question with its options; what is no JSON object with a question is the question itself."""
    if line.lstrip().startswith("{"):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            return {"question": line}
        if isinstance(read, dict) and isinstance(read.get("question"), str):
            return {key: read[key] for key in LINE_KEYS if read.get(key) is not None}
    return {"question": line}
