"""The sheet as blocks: menus to choose by, the table, each subject to open, and a way to the whole of it where it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.answers import Table
from bot.domain.sheets import Sheet
from bot.render.blocks import plain
from bot.render.fallback import measure
from bot.render.inert import clean, cut, size
from bot.slack.names import Action
from bot.slack.views.here import Here, Said
from bot.slack.views.pieces import Block, actions, header, menu, note, options, press, said
from bot.slack.views.post import post, spoken
from bot.slack.views.sheets import Chosen, Part, overview, parts_of, ruled_subjects, sheet_of

ROWS, CELL, CELLS, CAPTION = 150, 240, 9_000, 200
FEW_ROWS, PAGE = 10, 15
CHUNK, LINE, TITLE = 1_200, 400, 140
CHILDREN = 10
MENUS = "sheet-menus"
"""The block_id of the menus: by it Slack knows them again when a view is shown anew."""
A_POST, BLOCKS = 3_400, 40
"""How much a message of the whole sheet says: what is read aloud has to hold it as well."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of the sheet is told in full on a surface: subjects, and characters."""

    parts: int
    characters: int


IN_MESSAGE, AT_HOME = Room(20, 6_000), Room(45, 40_000)


def sheet_blocks(here: Here, chosen: Chosen, room: Room, *, role_menu: bool = True, alone: bool = False) -> list[Block]:
    """The sheet; `alone` is for a channel, where nobody's click should change what others see."""
    sheet = sheet_of(here, chosen)
    told = heading(sheet, here)
    blocks = [header(told.headline)]
    if not alone:
        blocks += [{**row, "block_id": MENUS} for row in actions(menus(here, chosen, role_menu=role_menu))]
    if sheet.rows:
        blocks += table(overview(sheet, here, chosen), told.headline)
    blocks += map(note, told.lines)
    shown, left = details(sheet, here, room)
    blocks += shown
    if left:
        blocks.append(note(f"… {left} more subject{'s' * (left != 1)} in full: choose a segment or a subject, or ask for the whole sheet."))
    if not alone:
        blocks += buttons(chosen, share=role_menu)
    return blocks


def sheet_post(here: Here, chosen: Chosen, *, alone: bool = False) -> Block:
    """`/roe sheet`, or the sheet for a channel."""
    return post(sheet_blocks(here, chosen, IN_MESSAGE, alone=alone))


def heading(sheet: Sheet, here: Here) -> Said:
    """The title, and what the star stands for."""
    starred = any(row.cases for row in sheet.rows)
    return here.say("sheet", {"title": here.words.sheet_title(sheet), "rows": sheet.rows, "starred": starred})


def menus(here: Here, chosen: Chosen, *, role_menu: bool) -> list[Block]:
    """The menus above the sheet."""
    segments = options(((each.id, each.name) for each in here.company.segments.values()), "All segments")
    subjects = options(ruled_subjects(here), "All subjects")
    made = [menu(Action.SHEET_SEGMENT, "Segment", segments, chosen.segment)] if len(segments) > 1 else []
    made += [menu(Action.SHEET_MOTION, "Motion or other subject", subjects, chosen.motion)] if len(subjects) > 1 else []
    if role_menu:
        roles = options(((role.id, role.name) for role in here.company.roles()), "All roles")
        made += [menu(Action.SHEET_ROLE, "Role", roles, chosen.role)] if len(roles) > 1 else []
    return made


def buttons(chosen: Chosen, *, share: bool) -> list[Block]:
    """The whole of it, and in a message the way into the channel."""
    whole = press("Send me the whole sheet", Action.SHEET_WHOLE, chosen.value, label="Send me the whole sheet as direct messages")
    shared = press("Share to channel…", Action.SHEET_SHARE, chosen.value, label="Preview the sheet for this channel")
    return actions([*([shared] if share else []), whole])


def table(found: Table, caption: str) -> list[Block]:
    """The table, to leaf through where it is long, and how many rows are left out."""
    head, *rows = ([cut(clean(cell), CELL) or " " for cell in row] for row in (found.columns, *found.rows))
    space, shown = CELLS - sum(map(size, head)), list[list[str]]()
    for row in rows[:ROWS]:
        space -= sum(map(size, row))
        if space < 0:
            break
        shown.append(row)
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in (head, *shown)]
    drawn: Block = {"type": "table", "rows": cells, "column_settings": [{"is_wrapped": True} for _ in head]}
    if len(shown) > FEW_ROWS:
        drawn = {"type": "data_table", "caption": cut(caption, CAPTION), "rows": cells, "page_size": PAGE, "row_header_column_index": 0}
    left = len(rows) - len(shown)
    return [drawn, *([note(f"… {left} more row{'s' * (left != 1)}: choose a segment or a subject.")] if left else [])]


def details(sheet: Sheet, here: Here, room: Room) -> tuple[list[Block], int]:
    """The subjects to open, as many as there is room for, and how many are left."""
    parts = [part for part in parts_of(sheet, here) if part.lines]
    shown: list[Block] = []
    space = room.characters
    for number, part in enumerate(parts):
        space -= size(part.title) + sum(size(line) + 1 for line in part.lines)
        if number >= room.parts or (space < 0 and shown):
            return shown, len(parts) - number
        shown.append(container(part))
    return shown, 0


def container(part: Part) -> Block:
    """A subject, closed at first: its cases in order, everybody's part, its steps."""
    return {
        "type": "container",
        "title": plain(cut(clean(part.title), TITLE)),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section(text) for text in chunks(part.lines, LINE)][:CHILDREN],
    }


def section(text: str) -> Block:
    """Lines as they are, in plain text."""
    return {"type": "section", "text": plain(text)}


def chunks(lines: Iterable[str], longest: int) -> Iterator[str]:
    """Lines, each cut to the longest, in texts that a section takes."""
    held: list[str] = []
    room = CHUNK
    for line in (cut(clean(line), longest, measure) for line in lines):
        if held and measure(line) + 1 > room:
            yield "\n".join(held)
            held, room = [], CHUNK
        held.append(line)
        room -= measure(line) + 1
    if held:
        yield "\n".join(held)


def whole_posts(here: Here, chosen: Chosen) -> list[Block]:
    """The whole sheet, in as many messages as it takes: nothing of it is left out."""
    sheet = sheet_of(here, chosen)
    told = heading(sheet, here)
    posts: list[list[Block]] = [[header(told.headline), *map(note, told.lines)]]
    for part in parts_of(sheet, here):
        for number, text in enumerate(chunks(part.lines, CHUNK - 1) if part.lines else [""]):
            title = said(part.title + (", continued" if number else ""), bold=True)
            made = [title, *([section(text)] if text else [])]
            if measure(spoken([*posts[-1], *made])) > A_POST or len(posts[-1]) > BLOCKS:
                posts.append([])
            posts[-1] += made
    return [post(blocks) for blocks in posts if blocks]
