"""Who has which part in a rule, an exception or a step -> what is said on each key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.company import Subject
from bot.domain.rules import (
    CLOCK_KEYS,
    PARTY_KEYS,
    Disputed,
    Held,
    Nobody,
    Ruling,
    SameAs,
    Says,
    Share,
    Statement,
    Undefined,
    join_key,
)
from bot.load.clocks import misspelt, read_clock
from bot.load.layout import Part
from bot.load.shapes.rules import Parts, StepShape
from bot.problems import Place, Problem, did_you_mean, list_known, problem

WORDS = ("nobody", "undefined", "disputed")


@dataclass(slots=True)
class HoldingReader:
    """Reads what is said on the keys of one body or step; knows the subjects, collects the problems."""

    subjects: Mapping[str, Subject]
    problems: list[Problem]

    def read(self, shape: Parts, part: Part, step: str | None) -> Iterator[tuple[str, Says]]:
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
                    self.problems += misspelt(texts, part, name)
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
            if len(holders) == 1:
                self.problems.append(only_owner(part.at("co-own"), holders[0]))
            yield join_key(step, "own"), Says(Held(holders, shape.lead), part.at("co-own", key=True), shape.because)
        elif shape.lead and is_whole(shape, part):
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
            self.problems.append(several_owners(part.at(name), names))
            return None
        match special:
            case ["nobody"]:
                return Nobody()
            case ["undefined"]:
                return Undefined(tuple(map(str, shape.decided_by)))
            case ["disputed"]:
                return self.disputed(shape, part, part.at(name))
        return Held(names)

    def disputed(self, shape: Parts, part: Part, place: Place) -> Ruling:
        """Statements that disagree; at least two."""
        if len(shape.statements) < 2 and is_whole(shape, part):
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
                what = f"the shares add up to {total}%" + (f" in {each.during}" if each.during else "")
                self.problems.append(
                    problem(
                        "bad-shares", place, what, expected="100% in each period", fix="change the percentages until they add up to 100%"
                    )
                )
            listed += [Share(str(holder), percent, each.during) for holder, percent in each.share.items()]
        return Held(tuple(dict.fromkeys(share.holder for share in listed)), shares=tuple(listed))

    def same_as(self, text: str, place: Place) -> Ruling | None:
        """`{as: renew}` or `{as: renew.quote}`."""
        subject, _, step = text.partition(".")
        if subject not in self.subjects:
            self.problems.append(unknown_subject(subject, place, self.subjects))
            return None
        return SameAs(subject, step or None)


def is_whole(shape: Parts, part: Part) -> bool:
    """Whether no key was left out of a body or step because something is wrong with it; what seems to be missing may be that."""
    value: Any = part.document.value
    for step in part.path:
        value = value[step]
    return isinstance(value, dict) and len(value) == len(shape.model_fields_set)


def several_owners(place: Place, names: tuple[str, ...]) -> Problem:
    """The problem of a list behind `own`."""
    return problem(
        "two-owners",
        place,
        f"`own` names {len(names)} single owners",
        expected="one owner",
        fix=f"write `co-own: [{', '.join(names)}]` (and `lead:`), or keep one",
    )


def only_owner(place: Place, name: str) -> Problem:
    """The problem of a single name behind `co-own`."""
    return problem(
        "bad-value",
        place,
        f'`co-own` names "{name[:60]}" alone',
        expected="two or more who own it together",
        fix=f"write `own: {name[:60]}`, or name the others",
    )


def unknown_subject(name: str, place: Place, known: Mapping[str, Subject]) -> Problem:
    """The problem of a subject that is not declared."""
    return problem(
        "unknown-subject",
        place,
        f'there is no subject "{name[:60]}"',
        expected=f"one of {list_known(known)}",
        fix=f"{did_you_mean(name, known)}Otherwise declare it under `motions:`, `activities:` or `requests:`",
    )
