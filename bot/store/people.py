"""Who people say they are, and whether they have been welcomed. A role that somebody claims is a point of view, never a permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.store.database import Database, PersonKey
from bot.store.schema import people

OF_PERSON = select(people.c.role, people.c.segment, people.c.seen_on).where(people.c.person == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person has told about themselves."""

    role: str | None
    segment: str | None


class People(Database):
    """What people have told about themselves."""

    def set_profile(self, person: PersonKey, team: str, role: str | None, segment: str | None, now: datetime) -> None:
        """Stores the role and the segment of a person, by their ids in the model."""
        self.note_person(person, team, now, {"role": role, "segment": segment})

    def profile(self, person: PersonKey, now: datetime) -> Profile | None:
        """The role and the segment of a person. Whoever uses theirs keeps it: it goes when it has not been used for long."""
        with self.reading() as connection:
            row = connection.execute(OF_PERSON, {"key": person}).one_or_none()
        if row is None:
            return None
        today = now.astimezone(UTC).date()
        if row.seen_on < today:  # once a day, so that reading stays reading
            with self.writing() as connection:
                connection.execute(update(people).where(people.c.person == person).values(seen_on=today))
        return Profile(row.role, row.segment)

    def welcome(self, person: PersonKey, team: str, now: datetime) -> bool:
        """Whether this person is to be welcomed: True once, whatever number of instances ask."""
        return self.note_person(person, team, now, {"welcomed_at": now}, once=True)

    def note_person(self, person: PersonKey, team: str, now: datetime, values: dict[str, Any], *, once: bool = False) -> bool:
        """Stores something of a person; with `once`, only for those not yet welcomed. Whether it was stored."""
        values = values | {"seen_on": now.astimezone(UTC).date()}
        upsert = (
            self.insert(people)
            .values({"person": person, "team": team} | values)
            .on_conflict_do_update(index_elements=[people.c.person], set_=values, where=people.c.welcomed_at.is_(None) if once else None)
        )
        with self.writing() as connection:
            return connection.scalar(upsert.returning(people.c.person)) is not None
