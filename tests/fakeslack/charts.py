"""Cards, plans and charts, held against Slack's limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render.limits_elements import Found, check_rich_text, check_text, each, keys, length, within
from fakeslack.elements import check_element

CARD, CARD_TEXT, CARD_ACTIONS, CARDS = 150, 200, 3, 10
TASKS, STATES = 50, ("pending", "in_progress", "complete", "error")
CHART_TITLE, AXIS, LABEL, PARTS, POINTS = 50, 50, 20, 12, 20


def check_card(block: Mapping[str, Any], at: str) -> Found:
    """A card."""
    if not any(block.get(key) for key in ("hero_image", "title", "actions", "body")):
        yield f"{at}: an empty card"
    if "icon" in block and "slack_icon" in block:
        yield f"{at}: icon and slack_icon"
    for key, most in (("title", CARD), ("subtitle", CARD), ("body", CARD_TEXT), ("subtext", CARD_TEXT)):
        if key in block:
            yield from check_text(block[key], most, f"{at}.{key}")
    for key in ("hero_image", "icon"):
        if key in block:
            yield from check_element(block[key], f"{at}.{key}", {"image"})
    yield from within(len(block.get("actions", ())), 0, CARD_ACTIONS, "actions", at)
    yield from each(block.get("actions", ()), f"{at}.actions", lambda button, here: check_element(button, here, {"button"}))


def check_carousel(block: Mapping[str, Any], at: str) -> Found:
    """Cards in a row."""
    yield from within(len(block["elements"]), 1, CARDS, "cards", at)
    for number, card in enumerate(block["elements"]):
        here = f"{at}.elements[{number}]"
        yield from check_card(card, here) if card.get("type") == "card" else [f"{here}: not a card"]


def check_task_card(block: Mapping[str, Any], at: str) -> Found:
    """A task that stands alone, which cannot be one that waits."""
    if block["status"] not in STATES[1:]:
        yield f"{at}.status: {block['status']} is not allowed here"
    yield from check_task(block, at)


def check_task(task: Mapping[str, Any], at: str) -> Found:
    """A task."""
    yield from keys(task, "task_id title status", "block_id details output sources", at)
    for key in ("details", "output"):
        if key in task:
            yield from check_rich_text(task[key], f"{at}.{key}")


def check_plan(block: Mapping[str, Any], at: str) -> Found:
    """Tasks under one title."""
    yield from length(block["title"], 1, CARD, f"{at}.title")
    yield from within(len(block["tasks"]), 0, TASKS, "tasks", at)
    yield from each(block["tasks"], f"{at}.tasks", check_task)
    ids = [task.get("task_id") for task in block["tasks"]]
    if len(set(ids)) < len(ids):
        yield f"{at}: two tasks of one id"


def check_data_visualization(block: Mapping[str, Any], at: str) -> Found:
    """A chart."""
    yield from length(block["title"], 1, CHART_TITLE, f"{at}.title")
    chart = block["chart"]
    kind = chart.get("type")
    if kind == "pie":
        yield from within(len(chart.get("segments", ())), 1, PARTS, "segments", at)
        for segment in chart.get("segments", ()):
            yield from length(segment.get("label"), 1, LABEL, f"{at}.chart.segments.label")
            if not segment.get("value", 0) > 0:
                yield f"{at}.chart.segments.value: not above 0"
    elif kind in ("bar", "area", "line"):
        yield from check_axes(chart, f"{at}.chart")
    else:
        yield f"{at}.chart: {kind} is unknown"


def check_axes(chart: Mapping[str, Any], at: str) -> Found:
    """A chart with axes: one point for each category in every series."""
    axes, series = chart.get("axis_config", {}), chart.get("series", ())
    categories = axes.get("categories", ())
    yield from within(len(series), 1, PARTS, "series", at)
    yield from within(len(categories), 1, POINTS, "categories", at)
    yield from each(categories, f"{at}.categories", lambda name, here: length(name, 1, LABEL, here))
    for key in ("x_label", "y_label"):
        if key in axes:
            yield from length(axes[key], 1, AXIS, f"{at}.{key}")
    for number, one in enumerate(series):
        yield from length(one.get("name"), 1, LABEL, f"{at}.series[{number}].name")
        if sorted(point.get("label", "") for point in one.get("data", ())) != sorted(categories):
            yield f"{at}.series[{number}]: not one point for each category"
