"""Blocks of every kind, for the tests of the validator."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]

DIVIDER: Block = {"type": "divider"}


def plain(text: str = "x") -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(number: int = 1, text: str = "x", **more: Any) -> Block:
    return {"type": "button", "action_id": f"b{number}", "text": plain(text), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": [*elements]}


def context(*elements: Block) -> Block:
    return {"type": "context", "elements": [*elements]}


def option(text: str) -> Block:
    return {"text": plain(text), "value": text}


def menu(*options: str, **more: Any) -> Block:
    return {"type": "static_select", "action_id": "m", "placeholder": plain(), "options": [option(each) for each in options], **more}


def text_input(**more: Any) -> Block:
    return {"type": "plain_text_input", **more}


def input_(element: Block, **more: Any) -> Block:
    return {"type": "input", "label": plain(), "element": element, **more}


def image(**more: Any) -> Block:
    return {"type": "image", "image_url": "https://x.example/x.png", "alt_text": "x", **more}


def rich(*leaves: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*leaves]}]}


def table(rows: int, columns: int, *, text: str = "x", **more: Any) -> Block:
    cells = [[{"type": "raw_text", "text": text} for _ in range(columns)] for _ in range(rows)]
    return {"type": "table", "rows": cells, **more}


def container(*children: Block, **more: Any) -> Block:
    return {"type": "container", "title": plain(), "child_blocks": [*children], **more}


def feedback(text: str = "Good", **more: Any) -> Block:
    good = {"text": plain(text), "value": "good", "accessibility_label": "Good answer"}
    bad = {"text": plain("Bad"), "value": "bad", "accessibility_label": "Bad answer"}
    pair = {"type": "feedback_buttons", "action_id": "f", "positive_button": good, "negative_button": bad, **more}
    return {"type": "context_actions", "elements": [pair]}


def card(**more: Any) -> Block:
    return {"type": "card", "title": plain(), **more}


def carousel(*cards: Block) -> Block:
    return {"type": "carousel", "elements": [*cards]}


def chart(kind: str, **more: Any) -> Block:
    return {"type": "data_visualization", "title": "x", "chart": {"type": kind, **more}}


def plan(*ids: str) -> Block:
    return {"type": "plan", "title": "x", "tasks": [{"task_id": id, "title": "x", "status": "pending"} for id in ids]}


def alert(text: str = "x") -> Block:
    return {"type": "alert", "text": plain(text), "level": "warning"}


def view(**more: Any) -> Block:
    return {"type": "modal", "title": plain("x" * 24), "blocks": [DIVIDER], **more}


BLOCKS: dict[str, Block] = {
    "actions": actions(button(1), menu("a"), {"type": "overflow", "options": [option("a")]}),
    "alert": alert(),
    "card": card(subtitle=mrkdwn(), body=plain(), actions=[button()], slack_icon={"type": "icon", "name": "bot"}),
    "carousel": carousel(card()),
    "container": container(section(), table(1, 1), is_collapsible=True, default_collapsed=True),
    "context": context(mrkdwn(), image()),
    "context_actions": feedback(),
    "data_table": table(2, 1, type="data_table", caption="x"),
    "data_visualization": chart("line", series=[{"name": "a", "data": [{"label": "x", "value": 1}]}], axis_config={"categories": ["x"]}),
    "divider": DIVIDER,
    "file": {"type": "file", "external_id": "x", "source": "remote"},
    "header": {"type": "header", "text": plain()},
    "image": image(title=plain()),
    "input": input_(text_input(), hint=plain(), optional=True),
    "markdown": {"type": "markdown", "text": "**x**"},
    "plan": plan("one", "two"),
    "rich_text": rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "link", "url": "https://x.example"}),
    "section": section(accessory=button(), fields=[plain()]),
    "table": table(1, 1, column_settings=[{"align": "right"}]),
    "task_card": {"type": "task_card", "task_id": "a", "title": "x", "status": "complete"},
    "video": {
        "type": "video",
        "alt_text": "x",
        "title": plain(),
        "thumbnail_url": "https://x.example/x.png",
        "video_url": "https://x.example/x",
    },
}
