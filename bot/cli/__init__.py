"""The command line: each command in a module of its own, imported when it is used."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "ask": "ask",
    "why": "why",
    "chat": "ask",
    "check": "check",
    "schema": "check",
    "phrases": "phrases",
    "sheet": "sheet",
    "diff": "diff",
    "eval": "eval",
    "init": "init",
    "manifest": "manifest",
    "doctor": "doctor",
    "serve": "serve",
    "socket": "serve",
}
"""Command -> its module."""


class Lazy(click.Group):
    """A group that imports a command when it is asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"bot.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rolecall")
def main() -> None:
    """Rolecall: who owns what between sales and customer success, from your own rules, with the reason."""
