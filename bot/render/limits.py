"""check_blocks(): whether Slack would take these blocks, found out without Slack. Knows nothing of how they are made.

Where the figures come from. The reference pages of docs.slack.dev (read in the captures of September 2026): counts and lengths of
actions, button, container, context, context_actions, data_table, header, rich_text, section, table, and the matrix of surfaces.
What the pages leave open, or where they and Slack disagree, is held to the safer side:

- What is counted: lengths are those of the escaped text in units of UTF-16, the longest of the ways in which Slack may count.
- The whole message: Slack names 12,000 characters of text "with a buffer for block containers" (slackapi/bolt-js issue 2509), has
  refused 11,341 (issue 2867), and a block was measured to cost about 100. So 12,000 for all texts, values and ids, and 100 a block.
  Cells are not among them: tables have a limit of their own, which is higher.
- container: the page allows rich_text and file inside, the live check was seen to refuse them; neither is allowed here.
- data_table: older captures of the page say 101 rows and 10,000 characters, the newer one 201 and 20,000; the newer one is checked.
- table and data_table are one family, one block of it a message, those in containers included (`only_one_table_allowed`).
- Cells, and texts within rich_text, may not be empty; rows are of one width; `column_settings` has no null (refused in practice).
- An action_id has to be unique within its block; here it has to be within the message, so that a click has one meaning.

Our own line: kinds and keys that are not known here are problems, and so is a `broadcast`, which would call a whole channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.render.limits_elements import (
    TEXT,
    TOTAL,
    Found,
    check_button,
    check_cell,
    check_column,
    check_feedback,
    check_plain,
    check_rich_text,
    check_text,
    each,
    keys,
    length,
    long,
    strings_of,
    within,
)
from bot.render.limits_inputs import check_in_actions, check_input

Surface = Literal["message", "home", "modal"]

BLOCKS = {"message": 50, "home": 100, "modal": 100}
A_BLOCK = 100
FIELD, FIELDS = 2_000, 10
HEADER = TITLE = 150
ALERT = 200
CONTEXT, ACTIONS, CONTEXT_ACTIONS, CHILDREN = 10, 25, 5, 10
ID = 255
ROWS, COLUMNS, CELLS = 100, 20, 10_000
DATA_ROWS, DATA_CELLS, PAGE = 201, 20_000, 100
EVERYWHERE = {"actions", "context", "divider", "header", "input", "rich_text", "section"}
SURFACES: Mapping[str, set[str]] = {
    "message": EVERYWHERE | {"container", "context_actions", "data_table", "table"},
    "home": EVERYWHERE | {"container", "data_table", "table"},
    "modal": EVERYWHERE | {"alert"},
}
IN_CONTAINER = {"actions", "context", "divider", "header", "section", "table"}
TABLES = ("table", "data_table")


def check_blocks(blocks: Sequence[Mapping[str, Any]], surface: Surface = "message") -> list[str]:
    """Everything that Slack would refuse, with its address; empty when it would take the blocks."""
    return [
        *within(len(blocks), 1, BLOCKS[surface], "blocks", "blocks"),
        *(found for number, block in enumerate(blocks) for found in check_block(block, f"blocks[{number}]", SURFACES[surface])),
        *check_whole(blocks, surface),
    ]


def check_whole(blocks: Sequence[Mapping[str, Any]], surface: Surface) -> Found:
    """What holds for all blocks together; the size of a view is counted in bytes, see limits_views.py."""
    nested = [*blocks, *(child for block in blocks for child in block.get("child_blocks", ()))]
    if sum(block.get("type") in TABLES for block in nested) > 1:
        yield "blocks: more than one table"
    for key in ("block_id", "action_id"):
        ids = [*values_of(blocks, key)]
        yield from (f"blocks: {key} {id!r} is used {ids.count(id)} times" for id in sorted({id for id in ids if ids.count(id) > 1}))
        yield from (found for id in ids for found in length(id, 1, ID, f"blocks: {key}"))
    total = weight(blocks)
    if surface == "message" and total > TOTAL:
        yield f"blocks: {total} characters with {A_BLOCK} for each block, at most {TOTAL}"


def weight(blocks: Sequence[Mapping[str, Any]]) -> int:
    """What the blocks may count against the size of a message."""
    return sum(A_BLOCK + sum(map(long, strings_of(block))) for block in blocks)


def values_of(value: Any, wanted: str) -> Iterator[Any]:
    """Every value of a key, however deep."""
    if isinstance(value, Mapping):
        yield from (found for key, inner in value.items() for found in ([inner] if key == wanted else values_of(inner, wanted)))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in values_of(inner, wanted))


def check_block(block: Mapping[str, Any], at: str, allowed: set[str]) -> Found:
    """A block, where only some kinds are allowed."""
    kind = block.get("type")
    if kind not in allowed:
        yield f"{at}: {kind} is not allowed here"
        return
    needed, optional, check = KINDS[kind]
    wrong = [*keys(block, needed, f"block_id {optional}", at)]
    yield from wrong or check(block, at)


def check_section(block: Mapping[str, Any], at: str) -> Found:
    """A section: text, fields or both, and a button beside them."""
    if "text" not in block and "fields" not in block:
        yield f"{at}: neither text nor fields"
    if "text" in block:
        yield from check_text(block["text"], TEXT, f"{at}.text")
    if "fields" in block:
        yield from within(len(block["fields"]), 1, FIELDS, "fields", at)
        yield from each(block["fields"], f"{at}.fields", lambda field, here: check_text(field, FIELD, here))
    if "accessory" in block:
        yield from check_button(block["accessory"], f"{at}.accessory")


def check_context(block: Mapping[str, Any], at: str) -> Found:
    """A context block of texts."""
    yield from within(len(block["elements"]), 1, CONTEXT, "elements", at)
    yield from each(block["elements"], f"{at}.elements", lambda text, here: check_text(text, TEXT, here))


def check_actions(block: Mapping[str, Any], at: str) -> Found:
    """A row of buttons and menus."""
    yield from within(len(block["elements"]), 1, ACTIONS, "elements", at)
    yield from each(block["elements"], f"{at}.elements", check_in_actions)


def check_alert(block: Mapping[str, Any], at: str) -> Found:
    """A notice in a modal."""
    yield from check_text(block["text"], ALERT, f"{at}.text")
    if block.get("level", "default") not in ("default", "info", "warning", "error", "success"):
        yield f"{at}.level: unknown"


def check_context_actions(block: Mapping[str, Any], at: str) -> Found:
    """Buttons for feedback."""
    yield from within(len(block["elements"]), 1, CONTEXT_ACTIONS, "elements", at)
    yield from each(block["elements"], f"{at}.elements", check_feedback)


def check_container(block: Mapping[str, Any], at: str) -> Found:
    """A container of other blocks."""
    yield from check_plain(block["title"], TITLE, f"{at}.title")
    if "subtitle" in block:
        yield from check_text(block["subtitle"], TITLE, f"{at}.subtitle")
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        yield f"{at}: default_collapsed without is_collapsible"
    yield from within(len(block["child_blocks"]), 1, CHILDREN, "child_blocks", at)
    yield from each(block["child_blocks"], f"{at}.child_blocks", lambda child, here: check_block(child, here, IN_CONTAINER))


def check_table(block: Mapping[str, Any], at: str) -> Found:
    """A table of one page."""
    yield from check_rows(block["rows"], 1, ROWS, CELLS, at)
    settings = block.get("column_settings", [])
    yield from within(len(settings), 0, COLUMNS, "column_settings", at)
    yield from each(settings, f"{at}.column_settings", check_column)


def check_data_table(block: Mapping[str, Any], at: str) -> Found:
    """A table that is leafed through."""
    rows = block["rows"]
    yield from check_rows(rows, 2, DATA_ROWS, DATA_CELLS, at)
    yield from length(block["caption"], 1, TEXT, f"{at}.caption")
    yield from within(block.get("page_size", 5), 1, PAGE, "rows a page", at)
    yield from within(block.get("row_header_column_index", 0), 0, max(len(rows[0]) - 1, 0) if rows else 0, "as row header", at)
    if rows and any(cell.get("type") == "rich_text" for cell in rows[0]):
        yield f"{at}.rows[0]: rich_text in the head"


def check_rows(rows: Sequence[Sequence[Any]], least: int, most: int, characters: int, at: str) -> Found:
    """The rows of a table."""
    yield from within(len(rows), least, most, "rows", at)
    if len({len(row) for row in rows}) > 1:
        yield f"{at}: rows of several widths"
    for number, row in enumerate(rows):
        yield from within(len(row), 1, COLUMNS, "cells", f"{at}.rows[{number}]")
        yield from each(row, f"{at}.rows[{number}]", check_cell)
    yield from within(sum(long(text) for text in strings_of(rows)), 0, characters, "characters in cells", at)


KINDS: Mapping[str, tuple[str, str, Callable[[Mapping[str, Any], str], Found]]] = {
    "actions": ("elements", "", check_actions),
    "alert": ("text", "level", check_alert),
    "container": ("title child_blocks", "subtitle is_collapsible default_collapsed width has_header_divider", check_container),
    "context": ("elements", "", check_context),
    "context_actions": ("elements", "", check_context_actions),
    "data_table": ("rows caption", "page_size row_header_column_index", check_data_table),
    "divider": ("", "", lambda block, at: iter(())),
    "header": ("text", "", lambda block, at: check_plain(block["text"], HEADER, f"{at}.text")),
    "input": ("element label", "hint optional dispatch_action", check_input),
    "rich_text": ("elements", "", check_rich_text),
    "section": ("", "text fields accessory expand", check_section),
    "table": ("rows", "column_settings", check_table),
}
"""For each kind its keys, those that it needs and those that it may have, and the check of what is in them."""
