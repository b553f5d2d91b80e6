"""Counts of what was asked and of how it was liked, by day, intent and outcome; none that is about fewer than five people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select

from bot.store.database import Database, PersonKey
from bot.store.schema import asked, feedback

FEWEST = 5
"""A figure about fewer people than this is not given."""
Side = Literal["day", "intent", "outcome"]
"""What counts may be divided by."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, of at least five people. A side that was not asked for is None."""

    times: int
    people: int
    day: date | None = None
    intent: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Liking:
    """How the answers to an intent were liked, by at least five people."""

    intent: str | None
    up: int
    down: int
    people: int


class Figures(Database):
    """Counts."""

    def count(self, team: str, person: PersonKey, intent: str, outcome: str, now: datetime) -> None:
        """Counts an answer. What was asked is not stored."""
        row = {"team": team, "day": now.astimezone(UTC).date(), "intent": intent, "outcome": outcome, "person": person}
        insert = self.insert(asked).values(row | {"times": 1})
        with self.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=[*row], set_={"times": asked.c.times + 1}))

    def figures(self, team: str, first: date, last: date, by: Iterable[Side]) -> list[Figure]:
        """How often was asked from the first day to the last, divided by these sides."""
        sides = [asked.c[side] for side in by]
        counted = (
            select(*sides, func.sum(asked.c.times).label("times"), func.count(distinct(asked.c.person)).label("people"))
            .where(asked.c.team == team, asked.c.day.between(first, last))
            .group_by(*sides)
            .order_by(*sides)
        )
        return [Figure(**row._mapping) for row in self.of_enough_people(counted, asked.c.person)]

    def liking(self, team: str, first: date, last: date) -> list[Liking]:
        """Votes from the first day to the last, by intent."""
        start, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
        counted = (
            select(
                feedback.c.intent,
                func.count().filter(feedback.c.vote == "up").label("up"),
                func.count().filter(feedback.c.vote == "down").label("down"),
                func.count(distinct(feedback.c.person)).label("people"),
            )
            .where(feedback.c.team == team, feedback.c.voted_at >= start, feedback.c.voted_at < end)
            .group_by(feedback.c.intent)
            .order_by(feedback.c.intent)
        )
        return [Liking(**row._mapping) for row in self.of_enough_people(counted, feedback.c.person)]

    def of_enough_people(self, counted: Select[Any], person: ColumnElement[str]) -> list[Row[Any]]:
        """The rows that are about five people or more; the others do not leave the database."""
        with self.reading() as connection:
            return list(connection.execute(counted.having(func.count(distinct(person)) >= FEWEST)))
