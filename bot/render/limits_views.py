"""check_view(): whether Slack would take this view, found out without Slack. The figures' origin: see limits.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.render.limits import ID, check_blocks, values_of
from bot.render.limits_elements import check_plain, keys, length, within

WORD, METADATA, BYTES = 24, 3_000, 250_000
"""The longest title, word on a button and metadata of a view, and the most bytes of the whole."""


def check_view(view: Mapping[str, Any]) -> list[str]:
    """Everything that Slack would refuse in a modal or on the Home tab, with its address; empty when it would take the view."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"view: {kind} is not a kind of view"]
    words = "title submit close" if kind == "modal" else ""
    found = [
        *keys(view, "blocks title" if kind == "modal" else "blocks", f"callback_id private_metadata notify_on_close {words}", "view"),
        *length(view.get("callback_id", ""), 0, ID, "view.callback_id"),
        *length(view.get("private_metadata", ""), 0, METADATA, "view.private_metadata"),
        *(wrong for word in words.split() if word in view for wrong in check_plain(view[word], WORD, f"view.{word}")),
        *within(len(json.dumps(view).encode()), 1, BYTES, "bytes", "view"),
    ]
    blocks = view.get("blocks", [])
    inputs = [block for block in blocks if block.get("type") == "input"]
    if kind == "modal" and inputs and "submit" not in view:
        found.append("view: inputs without submit")
    if [*values_of(blocks, "focus_on_load")].count(True) > 1:
        found.append("blocks: focus_on_load more than once")
    return [*found, *check_blocks(blocks, kind)]
