"""The rule book against the reference: one outcome for any facts, whatever the order, and nothing from rules that do not matter."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reference import ALL_DAYS, UNDECIDED, CircleError, ClashError, Reference
from small_models import ALL_POINTS, NAMES, SUBJECTS, TODAY, Body, Model, Point, Spec, files_of, load, models

from bot.domain.regions import Box
from bot.domain.rules import Held, Nobody, Ruling, SameAs, Undefined
from bot.resolve import RuleBook, prepare_rules
from bot.resolve.decide import Moment, decide, possible

KEYS = ("own", "support", "quote.own")
CENTS = {"10k": 1_000_000, "20k": 2_000_000, "90k": 9_000_000}
slow = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def box_of(point: Point) -> Box:
    """A point as facts."""
    known = dict(zip(NAMES, point, strict=True))
    cents = CENTS[known.pop("arr")]
    return {"arr": ((cents, cents + 1),), **{name: frozenset({value}) for name, value in known.items()}}


def plainly(ruling: Ruling | None) -> Any:
    """A ruling as the reference puts it."""
    match ruling:
        case Held(holders=(holder,)):
            return holder
        case Nobody():
            return "nobody"
        case Undefined():
            return "undefined"
        case SameAs(subject=subject, step=step):
            return ("as", f"{subject}.{step}" if step else subject)
        case None:
            return UNDECIDED
    raise AssertionError(ruling)


def open_book(model: Model, **how: Any) -> RuleBook:
    """The rule book of a model, which the loader has to accept; models with a circle of `over:` are passed over."""
    loaded = load(files_of(model, **how))
    assert not [found for found in loaded.problems if found.severity == "error" and found.slug != "same-version"]
    book, problems = prepare_rules(loaded.company, TODAY)
    assume(not any(found.slug == "over-cycle" for found in problems))
    return book


def decided(book: RuleBook, subject: str, key: str, point: Point, day: date) -> Any:
    """The one outcome for full facts."""
    moment = Moment(day.toordinal())
    pieces = decide(book, subject, key, box_of(point), moment)
    assert len(pieces) == 1
    assert [piece.ruling for piece in possible(book, subject, key, box_of(point), moment)] == [pieces[0].ruling]
    return plainly(pieces[0].ruling)


def every_outcome(book: RuleBook) -> dict[tuple[str, str, Point, date], Any]:
    """The outcomes of all subjects, keys and points, on one day of each kind."""
    return {
        (subject, key, point, day): decided(book, subject, key, point, day)
        for subject in SUBJECTS
        for key in KEYS
        for point in ALL_POINTS
        for day in ALL_DAYS[1::2]
    }


@slow
@given(models())
def test_any_facts_have_the_one_outcome_that_the_reference_gives(model: Model) -> None:
    book, reference = open_book(model), Reference(model)
    for subject in sorted(reference.subjects()):
        for key in KEYS:
            for point in ALL_POINTS:
                for day in reference.days():
                    try:
                        expected = reference.decide(subject, key, point, day)
                    except (ClashError, CircleError):
                        continue
                    assert decided(book, subject, key, point, day) == expected, (subject, key, point, day)


@slow
@given(models(settled=True), st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_rules_and_files_does_not_matter(model: Model, random: Any, files: int) -> None:
    order = list(range(len(model.rules)))
    random.shuffle(order)
    one = load(files_of(model))
    other = load(files_of(model, order, files))
    first, problems = prepare_rules(one.company, TODAY)
    second, problems_too = prepare_rules(other.company, TODAY)
    assume(not any(found.slug in ("over-cycle", "same-version", "cycle") for found in [*one.problems, *problems]))
    assert {(found.slug, found.what) for found in problems} == {(found.slug, found.what) for found in problems_too}
    assert every_outcome(first) == every_outcome(second)


@slow
@given(models(settled=True), st.sampled_from(["elsewhere", "apart"]))
def test_a_rule_that_has_nothing_to_do_with_the_facts_changes_nothing(model: Model, kind: str) -> None:
    before = open_book(model)
    if kind == "elsewhere":
        assume("land" not in repr(model))
        added = Spec("added", "land", Body({"own": "desk", "support": "desk"}))
    else:
        added = Spec("added", "renew", Body({"own": "desk", "quote.own": "desk"}, {"segment": "ent", "arr": "50k or more"}))
    after = open_book(Model([*model.rules, added], model.derived))
    for subject in SUBJECTS if kind == "apart" else ("renew", "account"):
        for key in KEYS:
            for point in ALL_POINTS:
                if kind == "apart" and point[0] == "ent" and point[2] == "90k":
                    continue
                assert decided(before, subject, key, point, TODAY) == decided(after, subject, key, point, TODAY)
