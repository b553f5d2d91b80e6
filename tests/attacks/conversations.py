"""Attacks as they are asked, and everything that an asker gets to see of the answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.answers_json import answer_as_json
from bot.cli.tracing import trace_as_json, trace_lines
from bot.domain.answers import Answer
from bot.domain.questions import Question, Understood
from bot.pipeline import Engine, answer
from bot.render.blocks import blocks
from bot.render.fallback import fallback
from bot.render.markdown import markdown

TODAY = date(2026, 11, 22)
PUBLIC = frozenset({"public"})
FILE = yaml.load(Path(__file__).with_name("attacks.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
COMPANIES: Mapping[str, Mapping[str, str]] = FILE["companies"]


@dataclass(frozen=True)
class Attack:
    """One question or conversation."""

    group: str
    turns: tuple[str, ...]
    role: str | None = None
    segment: str | None = None
    as_of: date | None = None

    def __str__(self) -> str:
        """How a report names it."""
        return f"{self.group}: {' / '.join(self.turns)}"


def attacks_on(company: str, groups: Iterable[str] = tuple(FILE["attacks"])) -> Iterator[Attack]:
    """The attacks of these groups in the words of a company, and those that aim at it."""
    for group in (*groups, "aimed"):
        for given in FILE["attacks"].get(group) or FILE["aimed"][company]:
            entry = given if isinstance(given, dict) else {"say": given}
            turns = tuple(in_words_of(company, text) for text in entry["say"].split(" / "))
            role = in_words_of(company, entry["as"]) if "as" in entry else None
            yield Attack(group, turns, role, entry.get("segment"), entry.get("as-of"))


def in_words_of(company: str, text: str) -> str:
    """A question with the company's own words for people."""
    for name, word in COMPANIES[company].items():
        text = text.replace("{" + name + "}", word)
    return text


def converse(engine: Engine, attack: Attack, audiences: frozenset[str] = PUBLIC) -> list[Answer]:
    """The answers of a conversation."""
    given: list[Answer] = []
    before: Understood | None = None
    for text in attack.turns:
        done = answer(Question(text, TODAY, attack.role, attack.segment, attack.as_of, audiences, before), engine)
        before = before if done.resolution.outcome == "not-understood" else done.understood
        given.append(done)
    return given


def seen_of(done: Answer, engine: Engine) -> dict[str, Any]:
    """Everything that an asker gets to see of an answer, on every surface, without how long it took."""
    return {
        "json": {**answer_as_json(done, engine.company), "micros": 0},
        "next": list(done.message.next),
        "markdown": markdown(done.message),
        "slack": [fallback(done.message), blocks(done.message)],
        "why": list(trace_lines(done, engine)),
        "trace": {**trace_as_json(done, engine), "micros": 0},
    }


def flat(seen: Any) -> str:
    """What is seen as one text."""
    return json.dumps(seen, ensure_ascii=False, sort_keys=True)
