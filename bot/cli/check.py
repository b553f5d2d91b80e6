"""check and schema: what is wrong with a model, and the JSON Schema of its files."""

from __future__ import annotations

import json

import click

from bot.cli.opening import load, today
from bot.domain.quantities import plural
from bot.evaluate import check_asks
from bot.load.schema import model_schema
from bot.problems import format_github, format_json, format_problem, in_order


@click.command(short_help="Find every mistake in a model.")
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="For people, editors or GitHub.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def check(folder: str | None, form: str, strict: bool) -> None:
    """Check a model: every mistake at once, with its place and the remedy. Leaves with 1 when there are errors."""
    loaded, engine, problems = load(folder)
    problems = in_order([*problems, *engine.templates.check()])
    if not any(found.severity == "error" for found in problems):
        problems = in_order([*problems, *check_asks(engine, today())])
    if strict:
        problems = [found.promoted() for found in problems]
    errors = sum(found.severity == "error" for found in problems)
    match form:
        case "json":
            click.echo(format_json(problems))
        case "github":
            for found in problems:
                click.echo(format_github(found))
        case _:
            for found in problems:
                click.echo(format_problem(found, loaded.sources) + "\n")
            click.echo(summary(errors, len(problems) - errors, len(engine.company.rules), engine.company.name))
    raise SystemExit(1 if errors else 0)


def summary(errors: int, warnings: int, rules: int, name: str) -> str:
    """One line at the end."""
    of = plural(rules, "rule")
    if not errors and not warnings:
        return f"{name or 'The model'}: {of}, nothing wrong."
    return f"{name or 'The model'}: {plural(errors, 'error')}, {plural(warnings, 'warning')} in {of}."


@click.command(short_help="Print the JSON Schema of a model.")
def schema() -> None:
    """Print the JSON Schema of a model's files, for editors that complete and check as you type."""
    click.echo(json.dumps(model_schema(), indent=2))
