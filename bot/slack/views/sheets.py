"""The sheet of rules of engagement in Slack: what of it is wanted, and the values that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.domain.answers import Table
from bot.domain.questions import Frame
from bot.domain.sheets import Sheet, SheetRow
from bot.render.sheet import cap, mark, owner, step_words, supporters
from bot.slack.names import Action
from bot.slack.views.here import Here
from bot.slack.views.post import SUBJECT
from bot.slack.views.reading import chosen_in
from bot.slack.views.told import Told, read_names

FEW = 3
"""With more roles than this the table names holders: more columns do not fit on a phone."""
CHOICES = {"segment": Action.SHEET_SEGMENT, "motion": Action.SHEET_MOTION, "role": Action.SHEET_ROLE}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the sheet is wanted: ids, or None for all of it."""

    segment: str | None = None
    motion: str | None = None
    role: str | None = None

    @property
    def value(self) -> str:
        """The choice as the value of a button."""
        given = {"segment": self.segment, "motion": self.motion, "role": self.role}
        return urlencode({name: id for name, id in given.items() if id}) or "all"


@dataclass(frozen=True, slots=True)
class Part:
    """One subject of a sheet, told in full."""

    title: str
    lines: tuple[str, ...]


def chosen_here(here: Here, given: Mapping[str, str | None]) -> Chosen:
    """A choice as far as the company knows what is chosen."""
    company = here.company
    segment, motion, role = given.get("segment"), given.get("motion"), given.get("role")
    return Chosen(
        segment if segment in company.segments else None,
        motion if motion in company.subjects else None,
        role if role in company.parties else None,
    )


def chosen_by_value(value: str, here: Here) -> Chosen:
    """The choice that a button carries."""
    return chosen_here(here, dict(parse_qsl(value)[: len(CHOICES)]))


def chosen_by_menus(payload: Mapping[str, Any], here: Here) -> Chosen:
    """The choice that stands in the menus above a sheet."""
    return chosen_here(here, {name: chosen_in(payload, action) for name, action in CHOICES.items()})


def read_sheet(text: str, here: Here) -> Chosen | Told:
    """The choice that follows `/roe sheet`; what was told where that is not clear."""
    told = read_names(text, here)
    if told.unknown or max(map(len, (told.roles, told.segments, told.subjects))) > 1:
        return told
    role, segment, motion = (next(iter(ids), None) for ids in (told.roles, told.segments, told.subjects))
    return Chosen(segment, motion, role)


def sheet_of(here: Here, chosen: Chosen) -> Sheet:
    """The sheet as everybody may see it, restricted to what was chosen."""
    return here.once(("sheet", chosen), lambda: make_sheet(here, chosen))


def make_sheet(here: Here, chosen: Chosen) -> Sheet:
    """The sheet, worked out."""
    subject = here.company.subjects.get(chosen.motion or "")
    subjects = (subject.of or (subject.id,)) if subject else ()
    roles = (chosen.role,) if chosen.role else ()
    made: Sheet = here.resolve(Frame("sheet", subjects, roles=roles, facts=here.segment_fact(chosen.segment))).view["sheet"]
    return made


def ruled_subjects(here: Here) -> Iterator[tuple[str, str]]:
    """The subjects that the rules are on, motions first: id and name."""
    listed = [here.company.subjects[id] for id in here.book.keys if id in here.company.subjects]
    for subject in sorted(listed, key=lambda subject: (subject.kind != "motion", [*here.company.subjects].index(subject.id))):
        yield subject.id, cap(subject.phrase)


def overview(sheet: Sheet, here: Here, chosen: Chosen) -> Table:
    """The sheet in at most four columns: who owns what, and the parts of a few roles or the supporters."""
    roles = (chosen.role,) if chosen.role else sheet.roles if len(sheet.roles) <= FEW else ()
    if roles and not chosen.role:
        head = (SUBJECT, *(here.words.name(role) for role in roles))
        return Table(head, tuple((name_of(row, here), *(mark(row.parts.get(role, "")) for role in roles)) for row in sheet.rows))
    head = (SUBJECT, "Owner", here.words.name(chosen.role) if chosen.role else "Supports")
    rows = ((name_of(row, here), owner(row, here.words), last_cell(row, here, chosen)) for row in sheet.rows)
    return Table(head, tuple(rows))


def last_cell(row: SheetRow, here: Here, chosen: Chosen) -> str:
    """The part of the role that was chosen, or who supports."""
    return mark(row.parts.get(chosen.role, "")) if chosen.role else supporters(row, here.words)


def name_of(row: SheetRow, here: Here) -> str:
    """A subject's name as the first cell of its row."""
    return cap(here.words.subject(row.subject))


def parts_of(sheet: Sheet, here: Here) -> Iterator[Part]:
    """Each subject of which the table does not say everything: its cases, everybody's part, its steps."""
    for row in sheet.rows:
        steps = [(cap(here.words.step(step.step)), step_words(step, here.words)) for step in row.steps]
        said = here.say("subject", {"row": row, "name": name_of(row, here), "owner": owner(row, here.words), "steps": steps})
        yield Part(said.headline, said.lines)
