"""The shape of a case, and how an answer differs from what a case expects. What a case may say: see conftest.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.answers_json import answer_as_json
from bot.domain.answers import Answer
from bot.domain.questions import Several
from bot.domain.rules import Held
from bot.load.layout import Part
from bot.load.shapes.base import Day, Shape, Text, Texts
from bot.pipeline import Engine
from bot.problems import Problem, problem

ASKED: dict[tuple[Any, ...], str] = {}
"""What was asked of a company, and in which file."""
LOOSE = frozenset({"entry", "process", "level", "link", "signal"})
"""Kinds of things of which more may be found than a case expects."""
TOLD = frozenset({"entry", "process", "level", "link"})
"""Kinds of things that the answer tells, however they were found."""
NONE = frozenset({"nobody", "nothing", "none"})


def as_many(value: Any) -> Any:
    """One text stands for a list of one."""
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Text, ...] | None, BeforeValidator(as_many)]


class MatchShape(Shape):
    """What has to be understood."""

    intent: Text = ""
    subject: Names = None
    step: Text = ""
    key: Text = ""
    roles: Names = None
    as_: Text = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    no_facts: Texts = ()
    things: dict[str, Any] = Field(default_factory=dict)
    whose: Text = ""
    more: Text = ""
    """"yes" where the message asks several things."""


class Expected(Shape):
    """What is expected of one answer, by stage; what is left out is not looked at."""

    match: MatchShape | None = None
    outcome: Names = None
    roles: Names = None
    part: Text = ""
    lead: Text = ""
    rule: Text = ""
    basis: Text = ""
    faq: Text = ""
    says: Texts = ()
    text: Text = ""


class Options(Shape):
    """Who asks, and about when."""

    as_: Text = ""
    segment: Text = ""
    as_of: Day | None = None
    audience: Texts = ()


class TurnShape(Expected):
    """One question of a conversation, in one or several wordings."""

    say: Texts = Field(min_length=1)


class CaseShape(Options, Expected):
    """Utterances that must be answered alike, or a conversation."""

    name: Text
    say: Texts = ()
    turns: tuple[TurnShape, ...] = ()


class FileShape(Options):
    """A file of cases about one company."""

    company: Text
    cases: tuple[CaseShape, ...] = Field(min_length=1)


def first_difference(expected: Expected, done: Answer, engine: Engine) -> str:
    """What the first stage that differs expected and got; empty when nothing differs."""
    said = answer_as_json(done, engine.company)
    got: list[tuple[str, str, Any, Any]] = [*understood(expected.match, done, said)] if expected.match else []
    result = said["result"] or {}
    for key, wanted, found in (
        ("outcome", expected.outcome, said["outcome"]),
        ("roles", expected.roles, holders(done)),
        ("part", expected.part, result.get("part")),
        ("lead", expected.lead, result.get("lead")),
        ("rule", expected.rule, said["rule"]),
        ("basis", expected.basis, said["basis"]),
        ("faq", expected.faq, said["faq"]),
    ):
        got.append(("resolve", key, wanted, found))
    whole = " ".join(said["text"].split()).casefold()
    got += [("render", "says", each, each if each.casefold() in whole else said["text"]) for each in expected.says]
    got.append(("render", "text", expected.text, done.message.headline))
    for stage, key, wanted, found in got:
        if not agrees(key, wanted, found):
            return f"{stage}: expected {key} {show(wanted)}, got {show(found)}"
    return ""


def understood(match: MatchShape, done: Answer, said: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """What was to be understood, and what was."""
    frame, slots = done.frame, said["slots"]
    facts = {**slots.get("facts", {}), **({"segment": slots["segment"]} if "segment" in slots else {})}
    yield "understand", "intent", match.intent, said["intent"]
    yield "understand", "subject", match.subject, list(frame.subjects) if frame else []
    yield "understand", "step", match.step, frame.step if frame else None
    yield "understand", "key", match.key, frame.key if frame else None
    yield "understand", "roles", match.roles, list(frame.roles) if frame else []
    yield "understand", "as", match.as_, frame.as_role if frame else None
    yield "understand", "more", match.more, "yes" if isinstance(done.understood, Several) else "no"
    yield "understand", "whose", match.whose, (frame.whose or "here") if frame else None
    for name, wanted in match.facts.items():
        yield "understand", f"fact {name}", tuple(as_many(wanted)), as_many(facts.get(name)) or []
    for kind, wanted in match.things.items():
        named = frame.things.get(kind, ()) if frame and kind != "entry" else ()
        named = named if kind not in TOLD or set(named) & set(as_many(wanted)) else told(done)
        yield "understand", kind, tuple(as_many(wanted)), [id for id in named if kind not in LOOSE or id in as_many(wanted)]
    for name in match.no_facts:
        yield "understand", f"no fact {name}", None if name not in facts else "nothing", facts.get(name)


def told(done: Answer) -> list[str]:
    """The entries that the answer tells."""
    rows = [row.entry.id for row in done.resolution.view.get("rows", ()) if hasattr(row, "entry")]
    return list(dict.fromkeys([*rows, *filter(None, (done.resolution.rule, done.resolution.faq))]))


def agrees(key: str, wanted: Any, found: Any) -> bool:
    """Whether what was found is what was wanted; nothing wanted agrees with everything."""
    if not wanted:
        return True
    if key == "outcome":
        return found in wanted
    if isinstance(wanted, tuple):
        return sorted(found) == sorted(set(wanted) - NONE)
    return found == (None if wanted == "nothing" else wanted)


def show(value: Any) -> str:
    """A value in words."""
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, list | tuple) else str(value or "nothing")


def holders(done: Answer) -> list[str]:
    """Everybody whom the answer names as holding what was asked for."""
    if done.resolution.result:
        return sorted(set(done.resolution.result.roles))
    decided = [verdict.decided for verdict in done.resolution.verdicts if verdict.decided]
    decided += [each for verdict in done.resolution.verdicts for case in verdict.cases for each in case.decided]
    return sorted({id for each in decided if isinstance(each.ruling, Held) for id in each.ruling.holders})


def check_cases(file: FileShape, part: Part) -> Iterator[Problem]:
    """What a file of the right shape can still have wrong."""
    names: set[str] = set()
    here: set[tuple[Any, ...]] = set()
    for number, case in enumerate(file.cases):
        if case.name in names:
            yield wrong(part, number, f'the case "{case.name}" stands here twice', "each name once")
        names.add(case.name)
        if bool(case.say) == bool(case.turns):
            yield wrong(part, number, "a case has either `say` or `turns`", "one of the two")
        for turn in case.turns or (case,):
            if not asserts(turn):
                yield wrong(part, number, f'"{case.name}" asserts nothing', "match, outcome, roles, part, rule, basis or text")
        for said in case.say:
            one = (file.company, said.casefold(), case.as_ or file.as_, case.segment or file.segment, case.as_of, case.audience)
            if one in here or ASKED.setdefault(one, part.document.path) != part.document.path:
                yield wrong(part, number, f'"{said}" is asked twice', "each utterance once in a company")
            here.add(one)


def asserts(expected: Expected) -> bool:
    """Whether anything is expected."""
    match = expected.match
    inside = match is not None and any(getattr(match, name) for name in MatchShape.model_fields)
    return inside or any(getattr(expected, name) for name in Expected.model_fields if name != "match")


def wrong(part: Part, number: int, what: str, expected: str) -> Problem:
    """A problem with one case."""
    return problem("bad-value", part.at("cases", number), what, expected=expected, fix="mend the case")
