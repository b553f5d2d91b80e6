"""What can be seen without calling Slack: the model, its teams and maintainers, the secrets, the database."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.config import Settings
from bot.domain.company import Company
from bot.problems import Problem
from bot.slack.doctor.finding import Finding, note, ok, problem
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.migrate import is_current
from bot.store.open import keep, postgres_engine, read_url, sqlite_engine

SHAPES = {"SLACK_BOT_TOKEN": r"xoxb-[\w-]{10,}", "SLACK_APP_TOKEN": r"xapp-[\w-]{10,}", "SLACK_SIGNING_SECRET": r"[0-9a-f]{32}"}
"""How each secret looks."""
WHERE = {
    "SLACK_BOT_TOKEN": "OAuth & Permissions, Bot User OAuth Token",
    "SLACK_APP_TOKEN": "Basic Information, App-Level Tokens, with the scope connections:write",
    "SLACK_SIGNING_SECRET": "Basic Information, App Credentials, Signing Secret",
}
"""Where each stands among the app's settings."""


def check_model(folder: Path | None, company: Company, problems: list[Problem]) -> Iterator[Finding]:
    """Whether there is a model, and how it was read."""
    if folder is None:
        yield note(
            "model", "no rules are loaded: answers come from the industry's guidance alone", "set ROLECALL_COMPANY to the model's folder"
        )
        return
    errors = [found for found in problems if found.severity == "error"]
    if errors:
        first = f"{errors[0].place.short}: {errors[0].what}"
        yield problem("model", f"{counted(len(errors), 'error')} in {folder}, first {first}", f"run `rolecall check {folder}`")
        return
    rules = sum(rule.basis == "company" for rule in company.rules)
    yield ok("model", f"{company.name}: {counted(rules, 'rule')}, {counted(len(company.roles()), 'role')}, no errors")
    if problems:
        yield note("model", counted(len(problems), "warning"), f"run `rolecall check {folder}`")


def check_teams(company: Company) -> Iterator[Finding]:
    """Whether those who keep rules can be asked in Slack."""
    kept = Counter(rule.kept_by for rule in company.rules if rule.kept_by)
    unnamed = [id for id in kept if not company.parties[id].channel]
    if not kept:
        yield note("teams", "nobody keeps any rule, so questions cannot be sent to anybody", "say `kept-by:` a team that has a `channel:`")
    elif len(unnamed) == len(kept):
        names = ", ".join(company.parties[id].name for id in unnamed[:5])
        yield problem(
            "teams", f"no keeper of rules has a channel ({names}): questions reach nobody", 'give a team a `channel: "#…"` in the model'
        )
    else:
        yield ok("teams", f"{len(kept) - len(unnamed)} of {counted(len(kept), 'keeper')} of rules have a channel")
    for id in sorted(unnamed) if len(unnamed) < len(kept) else ():
        says = f"{company.parties[id].name} keeps {counted(kept[id], 'rule')} and has no channel: others are asked instead"
        yield note("teams", says, f'give "{id}" a `channel: "#…"`, if it is a team')


def check_people(company: Company) -> Iterator[Finding]:
    """Whether maintainers are listed, and those who may see what is restricted."""
    if company.maintainers:
        yield ok("maintainers", f"{len(company.maintainers)} listed")
    else:
        says = "nobody is listed: nobody is told of errors in the model, and nobody may change channel settings"
        yield problem("maintainers", says, "list Slack ids under `maintainers:` in company.yaml")
    for name in sorted(company.restricted_to()):
        if not company.audiences.get(name):
            fix = f"list Slack ids under `audiences: {{{name}: {{who: […]}}}}`, or leave it so"
            yield note("audiences", f'what is for "{name}" is shown to nobody', fix)


def check_secrets(settings: Settings) -> Iterator[Finding]:
    """Whether there is a way in and out, and the secrets look like what they should be."""
    held = {name: getattr(settings, name.lower()) for name in SHAPES}
    found = {name: secret.get_secret_value() for name, secret in held.items() if secret is not None}
    for name, text in found.items():
        looks = re.fullmatch(SHAPES[name], text)
        yield (
            ok("secrets", f"{name} is set")
            if looks
            else problem("secrets", f"{name} does not look like one", f"copy it from {WHERE[name]}")
        )
    if "SLACK_BOT_TOKEN" not in found:
        yield problem("secrets", "SLACK_BOT_TOKEN is not set", f"copy it from {WHERE['SLACK_BOT_TOKEN']}")
    if not {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"} & set(found):
        says = "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"
        yield problem("secrets", says, f"for Socket Mode copy the first from {WHERE['SLACK_APP_TOKEN']}")
    elif "SLACK_SIGNING_SECRET" not in found:
        yield note("secrets", "without SLACK_SIGNING_SECRET only `rolecall socket` works, not `rolecall serve`")
    elif "SLACK_APP_TOKEN" not in found:
        yield note("secrets", "without SLACK_APP_TOKEN only `rolecall serve` works, not `rolecall socket`")
    yield ok("address", f"the Web API is at {settings.slack_api_url}")


def check_database(settings: Settings) -> Iterator[Finding]:
    """Whether the database can be reached and has its tables."""
    try:
        url = read_url(settings)
        file = Path(url.database or "") if url.drivername == "sqlite" else None
        if file is not None and settings.web_concurrency > 1:
            yield problem("database", "WEB_CONCURRENCY is more than 1, and SQLite is for one process", "set DATABASE_URL to a PostgreSQL")
        if file is not None and not file.exists():
            yield first_start(file)
            return
        secret = settings.rolecall_secret or settings.slack_signing_secret
        if file is None and secret is None:
            says = "people are stored under keys, and there is no secret to make them with"
            yield problem("database", says, "set ROLECALL_SECRET to any long text, the same for all instances")
        yield tables_of(Database(sqlite_engine(url) if file else postgres_engine(url), str(file or "The PostgreSQL"), b"", keep(settings)))
    except StoreError as error:
        says, _, fix = str(error).partition(". ")
        yield problem("database", says, fix or "see docs/slack.md")


def first_start(file: Path) -> Finding:
    """A SQLite file that will be made; it is not made here, for this may be another user."""
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if os.access(folder, os.W_OK | os.X_OK):
        return ok("database", f'SQLite, in "{file}": made at the first start')
    return problem(
        "database", f'"{folder}" cannot be written, and the database is to be in it', "give this user the right to, or set DATABASE_URL"
    )


def tables_of(database: Database) -> Finding:
    """Whether the tables are there. Raises StoreError."""
    try:
        with database.reading() as connection:
            current = is_current(connection)
    finally:
        database.close()
    kind = "PostgreSQL" if database.on_postgres else f"SQLite, in {database.where}"
    return (
        ok("database", f"{kind}: reached, up to date")
        if current
        else note("database", f"{kind}: reached; brought up to date at the next start")
    )


def counted(count: int, what: str) -> str:
    """ "1 rule", "3 rules"."""
    return f"{count} {what}{'' if count == 1 else 's'}"
