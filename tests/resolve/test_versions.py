"""Versions, windows, precedence and adversarial models, by example."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from small_models import TODAY, load
from test_semantics import plainly

from bot.domain.covers import find_outside
from bot.domain.regions import Box, overlaps
from bot.problems import Problem
from bot.resolve import RuleBook, prepare_rules
from bot.resolve.decide import Moment, decide

COMPANY: dict[str, Any] = {"company": "Test", "roles": {"ae": {}, "csm": {}, "desk": {}}, "segments": {"smb": {}, "mid": {}, "ent": {}}}


def open_rules(*rules: dict[str, Any], **company: Any) -> tuple[RuleBook, list[Problem]]:
    """The book of some rules on renewals, and what is wrong with them."""
    loaded = load({"company.yaml": {**COMPANY, **company}, "rules.yaml": [{"of": "renew", **rule} for rule in rules]})
    book, problems = prepare_rules(loaded.company, TODAY)
    return book, [found for found in (*loaded.problems, *problems) if found.slug != "hole"]


def owner(book: RuleBook, day: date = TODAY, audiences: tuple[str, ...] = ("public",), **facts: str) -> Any:
    """The one owner of a renewal."""
    box: Box = {name: frozenset({value}) for name, value in facts.items()}
    (piece,) = decide(book, "renew", "own", box, Moment(day.toordinal(), frozenset(audiences)))
    return plainly(piece.ruling)


def test_a_later_version_ends_the_earlier() -> None:
    book, problems = open_rules(
        {"id": "a", "own": "ae"}, {"id": "a", "from": "2026-08-01", "own": "csm"}, {"id": "a", "from": "2027-08-01", "own": "desk"}
    )
    assert problems == []
    days = (date(2020, 1, 1), date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31), date(2027, 8, 1))
    assert [owner(book, day) for day in days] == ["ae", "ae", "csm", "csm", "desk"]


def test_until_is_the_last_day() -> None:
    book, problems = open_rules({"id": "a", "from": "2026-02-01", "until": "2026-06-30", "own": "ae"})
    assert problems == []
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [owner(book, day) for day in days] == ["nothing", "ae", "ae", "nothing"]


def test_rules_that_are_never_in_force_together_do_not_overlap() -> None:
    first, second = {"id": "a", "until": "2026-12-31", "own": "ae"}, {"id": "b", "from": "2027-01-01", "own": "csm"}
    assert open_rules(first, second)[1] == []
    (found,) = open_rules(first, {**second, "from": "2026-12-31"})[1]
    assert found.slug == "overlap"
    assert found.what.startswith('"a" and "b" both hold for on 31 Dec 2026 and disagree on own of renew: ae or csm')


def test_what_settles_an_overlap_has_to_be_in_force() -> None:
    rules = [{"id": "a", "own": "ae", "when": {"segment": "smb"}}, {"id": "b", "own": "csm", "when": {"handling": "auto"}}]
    settles = {"id": "c", "own": "desk", "when": {"segment": "smb", "handling": "auto"}}
    assert open_rules(*rules, settles)[1] == []
    (found,) = open_rules(*rules, {**settles, "from": "2027-01-01"})[1]
    assert "until 31 Dec 2026" in found.what


def test_who_wins_over_whom_may_change_with_the_year() -> None:
    _, problems = open_rules(
        {"id": "a", "own": "ae", "over": ["b"]},
        {"id": "b", "own": "csm", "when": {"segment": "smb"}},
        {"id": "a", "from": "2027-01-01", "own": "ae"},
        {"id": "b", "from": "2027-01-01", "own": "csm", "over": ["a"], "when": {"segment": "smb"}},
    )
    assert [found.slug for found in problems] == ["unreachable"]


def test_two_rules_over_each_other_are_a_circle() -> None:
    _, problems = open_rules({"id": "a", "own": "ae", "over": ["b"]}, {"id": "b", "own": "csm", "over": ["a"]})
    assert [found.slug for found in problems] == ["over-cycle"]


def test_a_condition_that_leaves_nothing_out_is_no_narrower() -> None:
    _, problems = open_rules({"id": "a", "own": "ae"}, {"id": "b", "own": "csm", "when": {"segment": ["smb", "mid", "ent"]}})
    assert [found.slug for found in problems] == ["overlap"]


def test_a_narrower_rule_beats_the_exceptions_of_a_wider_one() -> None:
    book, problems = open_rules(
        {"id": "wide", "own": "ae", "except": [{"when": {"segment": "smb", "handling": "auto"}, "own": "desk"}]},
        {"id": "narrow", "own": "csm", "when": {"segment": "smb"}},
    )
    assert owner(book, segment="smb", handling="auto") == "csm"
    (found,) = problems
    assert found.slug == "unreachable"
    assert found.what == 'this exception of "wide" never decides anything: "narrow" covers it'


def test_rules_for_an_audience_count_for_nobody_else() -> None:
    book, problems = open_rules(
        {"id": "a", "own": "ae"},
        {"id": "b", "own": "csm", "when": {"segment": "smb"}, "audience": "inner"},
        audiences={"inner": {}},
    )
    assert [found for found in problems if found.severity == "error"] == []
    assert owner(book, segment="smb") == "ae"
    assert owner(book, segment="smb", audiences=("public", "inner")) == "csm"


def test_a_hole_is_told_in_the_widest_words() -> None:
    loaded = load(
        {"company.yaml": COMPANY, "rules.yaml": [{"id": "a", "of": "renew", "own": "ae", "when": {"segment": "smb", "arr": "over 20k"}}]}
    )
    _, problems = prepare_rules(loaded.company, TODAY)
    (found,) = [found for found in problems if found.slug == "hole"]
    assert found.what == "nobody owns renew for: not SMB; or ARR $20k or less"


def test_every_case_of_an_example_is_tried() -> None:
    rule = {"id": "a", "own": "ae", "except": [{"when": {"segment": "ent"}, "own": "csm"}]}
    cases = {"any": [{"segment": "smb"}, {"segment": "ent"}]}
    _, problems = open_rules({**rule, "examples": [{"given": cases, "own": "ae"}, {"given": {"segment": "smb"}, "own": "ae"}]})
    assert [found.what for found in problems] == ["the owner is ae or csm, not ae"]


@pytest.mark.parametrize(("width", "cuts"), [(10, 60), (3, 60), (2, 60), (2, 400), (1, 400)])
def test_many_conditions_on_many_attributes_are_still_decided(width: int, cuts: int) -> None:
    chance = random.Random(width * cuts)
    domains = {f"a{number}": ((0, 1_000),) for number in range(10)}
    boxes: list[Box] = []
    for _ in range(cuts):
        ends = [sorted(chance.sample(range(1_000), 2)) for _ in range(width)]
        boxes.append({name: ((low, high),) for name, (low, high) in zip(chance.sample(sorted(domains), width), ends, strict=True)})
    found = find_outside({}, boxes, domains)
    if found is not None:
        assert not any(overlaps(found, box) for box in boxes)


def test_an_adversarial_model_is_checked() -> None:
    chance = random.Random(7)
    attributes = {f"a{number}": {"kind": "enum", "values": ["x", "y", "z"]} for number in range(10)}
    exceptions = [
        {
            "when": {name: chance.choice(["x", "y", "z", "not x", "not y"]) for name in attributes},
            "own": chance.choice(["ae", "csm", "desk"]),
        }
        for _ in range(60)
    ]
    rules = [{"id": f"r{number}", "own": "ae", "except": chance.sample(exceptions, 60)} for number in range(2)]
    _, problems = open_rules(*rules, attributes=attributes)
    assert {found.slug for found in problems} <= {"overlap", "unreachable"}
