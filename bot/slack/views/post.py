"""post(): blocks as a message, with everything that they say as its text, for notifications and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.render.blocks import Block
from bot.render.fallback import MORE, MOST, inert, measure
from bot.render.inert import cut, row_words

SUBJECT = "Subject"
"""The heading of a column that names what each row is about."""


def post(blocks: list[Block]) -> Block:
    """The payload of a message: blocks and text. To be sent with `mrkdwn` off, as all texts here are plain."""
    return {"text": spoken(blocks), "blocks": blocks}


def spoken(blocks: Iterable[Block]) -> str:
    """What blocks say, line by line, as far as a message takes it. Nothing in it is a mention, a command or a link."""
    lines: list[str] = []
    left = MOST - measure(MORE) - 1
    for line in lines_of(blocks):
        text = cut(line, left, measure)
        lines.append(inert(text))
        left -= measure(text) + 1
        if text != line or left < 0:
            return "\n".join((*lines, MORE))
    return "\n".join(lines)


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines that a reader sees: no buttons, no menus."""
    for block in blocks:
        match block["type"]:
            case "rich_text":
                yield from (line for element in block["elements"] for line in rich_lines(element))
            case "table" | "data_table":
                yield from (f"- {row}" for row in rows_in(block))
            case "container":
                yield block["title"]["text"]
                yield from lines_of(block["child_blocks"])
            case "header" | "section" | "alert":
                yield from block["text"]["text"].splitlines()
            case "context":
                yield from (line for element in block["elements"] for line in element["text"].splitlines())


def rows_in(table: Block) -> Iterator[str]:
    """The rows of a table in words; where the first cell names what a row is about, it needs no heading."""
    head, *rows = [tuple(str(cell.get("text", "")).strip() for cell in row) for row in table["rows"]]
    names = ("", *head[1:]) if head[0] == SUBJECT else head
    return (row_words(names, row) for row in rows)


def rich_lines(element: Block) -> Iterator[str]:
    """A paragraph's lines, or the items of a list."""
    if element["type"] == "rich_text_list":
        yield from (f"- {line}" for item in element["elements"] for line in rich_lines(item))
    else:
        yield from "".join(leaf.get("text") or leaf.get("url") or "" for leaf in element["elements"]).splitlines()
