"""What people chose and typed, read from the payload of a view or a message. Nothing in it is trusted to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack.names import EVERYTHING, Field


def values_in(payload: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The action_id and the state of every element of a view or of a message's payload."""
    view = payload.get("view")
    holder = view if isinstance(view, Mapping) else payload
    state = holder.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    for elements in values.values() if isinstance(values, Mapping) else ():
        for action_id, element in elements.items() if isinstance(elements, Mapping) else ():
            if isinstance(element, Mapping):
                yield str(action_id), element


def chosen_in(payload: Mapping[str, Any], name: str) -> str | None:
    """The value that was chosen in a menu or with a round button; None where nothing or everything was."""
    for action_id, element in values_in(payload):
        option = element.get("selected_option")
        if action_id == str(name) and isinstance(option, Mapping):
            value = option.get("value")
            return value if isinstance(value, str) and value != EVERYTHING else None
    return None


def typed_in(payload: Mapping[str, Any], field: Field) -> str:
    """The text that was typed in a field."""
    found = next((element.get("value") for action_id, element in values_in(payload) if action_id == field.value), None)
    return found.strip() if isinstance(found, str) else ""
