"""YAML text -> plain values with a place for every key and value, or problems. The only door to `yaml`.

All scalars stay text: `no`, `on` and `2026-02-01` mean what they say, and the shapes decide what they are. Files are
untrusted: size, depth and aliases are counted on the event stream before anything is composed, because deep nesting crashes
the C composer. Aliases, anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.load.syntax import explain
from bot.problems import Place, Problem, problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_EVENTS = 200_000

KeyPath = tuple[str | int, ...]
Loader = yaml.CSafeLoader


@dataclass(slots=True)
class Document:
    """One file: its plain value (dicts, lists, text, None), and where each part of it stands."""

    path: str
    text: str
    value: Any = None
    values: dict[KeyPath, Place] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """The top-level keys below which a whole entry could not be told from the one above it."""

    def at(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; for a path that is not in the file, the nearest part that is."""
        while True:
            found = (self.keys if key else self.values).get(path) or self.values.get(path)
            if found is not None:
                return found
            if not path:
                return Place(self.path)
            path = path[:-1]


def read_file(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """The file as a document, empty where it cannot be read."""
    place = Place(path)
    try:
        if file.exists() and not file.is_file():
            raise OSError(0, "it is no ordinary file")
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be opened").lower()
        return Document(path, ""), [
            problem(
                "unreadable",
                place,
                f"this file cannot be read: {reason}",
                expected="a file that can be opened",
                fix="look whether it exists and who may read it",
            )
        ]
    if len(raw) > MAX_BYTES:
        return Document(path, ""), [
            problem(
                "too-large",
                place,
                f"this file has more than {MAX_BYTES:,} bytes",
                expected="at most 1 MB a file",
                fix="split it into several files of the same folder",
            )
        ]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return not_text(raw, error.start, path)
    return read_text(text, path)


def not_text(raw: bytes, start: int, path: str) -> tuple[Document, list[Problem]]:
    """A file that is in another encoding, or no text at all; its readable part is shown where there is one."""
    binary = b"\0" in raw
    lines = raw[:start].decode("utf-8", errors="replace").split("\n")
    place = Place(path) if binary else Place(path, len(lines), len(lines[-1]) + 1)
    return Document(path, "" if binary else raw.decode("utf-8", errors="replace")), [
        problem(
            "not-text",
            place,
            "this file is no text, or text in another encoding" if binary else "this character is not UTF-8",
            expected="text in UTF-8",
            fix="save the file as UTF-8, or move it out of the model's folder",
        )
    ]


def read_text(text: str, path: str) -> tuple[Document, list[Problem]]:
    """The text as a document, and what is wrong with it as YAML."""
    document = Document(path, text)
    refused = scan(text, path)
    if refused:
        return document, refused
    try:
        node = yaml.compose(text, Loader=Loader)
    except (yaml.YAMLError, ValueError) as error:
        return document, [not_yaml(error, text, path)]
    problems: list[Problem] = []
    if node is not None:
        document.value = walk(node, (), document, problems)
    return document, problems


def scan(text: str, path: str) -> list[Problem]:
    """What is refused before composing: broken YAML, too much of it, too deep, several documents."""
    depth = documents = 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=Loader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            found = refuse(event, path, depth, count, documents)
            if found:
                return [found]
    except (yaml.YAMLError, ValueError) as error:
        return [not_yaml(error, text, path)]
    return []


def refuse(event: Any, path: str, depth: int, count: int, documents: int) -> Problem | None:
    """The problem with one event of the stream, if any."""
    place = place_of(event, path)
    if depth > MAX_DEPTH:
        return problem(
            "too-deep",
            place,
            f"this is nested more than {MAX_DEPTH} levels deep",
            expected=f"at most {MAX_DEPTH} levels",
            fix="write it flatter; a rule with exceptions needs about ten",
        )
    if count > MAX_EVENTS:
        return problem(
            "too-large",
            place,
            f"this file has more than {MAX_EVENTS:,} parts",
            expected="a smaller file",
            fix="split it into several files of the same folder",
        )
    if documents > 1:
        return problem(
            "not-yaml",
            place,
            "a second document starts here",
            expected="one document a file",
            fix="remove the line `---`, or move what follows into a file of its own",
        )
    return refuse_extras(event, place)


def refuse_extras(event: Any, place: Place) -> Problem | None:
    """Anchors, aliases and tags, which could make one line mean another."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return problem(
            "alias",
            place,
            f'"{event.anchor}" is a YAML anchor or alias, which models do without',
            expected="the value itself",
            fix="write the value out where it is used",
        )
    tag = getattr(event, "tag", None)
    if tag and not (isinstance(event, yaml.ScalarEvent) and tag == "!"):
        return problem(
            "tag",
            place,
            f'"{tag[:60]}" is a YAML tag, which models do without',
            expected="text, lists, and keys with values",
            fix="remove the tag, or put the text in quotes",
        )
    return None


def walk(node: Any, path: KeyPath, document: Document, problems: list[Problem]) -> Any:
    """The node's plain value; notes the place of every part on the way."""
    document.values[path] = place_of(node, document.path)
    if isinstance(node, yaml.SequenceNode):
        return [walk(child, (*path, index), document, problems) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return dict(walk_pairs(node, path, document, problems))
    plain_null = node.tag == "tag:yaml.org,2002:null" and not node.style
    return None if plain_null else node.value


def walk_pairs(node: Any, path: KeyPath, document: Document, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """The pairs of a mapping; a repeated key is a problem, and its first value stays."""
    for key_node, value_node in node.value:
        place = place_of(key_node, document.path)
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(no_word(place))
            continue
        key = key_node.value.strip()
        if key != key_node.value:
            problems.append(invisible_space(place))
        here = (*path, key)
        if here in document.keys:
            problems.append(twice(key, place, document.keys[here]))
            if key == "id":
                document.lost.add(str(path[0]) if path else "")
                return
            continue
        document.keys[here] = place
        yield key, walk(value_node, here, document, problems)


def no_word(place: Place) -> Problem:
    """The problem of a key that is a list or a mapping."""
    what = "braces or a list stand where a key belongs"
    return problem("wrong-type", place, what, expected="a word as the key", fix="write `key: value`")


def invisible_space(place: Place) -> Problem:
    """The problem of a key with a no-break space."""
    return problem(
        "not-yaml",
        place,
        "an invisible space, as copied from a web page or a chat, stands here",
        expected="lines indented with ordinary spaces",
        fix="delete the space before the word and type it again",
    )


def twice(key: str, place: Place, first: Place) -> Problem:
    """The problem of a key that stands in a mapping twice."""
    return problem(
        "duplicate-key",
        place,
        f'"{key[:60]}" stands here twice',
        expected="each key once",
        fix="put `- ` before it if a new entry begins here, else remove one" if key == "id" else "merge the two, or rename one",
        also=[first],
    )


def place_of(part: Any, path: str) -> Place:
    """Where an event or node stands; the caret spans it where it ends on the same line."""
    start, end = part.start_mark, part.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Place(path, start.line + 1, start.column + 1, max(1, width))


def not_yaml(error: Exception, text: str, path: str) -> Problem:
    """The problem for text that is no YAML, in words."""
    mark, since = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    begun = Place(path, since.line + 1, since.column + 1) if since else place
    what = getattr(error, "problem", None) or "it cannot be read"
    return explain(text, what, getattr(error, "context", None) or "", place, begun)
