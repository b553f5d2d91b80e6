"""blocks(): an answer as Block Kit for a message of Slack. No text of it is ever mrkdwn, so nothing in a model can become a mention.

What does not fit is left out by words, lines and rows, and said to be: an answer that Slack refuses is no answer. The limits stand in
limits.py; what is made here stays below them by a fixed share for each piece. Buttons carry their question as value: `ask-…` asks it
anew, `choose-…` says what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bot.domain.answers import Message
from bot.render.inert import Line, clean, cut, link_of, parts_of, read_lines, row_words, said_of, size, squared, table_first
from bot.render.message import EMPTY_HEADLINE

Block = dict[str, Any]

PARTS = 4
"""Of more questions in one message the rest is asked for anew."""
ROOM, FURTHER = 6_600, 1_300
"""Characters of the whole message, and those set aside for each further answer."""
HEADLINE, LINE, WHY, SOURCES = 1_000, 900, 1_200, 800
LINES, LISTED = 100, 8
"""The most lines, and the most sources."""
A_LINE = 10
"""What a line costs besides its text."""
ROWS, COLUMNS, CELL, CELLS, CAPTION = 100, 20, 240, 4_000, 120
FEW_ROWS, PAGE = 10, 20
"""A table of more rows than a few is one to leaf through."""
CHOICES, QUESTIONS = 10, 4
LABEL, VALUE = 75, 300
NOTES = 200
"""Characters set aside for saying what was left out."""


class Room:
    """How many characters are left for an answer."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, text: str, most: int) -> str:
        """The text as far as there is room for it, which is then taken."""
        said = cut(text, min(most, self.left))
        self.left -= size(said)
        return said


def blocks(message: Message) -> list[Block]:
    """The blocks of a message: each answer with its choices, then what to ask next."""
    parts = [*parts_of(message)]
    shown, made = parts[:PARTS], []
    tabled = next((number for number, part in enumerate(shown) if is_drawn(part)), None)
    for number, part in enumerate(shown):
        room = Room(FURTHER if number else ROOM - FURTHER * (len(shown) - 1))
        made += [{"type": "divider"}] if number else []
        made += answer_blocks(part, number, room, drawn=number == tabled)
    if len(parts) > PARTS:
        made.append(context(f"… {counted(len(parts) - PARTS, 'more answer')}: ask those questions one at a time."))
    asked = said_of(question for part in shown for question in part.next)
    return made + actions([button(text, f"ask-{number}") for number, text in enumerate(fitting(asked)[:QUESTIONS], 1)])


def answer_blocks(part: Message, number: int, room: Room, *, drawn: bool) -> list[Block]:
    """One answer. What matters most takes its room first."""
    room.left -= NOTES
    headline = room.take(clean(part.headline) or EMPTY_HEADLINE, HEADLINE)
    choices = choice_buttons(part, number, room)
    said = {each["value"] for each in choices}
    label = room.take(clean(part.label), LINE)
    why = room.take("\n".join(said_of(part.why)), WHY)
    footing = "\n".join(line for line in (label, why) if line)
    sources = source_blocks(part, room)
    table = table_blocks(part, room) if drawn else []
    said |= {clean(question) for question in part.next}
    lines = [line for line in read_lines(part.lines) if line.text not in said]
    below = line_blocks([*lines, *([] if drawn else worded_rows(part))], room)
    return [
        paragraph([leaf(headline, bold=True)]),
        *([*table, *below] if table_first(part) else [*below, *table]),
        *([context(footing)] if footing else []),
        *sources,
        *actions(choices),
        *left_out(len(fitting(said_of(part.options))) - len(choices)),
    ]


def choice_buttons(part: Message, number: int, room: Room) -> list[Block]:
    """A button for each choice, while there is room."""
    made: list[Block] = []
    for label in fitting(said_of(part.options))[:CHOICES]:
        cost = 2 * size(label) + len("choose-00-00")
        if cost > room.left:
            break
        room.left -= cost
        made.append(button(label, f"choose-{number + 1}-{len(made) + 1}"))
    return made


def left_out(choices: int) -> list[Block]:
    """What is said where there are more choices than buttons."""
    return [context(f"… {counted(choices, 'more choice')}: say which one you mean.")] if choices > 0 else []


def fitting(labels: list[str]) -> list[str]:
    """What a button can carry whole; half a question would be another."""
    return [label for label in labels if size(label) <= VALUE]


def is_drawn(part: Message) -> bool:
    """Whether an answer has a table that can be drawn."""
    rows = squared(part.table)
    return bool(rows) and len(rows[0]) <= COLUMNS


def worded_rows(part: Message) -> list[Line]:
    """The rows of a table that is not drawn, because there may be but one in a message, or it is too wide."""
    head, *rows = squared(part.table) or [()]
    return [Line(words, "bullet") for words in (row_words(head, row) for row in rows) if words]


def table_blocks(part: Message, room: Room) -> list[Block]:
    """The table, with as many rows as there is room for, and how many were left out."""
    head, *rows = ([cut(cell, CELL) or " " for cell in row] for row in squared(part.table))
    caption = cut(clean(part.headline) or EMPTY_HEADLINE, CAPTION)
    space = min(CELLS, room.left) - size(caption) - sum(map(size, head))
    shown: list[list[str]] = []
    for row in rows[:ROWS]:
        space -= sum(map(size, row))
        if space < 0:
            break
        shown.append(row)
    if not shown:
        return [more(len(rows), "row")]
    room.left -= size(caption) + sum(size(cell) for row in (head, *shown) for cell in row)
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in (head, *shown)]
    drawn: Block = {"type": "table", "rows": cells, "column_settings": [{"is_wrapped": True} for _ in head]}
    if len(shown) > FEW_ROWS:
        drawn = {"type": "data_table", "caption": caption, "rows": cells, "page_size": PAGE, "row_header_column_index": 0}
    return [drawn, *([more(len(rows) - len(shown), "row")] if len(shown) < len(rows) else [])]


def line_blocks(lines: list[Line], room: Room) -> list[Block]:
    """Paragraphs and lists, with as many lines as there is room for, and how many were left out."""
    shown: list[Line] = []
    for line in lines[:LINES]:
        room.left -= A_LINE
        text = room.take(line.text, LINE)
        if not text:
            break
        shown.append(Line(text, line.kind, line.level, line.number))
    elements = [element for _, group in groupby(shown, key=lambda line: (line.kind, line.level)) for element in grouped([*group])]
    return [
        *([{"type": "rich_text", "elements": elements}] if elements else []),
        *([more(len(lines) - len(shown), "line")] if len(shown) < len(lines) else []),
    ]


def grouped(lines: list[Line]) -> Iterator[Block]:
    """Lines of one kind: a paragraph, or a list, which counts on from its first number."""
    first = lines[0]
    if first.kind == "text":
        texts = [f"{line.text}\n" for line in lines[:-1]] + [lines[-1].text]
        yield {"type": "rich_text_section", "elements": [leaf(text) for text in texts]}
        return
    made: Block = {
        "type": "rich_text_list",
        "style": "ordered" if first.kind == "number" else "bullet",
        "elements": [{"type": "rich_text_section", "elements": [leaf(line.text)]} for line in lines],
    }
    yield made | ({"indent": first.level} if first.level else {}) | ({"offset": first.number - 1} if first.number > 1 else {})


def source_blocks(part: Message, room: Room) -> list[Block]:
    """The sources in one line; with an address they are links."""
    leaves: list[Block] = []
    plain: list[str] = []
    space = Room(min(SOURCES, room.left))
    named = said_of(part.sources)
    for source in named[:LISTED]:
        title, url = link_of(source)
        cost = size(source) + size(url) + 2
        if cost > space.left:
            break
        space.left -= cost
        plain.append(source)
        leaves += [leaf("; ")] if leaves else []
        leaves.append({"type": "link", "url": url, "text": title or url.partition("://")[2]} if url else leaf(title))
    if not plain:
        return []
    room.left -= min(SOURCES, room.left) - space.left
    name = "Sources: " if len(plain) > 1 else "Source: "
    if any(each["type"] == "link" for each in leaves):
        return [paragraph([leaf(name), *leaves])]
    return [context(name + "; ".join(plain))]


def more(count: int, what: str) -> Block:
    """What is said where something was left out."""
    return context(f"… {counted(count, f'more {what}')}: ask about one case, or for the sheet.")


def counted(count: int, what: str) -> str:
    """ "1 more row", "3 more rows"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def paragraph(leaves: list[Block]) -> Block:
    """A paragraph of typed texts and links."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": leaves}]}


def leaf(text: str, *, bold: bool = False) -> Block:
    """A text that is nothing but text."""
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def plain(text: str) -> Block:
    """A text object that Slack reads no markup in."""
    return {"type": "plain_text", "text": text, "emoji": False}


def context(text: str) -> Block:
    """A line in small grey type."""
    return {"type": "context", "elements": [plain(text)]}


def button(text: str, id: str) -> Block:
    """A button that says a text, cut if need be, and carries the whole of it."""
    return {"type": "button", "action_id": id, "text": plain(cut(text, LABEL)), "value": text}


def actions(buttons: list[Block]) -> list[Block]:
    """The buttons in a row, if there are any."""
    return [{"type": "actions", "elements": buttons}] if buttons else []
