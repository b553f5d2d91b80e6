"""for_modal(): a message's blocks in a window, where Slack draws no tables, no containers and no feedback buttons."""

from __future__ import annotations

from collections.abc import Iterator

from bot.render.blocks import Block
from bot.slack.views.pieces import listing, note, said
from bot.slack.views.post import rows_in

MOST = 90
"""Blocks: a few fewer than a window takes, so that others find room around them."""


def for_modal(blocks: list[Block], *, clickable: bool) -> list[Block]:
    """The blocks with tables as lists and containers opened; buttons only where they can be clicked to some effect."""
    made = [each for block in blocks for each in opened(block, clickable=clickable)]
    return made if len(made) <= MOST else [*made[:MOST], note("… There is more: ask about one part of it.")]


def opened(block: Block, *, clickable: bool) -> Iterator[Block]:
    """One block as a window shows it."""
    match block["type"]:
        case "table" | "data_table":
            yield from listing(rows_in(block))
        case "container":
            yield said(block["title"]["text"], bold=True)
            yield from (each for child in block["child_blocks"] for each in opened(child, clickable=clickable))
        case "actions":
            if clickable:
                yield block
        case "context_actions":
            return
        case _:
            yield block
