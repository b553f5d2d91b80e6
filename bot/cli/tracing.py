"""The trace of an answer: what was understood, which rules were tried, who won each key and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.answers_json import answer_as_json, slots_of
from bot.domain.answers import Answer, Verdict
from bot.domain.questions import Ambiguous, Frame, Several
from bot.pipeline import Engine
from bot.render.words import Words
from bot.suggest import Suggestion
from bot.understand.explain import Candidate, Explained, Word, explain

OPTIONAL = re.compile(r"\s*(?:\[[^\]]*\]|!\S+)")
USES = {"around": "said around it", "unknown": "nobody knows it", "left over": "known, but the reading has no place for it"}
"""Why words do not count."""
SIGNS = {"won": "+", "possible": "?", "lost": "-"}


def trace_lines(done: Answer, engine: Engine, found: Sequence[Suggestion] = ()) -> Iterator[str]:
    """The trace in lines for people; `found` is what would have a question answered that was not understood."""
    explained = explain(done.question, done.understood, engine.view(done.question.audiences)[0])
    frame = done.frame
    yield done.message.headline
    yield ""
    if frame is None:
        yield "understood: nothing"
        nearest = next(iter(explained.readings), None)
        if nearest:
            yield f"  nearest: {nearest.intent}, {say_by(nearest)} ({nearest.share:.0%} of the question explained)"
        yield from word_lines(explained)
        yield from suggestion_lines(found)
        return
    yield f"understood: {frame.intent} ({frame.confidence:.0%} of the question explained)"
    if not isinstance(done.understood, Several):
        yield from reading_lines(explained)
        yield from guess_lines(explained)
    for name, value in slots_of(frame, engine.company).items():
        yield f"  {name}: {value}"
    if isinstance(done.understood, Several):
        yield f"  several questions: {', '.join(part_intent(part) for part in done.understood.parts)}"
    yield from word_lines(explained)
    words = engine.view(done.question.audiences)[2].words
    for verdict in done.resolution.verdicts:
        yield ""
        yield from verdict_lines(verdict, words)


def part_intent(part: Frame | Ambiguous) -> str:
    """The intent of one of several questions."""
    return part.intent if isinstance(part, Frame) else part.frame.intent


def say_by(candidate: Candidate) -> str:
    """By which form or phrasing a question is read."""
    return f'by the {candidate.by} "{OPTIONAL.sub("", candidate.text).strip()}"'


def reading_lines(explained: Explained) -> Iterator[str]:
    """By what the question is read, and how far behind the next best reading is."""
    if explained.chosen:
        yield f"  {say_by(explained.chosen)}"
    if explained.chosen and explained.runner_up:
        points = round(100 * (explained.distance or 0))
        behind = f"{points} points behind" if points > 0 else "explains as much, and less of it is what is asked"
        yield f"  next best: {explained.runner_up.intent}, {say_by(explained.runner_up)} ({explained.runner_up.share:.0%}, {behind})"


def guess_lines(explained: Explained) -> Iterator[str]:
    """What no word names, and all of them are likely about."""
    yield from (f"  about {subject}: guessed from all of its words ({share:.0%})" for subject, share in explained.guessed)


def word_lines(explained: Explained) -> Iterator[str]:
    """The words that counted, those that did not, and the repairs."""
    counted = [word for word in explained.words if word.counted]
    for title, words in (("counted", counted), ("did not count", [word for word in explained.words if not word.counted])):
        if words:
            yield f"{title}:"
            yield from (f'  "{word.typed}"{say_meant(word)}' for word in words)
    given = [amount.fact for amount in explained.reading.amounts if amount.fact]
    if given:
        yield "numbers that counted:"
        yield from (f'  "{fact.said}": {fact.attribute}' for fact in given)
    if explained.repairs:
        yield "mended: " + ", ".join(f"{typed} -> {meant}" for typed, meant in explained.repairs)


def say_meant(word: Word) -> str:
    """What words can mean, or why they do not count."""
    if word.use in USES:
        return f": {USES[word.use]}"
    kinds = ", ".join(kind if kind == ids else f"{kind} {ids}" for kind, ids in word.kinds)
    return f": {kinds or 'as the phrasing has it'}"


def suggestion_lines(found: Sequence[Suggestion]) -> Iterator[str]:
    """What would have the question answered."""
    if found:
        yield "to have it answered:"
        yield from (f"  - {each.says}" for each in found)


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


def trace_as_json(done: Answer, engine: Engine, found: Sequence[Suggestion] = ()) -> dict[str, Any]:
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
    said = {"runner_up": frame.runner_up if frame else None, "mentions": mentions, "keys": keys}
    return {**answer_as_json(done, engine.company), **said, **explained_as_json(done, engine), "suggestions": suggestions_as_json(found)}


def explained_as_json(done: Answer, engine: Engine) -> dict[str, Any]:
    """How the question was read, for tools."""
    explained = explain(done.question, done.understood, engine.view(done.question.audiences)[0])
    words = [
        {"words": word.typed, "meant": word.meant, "kinds": [list(kind) for kind in word.kinds], "use": word.use, "weight": word.weight}
        for word in explained.words
    ]
    readings = [{"intent": each.intent, "by": each.by, "text": each.text, "share": round(each.share, 3)} for each in explained.readings]
    return {
        "words": words,
        "repairs": [{"typed": typed, "meant": meant} for typed, meant in explained.repairs],
        "readings": readings,
        "distance": explained.distance,
        "guessed": [{"subject": subject, "share": round(share, 3)} for subject, share in explained.guessed],
    }


def suggestions_as_json(found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """What would have the question answered, for tools."""
    return [{"change": each.change.says, "where": each.change.where, "then": each.done.message.headline} for each in found]
