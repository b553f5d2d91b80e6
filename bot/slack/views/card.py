"""The card of a role: what it owns, co-owns and supports, motions first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.slack.views.here import Asker, Here
from bot.slack.views.pieces import Block, header, labelled, note, said

MOST = 12
"""How many subjects or steps one line of the card names."""
PARTS = (("own", "Owns"), ("co-own", "Co-owns"), ("support", "Supports"), ("informed", "Is kept informed of"))
BOUNDARIES = 4


def card_blocks(here: Here, asker: Asker) -> list[Block]:
    """What the asker's role has a part in, in the asker's segment where one was told."""
    if asker.role is None:
        return []
    frame = Frame("role", roles=(asker.role,), facts=here.segment_fact(asker.segment), as_role=asker.role)
    view = here.resolve(frame).view
    rows = [*card_rows(view, here, frame)]
    told = here.say("card", {"role": asker.role, "rows": rows, "facts": here.words.facts(frame)})
    return [header(told.headline), *labelled(rows), *map(said, told.lines), *boundaries(view, here)]


def card_rows(view: Mapping[str, Any], here: Here, frame: Frame) -> Iterable[tuple[str, str]]:
    """Each part with the subjects in which the role has it, motions before others; what holds in some segments only says in which."""
    home = view.get("frame", frame)
    only = here.words.facts(home) if home.facts != frame.facts else ""
    held = [row for name in ("motions", "others") for row in view.get(name, ())]
    for part, label in PARTS:
        names = [name_of(row, here) + ("" if not only or holds(row, frame, here) else only) for row in held if row["part"] == part]
        if names:
            yield label, here.words.some(names, MOST)
    sometimes = [f"{here.words.subject(row['subject'])} ({row['part'].removeprefix('sometimes ')})" for row in view.get("sometimes", ())]
    if sometimes:
        yield "In some cases", here.words.some(sometimes, MOST)
    for label, section, key, told in (
        ("Approves", "permissions", "approved-by", "may"),
        ("Decides in disputes", "disputes", "decided-by", "about"),
    ):
        if named := [entry.fields[told] for entry in entries_of(section, here) if frame.as_role in as_ids(entry.fields[key])]:
            yield label, "; ".join(named[:MOST])
    steps = [*dict.fromkeys(here.words.step(step) for row in view.get("stepped", ()) for step in row["steps"])]
    if steps:
        yield "Steps", here.words.some(steps, MOST)


def entries_of(section: str, here: Here) -> list[Entry]:
    """The rulings of a section that are in force."""
    return [entry for entry in here.company.section(section) if entry.in_force(here.today.toordinal())]


def as_ids(value: Any) -> tuple[str, ...]:
    """One id or several as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def holds(row: Mapping[str, Any], frame: Frame, here: Here) -> bool:
    """Whether the role has a part without further facts."""
    found = here.resolve(replace(frame, subjects=(row["subject"],)))
    return found.outcome == "answered" and found.result is not None and found.result.part == row["part"]


def name_of(row: Mapping[str, Any], here: Here) -> str:
    """A subject, and whether the role leads there."""
    return here.words.subject(row["subject"]) + (" (leads)" if row["leads"] else "")


def boundaries(view: Mapping[str, Any], here: Here) -> list[Block]:
    """What is not this role's, and whose it is."""
    told = [
        each["not"] + (f" ({here.words.parties(each['instead'], 'or')} does)" if each["instead"] else "")
        for each in view.get("boundaries", ())
    ]
    if not told:
        return []
    more = f"; and {len(told) - BOUNDARIES} more" if len(told) > BOUNDARIES else ""
    return [note(f"Not yours: {'; '.join(told[:BOUNDARIES])}{more}.")]
