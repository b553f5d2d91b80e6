"""The sheet of rules of engagement as a table with notes, and as text, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from bot.domain.answers import Table
from bot.domain.sheets import Sheet, SheetRow
from bot.render.words import Words, listed, sentence

MARKS = {"own": "OWNS", "co-own": "CO-OWNS", "support": "supports", "informed": "informed", "none": "no part"}
LEGEND = "* In some cases only. Cases are read top down: the first that holds wins."
WIDEST = 8
"""With more roles than this, the table names holders instead of a column for each role."""


def sheet_table(sheet: Sheet, words: Words) -> Table:
    """Motion by role; with many roles, motion by part."""
    if len(sheet.roles) > WIDEST or not sheet.roles:
        return Table(
            ("", "Owner", "Supports"),
            tuple((cap(words.subject(row.subject)), owner(row, words), supporters(row, words)) for row in sheet.rows),
        )
    header = ("", *[words.name(role) for role in sheet.roles])
    return Table(
        header, tuple((cap(words.subject(row.subject)), *[mark(row.parts.get(role, "")) for role in sheet.roles]) for row in sheet.rows)
    )


def owner(row: SheetRow, words: Words) -> str:
    """Who owns by default, or on what that depends; a star where there are cases."""
    if row.own is None:
        return f"depends on {listed(row.depends)}"
    return words.short(row.own) + ("*" if row.cases else "")


def supporters(row: SheetRow, words: Words) -> str:
    """Who supports."""
    if "support" in row.open:
        return f"depends on {listed(row.open['support'])}"
    return words.short(row.others["support"]) if "support" in row.others else ""


def mark(part: str) -> str:
    """A part as the cell of a table; a star where it holds in some cases only."""
    star = part.endswith("*")
    name, _, lead = part.rstrip("*").partition(", ")
    return MARKS.get(name, name) + (f", {lead}" if lead else "") + ("*" if star else "")


def cap(text: str) -> str:
    """With a capital, without "the"."""
    return sentence(text.removeprefix("the ")).rstrip(".")


def sheet_lines(sheet: Sheet, words: Words) -> tuple[str, ...]:
    """What does not fit into the table: owners, exceptions, steps."""
    lines: list[str] = []
    for row in sheet.rows:
        lines.append(f"{cap(words.subject(row.subject))}: {owner(row, words)}" + (" (derived from the archetype)" if row.derived else ""))
        lines += [f"  {each.condition}: {words.short(each.decided)}" for each in row.cases]
        lines += [f"  {name}: {words.short(decided)}" for name, decided in row.others.items()]
        lines += [f"  {name}: depends on {listed(names)}" for name, names in row.open.items()]
        lines += [f"  {words.step(step.step)}: {step_words(step, words)}" for step in row.steps]
    if any(row.cases for row in sheet.rows):
        lines.append(LEGEND)
    return tuple(lines)


def step_words(step: Any, words: Words) -> str:
    """A step's owner and clock."""
    who = words.short(step.owner) if step.owner else depends(step)
    return ", ".join(part for part in (who, words.clock(step.start, step.due)) if part)


def depends(step: Any) -> str:
    """On what the owner of a step depends; empty when it does not."""
    return f"depends on {listed(step.depends)}" if step.depends else ""


def sheet_rows(sheet: Sheet, words: Words) -> list[dict[str, str]]:
    """The sheet flat: one row for each subject, exception and step."""
    rows = []
    for row in sheet.rows:
        base = {"subject": row.subject, "name": cap(words.subject(row.subject))}
        others = {name.replace("-", "_"): words.short(decided) for name, decided in row.others.items()}
        rows.append(
            {
                **base,
                "step": "",
                "condition": "",
                "own": owner(row, words).rstrip("*"),
                **others,
                "when": "",
                "rule": row.own.rule.id if row.own and row.own.rule else "",
                "basis": "derived" if row.derived else "company",
            }
        )
        for exception in row.cases:
            rule = exception.decided.rule
            rows.append(
                {
                    **base,
                    "step": "",
                    "condition": exception.condition,
                    "own": words.short(exception.decided),
                    "rule": rule.id if rule else "",
                }
            )
        for step in row.steps:
            rows.append(
                {
                    **base,
                    "step": step.step,
                    "condition": "",
                    "own": words.short(step.owner) if step.owner else depends(step),
                    "when": words.clock(step.start, step.due),
                }
            )
    return rows


def as_markdown(sheet: Sheet, words: Words) -> str:
    """The sheet as a Markdown page."""
    table = sheet_table(sheet, words)
    lines = [f"# {escape(words.sheet_title(sheet))}", "", *markdown_table(table), ""]
    for line in sheet_lines(sheet, words):
        lines.append(f"  - {escape(line.strip())}" if line.startswith("  ") else f"- **{escape(line)}**")
    return "\n".join(lines) + "\n"


def markdown_table(table: Table) -> list[str]:
    """A table in Markdown."""
    rows = ["| " + " | ".join(escape(cell) or " " for cell in row) + " |" for row in (table.columns, *table.rows)]
    return [rows[0], "|" + " --- |" * len(table.columns), *rows[1:]]


def escape(text: str) -> str:
    """Text with Markdown's signs made harmless."""
    return "".join("\\" + sign if sign in "|*_`<>[]~&\\#" else sign for sign in text)


def as_csv(sheet: Sheet, words: Words) -> str:
    """The sheet as CSV; cells that a spreadsheet would run as a formula are quoted with an apostrophe."""
    out = io.StringIO()
    names = [
        "subject",
        "name",
        "step",
        "condition",
        "own",
        "support",
        "executes",
        "first_contact",
        "credit",
        "informed",
        "none",
        "when",
        "rule",
        "basis",
    ]
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    for row in sheet_rows(sheet, words):
        writer.writerow({name: ("'" + text if text and text[0] in "=+-@\t\r" else text) for name, text in row.items()})
    return out.getvalue()


def as_json(sheet: Sheet, words: Words) -> str:
    """The sheet as JSON."""
    rows = [{"subject": row.subject, "parts": dict(row.parts)} for row in sheet.rows]
    return json.dumps({"title": words.sheet_title(sheet), "rows": sheet_rows(sheet, words), "parts": rows}, indent=2, ensure_ascii=False)
