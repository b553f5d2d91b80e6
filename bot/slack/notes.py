"""Messages that stand for themselves: stored in the inbox like what was said, so that they are tried until Slack takes them.

Each has several ways to whoever it is for, and goes by the first that works: what matters is that it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.slack.posting import ToChannel, ToOne, ToPerson, ToResponse, Way
from bot.store import Next, PersonKey

NOTE = "note"
"""The kind of a message that stands for itself."""
WAYS: Mapping[str, type[Way]] = {"channel": ToChannel, "one": ToOne, "response": ToResponse, "person": ToPerson}


def note(key: str, ways: Sequence[Way], text: str, person: PersonKey | None = None) -> Next:
    """A message that stands for itself, to be stored."""
    return Next(f"{NOTE} {key}", NOTE, {"ways": [*map(way_as_json, ways)], "text": text}, person)


def way_as_json(way: Way) -> dict[str, Any]:
    """A way as it is stored."""
    return {"to": next(name for name, kind in WAYS.items() if isinstance(way, kind)), **asdict(way)}


def ways_in(payload: Mapping[str, Any]) -> tuple[Way, ...]:
    """The ways that were stored."""
    stored = [dict(each) for each in payload.get("ways") or ()]
    return tuple(WAYS[each.pop("to")](**each) for each in stored)
