"""What stands inside blocks, held against Slack's limits: inputs, menus, buttons, images. A table of keys, and a check for each key.

Adds to `bot/render/limits_elements.py`, which knows what answers are made of, everything else that an app can send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.render.limits_elements import (
    ADDRESS,
    BUTTON,
    VALUE,
    Found,
    check_feedback,
    check_plain,
    check_text,
    each,
    keys,
    length,
    within,
)

ID, ALT, PLACEHOLDER, INPUT, PROMPT = 255, 2_000, 150, 3_000, 4_000
OPTIONS, FEW, TICKS = 100, 5, 10
OPTION, OPTION_VALUE = 75, 150
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
VISIBLE_TO, FILES, LINES = 10, 10, 100

COMMON = "action_id confirm"
ASKED = f"{COMMON} placeholder focus_on_load"
TYPED = "action_id placeholder focus_on_load initial_value dispatch_action_config"
ELEMENTS: Mapping[str, tuple[str, str]] = {
    "button": ("text", f"{COMMON} value url style accessibility_label agent_prompt agent_prompt_display visible_to_user_ids"),
    "channels_select": ("", f"{ASKED} initial_channel response_url_enabled"),
    "checkboxes": ("options", f"{COMMON} initial_options focus_on_load"),
    "conversations_select": ("", f"{ASKED} initial_conversation default_to_current_conversation response_url_enabled filter"),
    "datepicker": ("", f"{ASKED} initial_date"),
    "datetimepicker": ("", f"{COMMON} initial_date_time focus_on_load"),
    "email_text_input": ("", TYPED),
    "external_select": ("", f"{ASKED} initial_option min_query_length"),
    "feedback_buttons": ("positive_button negative_button", "action_id"),
    "file_input": ("", "action_id filetypes max_files"),
    "icon_button": ("icon text", f"{COMMON} value accessibility_label visible_to_user_ids"),
    "image": ("alt_text", "image_url slack_file"),
    "multi_channels_select": ("", f"{ASKED} initial_channels max_selected_items"),
    "multi_conversations_select": (
        "",
        f"{ASKED} initial_conversations default_to_current_conversation max_selected_items filter",
    ),
    "multi_external_select": ("", f"{ASKED} initial_options min_query_length max_selected_items"),
    "multi_static_select": ("", f"{ASKED} options option_groups initial_options max_selected_items"),
    "multi_users_select": ("", f"{ASKED} initial_users max_selected_items"),
    "number_input": ("is_decimal_allowed", f"{TYPED} min_value max_value"),
    "overflow": ("options", COMMON),
    "plain_text_input": ("", f"{TYPED} multiline min_length max_length"),
    "radio_buttons": ("options", f"{COMMON} initial_option focus_on_load"),
    "rich_text_input": ("", f"{TYPED} min_lines max_lines"),
    "static_select": ("", f"{ASKED} options option_groups initial_option"),
    "timepicker": ("", f"{ASKED} initial_time timezone"),
    "url_text_input": ("", TYPED),
    "users_select": ("", f"{ASKED} initial_user"),
    "workflow_button": ("text workflow", "action_id style accessibility_label"),
}
"""For each element the keys that it needs and those that it may have."""
SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI = {f"multi_{kind}" for kind in SELECTS}
IN_ACTIONS = SELECTS | {
    "button",
    "checkboxes",
    "datepicker",
    "datetimepicker",
    "overflow",
    "radio_buttons",
    "timepicker",
    "workflow_button",
}
IN_SECTION = (IN_ACTIONS - {"datetimepicker"}) | MULTI | {"image"}
TYPED_IN = {"email_text_input", "file_input", "number_input", "plain_text_input", "rich_text_input", "url_text_input"}
IN_INPUT = (IN_ACTIONS - {"button", "overflow", "workflow_button"}) | MULTI | TYPED_IN
CHOSEN_FROM = {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}


def check_element(element: Any, at: str, kinds: set[str]) -> Found:
    """An element, where only some kinds are allowed."""
    kind = element.get("type") if isinstance(element, Mapping) else None
    if kind not in kinds:
        yield f"{at}: {kind} is not allowed here"
        return
    if kind == "feedback_buttons":
        yield from check_feedback(element, at)
        yield from length(element.get("action_id", kind), 1, ID, f"{at}.action_id")
        return
    needed, optional = ELEMENTS[kind]
    wrong = [*keys(element, needed, optional, at)]
    yield from wrong or check_known(element, at)


def check_known(element: Mapping[str, Any], at: str) -> Found:
    """An element that has the right keys."""
    for key, value in element.items():
        check = CHECKS.get(key)
        if check is not None:
            yield from check(value, f"{at}.{key}", element)
    yield from check_choice(element, at)
    if element["type"] == "image" and ("image_url" in element) == ("slack_file" in element):
        yield f"{at}: needs image_url or slack_file"
    low, high = element.get("min_length", 0), element.get("max_length", INPUT)
    if low > high:
        yield f"{at}: min_length {low} is more than max_length {high}"
    if element["type"] == "plain_text_input" and len(element.get("initial_value", "")) > high:
        yield f"{at}.initial_value: longer than max_length {high}"


def check_choice(element: Mapping[str, Any], at: str) -> Found:
    """What can be chosen, and what is chosen to begin with."""
    if element["type"] not in CHOSEN_FROM:
        return
    if ("options" in element) == ("option_groups" in element):
        yield f"{at}: needs options or option_groups, and not both"
        return
    options = element.get("options") or [option for group in element.get("option_groups", ()) for option in group.get("options", ())]
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        yield f"{at}: two options of one value"
    first = element.get("initial_options") or ([element["initial_option"]] if "initial_option" in element else [])
    yield from (f"{at}: the initial option {each_.get('value')!r} is none of the options" for each_ in first if each_ not in options)


def check_options(options: Any, at: str, element: Mapping[str, Any]) -> Found:
    """The options of a menu."""
    most = {"overflow": FEW, "checkboxes": TICKS, "radio_buttons": TICKS}.get(element["type"], OPTIONS)
    yield from within(len(options), 1, most, "options", at)
    yield from each(options, at, lambda option, here: check_option(option, here, element["type"]))


def check_option(option: Any, at: str, kind: str) -> Found:
    """An option; only where there is room may it be mrkdwn, and only an overflow menu has links."""
    if not isinstance(option, Mapping):
        yield f"{at}: not an option"
        return
    yield from keys(option, "text value", "description url" if kind == "overflow" else "description", at)
    kinds = ("plain_text", "mrkdwn") if kind in ("checkboxes", "radio_buttons") else ("plain_text",)
    yield from check_text(option.get("text"), OPTION, f"{at}.text", kinds)
    yield from length(option.get("value"), 1, OPTION_VALUE, f"{at}.value")
    if "description" in option:
        yield from check_text(option["description"], OPTION, f"{at}.description", kinds)
    if "url" in option:
        yield from length(option["url"], 1, ADDRESS, f"{at}.url")


def check_groups(groups: Any, at: str, element: Mapping[str, Any]) -> Found:
    """Options in groups."""
    yield from within(len(groups), 1, OPTIONS, "groups", at)
    for number, group in enumerate(groups):
        here = f"{at}[{number}]"
        yield from keys(group, "label options", "", here)
        yield from check_plain(group.get("label"), OPTION, f"{here}.label")
        yield from check_options(group.get("options", ()), f"{here}.options", element)


def check_confirm(confirm: Any, at: str, _: Mapping[str, Any]) -> Found:
    """The question whether somebody is sure."""
    wrong = [*keys(confirm, "title text confirm deny", "style", at)]
    yield from wrong
    if not wrong:
        yield from check_plain(confirm["title"], CONFIRM_TITLE, f"{at}.title")
        yield from check_text(confirm["text"], CONFIRM_TEXT, f"{at}.text")
        yield from check_plain(confirm["confirm"], CONFIRM_BUTTON, f"{at}.confirm")
        yield from check_plain(confirm["deny"], CONFIRM_BUTTON, f"{at}.deny")


def check_dispatch(config: Any, at: str, _: Mapping[str, Any]) -> Found:
    """When an input tells the app what is typed."""
    wanted = config.get("trigger_actions_on", ()) if isinstance(config, Mapping) else ()
    yield from within(len(wanted), 1, 2, "trigger_actions_on", at)
    yield from (f"{at}: {each_} is unknown" for each_ in wanted if each_ not in ("on_enter_pressed", "on_character_entered"))


def text(most: int, *, least: int = 1) -> Callable[..., Found]:
    """A check of the length of a plain string."""
    return lambda value, at, _: length(value, least, most, at)


def plain(most: int) -> Callable[..., Found]:
    """A check of a text object."""
    return lambda value, at, _: check_plain(value, most, at)


def number(least: int, most: int) -> Callable[..., Found]:
    """A check of a number."""
    return lambda value, at, _: within(value, least, most, at.rpartition(".")[2], at)


def shaped(pattern: str) -> Callable[..., Found]:
    """A check of how a string is written."""
    return lambda value, at, _: iter(() if re.fullmatch(pattern, str(value)) else (f"{at}: {value!r} is not written as Slack wants it",))


def several(most: int) -> Callable[..., Found]:
    """A check of how many there are."""
    return lambda value, at, _: within(len(value), 1, most, at.rpartition(".")[2], at)


CHECKS: Mapping[str, Callable[[Any, str, Mapping[str, Any]], Iterator[str]]] = {
    "accessibility_label": text(BUTTON),
    "action_id": text(ID),
    "agent_prompt": text(PROMPT),
    "alt_text": text(ALT),
    "confirm": check_confirm,
    "dispatch_action_config": check_dispatch,
    "icon": lambda value, at, _: iter(() if value == "trash" else (f"{at}: {value!r} is no icon",)),
    "image_url": text(ADDRESS),
    "initial_date": shaped(r"\d{4}-\d\d-\d\d"),
    "initial_date_time": shaped(r"\d{10}"),
    "initial_time": shaped(r"\d\d:\d\d"),
    "max_files": number(1, FILES),
    "max_length": number(1, INPUT),
    "max_lines": number(1, LINES),
    "max_selected_items": number(1, OPTIONS),
    "min_length": number(0, INPUT),
    "min_lines": number(1, LINES),
    "option_groups": check_groups,
    "options": check_options,
    "placeholder": plain(PLACEHOLDER),
    "style": lambda value, at, _: iter(() if value in ("primary", "danger") else (f"{at}: neither primary nor danger",)),
    "text": plain(BUTTON),
    "url": text(ADDRESS),
    "value": text(VALUE),
    "visible_to_user_ids": several(VISIBLE_TO),
}
"""What has to hold for a key, whichever element it stands in."""
