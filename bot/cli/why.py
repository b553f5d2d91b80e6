"""why: how a question is answered, and what would have it answered."""

from __future__ import annotations

import json

import click

from bot.cli.asking import Asking, asking
from bot.cli.tracing import trace_as_json, trace_lines
from bot.pipeline import answer
from bot.suggest import suggest


@click.command(short_help="Show how a question is answered.")
@click.argument("question")
@asking
@click.option("--json", "as_json", is_flag=True, help="The trace in JSON.")
def why(question: str, asking: Asking, as_json: bool) -> None:
    """Show how a question is answered: which words counted, the rules tried, and the winner of each key with its file and line; and for one
    that was not understood, the smallest changes that would have it answered."""
    engine = asking.open()
    done = answer(asking.question(question), engine)
    found = suggest(done.question, engine)
    if as_json:
        click.echo(json.dumps(trace_as_json(done, engine, found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(trace_lines(done, engine, found)))
