"""Rules that Slack does not check and this house does: text that answers, nothing that calls or leads away unasked, words for all ears.

- `text` stands for the blocks in notifications and for screen readers, which read nothing else: it has to hold the first line that
  the blocks show and most of their words, and stay within what Slack recommends.
- A mention of anybody and a link to anywhere has to be allowed by the test (`slack.allows`). Nothing is ever broadcast.
- A picture has words, feedback and buttons of signs alone have labels, and no more than five buttons stand in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from bot.render.limits import TABLES
from fakeslack.reading import LEAVES, handles_of, leaves_of, lines_of, marked_up, shown

RECOMMENDED = 4_000
"""Slack's own advice on the length of `text`."""
MOST_BUTTONS = 5
SHARE = 0.5
"""How much of what the blocks say `text` has to say as well."""
CUT = 3_000
"""A text as long as this may have been cut."""
MARKUP = re.compile(r"<[^<>]*>?")
ADDRESS = re.compile(r"https?://[^\s<>|)\]]+")
CALLS = re.compile(r"(?<!\w)@(channel|here|everyone)\b")
WORD = re.compile(r"\w+")
MARKS = re.compile("[*_~`\u2060\u200b]")
BROADCASTS = ("!channel", "!here", "!everyone", "channel", "here", "everyone")


class Allowed:
    """What a bot may mention and link to: ids, and patterns of addresses such as `https://docs.example.com/*`."""

    def __init__(self) -> None:
        self.patterns: list[str] = []

    def add(self, *patterns: str) -> None:
        """Allows more."""
        self.patterns += patterns

    def has(self, target: str) -> bool:
        """Whether a mention or an address is allowed; a broadcast never is."""
        return target not in BROADCASTS and any(fnmatchcase(target, pattern) for pattern in self.patterns)


def wrong_message(payload: Mapping[str, Any], allowed: Allowed) -> Iterator[str]:
    """What this house does not want in a message."""
    text, blocks = str(payload.get("text") or ""), payload.get("blocks") or []
    yield from wrong_text(text, blocks)
    for key in ("link_names", "parse"):
        if payload.get(key) not in (None, False, "none", 0):
            yield f"{key}: names in a text would become mentions"
    yield from wrong_markup([text, *marked_up(blocks)], allowed)
    yield from wrong_blocks(blocks, allowed)


def wrong_view(view: Mapping[str, Any], allowed: Allowed) -> Iterator[str]:
    """What this house does not want in a modal or on the Home tab."""
    blocks = view.get("blocks") or []
    yield from wrong_markup([*marked_up(blocks)], allowed)
    yield from wrong_blocks(blocks, allowed)


def wrong_text(text: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Whether `text` says what the blocks say."""
    if not text.strip():
        yield "text: missing, so that notifications and screen readers have nothing"
        return
    if len(text) > RECOMMENDED:
        yield f"text: {len(text)} characters, Slack recommends {RECOMMENDED}"
    told, lines = plain(shown(text)), [*lines_of(blocks)]
    first = next(lines_of([block for block in blocks if block["type"] not in TABLES]), "")
    if plain(first) not in told and len(text) < CUT:
        yield f"text: a stub; the blocks begin with {first!r}"
        return
    words, heard = {word for line in lines for word in WORD.findall(plain(line))}, {*WORD.findall(told)}
    if words and len(text) < CUT and len(words & heard) < SHARE * len(words):
        yield f"text: says {len(words & heard)} of the {len(words)} words of the blocks"


def plain(text: str) -> str:
    """A text without marks and case, on one line."""
    return " ".join(MARKS.sub("", text).casefold().split())


def wrong_markup(texts: Sequence[str], allowed: Allowed) -> Iterator[str]:
    """Mentions, commands and links in Slack's markup."""
    for text in texts:
        for markup in MARKUP.findall(text):
            target = markup[1:].rstrip(">").partition("|")[0]
            if not allowed.has(target.lstrip("@#")):
                yield f"markup that is not allowed: {markup[:80]}"
        yield from (f"a call: {call[0]}" for call in CALLS.finditer(text))
        bare = MARKUP.sub(" ", text)
        yield from (f"an address that is not allowed: {url}" for url in ADDRESS.findall(bare) if not allowed.has(url.rstrip(".,;:")))


def wrong_blocks(blocks: Sequence[Mapping[str, Any]], allowed: Allowed) -> Iterator[str]:
    """Typed mentions and links, rows of buttons, labels."""
    for leaf in leaves_of(blocks):
        target = leaf.get("url") if leaf["type"] == "link" else leaf.get(LEAVES[leaf["type"]])
        if leaf["type"] != "emoji" and not allowed.has(str(target)):
            yield f"a {leaf['type']} that is not allowed: {target}"
    children = [child for block in blocks for child in block.get("child_blocks", ())]
    for block in [*blocks, *children]:
        buttons = [each for each in block.get("elements", ()) if block.get("type") == "actions" and each.get("type") == "button"]
        if len(buttons) > MOST_BUTTONS:
            yield f"{len(buttons)} buttons in a row, at most {MOST_BUTTONS}"
    yield from wrong_labels(blocks)


def wrong_labels(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Buttons that a screen reader could not name."""
    for handle in handles_of(blocks):
        element = handle.element.get(handle.part, handle.element) if handle.part else handle.element
        if handle.part and not element.get("accessibility_label"):
            yield f"feedback without accessibility_label: {handle.label}"
        elif element.get("type") == "icon_button" and not element.get("accessibility_label"):
            yield f"an icon without accessibility_label: {handle.label}"
        elif element.get("type") == "button" and not any(WORD.search(label) for label in handle.labels):
            yield f"a button of signs alone without accessibility_label: {handle.label}"
