"""Overlaps: two rules on one subject that hold for the same facts, disagree on a key, and neither of which is beaten there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.covers import prove_outside
from bot.domain.regions import Box, meet_boxes
from bot.problems import Problem, problem
from bot.resolve.book import Line
from bot.resolve.checks.scope import Scope, boxes_of, boxes_of_all
from bot.resolve.index import Index
from bot.resolve.sayings import one_point, say_box, say_ruling


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two lines that disagree, and facts for which they do."""

    key: str
    line: Line
    other: Line
    box: Box


def check_overlaps(scope: Scope) -> Iterator[Problem]:
    """The problem of each two rules of a subject that disagree."""
    for found in find_conflicts(scope):
        yield two_owners(scope, found) if found.line.rule.basis == "derived" else overlap(scope, found)


def find_conflicts(scope: Scope) -> Iterator[Conflict]:
    """For each two rules neither of which beats the other, the first key on which they disagree."""
    precedence = scope.precedence
    for one, rivals in precedence.rivals.items():
        for other in sorted(rivals):
            if other > one and other not in precedence.beaten[one] and one not in precedence.beaten[other]:
                found = first_conflict(scope, one, other)
                if found:
                    yield found


def first_conflict(scope: Scope, one: int, other: int) -> Conflict | None:
    """The first key on which two rules disagree for facts where neither is beaten."""
    beaters = scope.precedence.beaters[one] | scope.precedence.beaters[other]
    settled = list(scope.may_be_settled(one, other))
    for key in sorted(scope.lists[one].keys() & scope.lists[other].keys()):
        first, second = scope.lists[one][key], scope.lists[other][key]
        if len({line.sense for line in (*first, *second)}) > 1:
            found = find_conflict(
                scope, key, first, second, [*scope.stated_by(beaters, key), *settled], [Index(boxes_of(line)) for line in second]
            )
            if found:
                return found
    return None


def find_conflict(
    scope: Scope, key: str, first: Sequence[Line], second: Sequence[Line], cuts: Sequence[Box], indexes: Sequence[Index]
) -> Conflict | None:
    """Facts outside the cuts under which two decision lists say different things."""
    for index, line in enumerate(first):
        for place, other in enumerate(second):
            if line.sense == other.sense:
                continue
            theirs = boxes_of(other)
            for one in boxes_of(line):
                for number in indexes[place].meeting(one):
                    both = meet_boxes(one, theirs[number])
                    if both is None:
                        continue
                    earlier = boxes_of_all((*first[:index], *second[:place]))
                    free = prove_outside(both, [*earlier, *cuts], scope.domains, scope.allowance)
                    if free is not None:
                        return Conflict(key, line, other, free)
    return None


def two_owners(scope: Scope, found: Conflict) -> Problem:
    """The problem of two archetypes that give one part to two roles."""
    part = "owner" if found.key == "own" else found.key
    return problem(
        "two-owners",
        found.line.says.place,
        f"the archetypes of two roles both make them {part} of {scope.subject}: "
        f"{say_ruling(found.line.says.ruling)} and {say_ruling(found.other.says.ruling)}",
        expected="one owner, or co-owners by a rule",
        also=[found.other.says.place],
        fix=f"say with `covers:` which customers each role has, or write a rule `of: {scope.subject}`",
    )


def overlap(scope: Scope, found: Conflict) -> Problem:
    """The problem of two rules that disagree, with facts for which they do."""
    first, second = found.line.rule, found.other.rule
    return problem(
        "overlap",
        found.line.says.place,
        f'"{first.id}" and "{second.id}" both hold for {say_box(scope.company, one_point(found.box))} '
        f"and disagree on {found.key} of {scope.subject}: {say_ruling(found.line.says.ruling)} or {say_ruling(found.other.says.ruling)}",
        expected="one answer for any facts",
        also=[found.other.says.place],
        fix=f"narrow one of them, make one an exception of the other, or write `over: {second.id}` in the one that wins",
    )
