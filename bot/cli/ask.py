"""ask, chat: questions on the terminal."""

from __future__ import annotations

import json
import sys
from typing import TextIO

import click

from bot.cli.asking import Asking, asking
from bot.cli.opening import leave
from bot.domain.answers import Answer
from bot.domain.threads import Thread
from bot.pipeline import answer

FORMATS = ("text", "md", "blocks")
FORMAT_HELP = "For people, as Markdown for a wiki, or as a Slack message in Block Kit."
ENDING = frozenset(
    {"exit", "quit", "bye", "goodbye", "good bye", "bye bye", "q", ":q", ":q!", ":wq", "logout", "/exit", "/quit", "exit()", "quit()"}
)
"""What people type to leave a conversation; none of it is a question."""
HOW_TO_END = "To end: exit, an empty line or Ctrl-D."
GOODBYE = "Goodbye."
BATCH_HELP = "Ask every line of a file (- for standard input): plain text, or JSON with question, as, segment, as_of, audience, thread."


@click.command()
@click.argument("question", required=False)
@asking
@click.option("--batch", "batch", type=click.File("r", encoding="utf-8-sig", errors="replace"), metavar="FILE", help=BATCH_HELP)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=FORMAT_HELP)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def ask(question: str | None, asking: Asking, batch: TextIO | None, form: str, as_json: bool) -> None:
    """Ask who owns what.

    \b
    rolecall ask "who owns renewal?"
    rolecall ask "is this upsell mine?" --as csm --company ./model
    """
    if form != "text" and (as_json or batch is not None):
        leave(f"--format {form} shows one answer to people; leave it out with {'--json' if as_json else '--batch'}.")
    if question is None and batch is None:
        leave('What do you want to know? For example: rolecall ask "who owns renewal?"')
    engine = asking.open()
    if batch is not None:
        from bot.cli.batch import answer_lines  # noqa: PLC0415 - most ask one question, and see it as text

        for said in answer_lines(batch, engine, asking.fields()):
            click.echo(json.dumps(said, ensure_ascii=False) if as_json else said["text"] + "\n")
        return
    done = answer(asking.question(question or ""), engine)
    if as_json:
        from bot.answers_json import answer_as_json  # noqa: PLC0415 - see above

        click.echo(json.dumps(answer_as_json(done, engine.company), ensure_ascii=False))
    elif form == "text":
        show(done)
    else:
        click.echo(formatted(done, form), nl=False)


def formatted(done: Answer, form: str) -> str:
    """The answer as a page of Markdown, or as what Slack is sent."""
    if form == "md":
        from bot.render.markdown import markdown  # noqa: PLC0415 - see above

        return markdown(done.message)
    from bot.render.blocks import blocks  # noqa: PLC0415
    from bot.render.fallback import fallback  # noqa: PLC0415

    sent = {"text": fallback(done.message), "blocks": blocks(done.message)}
    return json.dumps(sent, ensure_ascii=False, indent=2) + "\n"


def show(done: Answer) -> None:
    """Prints one answer for people."""
    click.echo(done.text)
    if done.resolution.view.get("about") == "role":
        click.secho("Say it with --as, for example: --as csm", dim=True)
    if done.message.next:
        click.secho("Ask next: " + "  ·  ".join(done.message.next), dim=True)


@click.command(short_help="Ask one question after the other.")
@asking
def chat(asking: Asking) -> None:
    """Ask one question after the other; follow-ups such as “and for SMB?” build on the last. “exit”, an empty line or Ctrl-D ends."""
    engine = asking.open()
    whom = engine.company.name or "a typical company"
    click.echo(f"Ask who owns what at {whom}{' (an example)' if engine.company.is_example else ''}. {HOW_TO_END}")
    thread: Thread | None = None
    while (text := next_line()) is not None:
        question = asking.question(text, thread)
        done = answer(question, engine)
        if done.changes_topic:
            thread = Thread(done.understood, question.audiences)
        show(done)
        if getattr(done.understood, "intent", "") == "help":
            click.secho(HOW_TO_END, dim=True)
        click.echo()
    click.echo(GOODBYE)


def next_line() -> str | None:
    """The next question that is typed; None at the end."""
    try:
        text = input("> " if sys.stdin.isatty() else "")
    except (EOFError, KeyboardInterrupt):
        click.echo()  # the cursor still stands behind the prompt
        return None
    return None if is_ending(text) else text


def is_ending(text: str) -> bool:
    """Whether a line is no question but the end of the conversation."""
    said = " ".join(text.lower().split()).rstrip(".!")
    return not said or said in ENDING or text.strip().lower() in ENDING
