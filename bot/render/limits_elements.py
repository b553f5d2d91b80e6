"""What blocks are made of, held against Slack's limits: texts, buttons, paragraphs, cells. The figures' origin: see limits.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Found = Iterator[str]

TOTAL = 12_000
TEXT, BUTTON, VALUE, ADDRESS = 3_000, 75, 2_000, 3_000
CELL = 10_000
STYLES = {"bold", "italic", "strike", "code", "underline"}
APART = {"type", "style", "align", "width", "rows"}
"""Keys whose strings do not count as text of a message."""
EXTRA = {"&": 4, "<": 3, ">": 3}
"""How much longer a sign gets by being escaped."""


def long(text: str) -> int:
    """The length of a text as Slack may count it at worst."""
    return len(text) + sum(EXTRA.get(sign, 0) + (ord(sign) > 0xFFFF) for sign in text)


def within(count: int, least: int, most: int, what: str, at: str) -> Found:
    """Whether a number is within its bounds."""
    if not least <= count <= most:
        yield f"{at}: {count} {what}, {f'at least {least}' if count < least else f'at most {most}'}"


def length(text: Any, least: int, most: int, at: str) -> Found:
    """Whether this is text of a length that is allowed, and can be sent at all."""
    if not isinstance(text, str):
        yield f"{at}: not text"
    else:
        yield from within(long(text), least, most, "characters", at)
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            yield f"{at}: half of a pair of UTF-16"


def keys(thing: Mapping[str, Any], needed: str, allowed: str, at: str) -> Found:
    """Whether the keys are there that have to be, and no others than may be; nothing is null."""
    yield from (f"{at}: no {key}" for key in needed.split() if key not in thing)
    yield from (f"{at}: {key} is unknown" for key in thing if key not in f"type {needed} {allowed}".split())
    yield from (f"{at}.{key}: null" for key, value in thing.items() if value is None)


def each(things: Sequence[Any], at: str, check: Callable[[Any, str], Found]) -> Found:
    """A check of every one of several things, at its own address."""
    for number, thing in enumerate(things):
        yield from check(thing, f"{at}[{number}]")


def strings_of(value: Any) -> Iterator[str]:
    """Every string in a value, but the words of Block Kit and what stands in cells."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (found for key, inner in value.items() if key not in APART for found in strings_of(inner))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in strings_of(inner))


def check_text(text: Any, most: int, at: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn"), least: int = 1) -> Found:
    """A text object."""
    if not isinstance(text, Mapping) or text.get("type") not in kinds:
        yield f"{at}: not {' or '.join(kinds)}"
        return
    yield from keys(text, "text", "emoji" if text["type"] == "plain_text" else "verbatim", at)
    yield from length(text.get("text"), least, most, f"{at}.text")


def check_plain(text: Any, most: int, at: str) -> Found:
    """A text object that may not be mrkdwn."""
    return check_text(text, most, at, ("plain_text",))


def check_button(button: Any, at: str) -> Found:
    """A button."""
    if not isinstance(button, Mapping) or button.get("type") != "button":
        yield f"{at}: not a button"
        return
    yield from keys(button, "text action_id", "value url style accessibility_label", at)
    yield from check_plain(button.get("text"), BUTTON, f"{at}.text")
    for key, most in (("value", VALUE), ("url", ADDRESS), ("accessibility_label", BUTTON)):
        if key in button:
            yield from length(button[key], 1, most, f"{at}.{key}")
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"{at}.style: neither primary nor danger"


def check_feedback(element: Any, at: str) -> Found:
    """A pair of feedback buttons."""
    if not isinstance(element, Mapping) or element.get("type") != "feedback_buttons":
        yield f"{at}: not feedback_buttons"
        return
    yield from keys(element, "positive_button negative_button", "action_id", at)
    for name in ("positive_button", "negative_button"):
        button = element.get(name, {})
        yield from keys(button, "text value", "accessibility_label", f"{at}.{name}")
        yield from check_plain(button.get("text"), BUTTON, f"{at}.{name}.text")
        yield from length(button.get("value"), 1, VALUE, f"{at}.{name}.value")
        yield from length(button.get("accessibility_label", name), 1, BUTTON, f"{at}.{name}.accessibility_label")


def check_cell(cell: Any, at: str) -> Found:
    """A cell."""
    kind = cell.get("type") if isinstance(cell, Mapping) else None
    if kind == "raw_text":
        yield from keys(cell, "text", "", at)
        yield from length(cell.get("text"), 1, CELL, f"{at}.text")
    elif kind == "rich_text":
        yield from keys(cell, "elements", "", at)
        yield from check_rich_text(cell, at)
    else:
        yield f"{at}: neither raw_text nor rich_text"


def check_column(setting: Any, at: str) -> Found:
    """How a column is shown."""
    if not isinstance(setting, Mapping):
        yield f"{at}: no settings"
        return
    yield from keys(setting, "", "align is_wrapped", at)
    if setting.get("align", "left") not in ("left", "center", "right"):
        yield f"{at}.align: neither left, center nor right"


def check_rich_text(block: Mapping[str, Any], at: str) -> Found:
    """Paragraphs, lists and quotes."""
    yield from within(len(block.get("elements", ())), 1, TOTAL, "elements", at)
    yield from each(block.get("elements", ()), f"{at}.elements", check_rich_element)


def check_rich_element(element: Any, at: str) -> Found:
    """One of them."""
    kind = element.get("type") if isinstance(element, Mapping) else None
    if kind == "rich_text_list":
        yield from keys(element, "elements style", "indent offset border", at)
        yield from within(len(element.get("elements", ())), 1, TOTAL, "elements", at)
        if element.get("style") not in ("bullet", "ordered"):
            yield f"{at}.style: neither bullet nor ordered"
        yield from each(element.get("elements", ()), f"{at}.elements", lambda item, here: check_leaves(item, here, ("rich_text_section",)))
    else:
        yield from check_leaves(element, at, ("rich_text_section", "rich_text_quote", "rich_text_preformatted"))


def check_leaves(element: Any, at: str, kinds: tuple[str, ...]) -> Found:
    """The texts and links of a paragraph."""
    if not isinstance(element, Mapping) or element.get("type") not in kinds:
        yield f"{at}: not {' or '.join(kinds)}"
        return
    yield from keys(element, "elements", "border", at)
    yield from within(len(element.get("elements", ())), 1, TOTAL, "elements", at)
    yield from each(element.get("elements", ()), f"{at}.elements", check_leaf)


def check_leaf(leaf: Any, at: str) -> Found:
    """A text, a link, or the name of a person, a group, a channel."""
    kind = leaf.get("type") if isinstance(leaf, Mapping) else None
    needed = {"text": "text", "link": "url", "user": "user_id", "usergroup": "usergroup_id", "channel": "channel_id"}.get(kind or "")
    if needed is None:
        yield f"{at}: {kind} is not allowed here"
        return
    yield from keys(leaf, needed, "style text" if kind == "link" else "style", at)
    yield from length(leaf.get(needed), 1, ADDRESS if kind == "link" else TOTAL, f"{at}.{needed}")
    if kind == "link":
        yield from length(leaf.get("text", needed), 1, TEXT, f"{at}.text")
    if not set(leaf.get("style", ())) <= STYLES:
        yield f"{at}.style: unknown"
