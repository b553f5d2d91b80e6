"""Which model each running instance answers from, so that they can say whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, select

from bot.store.database import Database
from bot.store.schema import instances

GONE = timedelta(minutes=5)
"""An instance that has not reported for this long no longer runs."""


@dataclass(frozen=True, slots=True)
class LiveModel:
    """The model of one instance."""

    instance: str
    model: str
    """Its hash."""
    since: datetime
    seen_at: datetime


class Models(Database):
    """Which models answer."""

    def report_model(self, instance: str, model: str, now: datetime) -> None:
        """Stores which model an instance answers from; to be called when it has loaded one, and every minute or so."""
        insert = self.insert(instances).values(instance=instance, model=model, since=now, seen_at=now)
        since = case((instances.c.model == insert.excluded.model, instances.c.since), else_=insert.excluded.since)
        changed = {"model": model, "since": since, "seen_at": now}
        with self.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["instance"], set_=changed))

    def live_models(self, now: datetime) -> list[LiveModel]:
        """The models of the instances that run, the newest first. They agree where all have one hash."""
        wanted = select(instances).where(instances.c.seen_at >= now - GONE)
        with self.reading() as connection:
            found = connection.execute(wanted.order_by(instances.c.since.desc(), instances.c.instance))
            return [LiveModel(row.instance, row.model, row.since, row.seen_at) for row in found]
