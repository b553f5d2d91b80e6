"""ask, why, chat: questions on the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TextIO, TypeVar

import click

from bot.answers_json import answer_as_json
from bot.cli.opening import leave, open_company, today
from bot.cli.tracing import trace_as_json, trace_lines
from bot.domain.answers import Answer
from bot.domain.questions import Question, Understood
from bot.pipeline import Engine, answer

Command = TypeVar("Command", bound=Callable[..., Any])
MAX_THREADS = 10_000
LINE_KEYS = ("question", "as", "segment", "as_of", "audience", "thread")


def asking(command: Command) -> Command:
    """The options of everything that asks."""
    options = (
        click.option("--company", metavar="DIR", help="Folder of the company's model, or the name of an example."),
        click.option("--as", "as_role", metavar="ROLE", help="Your role, for questions such as “is this mine?”."),
        click.option("--segment", metavar="S", help="The customer's segment."),
        click.option("--as-of", metavar="DATE", help="Ask for the rules in force on a day, such as 2026-02-01."),
        click.option("--audience", metavar="A", multiple=True, help="What the asker may see; public by default."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_day(text: str | None) -> date | None:
    """An ISO date, or leaves with a message."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        leave(f'"{text}" is not a date. Write it as 2026-02-01.')


@click.command()
@click.argument("question", required=False)
@asking
@click.option(
    "--batch",
    "batch",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help="Ask every line of a file (- for standard input): plain text, or JSON with question, as, segment, as_of, audience, thread.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def ask(
    question: str | None,
    company: str | None,
    as_role: str | None,
    segment: str | None,
    as_of: str | None,
    audience: tuple[str, ...],
    batch: TextIO | None,
    as_json: bool,
) -> None:
    """Ask who owns what.

    \b
    rolecall ask "who owns renewal?"
    rolecall ask "is this upsell mine?" --as csm --company ./model
    """
    engine = open_company(company)
    asked = {"as": as_role, "segment": segment, "as_of": as_of, "audience": list(audience)}
    if batch is not None:
        for line in answer_lines(batch, engine, asked):
            click.echo(line if as_json else json.loads(line)["text"] + "\n")
        return
    if question is None:
        leave('What do you want to know? For example: rolecall ask "who owns renewal?"')
    made = make_question({**asked, "question": question}, None)
    if isinstance(made, str):
        leave(made)
    done = answer(made, engine)
    show(done, engine, as_json=as_json)


def show(done: Answer, engine: Engine, *, as_json: bool) -> None:
    """Prints one answer."""
    if as_json:
        click.echo(json.dumps(answer_as_json(done, engine.company), ensure_ascii=False))
        return
    click.echo(done.text)
    if done.message.next:
        click.secho("Ask next: " + "  ·  ".join(done.message.next), dim=True)


def answer_lines(lines: TextIO, engine: Engine, defaults: dict[str, Any]) -> Iterator[str]:
    """One JSON object for each line, in order; lines of one thread follow each other up."""
    threads: dict[str, Understood] = {}
    for raw in lines:
        asked = {**defaults, **read_line(raw.rstrip("\r\n"))}
        thread = str(asked["thread"]) if asked.get("thread") not in (None, "") else ""
        question = make_question(asked, threads.get(thread) if thread else None)
        problem = question if isinstance(question, str) else ""
        done = answer(question if isinstance(question, Question) else Question("", today()), engine)
        if thread and len(threads) < MAX_THREADS and done.resolution.outcome != "not-understood":
            threads[thread] = done.understood
        said = answer_as_json(done, engine.company)
        yield json.dumps({**said, "question": str(asked["question"]), **({"text": problem} if problem else {})}, ensure_ascii=False)


def read_line(line: str) -> dict[str, Any]:
    """A line as a question with its options; what is no JSON object is the question itself."""
    if line.lstrip().startswith("{"):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            return {"question": line}
        if isinstance(read, dict) and "question" in read:
            return {key: read[key] for key in LINE_KEYS if read.get(key) is not None}
    return {"question": line}


def make_question(asked: dict[str, Any], before: Understood | None) -> Question | str:
    """The question, or what is wrong with it."""
    as_of = asked.get("as_of")
    try:
        day = date.fromisoformat(str(as_of)) if as_of else None
    except ValueError:
        return f'"{as_of}" is not a date. Write it as 2026-02-01.'
    audience = asked.get("audience") or []
    audiences = frozenset([audience] if isinstance(audience, str) else map(str, audience))
    text = asked["question"]
    if not isinstance(text, str):
        return "The question is not text."
    role, segment = (str(asked[key]) if asked.get(key) else None for key in ("as", "segment"))
    return Question(text, today(), role, segment, day, audiences | {"public"}, before)


@click.command()
@click.argument("question")
@asking
@click.option("--json", "as_json", is_flag=True, help="The trace in JSON.")
def why(
    question: str,
    company: str | None,
    as_role: str | None,
    segment: str | None,
    as_of: str | None,
    audience: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show how a question is answered: what matched, the rules tried, and the winner of each key with its file and line."""
    engine = open_company(company)
    made = make_question({"question": question, "as": as_role, "segment": segment, "as_of": as_of, "audience": list(audience)}, None)
    if isinstance(made, str):
        leave(made)
    done = answer(made, engine)
    click.echo(json.dumps(trace_as_json(done, engine), ensure_ascii=False, indent=2) if as_json else "\n".join(trace_lines(done, engine)))


@click.command()
@asking
def chat(company: str | None, as_role: str | None, segment: str | None, as_of: str | None, audience: tuple[str, ...]) -> None:
    """Ask one question after the other; follow-ups such as “and for SMB?” build on the last."""
    engine = open_company(company)
    click.echo(f"Ask who owns what at {engine.company.name or 'a typical company'}. An empty line ends.")
    before: Understood | None = None
    while True:
        try:
            text = input("> " if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            return
        made = make_question({"question": text, "as": as_role, "segment": segment, "as_of": as_of, "audience": list(audience)}, before)
        if isinstance(made, str):
            leave(made)
        done = answer(made, engine)
        if done.resolution.outcome != "not-understood":
            before = done.understood
        show(done, engine, as_json=False)
        click.echo()
