"""Models made to hang: each is loaded, checked and asked about all the same, and nothing untrue is said of it."""

from __future__ import annotations

from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from small_models import TODAY, load

from bot.domain import covers
from bot.domain.covers import Allowance, find_outside, prove_outside, region_within, surely_covered
from bot.domain.regions import EVERYTHING, Box, Domains, Values, box_within, minus, overlaps, union
from bot.resolve import prepare_rules
from bot.resolve.decide import Moment, decide, possible
from bot.resolve.facts import Facts
from bot.resolve.index import Index
from bot.resolve.precedence import Precedence
from bot.resolve.tables import CELLS, CLASSES, cells_of, split
from bot.resolve.verdicts import reach_verdict

NOW = Moment(TODAY.toordinal())


def company_of(attributes: dict[str, Any], roles: int, rules: list[dict[str, Any]]) -> dict[str, Any]:
    """The files of a model."""
    listed = {f"r{number}": {} for number in range(roles)}
    return {"company.yaml": {"company": "Knot", "roles": {**listed, "base": {}}, "attributes": attributes}, "rules/r.yaml": rules}


def renewal(exceptions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One rule with exceptions."""
    return [{"id": "renewal", "of": "renew", "own": "base", "except": exceptions}]


def grid(owners: int) -> dict[str, Any]:
    """Two hundred exceptions by ten numbers."""
    chance = Random(1)
    exceptions = []
    for number in range(200):
        lows = {name: chance.randint(1, 500) for name in chance.sample(range(10), chance.randint(1, 3))}
        when = {f"n{name}": f"{low} to {low + chance.randint(1, 50)}" for name, low in lows.items()}
        exceptions.append({"when": when, "own": f"r{number % owners}"})
    return company_of({f"n{number}": {"kind": "count"} for number in range(10)}, owners, renewal(exceptions))


def puzzle() -> dict[str, Any]:
    """Exceptions of three answers each, nearly as many as leave nothing."""
    chance = Random(3)
    exceptions = [
        {"when": {f"b{name}": chance.choice(["yes", "no"]) for name in chance.sample(range(40), 3)}, "own": f"r{number % 7}"}
        for number in range(170)
    ]
    return company_of({f"b{number}": {"kind": "yes-no"} for number in range(40)}, 7, renewal(exceptions))


def alternatives() -> dict[str, Any]:
    """Twenty rules, each for any of a hundred cases."""
    chance = Random(2)
    rules = []
    for number in range(20):
        cases = []
        for _ in range(100):
            lows = {name: chance.randint(1, 500) for name in chance.sample(range(6), 2)}
            cases.append({f"n{name}": f"{low} to {low + chance.randint(1, 100)}" for name, low in lows.items()})
        rules.append({"id": f"rule{number}", "of": "renew", "own": f"r{number}", "when": {"any": cases}})
    return company_of({f"n{number}": {"kind": "count"} for number in range(6)}, 20, rules)


def pigeons(holes: int) -> tuple[list[Box], Domains]:
    """One pigeon more than holes, and a cut for each two in one hole: together they leave nothing, which is hard to see."""
    domains: dict[str, Values] = {f"p{number}": frozenset(f"h{hole}" for hole in range(holes)) for number in range(holes + 1)}
    pairs = product(combinations(domains, 2), range(holes))
    return [{one: frozenset({f"h{hole}"}), other: frozenset({f"h{hole}"})} for (one, other), hole in pairs], domains


def test_a_search_that_is_too_long_is_given_up_on_the_safe_side() -> None:
    cuts, domains = pigeons(9)
    assert find_outside(EVERYTHING, cuts, domains) == EVERYTHING
    assert prove_outside(EVERYTHING, cuts, domains) is None
    assert not surely_covered(EVERYTHING, cuts, domains)
    assert not region_within([EVERYTHING], cuts, domains)


def test_a_small_puzzle_is_solved() -> None:
    cuts, domains = pigeons(4)
    assert find_outside(EVERYTHING, cuts, domains) is None
    assert surely_covered(EVERYTHING, cuts, domains)
    assert find_outside(EVERYTHING, cuts[1:], domains) is not None


def test_searches_share_an_allowance_and_keep_a_little() -> None:
    cuts, domains = pigeons(9)
    allowance = Allowance(30_000)
    assert [prove_outside(EVERYTHING, cuts, domains, allowance) for _ in range(4)] == [None] * 4
    assert allowance.left < 0
    assert allowance.for_one() == covers.FEW_LOOKS
    small, smaller = pigeons(3)
    assert surely_covered(EVERYTHING, small, smaller, allowance)


@pytest.mark.parametrize("files", [grid(200), grid(5), puzzle()], ids=["many owners", "few owners", "puzzle"])
def test_knots_are_checked_and_asked_about(files: dict[str, Any]) -> None:
    company = load(files).company
    book, _ = prepare_rules(company, TODAY)
    verdict = reach_verdict(book, "renew", "own", Facts({}, {}), NOW)
    said = {decided.ruling for case in verdict.cases for decided in case.decided}
    assert said == {piece.ruling for piece in possible(book, "renew", "own", {}, NOW)}
    assert 1 <= len(verdict.cases) <= CELLS


def test_rules_of_many_alternatives_are_compared() -> None:
    rules = load(alternatives()).company.rules
    precedence = Precedence(rules, load(alternatives()).company.domains)
    assert precedence.order()
    assert not any(precedence.beaten.values())


def test_a_table_that_is_cut_short_ends_with_any_other() -> None:
    company = load(grid(5)).company
    book, _ = prepare_rules(company, TODAY)
    pieces = decide(book, "renew", "own", {}, NOW)
    classes, rest = split("n1", pieces, {}, company, CLASSES)
    assert rest in classes
    assert 1 < len(classes) <= CLASSES
    assert not minus(company.domains["n1"], union(classes))
    cells = list(cells_of(book, "renew", "own", {}, ("n1", "n2"), pieces, NOW))
    for cell in cells:
        box = dict(zip(("n1", "n2"), cell.values, strict=True))
        assert {piece.sense for piece in cell.pieces} == {piece.sense for piece in possible(book, "renew", "own", box, NOW)}
    assert len(cells) <= CELLS
    assert [cell.rest[0] for cell in cells] == sorted(cell.rest[0] for cell in cells)
    assert cells[-1].rest[0]
    assert not any(overlaps(dict(enumerate_names(one)), dict(enumerate_names(two))) for one, two in combinations(cells, 2))


def enumerate_names(cell: Any) -> list[tuple[str, Values]]:
    """A cell as a box."""
    return [(str(number), values) for number, values in enumerate(cell.values)]


def test_the_index_finds_spans_that_only_touch_apart() -> None:
    listed: list[Box] = [{"n": ((0, 5),)}, {"n": ((5, 9),)}, {"n": ((0, 2), (8, 9))}, {}]
    index = Index(listed)
    assert list(index.meeting({"n": ((4, 5),)})) == [0, 3]
    assert list(index.meeting({"n": ((5, 8),)})) == [1, 3]
    assert list(index.meeting({"n": ((1, 6),)})) == [0, 1, 2, 3]
    assert box_within({"n": ((1, 2),)}, listed[0])
