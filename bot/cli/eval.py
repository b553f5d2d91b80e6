"""eval: labelled questions put to the engines of their companies, and how many answers are right."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import click

from bot.cli.evaluated import judged_as_json, report_lines, shown_lines
from bot.cli.opening import leave, open_company, read_day, today
from bot.domain.labels import Conversation
from bot.evaluate import Figures, ask_all, check_names, count
from bot.evaluate.baseline import Baseline, NoBaselineError, compared, has_grown, read_baseline
from bot.evaluate.figures import as_json as figures_as_json
from bot.load.questions import Questions, read_questions
from bot.pipeline import Engine
from bot.problems import format_problem, in_order

Thing = TypeVar("Thing")
STEP = 10
"""After so many questions the progress is told again."""
COMPANY_HELP = "Ask this company, whatever the files say: the folder of a model, the name of an example, or none."
SHOW_HELP = "List what failed, with what was expected: the confident-wrong answers, or all that is not right. Never for a set kept unread."
TYPOS_HELP = "Put one or two slips of the keyboard into every question, the same for the same SEED."
BASELINE_HELP = "Compare with an earlier run, and leave with 1 when more is confident-wrong."


@click.command(short_help="Measure answers against labelled questions.")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--company", metavar="DIR", help=COMPANY_HELP)
@click.option("--as-of", metavar="DATE", help="The rules in force on a day, such as 2026-02-01.")
@click.option("--typos", "slips", type=int, metavar="SEED", help=TYPOS_HELP)
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE.json", help=BASELINE_HELP)
@click.option("--write-baseline", "written", type=click.Path(path_type=Path), metavar="FILE.json", help="Keep the figures for later runs.")
@click.option("--show", type=click.Choice(["wrong", "all"]), help=SHOW_HELP)
@click.option("--json", "as_json", is_flag=True, help="The figures in JSON.")
def eval(
    files: tuple[Path, ...],
    company: str | None,
    as_of: str | None,
    slips: int | None,
    baseline: Path | None,
    written: Path | None,
    show: str | None,
    as_json: bool,
) -> None:
    """Put labelled questions to their companies, and say how many answers are right, with 95% intervals.

    \b
    rolecall eval bench/questions/tune
    rolecall eval mine.yaml --company ./model --show all
    """
    if not files:
        leave("Which questions? Give files or folders of labelled questions; docs/cli.md shows one.")
    day, before = read_day(as_of) if as_of else None, open_baseline(baseline)
    conversations, engines = open_questions(files, company)
    judged = list(progress(ask_all(conversations, engines, today(), day, slips), sum(len(each.turns) for each in conversations)))
    figures = count(judged)
    if written:
        write_baseline(written, figures)
    if as_json:
        shown = {"questions": list(judged_as_json(judged, show, engines))} if show else {}
        click.echo(json.dumps({**figures_as_json(figures), **shown}, ensure_ascii=False, indent=2))
    else:
        for line in (*shown_lines(judged, show, engines), *report_lines(figures, slips)):
            click.echo(line)
    if before is not None:
        compare(figures, before, quiet=as_json)


def compare(figures: Figures, before: Baseline, *, quiet: bool) -> None:
    """Says what has changed, and leaves with 1 when more is confident-wrong."""
    click.echo("\n".join(("", *compared(figures, before))), err=quiet)
    if has_grown(figures, before):
        leave("More answers are confident-wrong than in the baseline.", code=1)


def open_questions(files: Iterable[Path], company: str | None) -> tuple[list[Conversation], Mapping[str, Engine]]:
    """The conversations of the files and an engine for each of their companies; leaves with everything that is wrong with them."""
    read = read_questions(files)
    if company is not None:
        read.conversations = [replace(each, company=company) for each in read.conversations]
        read.problems = [found for found in read.problems if found.slug != "unknown-name"]
    leave_at_problems(read)
    engines = {name: open_company(name) for name in dict.fromkeys(each.company for each in read.conversations)}
    for name, asked in groupby(read.conversations, lambda each: each.company):
        read.problems += check_names(asked, engines[name])
    leave_at_problems(read)
    return read.conversations, engines


def leave_at_problems(read: Questions) -> None:
    """Leaves with what is wrong with the files, if anything is."""
    problems = in_order(read.problems)
    for found in problems:
        click.echo(format_problem(found, read.sources) + "\n", err=True)
    if problems:
        leave(f"{len(problems)} problem{'s' * (len(problems) != 1)} in the labelled questions, so none was asked.")


def progress(things: Iterable[Thing], total: int) -> Iterator[Thing]:
    """The things; where a person watches, how far it is."""
    watched = sys.stderr.isatty()
    for number, thing in enumerate(things, 1):
        if watched and (number % STEP == 0 or number == total):
            click.echo(f"\r{number:,} of {total:,} questions", err=True, nl=number == total)
        yield thing


def open_baseline(file: Path | None) -> Baseline | None:
    """The figures of an earlier run; leaves with a message where the file holds none."""
    if file is None:
        return None
    try:
        return read_baseline(file.read_text(encoding="utf-8"))
    except NoBaselineError:
        leave(f'"{file}" holds no figures.\nWrite them with `rolecall eval FILE... --write-baseline {file}`.')
    except (OSError, UnicodeDecodeError) as error:
        leave(f'"{file}" cannot be read: {getattr(error, "strerror", None) or "it is no text"}.')


def write_baseline(file: Path, figures: Figures) -> None:
    """Keeps the figures; leaves with a message where they cannot be written."""
    try:
        file.write_text(json.dumps(figures_as_json(figures), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        leave(f'"{file}" cannot be written: {error.strerror or "it cannot be opened"}.')
