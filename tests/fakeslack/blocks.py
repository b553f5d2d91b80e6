"""Whether Slack would take these blocks, this message, this view: all block kinds on all surfaces, at Slack's limits.

`bot/render/limits.py` checks what answers are made of and says where the figures come from. Its checks are used here; what it does
not know (inputs, images, cards, menus …) is checked beside them. A finding is `address: what`, as there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.render import limits
from bot.render.limits import A_BLOCK, ACTIONS, BLOCKS, CHILDREN, CONTEXT, CONTEXT_ACTIONS, KINDS, TABLES, TITLE, Surface, weight
from bot.render.limits_elements import ADDRESS, TEXT, TOTAL, Found, check_plain, check_rich_text, check_text, each, keys, length, within
from fakeslack.charts import check_card, check_carousel, check_data_visualization, check_plan, check_task_card
from fakeslack.elements import (
    ALT,
    ID,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    check_element,
)

INPUT_LABEL, ALERT, VIEW_WORD, METADATA, VIEW_BYTES = 2_000, 200, 24, 3_000, 250_000
VIDEO = {"alt_text": ALT, "author_name": 50, "description": 200, "provider_name": 50, "video_url": ADDRESS, "thumbnail_url": ADDRESS}
EVERYWHERE = limits.EVERYWHERE | {"card", "image", "input", "video"}
SHOWN = limits.SURFACES["home"] | EVERYWHERE | {"carousel", "data_visualization"}
SURFACES: Mapping[str, set[str]] = {
    "message": SHOWN | {"context_actions", "file", "markdown", "plan", "task_card"},
    "home": SHOWN,
    "modal": EVERYWHERE | {"alert"},
}
IN_CONTAINER = limits.IN_CONTAINER | {"image", "input", "video"}
"""The page allows file and rich_text as well; the live check was seen to refuse them (see limits.py)."""
OTHER_LEAVES = {"emoji": "name", "date": "timestamp format", "color": "value", "team": "team_id"}
TOO_LONG = "characters with"
"""What a finding about the whole message says, for which Slack has an error of its own."""


def check_blocks(blocks: Any, surface: Surface = "message") -> list[str]:
    """Everything for which Slack would refuse the blocks, with its address."""
    if not isinstance(blocks, list) or not all(isinstance(block, Mapping) for block in blocks):
        return ["blocks: not a list of blocks"]
    found = [*within(len(blocks), 0 if surface == "home" else 1, BLOCKS[surface], "blocks", "blocks")]
    try:
        for number, block in enumerate(blocks):
            found += check_block(block, f"blocks[{number}]", SURFACES[surface])
        return found or [*check_whole(blocks, surface)]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return [*found, f"blocks[{number}]: not of the shape that Slack knows ({error})"]


def check_block(block: Mapping[str, Any], at: str, allowed: set[str]) -> Found:
    """A block, where only some kinds are allowed."""
    kind = str(block.get("type"))
    if kind not in allowed:
        yield f"{at}: {kind} is not allowed here"
        return
    needed, optional, check = OURS.get(kind) or KINDS[kind]
    wrong = [*keys(block, needed, f"block_id {optional}", at)]
    if "block_id" in block:
        yield from length(block["block_id"], 1, ID, f"{at}.block_id")
    yield from wrong or check(block, at)


def check_whole(blocks: Sequence[Mapping[str, Any]], surface: Surface) -> Found:
    """What holds for all blocks together; an action_id has to be unique within its block alone."""
    nested = [*blocks, *(child for block in blocks for child in block.get("child_blocks", ()))]
    if sum(block["type"] in TABLES for block in nested) > 1:
        yield "blocks: more than one table"
    if sum(block["type"] == "data_visualization" for block in nested) > 2:
        yield "blocks: more than two charts"
    yield from repeated([block["block_id"] for block in nested if "block_id" in block], "blocks: block_id")
    for number, block in enumerate(nested):
        yield from repeated([*limits.values_of({**block, "child_blocks": ()}, "action_id")], f"blocks[{number}]: action_id")
    if [*limits.values_of(blocks, "focus_on_load")].count(True) > 1:
        yield "blocks: focus_on_load more than once"
    markdown = sum(len(block["text"]) for block in nested if block["type"] == "markdown")
    yield from within(markdown, 0, TOTAL, "characters of markdown", "blocks")
    total = weight(blocks)
    if surface == "message" and total > TOTAL:
        yield f"blocks: {total} {TOO_LONG} {A_BLOCK} for each block, at most {TOTAL}"


def repeated(ids: Sequence[str], what: str) -> Found:
    """The ids that are used more than once."""
    return (f"{what} {id!r} is used {ids.count(id)} times" for id in sorted({id for id in ids if ids.count(id) > 1}))


def check_section(block: Mapping[str, Any], at: str) -> Found:
    """A section, with any accessory."""
    rest = {key: value for key, value in block.items() if key != "accessory"}
    yield from limits.check_section(rest, at)
    if "accessory" in block:
        yield from check_element(block["accessory"], f"{at}.accessory", IN_SECTION)


def check_context(block: Mapping[str, Any], at: str) -> Found:
    """Small texts and images."""
    yield from within(len(block["elements"]), 1, CONTEXT, "elements", at)
    for number, element in enumerate(block["elements"]):
        here = f"{at}.elements[{number}]"
        yield from check_element(element, here, {"image"}) if element.get("type") == "image" else check_text(element, TEXT, here)


def check_rich(block: Mapping[str, Any], at: str) -> Found:
    """Rich text, with the leaves that answers never use: those are checked, and stand as plain text in the check of the rest."""
    found: list[str] = []

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            needed = OTHER_LEAVES.get(str(value.get("type")))
            if needed is not None:
                found.extend(keys(value, needed, "style url fallback unicode skin_tone", f"{at}: {value['type']}"))
                return {"type": "text", "text": "x"}
            if value.get("type") == "broadcast":
                return {"type": "text", "text": "x"}
            return {key: plain(inner) for key, inner in value.items()}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    yield from check_rich_text(plain(block), at)
    yield from found


def check_tabular(check: Callable[[Mapping[str, Any], str], Found]) -> Callable[[Mapping[str, Any], str], Found]:
    """The check of a table, in which numbers are cells as well."""

    def checked(block: Mapping[str, Any], at: str) -> Found:
        rows = [[worded(cell) for cell in row] for row in block["rows"]]
        return check({**block, "rows": rows}, at)

    return checked


def worded(cell: Any) -> Any:
    """A number as the text that is shown for it."""
    if not isinstance(cell, Mapping) or cell.get("type") != "raw_number" or not isinstance(cell.get("value"), int | float):
        return cell
    return {"type": "raw_text", **{key: value for key, value in cell.items() if key not in ("type", "value")}}


def check_container(block: Mapping[str, Any], at: str) -> Found:
    """A container, whose children are checked as they are everywhere."""
    titled = [key for key in ("title", "rich_text_title") if key in block]
    if not titled:
        yield f"{at}: no title"
    if "title" in block:
        yield from check_plain(block["title"], TITLE, f"{at}.title")
    if "subtitle" in block:
        yield from check_text(block["subtitle"], TITLE, f"{at}.subtitle")
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        yield f"{at}: default_collapsed without is_collapsible"
    if block.get("has_header_divider") and block.get("is_collapsible"):
        yield f"{at}: has_header_divider with is_collapsible"
    if block.get("width", "standard") not in ("narrow", "standard", "wide", "full"):
        yield f"{at}.width: unknown"
    yield from within(len(block["child_blocks"]), 1, CHILDREN, "child_blocks", at)
    yield from each(block["child_blocks"], f"{at}.child_blocks", lambda child, here: check_block(child, here, IN_CONTAINER))


def check_image(block: Mapping[str, Any], at: str) -> Found:
    """A picture, which needs words for those who do not see it."""
    if ("image_url" in block) == ("slack_file" in block):
        yield f"{at}: needs image_url or slack_file"
    yield from length(block["alt_text"], 1, ALT, f"{at}.alt_text")
    if "image_url" in block:
        yield from length(block["image_url"], 1, ADDRESS, f"{at}.image_url")
    if "title" in block:
        yield from check_plain(block["title"], ALT, f"{at}.title")


def check_input(block: Mapping[str, Any], at: str) -> Found:
    """Something to fill in."""
    yield from check_plain(block["label"], INPUT_LABEL, f"{at}.label")
    if "hint" in block:
        yield from check_plain(block["hint"], INPUT_LABEL, f"{at}.hint")
    yield from check_element(block["element"], f"{at}.element", IN_INPUT)


def check_video(block: Mapping[str, Any], at: str) -> Found:
    """A film."""
    yield from check_plain(block["title"], 200, f"{at}.title")
    for key, most in VIDEO.items():
        if isinstance(block.get(key), str):
            yield from length(block[key], 1, most, f"{at}.{key}")


def check_alert(block: Mapping[str, Any], at: str) -> Found:
    """A warning."""
    yield from check_text(block["text"], ALERT, f"{at}.text")
    if block.get("level", "default") not in ("default", "info", "warning", "error", "success"):
        yield f"{at}.level: unknown"


def elements_of(least: int, most: int, kinds: set[str]) -> Callable[[Mapping[str, Any], str], Found]:
    """The check of a block that is a row of elements."""

    def checked(block: Mapping[str, Any], at: str) -> Found:
        yield from within(len(block["elements"]), least, most, "elements", at)
        yield from each(block["elements"], f"{at}.elements", lambda element, here: check_element(element, here, kinds))

    return checked


OURS: Mapping[str, tuple[str, str, Callable[[Mapping[str, Any], str], Found]]] = {
    "actions": ("elements", "", elements_of(1, ACTIONS, IN_ACTIONS)),
    "alert": ("text", "level", check_alert),
    "card": ("", "hero_image icon slack_icon title subtitle body subtext actions", check_card),
    "carousel": ("elements", "", check_carousel),
    "container": (
        "child_blocks",
        "title rich_text_title subtitle icon is_collapsible default_collapsed width has_header_divider",
        check_container,
    ),
    "context": ("elements", "", check_context),
    "context_actions": ("elements", "", elements_of(1, CONTEXT_ACTIONS, {"feedback_buttons", "icon_button"})),
    "data_table": (*KINDS["data_table"][:2], check_tabular(limits.check_data_table)),
    "data_visualization": ("title chart", "", check_data_visualization),
    "file": ("external_id source", "", lambda block, at: iter(())),
    "image": ("alt_text", "image_url slack_file title", check_image),
    "input": ("label element", "dispatch_action hint optional", check_input),
    "markdown": ("text", "", lambda block, at: length(block["text"], 1, TOTAL, f"{at}.text")),
    "plan": ("title tasks", "", check_plan),
    "rich_text": (*KINDS["rich_text"][:2], check_rich),
    "section": (*KINDS["section"][:2], check_section),
    "table": (*KINDS["table"][:2], check_tabular(limits.check_table)),
    "task_card": ("task_id title status", "details output sources", check_task_card),
    "video": (
        "alt_text thumbnail_url title video_url",
        "author_name description provider_icon_url provider_name title_url",
        check_video,
    ),
}
"""The kinds that `limits.KINDS` does not know, and those of which it knows only what answers use."""
VIEW_KEYS = "title submit close callback_id private_metadata external_id clear_on_close notify_on_close submit_disabled"


def check_view(view: Any) -> list[str]:
    """Everything for which Slack would refuse a modal or a Home tab."""
    if not isinstance(view, Mapping) or view.get("type") not in ("modal", "home"):
        return ["view: neither modal nor home"]
    modal = view["type"] == "modal"
    found = [*keys(view, "blocks title" if modal else "blocks", VIEW_KEYS if modal else "callback_id private_metadata external_id", "view")]
    for word in ("title", "submit", "close"):
        if word in view:
            found += check_plain(view[word], VIEW_WORD, f"view.{word}")
    for key, most in (("callback_id", ID), ("external_id", ID), ("private_metadata", METADATA)):
        if key in view:
            found += length(view[key], 0, most, f"view.{key}")
    blocks = view.get("blocks", [])
    found += check_blocks(blocks, view["type"])
    if modal and "submit" not in view and any(isinstance(block, Mapping) and block.get("type") == "input" for block in blocks):
        found.append("view: input without submit")
    return [*found, *within(len(json.dumps(view).encode()), 0, VIEW_BYTES, "bytes", "view")]
