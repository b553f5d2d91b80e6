"""Rule shapes -> rules: names read, conditions as regions, versions in order, one rule for each subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain.company import Step, Subject
from bot.domain.quantities import read_days
from bot.domain.regions import EVERYTHING, Region, meet_regions
from bot.domain.rules import (
    CLOCK_KEYS,
    PARTY_KEYS,
    Clock,
    Disputed,
    Example,
    Held,
    Nobody,
    Node,
    Rule,
    Ruling,
    SameAs,
    Says,
    Share,
    Statement,
    Undefined,
    Verified,
    join_key,
)
from bot.load.conditions import Conditions
from bot.load.layout import Part
from bot.load.shapes.rules import Body, ExampleShape, ExceptionShape, Parts, RuleShape, StepShape
from bot.load.shaping import Shaped
from bot.problems import Place, Problem, did_you_mean, problem

WORDS = ("nobody", "undefined", "disputed")
CLOCK = re.compile(r"^(?P<span>.+?)\s+(?P<side>before|after|of|from|prior to)\s+(?:the\s+)?(?P<anchor>.+)$", re.IGNORECASE)


@dataclass(slots=True)
class RuleReader:
    """Turns the rules of one model into values; knows its conditions and subjects, collects the problems."""

    conditions: Conditions
    subjects: Mapping[str, Subject]
    steps: Mapping[str, Step]
    problems: list[Problem]

    def read(self, shaped: Shaped) -> Iterator[Rule]:
        """The rule on each of its subjects."""
        shape: RuleShape = shaped.shape
        part = shaped.part
        node = self.node(shape, part, (EVERYTHING,), part)
        if not any(inner.says for inner in node.walk()):
            self.problems.append(
                problem(
                    "nothing-decided",
                    part.at("id"),
                    f'the rule "{shape.id}" says nothing about anybody',
                    expected="at least one of own, co-own, executes, credit, support, steps …",
                    fix="say who owns it, or remove the rule",
                )
            )
        verified = shape.verified and Verified(
            shape.verified.on.toordinal(), shape.verified.by, shape.verified.until and shape.verified.until.toordinal()
        )
        rule = Rule(
            shape.id,
            "",
            node,
            part.at("id"),
            shape.kept_by,
            verified,
            shape.from_ and shape.from_.toordinal(),
            shape.until and (shape.until + timedelta(days=1)).toordinal(),
            frozenset(shape.over),
            "company",
            shape.audience,
            shape.source,
        )
        for subject in self.subjects_of(shape.of):
            yield replace(rule, subject=subject, examples=tuple(self.examples(shape, part, subject)))

    def subjects_of(self, names: tuple[str, ...]) -> Iterator[str]:
        """The subjects by id; `expand` is the subjects it is made of."""
        for name in dict.fromkeys(names):
            subject = self.subjects.get(name)
            if subject is not None:
                yield from subject.of or (name,)

    def node(self, shape: Body, part: Part, around: Region, rule: Part) -> Node:
        """The rule's body or an exception as a node, its region within that of what is around it."""
        own_part = Part(part.document, (*part.path, "when"), getattr(shape, "when", {}))
        region = self.conditions.read(own_part) if own_part.value else (EVERYTHING,)
        inside = meet_regions(around, region)
        if not inside:
            self.problems.append(
                problem(
                    "unreachable",
                    part.at("when"),
                    "this can never hold: it contradicts the condition around it",
                    expected="facts that also fit what stands around it",
                    fix="change the condition, or move the exception",
                )
            )
        says: dict[str, Says] = dict(self.parts(shape, part, None))
        for id, step in shape.steps.items():
            says.update(self.parts(step, Part(part.document, (*part.path, "steps", id), None), id))
        exceptions = []
        for index, exception in enumerate(shape.except_):
            listed = isinstance(self.value_at(part, "except"), list)
            path = (*part.path, "except", index) if listed else (*part.path, "except")
            exceptions.append(self.node(exception, Part(part.document, path, None), inside or around, rule))
        label = say_when(own_part.value) if isinstance(shape, ExceptionShape | RuleShape) else ""
        return Node(inside, says, tuple(exceptions), getattr(shape, "source", ""), label, part.at())

    @staticmethod
    def value_at(part: Part, key: str) -> Any:
        """What the file has under a key of this part."""
        value = part.document.value
        for step in (*part.path, key):
            value = value[step]
        return value

    def parts(self, shape: Parts, part: Part, step: str | None) -> Iterator[tuple[str, Says]]:
        """The keys that a body or step states."""
        for name in PARTY_KEYS:
            holding = getattr(shape, name.replace("-", "_"))
            if holding is not None:
                ruling = self.ruling(shape, holding, part, name)
                if ruling is not None:
                    because = shape.because if name == "own" or not (shape.own or shape.co_own) else ""
                    yield join_key(step, name), Says(ruling, part.at(name, key=True), because)
        yield from self.co_owners(shape, part, step)
        if isinstance(shape, StepShape):
            for name in CLOCK_KEYS:
                texts = getattr(shape, name)
                if texts:
                    yield join_key(step, name), Says(read_clock(texts), part.at(name, key=True), shape.because)

    def co_owners(self, shape: Parts, part: Part, step: str | None) -> Iterator[tuple[str, Says]]:
        """`co-own` and `lead`: they state the same key as `own`."""
        if shape.co_own and shape.own is not None:
            self.problems.append(
                problem(
                    "two-owners",
                    part.at("co-own", key=True),
                    "this has both `own` and `co-own`",
                    expected="one owner under `own`, or several under `co-own`",
                    fix="keep one of the two",
                    also=[part.at("own", key=True)],
                )
            )
        elif shape.co_own:
            if shape.lead and shape.lead not in shape.co_own:
                self.problems.append(
                    problem(
                        "lead-not-owner",
                        part.at("lead"),
                        f'"{shape.lead}" leads but is not among the co-owners',
                        expected=f"one of {', '.join(shape.co_own)}",
                        fix="name a co-owner, or add it to `co-own`",
                    )
                )
            holders = tuple(dict.fromkeys(map(str, shape.co_own)))
            yield join_key(step, "own"), Says(Held(holders, shape.lead), part.at("co-own", key=True), shape.because)
        elif shape.lead:
            self.problems.append(
                problem(
                    "lead-not-owner",
                    part.at("lead"),
                    "`lead` stands here without `co-own`",
                    expected="the co-owners among whom it leads",
                    fix="add `co-own: […]`, or write `own` instead",
                )
            )

    def ruling(self, shape: Parts, holding: Any, part: Part, name: str) -> Ruling | None:
        """What one key says."""
        if holding.as_:
            return self.same_as(holding.as_, part.at(name, "as"))
        shares = getattr(holding, "shares", ())
        if shares:
            return self.shares(shares, part.at(name))
        names = tuple(dict.fromkeys(map(str, holding.names)))
        special = [word for word in names if word in WORDS]
        if not names or (special and len(names) > 1):
            self.problems.append(
                problem(
                    "bad-value",
                    part.at(name),
                    f"`{name}` names nobody in particular",
                    expected="a role, or one of nobody, undefined, disputed alone",
                    fix="name who it is",
                )
            )
            return None
        if name == "own" and len(names) > 1:
            self.problems.append(
                problem(
                    "two-owners",
                    part.at(name),
                    f"`own` names {len(names)} single owners",
                    expected="one owner",
                    fix=f"write `co-own: [{', '.join(names)}]` (and `lead:`), or keep one",
                )
            )
            return None
        match special:
            case ["nobody"]:
                return Nobody()
            case ["undefined"]:
                return Undefined(tuple(map(str, shape.decided_by)))
            case ["disputed"]:
                return self.disputed(shape, part.at(name))
        return Held(names)

    def disputed(self, shape: Parts, place: Place) -> Ruling:
        """Statements that disagree; at least two."""
        if len(shape.statements) < 2:
            self.problems.append(
                problem(
                    "missing-key",
                    place,
                    "`disputed` needs the statements that disagree",
                    expected="`statements:` with at least two, each with `says` and `source`",
                    fix="add them, or write `undefined`",
                )
            )
        statements = tuple(Statement(each.says, each.source, each.own or None) for each in shape.statements)
        return Disputed(statements, tuple(map(str, shape.decided_by)))

    def shares(self, shares: Any, place: Place) -> Ruling:
        """Percentages of the credit; they add up in each period."""
        listed: list[Share] = []
        for each in shares:
            total = sum(each.share.values())
            if total != 100:
                self.problems.append(
                    problem(
                        "bad-shares", place, f"the shares add up to {total}%", expected="100% in each period", fix="change the percentages"
                    )
                )
            listed += [Share(str(holder), percent, each.during) for holder, percent in each.share.items()]
        return Held(tuple(dict.fromkeys(share.holder for share in listed)), shares=tuple(listed))

    def same_as(self, text: str, place: Place) -> Ruling | None:
        """`{as: renew}` or `{as: renew.quote}`."""
        subject, _, step = text.partition(".")
        if subject not in self.subjects:
            self.problems.append(
                problem(
                    "unknown-subject",
                    place,
                    f'there is no subject "{subject}"',
                    expected=f"one of {', '.join(sorted(self.subjects))}",
                    fix=f"{did_you_mean(subject, self.subjects)}Otherwise declare it under `motions:` or `activities:`",
                )
            )
            return None
        return SameAs(subject, step or None)

    def examples(self, shape: RuleShape, part: Part, subject: str) -> Iterator[Example]:
        """The examples that speak of this subject."""
        for index, example in enumerate(shape.examples):
            listed = isinstance(self.value_at(part, "examples"), list)
            inner = Part(part.document, (*part.path, "examples", index) if listed else (*part.path, "examples"), None)
            if self.is_about(example, subject, shape):
                given = Part(inner.document, (*inner.path, "given"), example.given)
                region = None if example.given is None else self.conditions.read(given)
                yield Example(inner.at(), tuple(map(str, example.own)), region, example.ask or None, subject, example.step or None)

    def is_about(self, example: ExampleShape, subject: str, shape: RuleShape) -> bool:
        """Whether an example is to be tried on this subject; a question is tried once, on the first."""
        if example.of:
            return example.of == subject
        return not example.ask or subject == next(self.subjects_of(shape.of), None)


def read_clock(texts: tuple[str, ...]) -> Clock:
    """A clock, by the first of its times; text that is no "so long before something" stays text."""
    text = " and ".join(texts)
    found = CLOCK.match(texts[0])
    days = read_days(found["span"]) if found else None
    if not found or days is None:
        return Clock(text)
    return Clock(text, days, found["side"].lower() in ("before", "prior to"), found["anchor"])


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


def order_versions(rules: list[Rule], problems: list[Problem]) -> list[Rule]:
    """The rules with each version ended by the next of the same id and subject."""
    families: dict[tuple[str, str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        families[(rule.id, rule.subject, rule.basis)].append(rule)
    ordered: list[Rule] = []
    for (id, _, _), versions in families.items():
        versions.sort(key=lambda rule: (rule.starts or 0, rule.place))
        for rule, later in zip(versions, [*versions[1:], None], strict=True):
            if later is not None and (later.starts or 0) == (rule.starts or 0):
                problems.append(
                    problem(
                        "same-version",
                        later.place,
                        f'two rules are called "{id}" and start on the same day',
                        expected="one id a rule; versions of one rule differ in `from:`",
                        fix="rename one, or give the later one its `from:` date",
                        also=[rule.place],
                    )
                )
            ends = min(rule.ends or 10**9, (later.starts or 0) if later else 10**9)
            ordered.append(replace(rule, ends=None if ends == 10**9 else ends))
    return ordered
