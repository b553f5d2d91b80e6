"""The trace of an answer: what was understood, which rules were tried, who won each key and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.answers_json import answer_as_json, slots_of
from bot.domain.answers import Answer, Verdict
from bot.pipeline import Engine
from bot.render.words import Words

SIGNS = {"won": "+", "possible": "?", "lost": "-"}


def trace_lines(done: Answer, engine: Engine) -> Iterator[str]:
    """The trace in lines for people."""
    frame = done.frame
    yield done.message.headline
    yield ""
    if frame is None:
        yield "understood: nothing"
        for mention in getattr(done.understood, "mentions", ()):
            yield f'  "{mention.words}" could be {mention.kind} {mention.id}'
        return
    yield f"understood: {frame.intent} ({frame.confidence:.0%} of the question explained" + (
        f"; next best: {frame.runner_up})" if frame.runner_up else ")"
    )
    for name, value in slots_of(frame, engine.company).items():
        yield f"  {name}: {value}"
    for mention in frame.mentions:
        repaired = f' (read as "{mention.repaired}")' if mention.repaired else ""
        yield f'  "{mention.words}"{repaired}: {mention.kind} {mention.id}'
    words = engine.view(done.question.audiences)[2].words
    for verdict in done.resolution.verdicts:
        yield ""
        yield from verdict_lines(verdict, words)


def verdict_lines(verdict: Verdict, words: Words) -> Iterator[str]:
    """One key: the winner and the losers."""
    yield f"{verdict.subject}: {verdict.key}"
    if verdict.decided and verdict.decided.rule:
        yield f"  decided by {verdict.decided.rule.id} at {verdict.decided.place.short}: {words.ruling(verdict.decided.ruling)}"
    elif verdict.decided:
        yield "  no rule decides"
    else:
        yield f"  depends on {', '.join(verdict.undecided)}"
    for tried in verdict.tried:
        label = f" when {tried.label}" if tried.label else ""
        yield f"  {SIGNS[tried.verdict]} {tried.place.short} {tried.rule}{label}" + (f": {tried.reason}" if tried.reason else "")


def trace_as_json(done: Answer, engine: Engine) -> dict[str, Any]:
    """The trace for tools: the answer with its mentions and what was tried."""
    frame = done.frame
    mentions = [
        {"words": each.words, "kind": each.kind, "id": each.id, "repaired": each.repaired} for each in (frame.mentions if frame else ())
    ]
    keys = [
        {
            "subject": verdict.subject,
            "key": verdict.key,
            "decided": {"rule": verdict.decided.rule.id, "place": verdict.decided.place.short}
            if verdict.decided and verdict.decided.rule
            else None,
            "depends": list(verdict.undecided),
            "tried": [
                {"rule": each.rule, "when": each.label, "place": each.place.short, "verdict": each.verdict, "reason": each.reason}
                for each in verdict.tried
            ],
        }
        for verdict in done.resolution.verdicts
    ]
    return {**answer_as_json(done, engine.company), "runner_up": frame.runner_up if frame else None, "mentions": mentions, "keys": keys}
