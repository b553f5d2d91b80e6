"""The sheet as blocks: menus to choose by, the table, each subject to open, and a way to the whole of it where it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.domain.answers import Table
from bot.domain.sheets import Sheet
from bot.render.blocks import plain
from bot.render.fallback import measure
from bot.render.inert import clean, cut, size
from bot.slack.names import COMMAND, Action
from bot.slack.views.here import Here, Said
from bot.slack.views.pieces import Block, Names, actions, header, menu, not_offered, note, offered, press, said
from bot.slack.views.post import post, spoken
from bot.slack.views.sheets import Chosen, Part, overview, parts_of, ruled_subjects, sheet_of

ROWS, CELL, CELLS, CAPTION = 150, 240, 9_000, 200
FEW_ROWS, PAGE = 10, 15
CHUNK, LINE, TITLE = 1_200, 400, 140
CHILDREN, A_PART = 10, 7_500
"""The most blocks within a subject, and characters that they hold however the lines fall."""
MENUS = "sheet-menus"
"""The block_id of the menus: by it Slack knows them again when a view is shown anew."""
A_POST, BLOCKS = 3_400, 40
"""How much a message of the whole sheet says: what is read aloud has to hold it as well."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits on a surface: subjects told in full, characters for them, and characters for the options of each menu."""

    parts: int
    characters: int
    segments: int
    subjects: int
    roles: int


IN_MESSAGE = Room(15, 5_000, segments=700, subjects=1_400, roles=1_000)
AT_HOME = Room(12, 20_000, segments=15_000, subjects=15_000, roles=0)


def sheet_blocks(here: Here, chosen: Chosen, room: Room, *, alone: bool = False, share: bool = False) -> list[Block]:
    """The sheet; `alone` is for a channel, where nobody's click should change what others see. `share`: whether it could be posted."""
    whole = sheet_of(here, chosen)
    sheet = motions_of(whole, here) if room is AT_HOME and not (chosen.segment or chosen.motion) else whole
    told = heading(sheet, here)
    blocks = [header(told.headline)]
    if not alone:
        blocks += menus(here, chosen, room)
    if sheet.rows:
        blocks += table(overview(sheet, here, chosen), told.headline)
    blocks += map(note, told.lines)
    shown, left = details(sheet, here, room)
    blocks += shown
    left += sum(1 for part in parts_of(whole, here) if part.lines) - sum(1 for part in parts_of(sheet, here) if part.lines)
    if left:
        blocks.append(note(f"… {left} more subject{'s' * (left != 1)} in full: choose a segment or a subject, or ask for the whole sheet."))
    if not alone:
        blocks += buttons(chosen, share=share)
    return blocks


def motions_of(sheet: Sheet, here: Here) -> Sheet:
    """The motions of a sheet alone, where it has any: without a segment the rest is mostly that it depends."""
    rows = tuple(row for row in sheet.rows if here.company.subjects[row.subject].kind == "motion")
    return replace(sheet, rows=rows) if rows else sheet


def sheet_post(here: Here, chosen: Chosen, *, alone: bool = False, share: bool = True) -> Block:
    """`/roe sheet`, or the sheet for a channel."""
    return post(sheet_blocks(here, chosen, IN_MESSAGE, alone=alone, share=share))


def heading(sheet: Sheet, here: Here) -> Said:
    """The title, and what the star stands for."""
    starred = any(row.cases for row in sheet.rows)
    return here.say("sheet", {"title": here.words.sheet_title(sheet), "rows": sheet.rows, "starred": starred})


def menus(here: Here, chosen: Chosen, room: Room) -> list[Block]:
    """The menus above the sheet, and how many names do not fit into them."""
    roles, segments = offered(here.company, chosen.role, chosen.segment)
    subjects = Names("subject", [*ruled_subjects(here)], chosen.motion, room=room.subjects)
    wanted = [
        (Action.SHEET_SEGMENT, "Segment", replace(segments, room=room.segments)),
        (Action.SHEET_MOTION, "Motion or other subject", subjects),
        *([(Action.SHEET_ROLE, "Role", replace(roles, room=room.roles))] if room.roles else []),
    ]
    shown = [(action, says, names) for action, says, names in wanted if names.pairs]
    rows = actions([menu(action, says, names) for action, says, names in shown])
    return [*({**row, "block_id": MENUS} for row in rows), *not_offered((names for _, _, names in shown), f"{COMMAND} sheet")]


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
        before, space = space, space - size(part.title) - sum(size(line) + 1 for line in part.lines)
        if number >= room.parts or (space < 0 and shown):
            return shown, len(parts) - number
        shown.append(container(part, min(before, A_PART)))
    return shown, 0


def container(part: Part, room: int) -> Block:
    """A subject, closed at first: its cases in order, everybody's part, its steps, as far as there is room."""
    return {
        "type": "container",
        "title": plain(cut(clean(part.title), TITLE)),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section(text) for text in chunks(kept(part.lines, room), LINE)][:CHILDREN],
    }


def kept(lines: tuple[str, ...], room: int) -> list[str]:
    """The lines that there is room for, and how many are left out."""
    shown: list[str] = []
    for line in lines:
        room -= measure(cut(clean(line), LINE, measure)) + 1
        if room < 0 and shown:
            left = len(lines) - len(shown)
            return [*shown, f"… {left} more line{'s' * (left != 1)}: choose a segment, or ask for the whole sheet."]
        shown.append(line)
    return shown


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
