"""Opens a company for a command, or says what is wrong and leaves."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.folders import example_folder, example_names, guidance_folder
from bot.kept import open_kept
from bot.pipeline import Engine, open_engine
from bot.problems import Problem, format_problem

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.domain.loaded import Loaded

GUIDANCE_ALONE = "none"
"""The company's name that asks the industry's guidance alone."""
SETTINGS = ("ROLECALL_", "SLACK_", "DATABASE_URL", "PORT", "WEB_CONCURRENCY", "XDG_STATE_HOME")
"""How the names of all settings begin."""
DEFAULT_EXAMPLE = "gitlab-fy24"
"""The example that answers in the terminal when no company is set."""


def today() -> date:
    """The day of the machine's clock: the one place where it is read."""
    return date.today()


def read_day(text: str | None) -> date:
    """An ISO date, today when none is given; leaves with a message on anything else."""
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        leave(f'"{text}" is not a date. Write it as 2026-02-01.')


def find_company(given: str | None) -> tuple[Path | None, bool]:
    """The model's folder, and whether it is an example: the one given, the one set, else the default example."""
    if given is None:
        folder = read_or_leave().rolecall_company if may_be_set() else None
        return (folder, False) if folder else (example_folder(DEFAULT_EXAMPLE), True)
    if given == GUIDANCE_ALONE:
        return None, False
    path = Path(given)
    if path.exists():
        return path, False
    if given in example_names():
        return example_folder(given), True
    leave(f'There is no folder "{given}".\nGive the folder of a model, or one of the examples: {", ".join(example_names())}.')
    return None


def may_be_set() -> bool:
    """Whether any setting may be set: to find that out costs nothing, to read the settings a third of a short command."""
    return Path(".env").exists() or any(name.upper().startswith(SETTINGS) for name in os.environ)


def read_or_leave() -> Settings:
    """The settings; leaves with what is wrong with them."""
    from bot.config import WrongSettingsError, read_settings  # noqa: PLC0415 - reading settings costs a third of a short command

    try:
        return read_settings()
    except WrongSettingsError as error:
        leave(str(error))


def find_model(given: str | None, when: str | None = None) -> tuple[Path | None, bool]:
    """The model's folder as it is, or was on a day or at a commit, and whether it is an example; leaves where there is none."""
    root, is_example = find_company(given)
    if root is not None and not root.exists():
        leave(f'There is no folder "{root}" (from ROLECALL_COMPANY).\nSet it to the folder of a model, or run `rolecall init`.')
    if when and root is not None:
        from bot.history import HistoryError, model_at  # noqa: PLC0415 - few ask for the past

        try:
            root = model_at(root, when)
        except HistoryError as reason:
            leave(str(reason))
    return root, is_example


def load(given: str | None) -> tuple[Loaded, Engine, list[Problem]]:
    """The company as it is, its engine, and all problems."""
    return read_model(*find_model(given))


def read_model(root: Path | None, is_example: bool) -> tuple[Loaded, Engine, list[Problem]]:
    """The company of a folder, its engine, and all problems."""
    from bot.load import load_company, load_shipped  # noqa: PLC0415 - what is kept from before needs none of it

    loaded = load_company(root, guidance_folder(), today(), is_example=is_example)
    engine, problems = open_engine(loaded, load_shipped())
    return loaded, engine, problems


def open_company(given: str | None, when: str | None = None) -> Engine:
    """The engine of a company without errors; otherwise says what is wrong and leaves with 1."""
    root, is_example = find_model(given, when)
    return open_kept(root, (is_example, today()), lambda: open_sound(root, is_example))


def open_sound(root: Path | None, is_example: bool) -> Engine:
    """The engine of a model without errors; otherwise says what is wrong and leaves with 1."""
    loaded, engine, problems = read_model(root, is_example)
    errors = [found for found in problems if found.severity == "error"]
    if errors:
        for found in errors:
            click.echo(format_problem(found, loaded.sources), err=True)
        leave(
            f"The model has {len(errors)} error{'s' * (len(errors) != 1)}, so it cannot answer. `rolecall check` shows warnings too.",
            code=1,
        )
    return engine


def leave(message: str, code: int = 2) -> NoReturn:
    """Ends the command with a message."""
    click.echo(message, err=True)
    raise SystemExit(code)
