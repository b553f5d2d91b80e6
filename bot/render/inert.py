"""Text from models made harmless, measured, cut by words, and read line by line: what all surfaces have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.domain.answers import Message, Table

ELLIPSIS = "…"
LONG = 6
"""With more lines than this they are notes to the table, which then comes first."""
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
HIDDEN = (
    *(*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF),
)
"""Control signs, those that turn the direction of writing, and those that take no room; but not what joins signs of writing and emoji."""
DROPPED = {code: " " if chr(code).isspace() else None for code in HIDDEN}
HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a pair of UTF-16, which no encoding can carry alone."""
MARKED = re.compile(r"(?P<nested> {2,})?(?:(?P<bullet>[-•]) |(?P<number>\d{1,2})\. )?(?P<text>.*)", re.DOTALL)
URL = r"https?://[\w.-]+(?::\d{1,5})?(?:[/?#][^\s<>\"'`|\\^{}()\[\]]*)?"
"""Narrower than what is allowed, so that an address can hide nothing: no user name, no brackets, no signs of any markup."""
SOURCE = re.compile(rf"(?:(?P<title>.*?[^\s,:;(–—-])[\s,:;(–—-]+)?(?P<url>{URL})\)?", re.ASCII | re.DOTALL)

ADDRESSED = re.compile(r"//|www\.|@", re.IGNORECASE)


def clean(text: str) -> str:
    """Text on one line, without signs that cannot be seen; empty when nothing of it can be."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    said = " ".join(HALVES.sub("\ufffd", text).translate(DROPPED).split())
    return said if any(unicodedata.category(sign)[0] not in "CZ" for sign in said) else ""


def escape(text: str) -> str:
    """Text that Slack does not read as a mention, a link or a command."""
    return text.translate(ESCAPES)


def size(text: str) -> int:
    """The length of a text by the strictest of the ways in which Slack may count: escaped, in units of UTF-16."""
    if text.isascii():
        return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    return len(escape(text).encode("utf-16-le", "replace")) // 2


def cut(text: str, most: int, measure: Callable[[str], int] = size) -> str:
    """The text, or as many of its words as fit, with an ellipsis; empty when there is no room."""
    if len(text) <= most and measure(text) <= most:
        return text
    room = most - measure(ELLIPSIS)
    if room < 1:
        return ""
    kept = text[: fitting(text, room, measure)]
    by_words = kept.rpartition(" ")[0].rstrip(" ,;:")
    return (by_words if len(by_words) > len(kept) // 2 else kept.rstrip()) + ELLIPSIS


def fitting(text: str, room: int, measure: Callable[[str], int]) -> int:
    """How many signs of a text fit."""
    low, high = 0, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= room else (low, middle - 1)
    return low


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: a paragraph, or an item of a list, maybe of a list within."""

    text: str
    kind: Literal["text", "bullet", "number"] = "text"
    level: int = 0
    number: int = 0


def read_lines(lines: Iterable[str]) -> list[Line]:
    """Lines by what they begin with: `- ` and `1. ` make items, indented ones belong to the line above."""
    read: list[Line] = []
    for raw in lines:
        found = MARKED.fullmatch(raw)
        text = clean(found["text"]) if found else ""
        if not found or not text:
            continue
        marked = bool(found["bullet"] or found["number"])
        level = 1 if found["nested"] and marked and read and read[-1].kind != "text" else 0
        if found["number"]:
            read.append(Line(text, "number", level, int(found["number"])))
        else:
            read.append(Line(text, "bullet" if marked or found["nested"] else "text", level))
    return read


def parts_of(message: Message) -> Iterator[Message]:
    """The answer, and those to further questions of the same message."""
    yield message
    for each in message.also:
        yield from parts_of(each)


def table_first(message: Message) -> bool:
    """Whether the table stands before the lines."""
    return len(message.lines) > LONG


def squared(table: Table | None) -> list[tuple[str, ...]]:
    """The head of a table and its rows, all of one width and cleaned; empty when there is nothing to show."""
    if table is None or not table.rows:
        return []
    rows = [tuple(clean(cell) for cell in row) for row in (table.columns, *table.rows)]
    width = max(map(len, rows))
    return [(*row, *[""] * (width - len(row))) for row in rows] if any(any(row) for row in rows) else []


def row_words(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    """A row of a table as words: "Segment: SMB; Then: Digital CSM"."""
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(head, row, strict=True) if cell)


def link_of(source: str) -> tuple[str, str]:
    """The title and the address of a source, either of which may be empty. A title that looks like another address gets no link."""
    said = clean(source)
    found = SOURCE.fullmatch(said)
    title = found["title"] or "" if found else ""
    return (title, found["url"]) if found and not ADDRESSED.search(title) else (said, "")


def said_of(labels: Iterable[str]) -> list[str]:
    """Labels and questions cleaned, each once."""
    return [label for label in dict.fromkeys(map(clean, labels)) if label]


def unsaid(message: Message) -> list[str]:
    """The options that no line names already."""
    lines = {line.text for line in read_lines(message.lines)}
    return [label for label in said_of(message.options) if label not in lines]
