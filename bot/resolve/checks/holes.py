"""Holes: facts for which a motion that the company has ruled on has no owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.domain.covers import list_outside
from bot.domain.regions import EVERYTHING, Box
from bot.domain.rules import join_key
from bot.problems import Problem, problem
from bot.resolve.book import Line, RuleBook
from bot.resolve.decide import Moment, decide, target_of
from bot.resolve.sayings import say_box

SHOWN = 3


def check_holes(book: RuleBook, today: date) -> Iterator[Problem]:
    """The holes of each motion, as of today."""
    motions = [
        id
        for id, subject in book.company.subjects.items()
        if subject.kind == "motion" and id not in book.company.uncertain and ruled_by_company(book, id)
    ]
    for subject in motions:
        holes = find_holes(book, subject, today)
        if not holes:
            continue
        said = "; or ".join(holes[:SHOWN]) + (" …" if len(holes) > SHOWN else "")
        yield problem(
            "hole",
            min(line.rule.place for line in ruled_by_company(book, subject)),
            f"nobody owns {book.company.subjects[subject].name} for: {said}",
            expected="an owner for any facts, or `undefined` with who decides",
            fix=f"{ended(ruled_by_company(book, subject), today)}add a rule or an exception for it, or a base without a condition",
        )


def ended(lines: Iterable[Line], today: date) -> str:
    """Until when rules said it that say nothing now."""
    gone = {line.rule.id: line.rule.ends for line in lines if line.rule.ends is not None and line.rule.ends <= today.toordinal()}
    return "".join(f'"{id}" held until {date.fromordinal(ends - 1).isoformat()}; say what holds since, or ' for id, ends in gone.items())


def ruled_by_company(book: RuleBook, subject: str) -> list[Line]:
    """The company's own lines on the owner of a subject."""
    return [line for line in book.on(subject, "own") if line.rule.basis == "company"]


def find_holes(book: RuleBook, subject: str, today: date) -> list[str]:
    """The holes in words: what no rule covers, and where a rule refers to what nobody has ruled on."""
    company = book.company
    moment = Moment(today.toordinal(), frozenset(rule.audience for rule in company.rules) | {"public"})
    around = book.background.implied.get(subject, EVERYTHING)
    lines = [line for line in book.on(subject, "own") if moment.sees(line)]
    left = list_outside(around, [box for line in lines for box in line.region], company.domains, SHOWN + 1)
    said = [say_hole(book, box, around) for box in left]
    if not any(target_of(line) for line in lines):
        return said
    for piece in decide(book, subject, "own", around, moment):
        target = target_of(piece.via[-1]) if piece.via and piece.line is None else None
        if target and not tells_holes(book, *target):
            said.append(f"{say_hole(book, piece.box, around)} (as {join_key(*target)})")
    return said


def tells_holes(book: RuleBook, subject: str, key: str) -> bool:
    """Whether holes in this are reported on their own."""
    return key == "own" and book.company.subjects[subject].kind == "motion" and bool(ruled_by_company(book, subject))


def say_hole(book: RuleBook, box: Box, around: Box) -> str:
    """A hole in words, without what the subject implies anyway."""
    return say_box(book.company, {name: values for name, values in box.items() if around.get(name) != values})
