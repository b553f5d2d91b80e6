"""Verdicts, tables, `unless` lines and traces against the reference, for facts that are partly unknown."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from reference import CircleError, Reference, same
from small_models import ALL_POINTS, NAMES, POINTS, TODAY, Body, Model, Point, Spec, files_of, holds, load, models
from test_checks import bodies_in, loaded_rule, place_of
from test_semantics import CENTS, KEYS, box_of, open_book, plainly, slow

from bot.domain.answers import Tried
from bot.domain.regions import INFINITE, Box, Values, overlaps
from bot.resolve import RuleBook, prepare_rules
from bot.resolve.decide import Moment, decide, possible
from bot.resolve.facts import Facts
from bot.resolve.tables import CLASSES, DIMENSIONS, cells_of, open_attributes
from bot.resolve.trace import trace
from bot.resolve.verdicts import find_changes, reach_verdict

NOW = Moment(TODAY.toordinal())
SPANS = {"10k": (0, 2_000_000), "20k": (2_000_000, 5_000_000), "90k": (5_000_000, INFINITE)}
subsets = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True) for name, values in POINTS.items()}
)


def facts_from(known: dict[str, list[str]]) -> Box:
    """Facts that allow some values of some attributes."""
    box: dict[str, Values] = {name: frozenset(values) for name, values in known.items() if name != "arr"}
    if "arr" in known:
        box["arr"] = tuple(SPANS[value] for value in POINTS["arr"] if value in known["arr"])
    return box


def points_of(box: Box) -> list[Point]:
    """The points within some facts."""
    return [point for point in ALL_POINTS if overlaps(box, box_of(point))]


def outcomes(reference: Reference, subject: str, key: str, points: list[Point]) -> set[Any]:
    """The rulings that are possible at some points; models with circles are passed over."""
    try:
        return {reference.decide(subject, key, point, TODAY) for point in points}
    except CircleError:
        assume(False)
        raise


def settled(model: Model) -> tuple[RuleBook, Reference]:
    """The book and the reference of a model without errors."""
    return open_book(model), Reference(model)


@slow
@given(models(settled=True), subsets)
def test_a_verdict_has_exactly_the_possible_rulings(model: Model, known: dict[str, list[str]]) -> None:
    book, reference = settled(model)
    facts = facts_from(known)
    for subject, key in product(sorted(reference.subjects()), KEYS):
        expected = outcomes(reference, subject, key, points_of(facts))
        assert {plainly(piece.ruling) for piece in decide(book, subject, key, facts, NOW)} == expected
        distinct = [plainly(piece.ruling) for piece in possible(book, subject, key, facts, NOW)]
        assert len(distinct) == len(set(distinct)) == len(expected)
        for piece in decide(book, subject, key, facts, NOW):
            assert outcomes(reference, subject, key, points_of(piece.box)) == {plainly(piece.ruling)}
        verdict = reach_verdict(book, subject, key, Facts(facts, {}), NOW)
        if len(expected) == 1:
            assert verdict.decided is not None
            assert plainly(verdict.decided.ruling) in expected
        else:
            assert verdict.decided is None
            assert len(verdict.dimensions) <= DIMENSIONS
            assert {plainly(decided.ruling) for case in verdict.cases for decided in case.decided} == expected


@slow
@given(models(settled=True), subsets)
def test_every_cell_of_a_table_says_what_is_possible_in_it(model: Model, known: dict[str, list[str]]) -> None:
    book, reference = settled(model)
    facts = facts_from(known)
    for subject, key in product(sorted(reference.subjects()), KEYS):
        pieces = decide(book, subject, key, facts, NOW)
        if len({piece.sense for piece in pieces}) == 1:
            continue
        dimensions = open_attributes(pieces, facts, book.company)[:DIMENSIONS]
        seen: list[Point] = []
        for cell in cells_of(book, subject, key, facts, dimensions, pieces, NOW):
            box = {**facts, **dict(zip(dimensions, cell.values, strict=True))}
            said = {plainly(piece.ruling) for piece in cell.pieces}
            inside = points_of(box)
            seen += inside
            assert all(len(values) < CLASSES for values in cell.values)
            for point in inside:
                alike = [other for other in inside if all(other[NAMES.index(name)] == point[NAMES.index(name)] for name in dimensions)]
                assert outcomes(reference, subject, key, alike) == said
        assert sorted(seen) == sorted(points_of(facts))


@slow
@given(models(settled=True), subsets)
def test_what_unless_says_is_true(model: Model, known: dict[str, list[str]]) -> None:
    book, reference = settled(model)
    given_facts = facts_from(known)
    assumed = {name: values for name, values in book.background.assumed.items() if name not in given_facts}
    assert set(assumed) <= {"partner", "handling"}
    facts = {**assumed, **given_facts}
    for subject, key in product(sorted(reference.subjects()), KEYS):
        distinct = possible(book, subject, key, facts, NOW)
        if len(distinct) > 1:
            continue
        for name, values in assumed.items():
            others = {**facts, name: frozenset(POINTS[name]) - values}  # type: ignore[operator]
            told = list(find_changes(name, book, subject, key, others, NOW, distinct[0]))
            for box, piece in told:
                assert outcomes(reference, subject, key, points_of({**others, **box})) == {plainly(piece.ruling)}
                assert piece.sense != distinct[0].sense
            different = outcomes(reference, subject, key, points_of(others)) - {plainly(distinct[0].ruling)}
            assert {plainly(piece.ruling) for _, piece in told} == different


@slow
@given(models(settled=True), st.sampled_from(ALL_POINTS))
def test_the_trace_names_the_winner_and_why_each_other_lost(model: Model, point: Point) -> None:
    book, reference = settled(model)
    company = book.company
    bodies = {place: (rule, body) for rule in model.rules for body in bodies_in(rule.body) for place in says_places(rule, body, company)}
    for subject, key in product(sorted(reference.subjects()), KEYS):
        outcomes(reference, subject, key, [point])
        tried = [each for each in trace(book, subject, key, Facts(box_of(point), {}), NOW) if each.place in bodies]
        first = [each for each in tried if each.key == key and bodies[each.place][0].subject == subject]
        stating = [body for rule in model.rules for body in bodies_in(rule.body) if rule.subject == subject and key in body.says]
        assert len({(each.place, each.key) for each in first}) == len(stating)
        winners = {id(bodies[each.place][1]) for each in first if each.verdict == "won"}
        unbeaten = reference.unbeaten(subject, key, point, TODAY)
        assert len(winners) == bool([said for said in unbeaten if said.rule in model.rules])
        assert winners <= {id(said.body) for said in unbeaten}
        for each in first:
            if each.verdict == "lost":
                assert is_true(each, *bodies[each.place], reference, key, point), each


def says_places(rule: Spec, body: Body, company: Any) -> list[Any]:
    """Where the keys of a body stand."""
    loaded = loaded_rule(rule, company)
    place = place_of(body, rule, company)
    node = loaded.node if body is rule.body else next(each for each in loaded.node.walk() if each.place == place)
    return [says.place for says in node.says.values()]


def holds_whole(rule: Spec, wanted: Body, point: Point) -> bool:
    """Whether a body and everything around it hold at a point."""

    def visit(body: Body) -> bool:
        return holds(body.when, point) and (body is wanted or any(visit(inner) for inner in body.exceptions))

    return visit(rule.body)


def is_true(tried: Tried, rule: Spec, body: Body, reference: Reference, key: str, point: Point) -> bool:
    """Whether the reason that is given for a loss is true."""
    reason = tried.reason
    if reason.startswith(("in force only from", "no longer in force")):
        return not reference.in_force(rule, TODAY)
    if reason.startswith("needs "):
        return not holds_whole(rule, body, point)
    own = reference.says(rule, key, point)
    if reason == "an exception of the same rule comes first":
        return own is not None and own.body is not body and holds_whole(rule, body, point)
    winner = reason.split('"')[1]
    words = [said for said in reference.words(rule.subject, key, point, TODAY) if said.rule.id == winner]
    assert len(words) == 1
    if reason.endswith("says the same"):
        return own is not None and same(words[0].ruling) == same(own.ruling)
    narrower = reference.region(words[0].rule) < reference.region(rule)
    named = rule.id in words[0].rule.over
    return reference.beats(words[0].rule, rule) and (named if "over" in reason else narrower if "narrower" in reason else False)


def test_a_table_of_numbers_is_split_where_the_rules_draw_a_line() -> None:
    bends = [Body({"own": "csm"}, {"arr": "under 20k"}), Body({"own": "desk"}, {"arr": "20k to 50k", "segment": "ent"})]
    company = load(files_of(Model([Spec("a", "renew", Body({"own": "ae"}, {}, bends))]))).company
    book, _ = prepare_rules(company, TODAY)
    verdict = reach_verdict(book, "renew", "own", Facts({}, {}), NOW)
    assert verdict.dimensions == ("ARR", "segment")
    assert [(case.conditions, [plainly(each.ruling) for each in case.decided]) for case in verdict.cases] == [
        (("ARR under $20k", "any"), ["csm"]),
        (("ARR $20k to under $50k", "ENT"), ["desk"]),
        (("ARR $20k to under $50k", "not ENT"), ["ae"]),
        (("ARR $50k or more", "any"), ["ae"]),
    ]
    assert CENTS.keys() == SPANS.keys()
