"""What `rolecall eval` prints: the figures in tables, and where they are wanted the questions that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.quantities import plural
from bot.evaluate import Figures, Judged
from bot.evaluate.figures import WRONG, interval
from bot.evaluate.judge import JUDGEMENTS, STAGES, Judgement, owners_of
from bot.pipeline import Engine
from bot.problems import printable
from bot.suggest import Suggestion, suggest

LOOKED = 60
"""For so many questions that were not understood a change is looked for; each takes a second or two."""
COLUMNS = ("asked", "right", "95% interval", *JUDGEMENTS[1:])
OUTSIDE: tuple[tuple[str, Judgement], ...] = (("refused, as is right", "right"), (WRONG, WRONG), ("astray", "astray"))
"""What may become of a question that is to be refused."""


def report_lines(figures: Figures, slips: int | None) -> Iterator[str]:
    """The figures for people: totals first, then a table for everything that they are told apart by."""
    inside, outside, (talks, right) = figures.inside, figures.outside, figures.talks
    asked = f"{plural(figures.asked, 'question')} asked" + (f", {plural(talks, 'conversation')} among them" if talks else "")
    yield asked + ("." if slips is None else f", each with one or two slips of the keyboard (seed {slips}).")
    rows = [("in scope", *share_cells(inside.total(), None))] if inside else []
    rows += [(f"  {name}", *share_cells(inside[name], inside.total())) for name in JUDGEMENTS if inside]
    rows += [("out of scope", *share_cells(outside.total(), None))] if outside else []
    rows += [(f"  {name}", *share_cells(outside[judgement], outside.total())) for name, judgement in OUTSIDE if outside]
    rows += [("conversations", *share_cells(talks, None)), ("  right throughout", *share_cells(right, talks))] if talks else []
    rows += [(f"{WRONG}, of all", *share_cells(figures.wrong, figures.asked))]
    yield ""
    yield from aligned(("", "count", "share", "95% interval"), rows)
    if figures.stages:
        yield ""
        yield "failed at: " + ", ".join(f"{stage} {figures.stages[stage]:,}" for stage in STAGES if figures.stages[stage])
    for name, table in figures.tables.items():
        if table:
            yield ""
            yield from aligned((f"by {name}" if name != "out of scope" else name, *COLUMNS), table_rows(table))


def share_cells(some: int, of: int | None) -> tuple[str, str, str]:
    """A count, and of how many it is which share, with the interval."""
    if not of:
        return f"{some:,}", "", ""
    low, high = interval(some, of)
    return f"{some:,}", f"{some / of:.1%}", f"{low:.1%} to {high:.1%}"


def table_rows(table: Mapping[str, Counter[Judgement]]) -> Iterator[tuple[str, ...]]:
    """A row for each value."""
    for value, counts in table.items():
        _, share, ends = share_cells(counts["right"], counts.total())
        rest = (f"{counts[name]:,}" if counts[name] else "" for name in JUDGEMENTS[1:])
        yield (value, f"{counts.total():,}", share, ends, *rest)


def aligned(head: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    """A table as lines of equally wide columns, the first to the left and numbers to the right."""
    lines = [tuple(head), *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        cells = (cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(line, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def shown(judged: Sequence[Judged], show: str | None) -> Iterator[Judged]:
    """The answers to be listed: those that are confident-wrong, or all that are not right."""
    wanted = {"wrong": {WRONG}, "all": {*JUDGEMENTS} - {"right"}}.get(show or "", set())
    return (each for each in judged if each.judgement in wanted)


def shown_lines(judged: Sequence[Judged], show: str | None, engines: Mapping[str, Engine]) -> Iterator[str]:
    """What failed: where the question stands, what it asks, what was expected, what came, and what would have it answered."""
    for each, change in with_changes(shown(judged, show), engines):
        failed = f" at {each.stage}" if each.stage else ""
        yield f"{each.turn.place.short}: {each.judgement}{failed}: {printable(each.done.question.text)}"
        yield f"  lacking: {printable('; '.join(each.lacking))}"
        yield f"  got: {say_got(each)}"
        if change:
            yield f"  try: {printable(change.says)}"
        yield ""


def with_changes(judged: Iterator[Judged], engines: Mapping[str, Engine]) -> Iterator[tuple[Judged, Suggestion | None]]:
    """Answers that are not right, and for the first of those that were not understood the smallest change that would have it answered."""
    looked = 0
    for each in judged:
        found: list[Suggestion] = []
        if each.done.resolution.outcome == "not-understood" and looked < LOOKED:
            looked += 1
            found = suggest(each.done.question, engines[each.conversation.company], most=1)
        yield each, next(iter(found), None)


def say_got(judged: Judged) -> str:
    """Outcome, owners and first sentence of an answer."""
    done = judged.done
    owners = ", ".join(sorted(owners_of(done)))
    intent = f" {done.frame.intent}" if done.frame else ""
    return f"{done.resolution.outcome}{intent}{f' ({owners})' if owners else ''}: {printable(done.message.headline)}"


def judged_as_json(judged: Sequence[Judged], show: str | None, engines: Mapping[str, Engine]) -> Iterator[dict[str, Any]]:
    """What failed, for tools."""
    for each, change in with_changes(shown(judged, show), engines):
        done = each.done
        yield {
            "place": each.turn.place.short,
            "company": each.conversation.company,
            "question": done.question.text,
            "judgement": each.judgement,
            "stage": each.stage,
            "lacking": list(each.lacking),
            "outcome": done.resolution.outcome,
            "intent": done.frame.intent if done.frame else None,
            "roles": sorted(owners_of(done)),
            "text": done.text,
            "suggestion": change.says if change else None,
        }
