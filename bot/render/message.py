"""render(): a resolution -> the message tree that every surface shows, and its plain text."""

from __future__ import annotations

from bot.domain.answers import Case, Message, Resolution, Table
from bot.domain.company import Company
from bot.problems import Problem
from bot.render.sheet import sheet_lines, sheet_table
from bot.render.templates import Templates
from bot.render.words import listed, sentence

CASES = ("who", "does-not", "part")
"""Templates that come with the table of cases, where the verdict has one."""
EMPTY_HEADLINE = "I have no words for this answer."


def prepare_templates(texts: dict[str, str], company: Company) -> tuple[Templates, list[Problem]]:
    """The templates with one company's words. They compile when first used; `Templates.check` compiles them all."""
    return Templates(texts, company), []


def render(resolution: Resolution, templates: Templates) -> Message:
    """The message of a resolution, with those of further questions beside it."""
    blocks = templates.blocks(templates.name_of(resolution), resolution.view)
    headline = " ".join(blocks["headline"]) or EMPTY_HEADLINE
    lines = blocks["lines"]
    table = table_of(resolution, templates)
    near = (sentence(each.told) for each in resolution.view.get("near", ()))
    lines = (*lines, *(f"- {told}" for told in near if told not in (headline, *lines)))
    if "sheet" in resolution.view:
        lines = (*lines, *sheet_lines(resolution.view["sheet"], templates.words))
    if "odds" in resolution.view:
        lines = (*templates.blocks("any/at-odds", resolution.view)["lines"], *lines)
    why = blocks["why"]
    if resolution.view.get("reason"):
        headline, lines, table, why = reasoned(resolution, templates, (headline, lines, table, why))
    next_asked = tuple(resolution.view.get("next", ()))
    options = tuple(option.label for option in resolution.view["options"]) if resolution.outcome == "ask-back" else ()
    also = tuple(render(each, templates) for each in resolution.also)
    return Message(
        headline, lines, table, why, next_asked, resolution.sources, label_of(resolution, templates.words.company), options, also
    )


Parts = tuple[str, tuple[str, ...], Table | None, tuple[str, ...]]
"""The first sentence, the lines, the table and the reasons of a message."""


def reasoned(resolution: Resolution, templates: Templates, parts: Parts) -> Parts:
    """The parts of a message with the reason first: case by case, where there is more than one."""
    headline, lines, table, why = parts
    if resolution.verdicts and any(verdict.decided is None for verdict in resolution.verdicts):
        told = templates.blocks("any/grounds", {"verdicts": resolution.verdicts, "said": headline})
        return " ".join(told["headline"]), told["lines"], None, ()
    why = (*why, *reason_of(resolution, templates))
    return (why[0], (headline, *lines), table, why[1:]) if why else parts


def reason_of(resolution: Resolution, templates: Templates) -> tuple[str, ...]:
    """Why an answer beside ownership is so: its sources, or that the model says it."""
    if resolution.verdicts:
        return ()
    if resolution.sources:
        return (sentence(f"so says {listed(resolution.sources)}"),)
    return (f"It stands so in the model of {templates.words.company.name}.",) if resolution.basis == "company" else ()


def label_of(resolution: Resolution, company: Company) -> str:
    """Whose word an answer is."""
    if resolution.outcome not in ("answered", "depends"):
        return ""
    name = company.name
    example = " (an example, not your company)" if company.is_example else ""
    match resolution.basis:
        case "company":
            return f"Ruled by {name}{example}."
        case "derived":
            return f"Derived from an archetype, not ruled by {name}{example}."
        case "guidance":
            return f"Industry guidance, not a rule of {name}." if name else "Industry guidance, not a company's rule."
        case "faq":
            return f"From the FAQ of {name}{example}."
        case _:
            return ""


def table_of(resolution: Resolution, templates: Templates) -> Table | None:
    """The table of cases or of the sheet, where there is one."""
    if "sheet" in resolution.view:
        return sheet_table(resolution.view["sheet"], templates.words) if resolution.view["sheet"].rows else None
    if resolution.template == "compare":
        words, view = templates.words, resolution.view
        rows = tuple((sentence(words.subject(id)).rstrip("."), *(part or "no part" for part in parts)) for id, parts in view["told"])
        return Table(("Subject", *(words.name(role) for role in view["roles"])), rows) if rows else None
    if resolution.template == "several":
        return None
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
    parts += [*message.why, *([message.label] if message.label else [])]
    if message.sources:
        parts.append("Source: " + "; ".join(message.sources))
    return "\n".join([*parts, *(f"\n{plain_text(each)}" for each in message.also)])


def plain_table(table: Table) -> list[str]:
    """A table in aligned columns."""
    widths = [max(len(row[index]) for row in (table.columns, *table.rows)) for index in range(len(table.columns))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (table.columns, *table.rows)]
