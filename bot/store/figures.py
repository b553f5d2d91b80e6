"""Counts of what was asked, by day, intent or outcome; none that is about fewer than five people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Select, distinct, func, or_, select

from bot.store.database import Database, PersonKey
from bot.store.schema import asked

FEWEST = 5
"""A figure about fewer people than this is not given."""
Side = Literal["day", "intent", "outcome"]
"""What counts may be divided by, one at a time."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How often was asked, by how many people: at least five."""

    of: date | str
    """The day, the intent or the outcome."""
    times: int
    people: int


class Figures(Database):
    """Counts."""

    def count(self, team: str, person: PersonKey, intent: str, outcome: str, now: datetime) -> None:
        """Counts an answer. What was asked is not stored."""
        self.count_all(team, {(person, intent, outcome): 1}, now)

    def count_all(self, team: str, answers: Mapping[tuple[PersonKey, str, str], int], now: datetime) -> None:
        """Counts many answers at once: how often each person got one of an intent and outcome."""
        day = now.astimezone(UTC).date()
        rows = [
            {"team": team, "day": day, "intent": intent, "outcome": outcome, "person": person, "times": times}
            for (person, intent, outcome), times in sorted(
                answers.items()
            )  # in one order, so that two processes do not wait for each other
        ]
        insert = self.insert(asked)
        more = {"times": asked.c.times + insert.excluded.times}
        with self.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["team", "day", "intent", "outcome", "person"], set_=more), rows)

    def figures(self, team: str, first: date, last: date, by: Side) -> list[Figure]:
        """How often was asked from the first day to the last. What is about few people does not leave the database."""
        with self.reading() as connection:
            return [Figure(row.of, int(row.times), row.people) for row in connection.execute(of_enough_people(team, first, last, by))]


def of_enough_people(team: str, first: date, last: date, by: Side) -> Select[Any]:
    """The figures that may be given.

    What is left out must not be found by subtraction either: it has to be about five people or more when taken together. Where it is not,
    the figure about the fewest people is left out with it.
    """
    of = asked.c[by].label("of")
    theirs = (
        select(of, asked.c.person, func.sum(asked.c.times).label("times"))
        .where(asked.c.team == team, asked.c.day.between(first, last))
        .group_by(of, asked.c.person)
        .subquery()
    )
    counted = select(theirs, func.count().over(partition_by=theirs.c.of).label("people")).cte()
    left_out = select(func.count(distinct(counted.c.person))).where(counted.c.people < FEWEST).scalar_subquery()
    place = func.row_number().over(order_by=(func.max(counted.c.people), counted.c.of))
    figures = (
        select(counted.c.of, func.sum(counted.c.times).label("times"), func.max(counted.c.people).label("people"), place.label("place"))
        .where(counted.c.people >= FEWEST)
        .group_by(counted.c.of)
        .subquery()
    )
    shown = or_(figures.c.place > 1, left_out == 0, left_out >= FEWEST)
    return select(figures.c.of, figures.c.times, figures.c.people).where(shown).order_by(figures.c.of)
