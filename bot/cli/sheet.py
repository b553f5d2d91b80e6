"""sheet: the rules of engagement as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from bot.cli.opening import leave, open_company, read_day, today
from bot.domain.company import Company
from bot.domain.questions import Fact, Frame, Question
from bot.domain.sheets import Sheet
from bot.problems import did_you_mean, list_known
from bot.render import Templates, render
from bot.render.message import plain_text
from bot.render.sheet import as_csv, as_json, as_markdown, owner, sheet_table, step_words
from bot.render.words import Words
from bot.resolve import resolve

FORMATS: Mapping[str, Callable[[Sheet, Words], str]] = {"md": as_markdown, "csv": as_csv, "json": as_json}


@click.command(short_help="Print the rules of engagement as a page.")
@click.option("--company", metavar="DIR", help="Folder of the company's model, or the name of an example.")
@click.option("--model", "when", metavar="DATE|HASH", help="The model as it was on a day or at a commit, if it is kept under git.")
@click.option("--segment", metavar="S", help="Only for this segment.")
@click.option("--motion", metavar="M", help="Only this motion or activity.")
@click.option("--role", metavar="R", help="Only what this role has a part in.")
@click.option("--as-of", metavar="DATE", help="The rules in force on a day.")
@click.option(
    "--format", "form", type=click.Choice(["text", "md", "html", "csv", "json"]), default="text", help="For people, pages or tools."
)
def sheet(
    company: str | None, when: str | None, segment: str | None, motion: str | None, role: str | None, as_of: str | None, form: str
) -> None:
    """Print the rules of engagement: who has which part in what, exceptions, steps."""
    engine = open_company(company, when)
    _, book, templates = engine.view()
    resolution = resolve(frame_of(book.company, segment, motion, role), Question("", today(), as_of=read_day(as_of)), book, {})
    made: Sheet = resolution.view["sheet"]
    match form:
        case "text":
            click.echo(plain_text(render(resolution, templates)))
        case "html":
            click.echo(page(templates, made))
        case _:
            click.echo(FORMATS[form](made, templates.words), nl=form == "json")


def page(templates: Templates, made: Sheet) -> str:
    """The sheet as an HTML page that prints well."""
    words = templates.words
    return templates.html(
        "pages/sheet",
        {
            "sheet": made,
            "table": sheet_table(made, words),
            "step_words": lambda step: step_words(step, words),
            "owner": lambda row: owner(row, words),
        },
    )


def frame_of(company: Company, segment: str | None, motion: str | None, role: str | None) -> Frame:
    """The options as a frame, by id or any name; leaves with a message on what does not exist."""
    facts = {}
    if segment:
        id = find("segment", segment, {id: (each.name, *each.aka) for id, each in company.segments.items()})
        facts["segment"] = Fact("segment", frozenset({id}), company.segments[id].name)
    subjects: tuple[str, ...] = ()
    if motion:
        id = find("motion", motion, {id: (each.name, *each.aka) for id, each in company.subjects.items()})
        subjects = company.subjects[id].of or (id,)
    roles = (find("role", role, {id: (each.name, *each.aka) for id, each in company.parties.items()}),) if role else ()
    return Frame("sheet", subjects, roles=roles, facts=facts)


def find(noun: str, text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The id that an option means."""
    wanted = text.strip().lower()
    for id, names in known.items():
        if wanted in (id, *(name.lower() for name in names)):
            return id
    leave(f'There is no {noun} "{text}". {did_you_mean(wanted, known)}Known: {list_known(known)}.')
    return None
