"""Blocks as a person can read them: one line a block, a mark for what is bold, a link, a button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def outline(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(line for block in blocks for line in outlined(block)) + "\n"


def outlined(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "rich_text":
        for element in block["elements"]:
            yield from rich(element)
    elif kind == "context":
        yield from (f"  small | {line}" for each in block["elements"] for line in each["text"].split("\n"))
    elif kind == "actions":
        yield "buttons | " + " ".join(f"[{each['text']['text']}]{{{each['action_id']}}}" for each in block["elements"])
    elif kind in ("table", "data_table"):
        yield f"{kind:>7} | {block.get('caption', '')}"
        yield from ("        | " + " | ".join(cell["text"] for cell in row) for row in block["rows"])
    else:
        yield f"{kind:>7} |"


def rich(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "rich_text_section":
        yield from (f"   text | {line}" for line in leaves(element).split("\n"))
        return
    for number, item in enumerate(element["elements"], element.get("offset", 0) + 1):
        mark = f"{number}." if element["style"] == "ordered" else "•"
        yield f"   list | {'  ' * element.get('indent', 0)}{mark} {leaves(item)}"


def leaves(section: dict[str, Any]) -> str:
    said = ""
    for leaf in section["elements"]:
        text = f"<{leaf['text']} -> {leaf['url']}>" if leaf["type"] == "link" else leaf["text"]
        said += f"**{text}**" if leaf.get("style") else text
    return said
