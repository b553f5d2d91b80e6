"""What people fill in, held against Slack's limits: menus, fields of text, round buttons. The figures' origin: see limits.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render.limits_elements import BUTTON, Found, check_button, check_plain, each, keys, length, within

OPTION, OPTION_VALUE, OPTIONS, ROUND = 75, 150, 100, 10
PLACEHOLDER, LABEL, TYPED, INITIAL = 150, 2_000, 3_000, 3_000
IN_ACTIONS = ("button", "static_select")
IN_INPUT = ("static_select", "plain_text_input", "radio_buttons")


def check_in_actions(element: Any, at: str) -> Found:
    """What stands in a row of buttons."""
    kind = element.get("type") if isinstance(element, Mapping) else None
    yield from check_menu(element, at) if kind == "static_select" else check_button(element, at)


def check_input(block: Mapping[str, Any], at: str) -> Found:
    """An input: its label, its hint and the element."""
    yield from check_plain(block["label"], LABEL, f"{at}.label")
    if "hint" in block:
        yield from check_plain(block["hint"], LABEL, f"{at}.hint")
    element, here = block["element"], f"{at}.element"
    kind = element.get("type") if isinstance(element, Mapping) else None
    if kind not in IN_INPUT:
        yield f"{here}: {kind} is not allowed here"
    elif kind == "plain_text_input":
        yield from check_typed(element, here)
    else:
        yield from check_menu(element, here)


def check_typed(element: Mapping[str, Any], at: str) -> Found:
    """A field to type in."""
    yield from keys(element, "action_id", "multiline placeholder initial_value min_length max_length focus_on_load", at)
    yield from within(element.get("max_length", TYPED), 1, TYPED, "as max_length", at)
    yield from length(element.get("initial_value", ""), 0, INITIAL, f"{at}.initial_value")
    if "placeholder" in element:
        yield from check_plain(element["placeholder"], PLACEHOLDER, f"{at}.placeholder")


def check_menu(element: Mapping[str, Any], at: str) -> Found:
    """A menu or round buttons: each option, and that what is chosen at first is one of them."""
    is_round = element["type"] == "radio_buttons"
    yield from keys(element, "action_id options", "initial_option focus_on_load" + ("" if is_round else " placeholder"), at)
    options = element.get("options", [])
    yield from within(len(options), 1, ROUND if is_round else OPTIONS, "options", at)
    yield from each(options, f"{at}.options", lambda option, here: check_option(option, here, is_round=is_round))
    if len({option.get("value") for option in options}) < len(options):
        yield f"{at}.options: two of one value"
    if "initial_option" in element and element["initial_option"] not in options:
        yield f"{at}.initial_option: none of the options"
    if "placeholder" in element:
        yield from check_plain(element["placeholder"], PLACEHOLDER, f"{at}.placeholder")


def check_option(option: Any, at: str, *, is_round: bool) -> Found:
    """An option."""
    if not isinstance(option, Mapping):
        yield f"{at}: not an option"
        return
    yield from keys({"type": "", **option}, "text value", "description" if is_round else "", at)
    yield from check_plain(option.get("text"), OPTION, f"{at}.text")
    yield from length(option.get("value"), 1, OPTION_VALUE, f"{at}.value")
    if "description" in option:
        yield from check_plain(option["description"], BUTTON, f"{at}.description")
