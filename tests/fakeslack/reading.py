"""Blocks as a person meets them: the words that are shown, and the things that can be pressed, chosen from or filled in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = Mapping[str, Any]

LEAVES = {"user": "user_id", "usergroup": "usergroup_id", "channel": "channel_id", "emoji": "name", "broadcast": "range"}
WORDED = {
    "alert": ("text",),
    "card": ("title", "subtitle", "body", "subtext"),
    "container": ("title", "subtitle"),
    "header": ("text",),
    "input": ("label", "hint"),
    "section": ("text",),
}
"""The text objects of a block, in the order in which they are read."""
ENTITY = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class Handle:
    """Something that a person can use: its block, its element, and what it says."""

    block: Block
    element: Block
    labels: tuple[str, ...]
    part: str = ""
    """For feedback: which of the two buttons."""

    @property
    def label(self) -> str:
        return self.labels[0] if self.labels else ""

    def is_called(self, name: str) -> bool:
        """Whether it says this, or bears it as its id."""
        return name in self.labels or name in (self.element.get("action_id"), self.block.get("block_id"))


def handles_of(blocks: Sequence[Block]) -> Iterator[Handle]:
    """Everything in the blocks that can be used, in order."""
    for block in blocks:
        kind = block.get("type")
        if kind in ("actions", "context_actions"):
            for element in block["elements"]:
                yield from handles_in(block, element)
        elif kind == "section" and "accessory" in block:
            yield from handles_in(block, block["accessory"], spoken(block.get("text")))
        elif kind == "input":
            yield from handles_in(block, block["element"], spoken(block["label"]))
        elif kind == "container":
            yield from handles_of(block["child_blocks"])
        elif kind == "carousel":
            yield from handles_of(block["elements"])
        elif kind == "card":
            for element in block.get("actions", ()):
                yield from handles_in(block, element)


def handles_in(block: Block, element: Block, beside: str = "") -> Iterator[Handle]:
    """An element: one thing to use, or the two buttons of feedback."""
    if element["type"] == "feedback_buttons":
        for part in ("positive_button", "negative_button"):
            button = element[part]
            yield Handle(block, element, said(spoken(button["text"]), button.get("accessibility_label")), part)
    elif element["type"] != "image":
        own = said(spoken(element.get("text")), spoken(element.get("placeholder")), element.get("accessibility_label"))
        yield Handle(block, element, said(beside, *own) if element["type"] != "button" else own)


def said(*words: str | None) -> tuple[str, ...]:
    """Those words that are there."""
    return tuple(word for word in words if word)


def spoken(text: Any) -> str:
    """What a text object shows."""
    return shown(str(text.get("text", ""))) if isinstance(text, Mapping) else ""


def shown(markup: str) -> str:
    """Slack's markup as it is shown: links by their words, mentions by their ids, entities as signs."""

    def link(found: re.Match[str]) -> str:
        target, _, words = found[1].partition("|")
        return words or target

    return html.unescape(ENTITY.sub(link, markup))


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of the blocks as they are read, without what is to be pressed."""
    for block in blocks:
        yield from filter(None, block_lines(block))


def block_lines(block: Block) -> Iterator[str]:
    """The lines of a block."""
    kind = block.get("type")
    if kind in WORDED:
        yield from (spoken(block.get(key)) for key in WORDED[kind])
        yield from (spoken(field) for field in block.get("fields", ()))
    elif kind == "context":
        yield " ".join(spoken(each) or str(each.get("alt_text", "")) for each in block["elements"])
    elif kind == "rich_text":
        yield from rich_lines(block["elements"])
    elif kind in ("table", "data_table"):
        yield from (" | ".join(cell_text(cell) for cell in row) for row in block["rows"])
    elif kind == "carousel":
        yield from lines_of(block["elements"])
    elif kind == "markdown":
        yield str(block["text"])
    elif kind in ("image", "video"):
        yield str(block["alt_text"])
    yield from lines_of(block.get("child_blocks", ()))


def rich_lines(elements: Sequence[Block]) -> Iterator[str]:
    """The paragraphs and items of rich text."""
    for element in elements:
        if element["type"] == "rich_text_list":
            yield from (f"- {line}" for line in rich_lines(element["elements"]))
        else:
            yield "".join(leaf_text(leaf) for leaf in element["elements"])


def leaf_text(leaf: Block) -> str:
    """A leaf of rich text as it is shown."""
    kind = leaf["type"]
    return str(leaf.get("text") or leaf.get("url") or leaf.get(LEAVES.get(kind, ""), ""))


def cell_text(cell: Block) -> str:
    """A cell as it is shown."""
    return " ".join(rich_lines(cell["elements"])) if cell["type"] == "rich_text" else str(cell.get("text", ""))


def leaves_of(value: Any) -> Iterator[Block]:
    """Every typed leaf in blocks, however deep: mentions and links of rich text among them."""
    if isinstance(value, Mapping):
        if value.get("type") in LEAVES or value.get("type") == "link":
            yield value
        yield from (leaf for inner in value.values() for leaf in leaves_of(inner))
    elif isinstance(value, list | tuple):
        yield from (leaf for inner in value for leaf in leaves_of(inner))


def marked_up(value: Any) -> Iterator[str]:
    """Every text in blocks in which Slack reads mentions and links."""
    if isinstance(value, Mapping):
        if value.get("type") in ("mrkdwn", "markdown") and isinstance(value.get("text"), str):
            yield value["text"]
        yield from (found for inner in value.values() for found in marked_up(inner))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in marked_up(inner))
