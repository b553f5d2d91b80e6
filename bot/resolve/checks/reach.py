"""Reach: rules and exceptions that never decide anything, because what comes before them leaves them nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.covers import surely_covered
from bot.domain.regions import overlaps
from bot.domain.rules import Node
from bot.problems import Problem, problem
from bot.resolve.book import Line
from bot.resolve.checks.scope import Scope, boxes_of

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shadow:
    """A line that never decides its key, and what covers it: lines of its own rule, and lines of rules that beat it."""

    line: Line
    own: tuple[Line, ...]
    others: tuple[Line, ...]


def check_reach(scope: Scope) -> Iterator[Problem]:
    """The company's rules that never decide anything, and exceptions that do not in rules that do."""
    for number, rule in enumerate(scope.rules):
        if rule.basis != "company" or not (rule.node.exceptions or scope.precedence.beaters[number]):
            continue
        shadows = list(find_shadows(scope, number))
        stated = [line for lines in scope.lists[number].values() for line in lines]
        dead = dead_nodes(stated, shadows)
        if stated and len(dead) == len({id(line.node) for line in stated}):
            yield buried_rule(shadows)
            continue
        for node in rule.node.walk():
            if id(node) in dead and node is not rule.node:
                yield buried_exception(node, [shadow for shadow in shadows if shadow.line.node is node])


def find_shadows(scope: Scope, number: int) -> Iterator[Shadow]:
    """The lines of a rule that never decide."""
    beaters = scope.precedence.beaters[number]
    for key, lines in scope.lists[number].items():
        winners = [line for rule in sorted(beaters) for line in scope.lists[rule].get(key, ())]
        cuts = [box for line in winners for box in boxes_of(line)]
        for index, line in enumerate(lines):
            boxes = boxes_of(line)
            if all(surely_covered(box, cuts, scope.domains, scope.allowance) for box in boxes):
                yield Shadow(line, tuple(meeting(line, lines[:index])), tuple(meeting(line, winners)))
            cuts += boxes


def meeting(line: Line, others: Iterable[Line]) -> Iterator[Line]:
    """Those of the other lines that hold for some facts for which this one does."""
    boxes = boxes_of(line)
    yield from (other for other in others if any(overlaps(one, two) for one in boxes for two in boxes_of(other)))


def dead_nodes(stated: list[Line], shadows: list[Shadow]) -> set[int]:
    """The nodes (by `id`) none of whose lines ever decides."""
    shadowed = {id(shadow.line) for shadow in shadows}
    live = {id(line.node) for line in stated if id(line) not in shadowed}
    return {id(line.node) for line in stated} - live


def buried_rule(shadows: list[Shadow]) -> Problem:
    """The problem of a rule that other rules leave nothing."""
    rule = shadows[0].line.rule
    winners = sorted(dict.fromkeys(line.rule for shadow in shadows for line in shadow.others), key=lambda winner: winner.place)
    return problem(
        "unreachable",
        rule.place,
        f'"{rule.id}" never decides anything: {named(winner.id for winner in winners)} always wins',
        expected="facts for which this rule decides",
        fix="remove it, or change its condition or the `over:` of the other",
        also=[winner.place for winner in winners[:SHOWN]],
    )


def buried_exception(node: Node, shadows: list[Shadow]) -> Problem:
    """The problem of an exception that its own rule, or others, leave nothing."""
    rule = shadows[0].line.rule
    others = list(dict.fromkeys(line.rule.id for shadow in shadows for line in shadow.others))
    covering = [line.says.place for shadow in shadows for line in (*shadow.own, *shadow.others)]
    by = " and ".join([*(["what comes before it"] if any(shadow.own for shadow in shadows) else []), *([named(others)] if others else [])])
    return problem(
        "unreachable",
        node.place,
        f'this exception of "{rule.id}" never decides anything: {by} covers it',
        expected="facts for which it decides",
        fix="move it up, narrow what covers it, or remove it" if not others else "move it into the rule that wins, or remove it",
        also=sorted(set(covering))[:SHOWN],
    )


def named(ids: Iterable[str]) -> str:
    """Rules by id, sorted: `"a" and "b"`."""
    return " and ".join(f'"{id}"' for id in sorted(set(ids)))
