"""doctor: what keeps the bot from working in Slack, each with what to do about it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator

import click

from bot.cli.opening import today
from bot.config import Settings, WrongSettingsError, read_settings
from bot.load import guidance_folder, load_company, load_shipped
from bot.pipeline import open_engine
from bot.slack.doctor.finding import Finding, hidden, problem
from bot.slack.doctor.offline import check_database, check_model, check_people, check_secrets, check_teams
from bot.slack.doctor.online import check_online

COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}


@click.command(short_help="Find what keeps the bot from working in Slack.")
@click.option("--offline", is_flag=True, help="Without calling Slack, even where tokens are set.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or tools.")
def doctor(offline: bool, form: str) -> None:
    """Check the model, the secrets, the database and, where tokens are set, what Slack says. Changes nothing; leaves with 1 on problems."""
    try:
        settings = read_settings()
    except WrongSettingsError as error:
        found = [problem("settings", each, "correct it in the environment or in .env, or leave it out") for each in error.wrong]
    else:
        found = hidden(look(settings, offline=offline), settings)
    bad = sum(each.state == "problem" for each in found)
    if form == "json":
        click.echo(json.dumps({"ok": not bad, "checks": [each.as_json() for each in found]}, indent=2, ensure_ascii=False))
    else:
        show(found, bad)
    raise SystemExit(1 if bad else 0)


def look(settings: Settings, *, offline: bool) -> Iterator[Finding]:
    """Everything that there is to look at."""
    folder = settings.rolecall_company
    if folder is not None and not folder.exists():
        yield problem("model", f'there is no folder "{folder}"', "correct ROLECALL_COMPANY, or run `rolecall init`")
        folder = None
    loaded = load_company(folder, guidance_folder(), today())
    engine, problems = open_engine(loaded, load_shipped())
    if folder is not None or settings.rolecall_company is None:
        yield from check_model(folder, engine.company, problems)
    if folder is not None:
        yield from check_teams(engine.company)
        yield from check_people(engine.company)
    yield from check_secrets(settings)
    yield from check_database(settings)
    if not offline:
        yield from check_online(settings, engine.company, time.time())


def show(found: Iterable[Finding], bad: int) -> None:
    """A line for each thing, and what to do about it."""
    for each in found:
        click.echo(f"{click.style(f'{each.state:<8}', fg=COLOURS[each.state])} {each.check:<12} {each.says}")
        if each.fix:
            click.echo(f"{'':<21} fix: {each.fix}")
    click.echo(f"\n{bad} problem{'s' * (bad != 1)}." if bad else "\nNo problems.")
