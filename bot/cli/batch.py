"""Questions a line, answers a line."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from bot.answers_json import answer_as_json
from bot.cli.asking import check_names, make_question
from bot.domain.threads import Thread
from bot.pipeline import Engine, answer

MAX_THREADS = 10_000
"""Of more threads than this the one that was quiet longest is forgotten."""
LINE_KEYS = ("question", "as", "segment", "as_of", "audience", "thread")
TEXTS = ("as", "segment", "as_of")
EXPECTED = (
    'Expected: a question in plain text, or one JSON object a line, such as {"question": "who owns renewal?", "as": "csm"}, '
    f"with any of {', '.join(LINE_KEYS)}."
)


def answer_lines(lines: TextIO, engine: Engine, defaults: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One JSON object for each line, in order; lines of one thread follow each other up."""
    threads: OrderedDict[str, Thread] = OrderedDict()
    for raw in lines:
        read, wrong = read_line(raw.rstrip("\r\n"))
        asked = {**defaults, **read}
        thread = str(asked.get("thread") or "")
        wrong = wrong or check_names(asked, engine.company)
        question = make_question({**asked, "question": ""} if wrong else asked, threads.get(thread))
        done = answer(question, engine)
        if thread and done.changes_topic:
            threads[thread] = Thread(done.understood, question.audiences)
            threads.move_to_end(thread)
            if len(threads) > MAX_THREADS:
                threads.popitem(last=False)
        said = answer_as_json(done, engine.company)
        yield {**said, "question": str(asked["question"]), **({"text": wrong} if wrong else {})}


def read_line(line: str) -> tuple[dict[str, Any], str]:
    """A line as a question with its options, and what is wrong with it; what does not begin with a brace is the question itself."""
    if not line.lstrip().startswith("{"):
        return {"question": line}, ""
    try:
        read = json.loads(line)
    except ValueError as error:
        reason = f", column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        return {"question": line}, f"This line begins with a brace and is not JSON{reason}. {EXPECTED}"
    except RecursionError:
        return {"question": line}, f"This line is nested too deeply. {EXPECTED}"
    if not isinstance(read.get("question"), str):
        return {"question": line}, f'This line has no text under "question". {EXPECTED}'
    for key in TEXTS:
        if not isinstance(read.get(key), str | None):
            return {"question": read["question"]}, f'"{key}" of this line is not text. {EXPECTED}'
    audience = read.get("audience") or []
    if not isinstance(audience, str) and not (isinstance(audience, list) and all(isinstance(each, str) for each in audience)):
        return {"question": read["question"]}, f'"audience" of this line is neither text nor a list of texts. {EXPECTED}'
    return {key: read[key] for key in LINE_KEYS if read.get(key) is not None}, ""
