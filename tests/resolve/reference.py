"""What a model means, said a second time and as simply as can be: point by point, day by day, without regions.

Shares nothing with the code under test. A point gives every attribute one value; conditions are read by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from small_models import ALL_POINTS, DAYS, Body, Model, Point, Spec, holds

ALL_DAYS = (DAYS[0] - timedelta(1), *(day for start in DAYS for day in (start, start + timedelta(1))))
UNDECIDED = "nothing"


class ClashError(Exception):
    """Rules that nothing puts above each other disagree."""


class CircleError(Exception):
    """A ruling refers back to itself."""


@dataclass(frozen=True, eq=False)
class Said:
    """A rule's word on one key at one point: the body that says it, and what."""

    rule: Spec
    body: Body
    ruling: Any


def same(ruling: Any) -> Any:
    """A stated ruling in a form that can be compared."""
    return ("as", ruling["as"]) if isinstance(ruling, dict) else ruling


@dataclass
class Reference:
    """One model, read point by point."""

    model: Model
    derived: Spec = field(default_factory=lambda: Spec("archetype-of-csm", "renew", Body({"own": "csm"})))
    regions: dict[int, frozenset[Point]] = field(default_factory=dict)
    known: dict[tuple[str, str, Point, date], list[Said]] = field(default_factory=dict)

    def rules(self, subject: str) -> list[Spec]:
        """All rules on a subject."""
        derived = [self.derived] if self.model.derived and subject == "renew" else []
        return [*(rule for rule in self.model.rules if rule.subject == subject), *derived]

    def in_force(self, rule: Spec, day: date) -> bool:
        """Whether a version counts on a day: it has begun, is not over, and no later version has begun."""
        begun = rule.starts is None or rule.starts <= day
        over = rule.until is not None and day > rule.until
        later = (other for other in self.model.rules if other.id == rule.id and other.subject == rule.subject and other is not rule)
        replaced = any(other.starts and other.starts <= day and (not rule.starts or other.starts > rule.starts) for other in later)
        return begun and not over and not replaced

    def region(self, rule: Spec) -> frozenset[Point]:
        """Where a rule's `when:` holds."""
        if id(rule) not in self.regions:
            self.regions[id(rule)] = frozenset(point for point in ALL_POINTS if holds(rule.body.when, point))
        return self.regions[id(rule)]

    def beats(self, first: Spec, second: Spec) -> bool:
        """Whether the first rule wins over the second where both hold."""
        if (first is self.derived) != (second is self.derived):
            return second is self.derived
        if second.id in first.over:
            return True
        return first.id not in second.over and self.region(first) < self.region(second)

    def says(self, rule: Spec, key: str, point: Point) -> Said | None:
        """The rule's word on a key at a point: its first exception that holds and states the key, depth first, else its own."""

        def visit(body: Body) -> Said | None:
            if not holds(body.when, point):
                return None
            for exception in body.exceptions:
                found = visit(exception)
                if found:
                    return found
            return Said(rule, body, body.says[key]) if key in body.says else None

        return visit(rule.body)

    def words(self, subject: str, key: str, point: Point, day: date) -> list[Said]:
        """The word of every rule that has one."""
        found = (self.says(rule, key, point) for rule in self.rules(subject) if self.in_force(rule, day))
        return [said for said in found if said]

    def unbeaten(self, subject: str, key: str, point: Point, day: date) -> list[Said]:
        """The words that no other word's rule beats."""
        at = (subject, key, point, day)
        if at not in self.known:
            words = self.words(*at)
            self.known[at] = [said for said in words if not any(self.beats(other.rule, said.rule) for other in words if other is not said)]
        return self.known[at]

    def days(self) -> tuple[date, ...]:
        """Days of each kind: all the same when no rule has dates."""
        return ALL_DAYS if any(rule.starts or rule.until for rule in self.model.rules) else ALL_DAYS[:1]

    def stated(self, subject: str, key: str, point: Point, day: date) -> Any:
        """What is stated at a point, references not followed."""
        found = {same(said.ruling) for said in self.unbeaten(subject, key, point, day)}
        if len(found) > 1:
            raise ClashError(subject, key, point, day)
        return found.pop() if found else UNDECIDED

    def decide(self, subject: str, key: str, point: Point, day: date, seen: tuple[tuple[str, str], ...] = ()) -> Any:
        """The one ruling at a point."""
        if (subject, key) in seen:
            raise CircleError(subject, key)
        ruling = self.stated(subject, key, point, day)
        if isinstance(ruling, tuple):
            return self.decide(*target(ruling, key), point, day, (*seen, (subject, key)))
        return ruling

    def clashes(self) -> set[tuple[str, frozenset[str]]]:
        """Each two rules that disagree somewhere where neither is beaten."""
        found = set()
        for subject, key, point, day in self.everywhere():
            unbeaten = self.unbeaten(subject, key, point, day)
            for one in unbeaten:
                for other in unbeaten:
                    if same(one.ruling) != same(other.ruling):
                        found.add((subject, frozenset({one.rule.id, other.rule.id})))
        return found

    def subjects(self) -> set[str]:
        """The subjects that are ruled on."""
        return {rule.subject for rule in self.model.rules} | ({"renew"} if self.model.derived else set())

    def everywhere(self) -> Iterator[tuple[str, str, Point, date]]:
        """Every subject, key, point and day."""
        yield from product(sorted(self.subjects()), ("own", "support", "quote.own"), ALL_POINTS, self.days())


def target(ruling: tuple[str, str], key: str) -> tuple[str, str]:
    """Where `{as: …}` leads: the same kind of owner of the subject or step that it names."""
    subject, _, step = ruling[1].partition(".")
    name = key.rpartition(".")[2]
    return subject, f"{step}.{name}" if step else name
