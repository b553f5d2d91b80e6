"""The sentences that stand in the tests and in `knowledge/language/`: labelled questions share none with them.

Sentences are compared by their words alone, in small letters. Of a conversation's later questions only those of several words are
compared: everybody goes on with "why?".
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.domain.labels import Conversation
from bot.load.source import read_file

ROOT = Path(__file__).resolve().parent.parent
WORDS = re.compile(r"[^\W_]+")
QUOTED = re.compile(r'"([^"]+)"')
APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")
SENTENCE = 4
"""Later questions of a conversation with fewer words are no sentences."""


def as_words(text: str) -> str:
    """The words of a text, apart from how they are written."""
    return " ".join(WORDS.findall(APOSTROPHES.sub("", text).casefold()))


def sentences_of(conversation: Conversation) -> Iterator[str]:
    """The sentences of a conversation that have to be its own."""
    for number, turn in enumerate(conversation.turns):
        words = as_words(turn.text)
        if not number or len(words.split()) >= SENTENCE:
            yield words


def known_sentences() -> dict[str, str]:
    """Every sentence of the tests and the language, with the file where it stands."""
    found: dict[str, str] = {}
    for file in sorted([*(ROOT / "tests").rglob("*"), *(ROOT / "knowledge" / "language").rglob("*.yaml")]):
        if file.suffix in READERS and "node_modules" not in file.parts:
            for text in READERS[file.suffix](file):
                for line in (*text.splitlines(), *QUOTED.findall(text)):
                    found.setdefault(as_words(line), file.relative_to(ROOT).as_posix())
    return found


def texts_in(value: Any) -> Iterator[str]:
    """Every text in plain values, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *texts_in(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def yaml_texts(file: Path) -> Iterator[str]:
    """The texts of a YAML file; of one that is broken on purpose, nothing."""
    yield from texts_in(read_file(file, file.name)[0].value)


def python_texts(file: Path) -> Iterator[str]:
    """The texts in a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def json_texts(file: Path) -> Iterator[str]:
    """The texts of a JSON file."""
    yield from texts_in(json.loads(file.read_text(encoding="utf-8")))


def plain_texts(file: Path) -> Iterator[str]:
    """A text."""
    yield file.read_text(encoding="utf-8", errors="replace")


READERS = {".yaml": yaml_texts, ".py": python_texts, ".json": json_texts, ".md": plain_texts, ".txt": plain_texts}
