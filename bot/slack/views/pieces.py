"""What views are put together from. Every text is plain: cleaned, cut to what Slack takes, and never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.company import Company
from bot.render.blocks import Block, actions, context, leaf, paragraph, plain
from bot.render.inert import clean, cut, size
from bot.render.limits_inputs import OPTION, OPTION_VALUE, OPTIONS, PLACEHOLDER
from bot.render.words import listed
from bot.slack.names import EVERYTHING, Action, Field, numbered

__all__ = ["Block", "actions", "context", "header", "labelled", "leaf", "listing", "menu", "press", "said", "typed"]

HEADER, TEXT, NOTE, LABEL = 150, 900, 600, 75
VALUE, TITLE = 2_000, 24
A_ROW = 5
"""The most buttons in a row: more do not fit on a phone."""


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(cut(clean(text), HEADER) or "…")}


def said(text: str, *, bold: bool = False) -> Block:
    """A paragraph."""
    return paragraph([leaf(cut(clean(text), TEXT) or "…", bold=bold)])


def note(text: str) -> Block:
    """A line in small type."""
    return context(cut(clean(text), NOTE) or "…")


def labelled(rows: Iterable[tuple[str, str]], between: str = ": ") -> list[Block]:
    """What is so and what it is called, a line each: "Owns: renewal and upsell"."""
    leaves: list[Block] = []
    for label, text in rows:
        leaves += [leaf("\n")] if leaves else []
        leaves += [leaf(clean(label), bold=True), leaf(between + (cut(clean(text), TEXT) or "…"))]
    return [paragraph(leaves)] if leaves else []


def listing(lines: Iterable[str]) -> list[Block]:
    """A list."""
    items = [{"type": "rich_text_section", "elements": [leaf(cut(clean(line), TEXT))]} for line in lines if clean(line)]
    return [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}] if items else []


def press(text: str, action: str, value: str = "", *, label: str = "", style: str = "") -> Block:
    """A button; `label` is what a screen reader says where the text alone does not tell."""
    made: Block = {"type": "button", "action_id": str(action), "text": plain(cut(clean(text), LABEL) or "…")}
    made |= {"value": value} if value else {}
    made |= {"accessibility_label": cut(clean(label), LABEL)} if label else {}
    return made | ({"style": style} if style else {})


def questions(asked: Sequence[str], most: int = A_ROW) -> list[Block]:
    """Buttons that ask; each carries its question."""
    return actions([press(text, numbered(Action.ASK, number), text, label=f"Ask: {text}") for number, text in enumerate(asked[:most], 1)])


@dataclass(frozen=True, slots=True)
class Names:
    """What a menu offers: value and text of each, what stands first in it, and how many characters there are for it."""

    noun: str
    pairs: Sequence[tuple[str, str]]
    chosen: str | None = None
    everything: str = ""
    """The text of the first option, which chooses nothing."""
    room: int = 15_000

    @property
    def options(self) -> list[Block]:
        """As many options as there is room for, the chosen one among them."""
        first = [(EVERYTHING, self.everything or f"All {self.noun}s")]
        offered = [(value, cut(clean(text), OPTION)) for value, text in (*first, *self.pairs) if len(value) <= OPTION_VALUE and clean(text)]
        kept, space = set[str](), self.room
        for value, text in sorted(offered, key=lambda pair: pair[0] not in (EVERYTHING, self.chosen)):
            space -= size(text) + size(value)
            if len(kept) == OPTIONS or (space < 0 and kept):
                break
            kept.add(value)
        return [{"text": plain(text), "value": value} for value, text in offered if value in kept]

    @property
    def left(self) -> int:
        """How many are not among the options."""
        return len(self.pairs) + 1 - len(self.options)


def offered(company: Company, role: str | None, segment: str | None, *, everything: tuple[str, str] = ("", "")) -> tuple[Names, Names]:
    """The company's roles and segments to choose from."""
    roles = Names("role", [(each.id, each.name) for each in company.roles()], role, everything[0])
    return roles, Names("segment", [(each.id, each.name) for each in company.segments.values()], segment, everything[1])


def not_offered(menus: Iterable[Names], command: str) -> list[Block]:
    """What is said where not all names fit into the menus."""
    left = [f"{names.left} more {names.noun}{'s' * (names.left != 1)}" for names in menus if names.pairs and names.left]
    fit = "does" if len(left) == 1 and left[0].startswith("1 ") else "do"
    return [note(f"… {listed(left)} {fit} not fit into the menus: type {command} and the name.")] if left else []


def menu(action: str, placeholder: str, names: Names) -> Block:
    """A menu; what is chosen stands in it at first."""
    options = names.options
    first = next(option for value in (names.chosen, EVERYTHING) for option in options if option["value"] == value)
    said = plain(cut(placeholder, PLACEHOLDER))
    return {"type": "static_select", "action_id": str(action), "placeholder": said, "options": options, "initial_option": first}


def filled(field: Field, label: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    """An input, found again by the name of its field."""
    made: Block = {"type": "input", "block_id": field.value, "label": plain(label), "element": element | {"action_id": field.value}}
    made |= {"hint": plain(hint)} if hint else {}
    return made | ({"optional": True} if optional else {})


def typed(field: Field, placeholder: str, most: int, *, lines: bool = False, initial: str = "") -> Block:
    """A field to type in."""
    made: Block = {"type": "plain_text_input", "action_id": field.value, "max_length": most, "placeholder": plain(placeholder)}
    made |= {"multiline": True} if lines else {}
    return made | ({"initial_value": initial[:most]} if initial else {})


def modal(callback: str, title: str, blocks: list[Block], *, submit: str = "", close: str = "Close", metadata: str = "") -> Block:
    """A modal."""
    words = {"title": plain(cut(title, TITLE)), "close": plain(close)}
    made: Block = {"type": "modal", "callback_id": str(callback), **words, "blocks": blocks}
    made |= {"submit": plain(submit)} if submit else {}
    return made | ({"private_metadata": metadata} if metadata else {})
