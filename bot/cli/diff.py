"""diff: which answers change between two models."""

from __future__ import annotations

import json

import click

from bot.cli.opening import open_company, read_day
from bot.compare import Changes, compare
from bot.render.words import Words

COMPARED = "Compared: what everybody may see. Pay, plans and whatever is meant for an audience are never compared here."
"""Said every time, so that it tells nothing about whether there is any."""


@click.command(short_help="Show which answers change between models.")
@click.argument("dir_a")
@click.argument("dir_b")
@click.option("--as-of", metavar="DATE", help="Compare the rules in force on a day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or tools.")
def diff(dir_a: str, dir_b: str, as_of: str | None, form: str) -> None:
    """Show which answers change from one model to another, not which lines. Only what everybody may see is compared."""
    before, after = open_company(dir_a).view(), open_company(dir_b).view()
    changes = compare(before[1], after[1], read_day(as_of).toordinal())
    old, new = before[2].words, after[2].words
    click.echo(as_json(changes, old, new) if form == "json" else as_text(changes, old, new))


def rows(changes: Changes, old: Words, new: Words) -> list[dict[str, str]]:
    """The differences in words."""
    return [
        {
            "subject": each.subject,
            "key": each.key,
            "where": each.where,
            "before": old.ruling(each.before),
            "after": new.ruling(each.after),
        }
        for each in changes.differences
    ]


def as_text(changes: Changes, old: Words, new: Words) -> str:
    """For people: a heading for each subject and key."""
    lines: list[str] = []
    heading = ""
    for row in rows(changes, old, new):
        words = new if row["subject"] in new.company.subjects else old
        step, _, name = row["key"].rpartition(".")
        title = words.topic(row["subject"], step or None) + ("" if name == "own" else f", {name}")
        if title != heading:
            lines += [*([""] if lines else []), title]
            heading = title
        lines.append(f"  {row['where']}: {row['before']} -> {row['after']}")
    if changes.entries:
        lines += [*([""] if lines else []), "also"]
        lines += [f"  {section} {id}: {change}" for section, id, change in changes.entries]
    return "\n".join([*(lines or ["No answer changes."]), "", COMPARED])


def as_json(changes: Changes, old: Words, new: Words) -> str:
    """For tools."""
    entries = [{"section": section, "id": id, "change": change} for section, id, change in changes.entries]
    return json.dumps({"compared": "public", "answers": rows(changes, old, new), "entries": entries}, indent=2, ensure_ascii=False)
