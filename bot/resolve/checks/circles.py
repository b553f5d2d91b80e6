"""Circles: rulings that refer to each other, by `{as: …}` or by a position, until one comes back to where it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.company import Company
from bot.domain.covers import prove_outside
from bot.domain.regions import Box, Domains, meet_boxes
from bot.domain.rules import Held, split_key
from bot.problems import Problem, problem
from bot.resolve.book import Line, RuleBook
from bot.resolve.checks.scope import boxes_of
from bot.resolve.decide import target_of
from bot.resolve.precedence import all_domains
from bot.resolve.sayings import say_keys

At = tuple[str, str]
Graph = Mapping[At, frozenset[At]]


@dataclass(frozen=True, slots=True)
class Referral:
    """A line that refers on, where it decides: one of its boxes, less what comes before it."""

    line: Line
    targets: tuple[At, ...]
    box: Box
    before: tuple[Box, ...]


def check_circles(book: RuleBook) -> Iterator[Problem]:
    """Circles under facts that can be, each once."""
    graph = {at: frozenset(target for line in table.lines for target in targets(line, book.company)) for at, table in book.tables.items()}
    inside = on_circles(graph)
    referrals = {at: list(referrals_of(at, book, inside)) for at in sorted(inside)}
    domains = all_domains(book.company.rules, book.company.domains)
    reported: set[frozenset[At]] = set()
    for at, starts in referrals.items():
        for start in starts:
            for path in find_circles(start, (at,), start.box, start.before, referrals, domains):
                if frozenset(path) not in reported:
                    reported.add(frozenset(path))
                    yield circle(start.line, path)


def targets(line: Line, company: Company) -> tuple[At, ...]:
    """The subjects and keys that a line refers to."""
    target, ruling = target_of(line), line.says.ruling
    if target:
        return (target,)
    if not isinstance(ruling, Held) or split_key(line.key)[1] != "own":
        return ()
    subjects = (company.parties[holder].from_subject for holder in ruling.holders if holder in company.parties)
    return tuple((subject, "own") for subject in subjects if subject)


def on_circles(graph: Graph) -> frozenset[At]:
    """What leads back to itself when conditions are left aside."""
    return frozenset(at for at in graph if at in reached_from(at, graph))


def reached_from(at: At, graph: Graph) -> set[At]:
    """Everything that references lead to."""
    found: set[At] = set()
    queue = list(graph[at])
    while queue:
        here = queue.pop()
        if here not in found:
            found.add(here)
            queue += graph.get(here, ())
    return found


def referrals_of(at: At, book: RuleBook, inside: frozenset[At]) -> Iterator[Referral]:
    """The lines on a subject and key that refer to something that may lead back."""
    before: list[Box] = []
    for line in book.on(*at):
        boxes = boxes_of(line)
        leading = tuple(target for target in targets(line, book.company) if target in inside)
        for box in boxes if leading else ():
            yield Referral(line, leading, box, tuple(before))
        before += boxes


def find_circles(
    last: Referral, path: tuple[At, ...], box: Box, cuts: tuple[Box, ...], referrals: Mapping[At, list[Referral]], domains: Domains
) -> Iterator[tuple[At, ...]]:
    """The circles that lead from the last referral back to the beginning of the path, for some facts of the box outside the cuts."""
    if prove_outside(box, cuts, domains) is None:
        return
    for target in last.targets:
        if target == path[0]:
            yield path
        elif target not in path:
            for following in referrals.get(target, ()):
                shared = meet_boxes(box, following.box)
                if shared is not None:
                    yield from find_circles(following, (*path, target), shared, (*cuts, *following.before), referrals, domains)


def circle(line: Line, path: tuple[At, ...]) -> Problem:
    """The problem of a circle."""
    return problem(
        "cycle",
        line.says.place,
        f"this refers to itself in a circle: {say_keys((*path, path[0]))}",
        expected="somebody in the end",
        fix="name a role in one of them",
    )
