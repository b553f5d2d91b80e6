"""Rule shapes -> rules: conditions as regions, who has which part, one rule for each subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.domain.company import Subject
from bot.domain.regions import EVERYTHING, Region, meet_regions
from bot.domain.rules import Example, Node, Rule, Says, StepWords, Verified
from bot.load.conditions import Conditions
from bot.load.holdings import HoldingReader, unknown_subject
from bot.load.layout import Part, entry_at
from bot.load.shapes.rules import Body, ExampleShape, ExceptionShape, RuleShape
from bot.load.shaping import Shaped
from bot.problems import Place, Problem, problem

MOST_NESTED = 1_000
"""How many alternatives nested conditions may come to."""


@dataclass(slots=True)
class RuleReader:
    """Turns the rules of one model into values; knows its conditions and subjects, collects the problems."""

    conditions: Conditions
    subjects: Mapping[str, Subject]
    problems: list[Problem]
    holdings: HoldingReader = field(init=False)
    unread_before: int = 0
    """How many conditions could not be read before the rule that is being read."""

    def __post_init__(self) -> None:
        """Holdings are read with the same names and into the same list."""
        self.holdings = HoldingReader(self.subjects, self.problems)

    def read(self, shaped: Shaped) -> Iterator[Rule]:
        """The rule on each of its subjects."""
        shape: RuleShape = shaped.shape
        part = shaped.part
        before = len(self.problems)
        self.unread_before = self.conditions.unread
        node = self.node(shape, part, (EVERYTHING,))
        if not shaped.broken and len(self.problems) == before and not any(inner.says for inner in node.walk()):
            self.problems.append(
                problem(
                    "nothing-decided",
                    part.at("id"),
                    f'the rule "{shape.id}" says nothing about anybody',
                    expected="at least one of own, co-own, executes, credit, support, steps …",
                    fix="say who owns it, or remove the rule",
                )
            )
        rule = Rule(
            shape.id,
            "",
            node,
            part.at("id"),
            shape.kept_by,
            verified_of(shape),
            day_of(shape.from_),
            last_day(shape, part, self.problems),
            frozenset(shape.over),
            "company",
            shape.audience,
            shape.source,
            step_words=tuple(step_words(shape)),
            note=shape.note,
        )
        about = tuple(self.subjects_of(shape.of))
        self.check_examples(shape, part, about)
        for subject in about:
            yield replace(rule, subject=subject, examples=tuple(self.examples(shape, part, subject, about)))

    def subjects_of(self, names: tuple[str, ...]) -> Iterator[str]:
        """The subjects by id; `expand` is the subjects it is made of."""
        found = (subject.of or (name,) for name in names if (subject := self.subjects.get(name)) is not None)
        yield from dict.fromkeys(each for group in found for each in group)

    def node(self, shape: Body, part: Part, around: Region) -> Node:
        """The rule's body or an exception as a node, its region within that of what is around it."""
        own_part = Part(part.document, (*part.path, "when"), getattr(shape, "when", {}))
        region = self.conditions.read(own_part) if own_part.value else (EVERYTHING,)
        inside = self.inside(around, region, part.at("when"))
        says: dict[str, Says] = dict(self.holdings.read(shape, part, None))
        for id, step in shape.steps.items():
            says.update(self.holdings.read(step, Part(part.document, (*part.path, "steps", id), None), id))
        exceptions = []
        for index, exception in enumerate(shape.except_):
            exceptions.append(self.node(exception, entry_at(part, "except", index), inside or around))
        label = say_when(own_part.value) if isinstance(shape, ExceptionShape | RuleShape) else ""
        return Node(inside, says, tuple(exceptions), getattr(shape, "source", ""), label, part.at())

    def inside(self, around: Region, region: Region, place: Place) -> Region:
        """The region within what is around it; nothing in common is a problem."""
        if len(around) * len(region) > MOST_NESTED:
            self.conditions.refuse(
                problem(
                    "bad-condition",
                    place,
                    "this condition has too many alternatives together with those around it",
                    expected=f"at most {MOST_NESTED:,} ways to meet them",
                    fix="say it with fewer, or declare an attribute for it",
                )
            )
            return around
        inside = meet_regions(around, region)
        if not inside and self.conditions.unread == self.unread_before:
            self.problems.append(
                problem(
                    "unreachable",
                    place,
                    "this can never hold: it contradicts the condition around it",
                    expected="facts that also fit what stands around it",
                    fix="change the condition, or move the exception",
                )
            )
        return inside

    def check_examples(self, shape: RuleShape, part: Part, about: tuple[str, ...]) -> None:
        """An example has facts or a question, and speaks of a subject of its rule."""
        for index, example in enumerate(shape.examples):
            inner = entry_at(part, "examples", index)
            if example.of and example.of not in self.subjects:
                self.problems.append(unknown_subject(example.of, inner.at("of"), self.subjects))
            elif example.of and about and example.of not in about:
                self.problems.append(
                    problem(
                        "unknown-subject",
                        inner.at("of"),
                        f'this rule is not about "{example.of}"',
                        expected=f"one of {', '.join(about)}",
                        fix="name one of them, or move the example to the rule that it tests",
                    )
                )
            if example.given is None and not example.ask:
                self.problems.append(
                    problem(
                        "missing-key",
                        inner.at(),
                        "this example has neither facts nor a question",
                        expected="`given: {segment: smb}` or `ask: who owns it?`",
                        fix="add one of them; `given: {}` means no facts",
                    )
                )

    def examples(self, shape: RuleShape, part: Part, subject: str, about: tuple[str, ...]) -> Iterator[Example]:
        """The examples that speak of this subject; a question is tried once, on the first."""
        for index, example in enumerate(shape.examples):
            if is_about(example, subject, about):
                inner = entry_at(part, "examples", index)
                given = Part(inner.document, (*inner.path, "given"), example.given)
                region = None if example.given is None else self.conditions.read(given, exact=True)
                yield Example(inner.at(), tuple(map(str, example.own)), region, example.ask or None, subject, example.step or None)


def is_about(example: ExampleShape, subject: str, about: tuple[str, ...]) -> bool:
    """Whether an example is to be tried on this subject."""
    if example.of:
        return example.of == subject
    return not example.ask or subject == about[0]


def verified_of(shape: RuleShape) -> Verified | None:
    """When the rule was verified, by whom, and until when that is good."""
    found = shape.verified
    return None if found is None else Verified(found.on.toordinal(), found.by, day_of(found.until))


def day_of(day: date | None) -> int | None:
    """The day as a number."""
    return None if day is None else day.toordinal()


def last_day(shape: RuleShape, part: Part, problems: list[Problem]) -> int | None:
    """The day on which the rule is no longer in force; the end of the calendar is no end."""
    if shape.until is None or shape.until == date.max:
        return None
    if shape.from_ is not None and shape.until < shape.from_:
        problems.append(
            problem(
                "empty-range",
                part.at("until"),
                f'"{shape.id}" is never in force: it ends on {shape.until} and begins on {shape.from_}',
                expected="`until` on or after `from`",
                fix="turn the two dates around, or mend the year",
                also=[part.at("from")],
            )
        )
    return (shape.until + timedelta(days=1)).toordinal()


def say_when(when: Any) -> str:
    """A condition as its writer put it."""
    if not isinstance(when, dict):
        return ""
    said = []
    for key, value in when.items():
        if key == "any" and isinstance(value, list):
            said.append(" or ".join(f"({say_when(item)})" for item in value))
        else:
            said.append(f"{key}: {' or '.join(map(str, value)) if isinstance(value, list) else value}")
    return ", ".join(said)


def step_words(body: Body) -> Iterator[StepWords]:
    """The steps that a rule and its exceptions name, with the names and other words that they give them."""
    for id, step in body.steps.items():
        yield StepWords(id, step.name, step.aka)
    for exception in body.except_:
        yield from step_words(exception)
