"""What a thread was about, so that "and for SMB?" can be answered in it; and how often it has been answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from bot.store.database import Database, PersonKey, digest
from bot.store.schema import threads


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread in which a question was answered."""

    person: PersonKey
    """Who asked first: whose thread it is, and who may go on in it without a mention."""
    context: dict[str, Any]
    answers: int
    remembered_at: datetime


class Threads(Database):
    """What threads were about."""

    def remember_thread(self, team: str, channel: str, thread: str, person: PersonKey, context: dict[str, Any], now: datetime) -> int:
        """Stores what the thread is about now, in place of what it was; the number of answers given in it, this one included.

        It stays the thread of whoever asked first, for as long as that is known.
        """
        row = {"thread": digest(team, channel, thread), "team": team, "person": person, "context": context, "remembered_at": now}
        insert = self.insert(threads).values(row | {"answers": 1})
        again: dict[str, Any] = {name: insert.excluded[name] for name in ("context", "remembered_at")}
        is_old = threads.c.remembered_at < now - self.keep.threads
        again["answers"] = case((is_old, 1), else_=threads.c.answers + 1)
        again["person"] = case((is_old, insert.excluded["person"]), else_=threads.c.person)
        upsert = insert.on_conflict_do_update(index_elements=[threads.c.thread], set_=again)
        with self.writing() as connection:
            return int(connection.execute(upsert.returning(threads.c.answers)).scalar_one())

    def thread(self, team: str, channel: str, thread: str, now: datetime) -> Thread | None:
        """What the thread was about; None where that is not known or too long ago."""
        wanted = select(threads).where(
            threads.c.thread == digest(team, channel, thread), threads.c.remembered_at >= now - self.keep.threads
        )
        with self.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else Thread(PersonKey(row.person), row.context, row.answers, row.remembered_at)
