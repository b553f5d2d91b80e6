"""What people type, as Slack hands it on: signs escaped, names as ids, addresses as links; and the same as rich text."""

from __future__ import annotations

import html
import re
from typing import Any

from fakeslack.reading import ENTITY
from fakeslack.state import State

NAMED = re.compile(r"(?<![\w<])@([\w.-]*\w)")
PLACED = re.compile(r"(?<![\w<&])#([\w-]+)")
LINKED = re.compile(r"(?<![<|])https?://[^\s<>|]+")
CALLS = ("channel", "here", "everyone")


def typed(text: str, state: State, *, labels: bool = False) -> str:
    """A text as it arrives when it is typed. In commands, names come with their label."""
    people = {user.name: user.id for user in state.users.values()}
    places = {channel.name: channel.id for channel in state.channels.values() if channel.name}

    def person(found: re.Match[str]) -> str:
        name = found[1]
        if name in CALLS:
            return f"<!{name}>"
        return f"<@{people[name]}{f'|{name}' if labels else ''}>" if name in people else found[0]

    def place(found: re.Match[str]) -> str:
        name = found[1]
        return f"<#{places[name]}|{name if labels else ''}>" if name in places else found[0]

    escaped = html.escape(text, quote=False)
    return PLACED.sub(place, NAMED.sub(person, LINKED.sub(lambda found: f"<{found[0]}>", escaped)))


def rich(markup: str) -> list[dict[str, Any]]:
    """The rich text that people's own messages carry."""
    leaves: list[dict[str, Any]] = []
    at = 0
    for found in ENTITY.finditer(markup):
        leaves += text_leaf(markup[at : found.start()])
        leaves.append(leaf(*found[1].partition("|")[::2]))
        at = found.end()
    leaves += text_leaf(markup[at:])
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": leaves}]}] if leaves else []


def text_leaf(markup: str) -> list[dict[str, Any]]:
    """A text, if there is any."""
    return [{"type": "text", "text": html.unescape(markup)}] if markup else []


def leaf(target: str, label: str) -> dict[str, Any]:
    """A mention or a link."""
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": target} | ({"text": label} if label else {})
