"""render(): a resolution -> the message tree that every surface shows, and its plain text."""

from __future__ import annotations

from bot.domain.answers import Case, Message, Resolution, Table
from bot.domain.company import Company
from bot.problems import Problem
from bot.render.sheet import sheet_lines, sheet_table
from bot.render.templates import Templates
from bot.render.words import sentence

CASES = ("who", "does-not", "part")
"""Templates that come with the table of cases, where the verdict has one."""
EMPTY_HEADLINE = "I have no words for this answer."


def prepare_templates(texts: dict[str, str], company: Company) -> tuple[Templates, list[Problem]]:
    """The templates with one company's words. They compile when first used; `Templates.check` compiles them all."""
    return Templates(texts, company), []


def render(resolution: Resolution, templates: Templates) -> Message:
    """The message of a resolution."""
    blocks = templates.blocks(templates.name_of(resolution), resolution.view)
    headline = " ".join(blocks["headline"]) or EMPTY_HEADLINE
    lines = blocks["lines"]
    if resolution.view.get("asked_more"):
        lines = (*lines, "You asked more than one thing; this answers the first.")
    table = table_of(resolution, templates)
    if "sheet" in resolution.view:
        lines = (*lines, *sheet_lines(resolution.view["sheet"], templates.words))
    why = blocks["why"]
    if templates.words.company.is_example and resolution.outcome in ("answered", "depends", "not-defined"):
        why = (*why, f"(Example model: {templates.words.company.name}. These are not your company's rules.)")
    return Message(headline, lines, table, why, tuple(resolution.view.get("next", ())), resolution.sources)


def table_of(resolution: Resolution, templates: Templates) -> Table | None:
    """The table of cases or of the sheet, where there is one."""
    if "sheet" in resolution.view:
        return sheet_table(resolution.view["sheet"], templates.words) if resolution.view["sheet"].rows else None
    if (resolution.template in CASES or resolution.outcome == "depends") and resolution.verdicts and resolution.verdicts[0].cases:
        verdict = resolution.verdicts[0]
        columns = tuple(sentence(name).rstrip(".") for name in verdict.dimensions)
        return Table((*columns, "Then"), tuple(case_row(case, templates) for case in verdict.cases))
    if resolution.template in ("steps", "when") and resolution.view.get("rows"):
        words = templates.words
        rows = tuple(
            (
                sentence(words.step(row.step)).rstrip("."),
                words.short(row.owner) if row.owner else f"depends on {', '.join(row.depends)}" if row.depends else "",
                words.clock(row.start, row.due),
            )
            for row in resolution.view["rows"]
        )
        return Table(("Step", "Who", "When"), rows) if len(rows) > 1 or resolution.template == "steps" else None
    return None


def case_row(case: Case, templates: Templates) -> tuple[str, ...]:
    """One row of a table of cases."""
    return (*case.conditions, templates.words.outcomes(case.decided))


def plain_text(message: Message) -> str:
    """The whole answer in plain words."""
    parts = [message.headline, *message.lines]
    if message.table:
        parts += plain_table(message.table)
    parts += message.why
    if message.sources:
        parts.append("Source: " + "; ".join(message.sources))
    return "\n".join(parts)


def plain_table(table: Table) -> list[str]:
    """A table in aligned columns."""
    widths = [max(len(row[index]) for row in (table.columns, *table.rows)) for index in range(len(table.columns))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (table.columns, *table.rows)]
