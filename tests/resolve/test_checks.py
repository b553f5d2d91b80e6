"""What `check` finds against brute force: overlaps, what is unreachable, circles, holes; each if and only if it is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hypothesis import assume, given
from reference import UNDECIDED, CircleError, ClashError, Reference, Said, same, target
from small_models import ALL_POINTS, TODAY, Body, Model, Point, Spec, files_of, holds, load, models
from test_semantics import box_of, plainly, slow

from bot.domain.company import Company
from bot.domain.regions import overlaps
from bot.domain.rules import Node, Rule
from bot.problems import Place, Problem
from bot.resolve import prepare_rules
from bot.resolve.book import prepare_book
from bot.resolve.checks.overlaps import find_conflicts
from bot.resolve.checks.scope import scope_of
from bot.resolve.precedence import DAYS as ON_DAYS


def check(model: Model) -> tuple[Company, list[Problem]]:
    """What is wrong with the rules of a model without a circle of `over:`."""
    loaded = load(files_of(model))
    assume(not any(found.slug == "same-version" for found in loaded.problems))
    _, problems = prepare_rules(loaded.company, TODAY)
    assume(not any(found.slug == "over-cycle" for found in problems))
    return loaded.company, problems


def of_kind(problems: list[Problem], *slugs: str) -> list[Problem]:
    """The problems of some kinds."""
    return [found for found in problems if found.slug in slugs]


@slow
@given(models())
def test_overlaps_are_reported_if_and_only_if_there_are_any(model: Model) -> None:
    _, problems = check(model)
    reported = {
        (found.what.split(" of ")[-1].split(":")[0], frozenset(found.what.split('"')[1:4:2])) for found in of_kind(problems, "overlap")
    }
    assert reported == Reference(model).clashes()


@slow
@given(models())
def test_the_example_of_an_overlap_triggers_it(model: Model) -> None:
    loaded = load(files_of(model))
    book, precedences, problems = prepare_book(loaded.company)
    assume(not problems and not any(found.slug == "same-version" for found in loaded.problems))
    reference = Reference(model)
    for subject, precedence in precedences.items():
        for found in find_conflicts(scope_of(book, subject, precedence)):
            facts = {name: values for name, values in found.box.items() if name != ON_DAYS}
            inside = [
                (point, day)
                for point in ALL_POINTS
                for day in reference.days()
                if overlaps(facts, box_of(point)) and overlaps(found.box, {ON_DAYS: ((day.toordinal(), day.toordinal() + 1),)})
            ]
            assert inside
            for point, day in inside:
                unbeaten = {(said.rule.id, same(said.ruling)) for said in reference.unbeaten(subject, found.key, point, day)}
                for line in (found.line, found.other):
                    assert (line.rule.id, plainly(line.says.ruling)) in unbeaten
            assert plainly(found.line.says.ruling) != plainly(found.other.says.ruling)


def place_of(body: Body, rule: Spec, company: Company) -> Place:
    """Where a body stands in the loaded model."""

    def walk(one: Body, node: Node) -> Iterator[tuple[Body, Node]]:
        yield one, node
        for inner, inner_node in zip(one.exceptions, node.exceptions, strict=True):
            yield from walk(inner, inner_node)

    loaded = loaded_rule(rule, company)
    if body is rule.body:
        return loaded.place
    return next(node.place for found, node in walk(rule.body, loaded.node) if found is body)


def loaded_rule(rule: Spec, company: Company) -> Rule:
    """The rule as it was loaded."""
    starts = rule.starts and rule.starts.toordinal()
    return next(each for each in company.rules if (each.id, each.subject, each.starts) == (rule.id, rule.subject, starts))


def bodies_in(body: Body) -> Iterator[Body]:
    """The body and all its exceptions."""
    yield body
    for exception in body.exceptions:
        yield from bodies_in(exception)


def reachable_points(body: Body, rule: Spec) -> bool:
    """Whether some point satisfies the conditions of a body and of all around it."""

    def visit(one: Body, points: tuple[Point, ...]) -> bool:
        left = tuple(point for point in points if holds(one.when, point))
        return bool(left) and (one is body or any(visit(inner, left) for inner in one.exceptions))

    return visit(rule.body, ALL_POINTS)


@slow
@given(models())
def test_what_never_decides_is_reported_if_and_only_if_it_never_does(model: Model) -> None:
    company, problems = check(model)
    reference = Reference(model)
    deciding: set[int] = set()
    for subject, key, point, day in reference.everywhere():
        deciding |= {id(said.body) for said in reference.unbeaten(subject, key, point, day)}
    expected: set[Place] = set()
    for rule in model.rules:
        if not any(reference.in_force(rule, day) for day in reference.days()):
            continue
        possible = [body for body in bodies_in(rule.body) if reachable_points(body, rule)]
        dead = [body for body in possible if id(body) not in deciding]
        if len(dead) == len(possible):
            expected.add(place_of(rule.body, rule, company))
        else:
            expected |= {place_of(body, rule, company) for body in dead if body is not rule.body}
    assert {found.place for found in of_kind(problems, "unreachable")} == expected


def steps_from(said: Said, key: str) -> list[tuple[str, str]]:
    """Where a word leads: by `{as: …}`, or by a position that somebody's ownership fills."""
    ruling = same(said.ruling)
    if isinstance(ruling, tuple):
        return [target(ruling, key)]
    return [("account", "own")] if ruling == "account-owner" else []


def circles_at(reference: Reference, point: Point, day: date) -> set[frozenset[Any]]:
    """The circles of references at one point."""
    found = set()
    for start in product(sorted(reference.subjects()), ("own", "support", "quote.own")):
        path: list[tuple[str, str]] = []
        at: tuple[str, str] | None = start
        while at is not None and at not in path:
            path.append(at)
            unbeaten = reference.unbeaten(*at, point, day)
            leads = steps_from(unbeaten[0], at[1]) if unbeaten else []
            at = leads[0] if leads else None
        if at is not None:
            found.add(frozenset(path[path.index(at) :]))
    return found


@slow
@given(models(settled=True))
def test_circles_are_reported_if_and_only_if_there_are_any(model: Model) -> None:
    _, problems = check(model)
    reference = Reference(model)
    expected: set[frozenset[Any]] = set()
    for point in ALL_POINTS:
        for day in reference.days():
            expected |= circles_at(reference, point, day)
    reported = set()
    for found in of_kind(problems, "cycle"):
        names = found.what.removeprefix("this refers to itself in a circle: ").split(" -> ")
        reported.add(frozenset(tuple(name.split(".", 1)) for name in names))
    assert reported == expected


def has_hole(reference: Reference, subject: str, point: Point, told: set[str]) -> bool:
    """Whether nobody is ruled to own a subject at a point, unless what it refers to is told on its own."""
    at, key = subject, "own"
    while True:
        ruling = reference.stated(at, key, point, TODAY)
        if ruling == UNDECIDED:
            return at == subject or key != "own" or at not in told
        if not isinstance(ruling, tuple):
            return False
        at, key = target(ruling, key)


@slow
@given(models(settled=True))
def test_holes_are_reported_if_and_only_if_there_are_any(model: Model) -> None:
    company, problems = check(model)
    assume(not of_kind(problems, "cycle"))
    reference = Reference(model)
    told = {rule.subject for rule in model.rules if rule.subject != "account" and any("own" in body.says for body in possible_bodies(rule))}
    expected = {subject for subject in told if any(has_hole(reference, subject, point, told) for point in ALL_POINTS)}
    names = {company.subjects[subject].name: subject for subject in company.subjects}
    assert {names[found.what.removeprefix("nobody owns ").split(" for: ")[0]] for found in of_kind(problems, "hole")} == expected


def possible_bodies(rule: Spec) -> list[Body]:
    """The bodies of a rule that can hold at all."""
    return [body for body in bodies_in(rule.body) if reachable_points(body, rule)]


def test_a_clash_is_what_the_reference_raises() -> None:
    model = Model([Spec("a", "renew", Body({"own": "ae"})), Spec("b", "renew", Body({"own": "csm"}))])
    reference = Reference(model)
    for raised, rules in ((ClashError, model.rules), (CircleError, [Spec("a", "renew", Body({"own": {"as": "renew"}}))])):
        reference = Reference(Model(rules))
        try:
            reference.decide("renew", "own", ALL_POINTS[0], TODAY)
        except raised:
            continue
        raise AssertionError(raised)
