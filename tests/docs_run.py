"""The commands, and what they print: every answer in the documents comes from here, as of one day."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import ExitStack
from functools import cache
from unittest.mock import patch

import click
from click.testing import CliRunner
from docs_layout import DAY

from bot.cli import main, opening
from bot.load import Loaded
from bot.pipeline import Engine
from bot.problems import Problem

Opened = tuple[Loaded, Engine, list[Problem]]
load = opening.load


def commands() -> dict[str, click.Command]:
    """The commands by name."""
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}  # type: ignore[attr-defined]
    return {name: command for name, command in found.items() if command is not None}


def run(command: str) -> str:
    """What a `rolecall` command prints, errors included."""
    words = shlex.split(command)
    assert words[0] == "rolecall", f"only rolecall is run in documents, not {words[0]}"
    assert commands(), "no command can be imported"
    clocks = [name for name, module in sys.modules.items() if name.startswith("bot.cli.") and hasattr(module, "today")]
    with ExitStack() as stack:
        for name in clocks:
            stack.enter_context(patch(f"{name}.today", lambda: DAY))
        stack.enter_context(patch.object(opening, "load", load_once))
        done = CliRunner().invoke(main, words[1:], prog_name="rolecall", terminal_width=88)
    assert done.exception is None or isinstance(done.exception, SystemExit), f"{command} fails: {done.exception!r}"
    return re.sub(r'"micros": \d+', '"micros": 900', done.output.rstrip("\n"))


def load_once(given: str | None, when: str | None = None) -> Opened:
    """What a command opens to ask, loaded once for the same files: a page asks the same company many questions."""
    root, _ = opening.find_company(given)
    files = sorted(root.rglob("*.yaml")) if root else []
    return open_files(given, when, tuple((file, file.read_text(encoding="utf-8")) for file in files))


@cache
def open_files(given: str | None, when: str | None, files: tuple[tuple[object, str], ...]) -> Opened:
    """What a command opens, by the text of its files."""
    return load(given, when)


def command_help() -> str:
    """Every command with its --help."""
    parts = []
    for name, command in commands().items():
        context = click.Context(command, info_name=f"rolecall {name}", terminal_width=88, help_option_names=["-h", "--help"])
        parts.append(f"## `rolecall {name}`\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)
