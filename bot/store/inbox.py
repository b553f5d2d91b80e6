"""The inbox: what Slack sent is stored first, acknowledged then, answered after, by whichever instance takes it.

An item is *accepted* once, *claimed* for the length of a lease, marked as *sending* just before its answer is posted, and *done*. A
worker that dies loses its lease, and another takes over: a few moments later than otherwise, with nothing lost. Where it died between
Slack's OK and `done`, the answer is already there, and only Slack knows. So `claim` says that the item was being sent
(`sending_since`); then look for the answer before posting one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Update, and_, func, null, select, update

from bot.store.database import Database, PersonKey, digest
from bot.store.schema import inbox, messages

ATTEMPTS = 5
"""How often an item is claimed before it is given up; a claim that only had to wait does not count."""
DEAD = "dead"
"""The outcome of what was given up."""
LOST = "lost"
"""The kind of what stands in the inbox for an item whose workers all died: so that somebody tells who waits for it."""
REASON = 300
"""How much of a reason is kept."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something accepted and now claimed by a worker."""

    id: int
    kind: str
    payload: dict[str, Any]
    accepted_at: datetime
    attempts: int
    """How often it has been claimed, this time included. With the worker, this tells a claim from a later one."""
    last: bool
    """Whether it is given up if this attempt fails: rather say sorry now than try again what may be what fails."""
    sending_since: datetime | None
    """When an answer was first about to be posted, if that was before: the answer may be there already."""
    worker: str
    lease: timedelta


@dataclass(frozen=True, slots=True)
class Next:
    """Something to be seen to after an item, or in its place: stored together with the item's end, so that neither is without the other."""

    key: str
    kind: str
    payload: dict[str, Any]
    person: PersonKey | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is waiting, for metrics and for those who look after the bot."""

    waiting: int
    oldest: datetime | None
    dead: int


class Inbox(Database):
    """What Slack sent and what became of it."""

    def accept(self, key: str, kind: str, payload: dict[str, Any], now: datetime, person: PersonKey | None = None) -> bool:
        """Stores an item; False when one of this key is already stored. Once this returns, Slack may be told OK."""
        with self.writing() as connection:
            return self.put(connection, Next(key, kind, payload, person), now)

    def put(self, connection: Connection, new: Next, now: datetime) -> bool:
        """Stores an item as part of a transaction; False when one of this key is already stored."""
        row = {"key": digest(new.key), "kind": new.kind, "payload": new.payload, "person": new.person, "accepted_at": now}
        insert = self.insert(inbox).values(row | {"due_at": now, "attempts": 0}).on_conflict_do_nothing()
        return connection.scalar(insert.returning(inbox.c.id)) is not None

    def release(self, kind: str) -> None:
        """Lets what was accepted as of this kind, and is finished, be accepted again under the same key."""
        ended = (inbox.c.kind == kind) & inbox.c.finished_at.is_not(None)
        with self.writing() as connection:
            for row in connection.execute(select(inbox.c.id).where(ended)).all():
                connection.execute(update(inbox).where(inbox.c.id == row.id).values(key=digest("released", str(row.id))))

    def claim(self, worker: str, now: datetime, lease: timedelta, limit: int = 1) -> list[Item]:
        """Items that are this worker's until the lease ends, those due longest first. No item goes to two.

        The lease has to be longer than the longest wait for Slack: an answer still on its way is nowhere to be seen.
        """
        due = select(inbox.c.id, inbox.c.attempts).where(inbox.c.due_at <= now).order_by(inbox.c.due_at, inbox.c.id).limit(limit)
        with self.writing() as connection:
            found = connection.execute(due.with_for_update(skip_locked=True)).all()
            spent = [row.id for row in found if row.attempts >= ATTEMPTS]
            self.hand_on(connection, spent, now)
            ids = [row.id for row in found if row.attempts < ATTEMPTS]
            taken = update(inbox).where(inbox.c.id.in_(ids)).values(worker=worker, due_at=now + lease, attempts=inbox.c.attempts + 1)
            rows = {row.id: row for row in connection.execute(taken.returning(inbox))} if ids else {}
        return [item_from_row(rows[number], lease) for number in ids]

    def hand_on(self, connection: Connection, spent: Sequence[int], now: datetime) -> None:
        """Gives up what killed its workers, and stores in its place that somebody is to be told."""
        if not spent:
            return
        for row in connection.execute(select(inbox).where(inbox.c.id.in_(spent), inbox.c.kind != LOST)).all():
            told = {"item": row.id, "kind": row.kind, "payload": row.payload}
            self.put(connection, Next(f"{LOST} {row.id}", LOST, told, row.person), now)
        connection.execute(finishing(inbox.c.id.in_(spent), now, DEAD, "the workers that took it died"))

    def is_due(self, by: datetime) -> bool:
        """Whether something that nobody has taken is due by then."""
        waits = select(inbox.c.id).where(inbox.c.due_at <= by, inbox.c.worker.is_(None)).limit(1)
        with self.reading() as connection:
            return connection.execute(waits).first() is not None

    def sending(self, item: Item, now: datetime) -> bool:
        """Marks that a post is about to be tried, and renews the lease. False when the lease has ended: then do not post."""
        with self.writing() as connection:
            return (
                connection.execute(
                    update(inbox)
                    .where(held(item), inbox.c.due_at > now)
                    .values(sending_at=func.coalesce(inbox.c.sending_at, now), due_at=now + item.lease)
                ).rowcount
                == 1
            )

    def done(self, item: Item, now: datetime, outcome: str, then: Sequence[Next] = ()) -> bool:
        """Finishes an item and empties it, and stores what is to be seen to next. False when another worker has taken it over."""
        return self.finish(item, now, outcome, None, then)

    def finish(self, item: Item, now: datetime, outcome: str, reason: str | None, then: Sequence[Next]) -> bool:
        """Ends an item and stores what follows, both or neither. False when another worker has taken it over."""
        with self.writing() as connection:
            if connection.execute(finishing(held(item), now, outcome, reason)).rowcount != 1:
                return False
            for each in then:
                self.put(connection, each, now)
        return True

    def failed(
        self,
        item: Item,
        now: datetime,
        retry_at: datetime | None,
        reason: str,
        *,
        maybe_sent: bool = False,
        counts: bool = True,
        then: Sequence[Next] = (),
    ) -> Literal["again", "dead", "lost"]:
        """Gives an item back until `retry_at`, or gives it up: without such a moment, or after the last attempt.

        `maybe_sent` keeps the mark of `sending`: where Slack did not say whether it posted, or nothing was tried. What does not count uses
        up no attempt. `then` is stored where the item is given up. "lost": another worker has taken it over.
        """
        if retry_at is None or (counts and item.last):
            return "dead" if self.finish(item, now, DEAD, reason, then) else "lost"
        back: dict[str, Any] = {"worker": None, "due_at": retry_at, "reason": reason[:REASON]}
        if not maybe_sent:
            back["sending_at"] = None
        if not counts:  # whoever else claims it counts on from here: a claim that has ended is told from theirs all the same
            back["attempts"] = inbox.c.attempts - 1
        with self.writing() as connection:
            return "again" if connection.execute(update(inbox).where(held(item)).values(back)).rowcount else "lost"

    def take_message(self, team: str, channel: str, ts: str, now: datetime, item: Item | None = None) -> bool:
        """Whether this message is ours to answer: once for all the events it makes, on all instances.

        Say which `item` asks: after its worker has died, the item may ask again and is told the same.
        """
        message = digest(team, channel, ts)
        row = {"message": message, "item": item and item.id, "taken_at": now}
        with self.writing() as connection:
            if connection.scalar(self.insert(messages).values(row).on_conflict_do_nothing().returning(messages.c.message)):
                return True
            taken_by = connection.scalar(select(messages.c.item).where(messages.c.message == message))
        return item is not None and taken_by == item.id

    def backlog(self) -> Backlog:
        """How much is waiting, since when, and how much was given up."""
        waits = inbox.c.finished_at.is_(None)
        counted = select(
            func.count().filter(waits), func.min(inbox.c.accepted_at).filter(waits), func.count().filter(inbox.c.outcome == DEAD)
        )
        with self.reading() as connection:
            waiting, oldest, dead = connection.execute(counted).one()
        return Backlog(waiting, oldest, dead)


def item_from_row(row: Any, lease: timedelta) -> Item:
    """The item of a row just claimed."""
    return Item(
        id=row.id,
        kind=row.kind,
        payload=row.payload,
        accepted_at=row.accepted_at,
        attempts=row.attempts,
        last=row.attempts >= ATTEMPTS,
        sending_since=row.sending_at,
        worker=row.worker,
        lease=lease,
    )


def held(item: Item) -> ColumnElement[bool]:
    """Whether the item is still with the claim that this is."""
    return and_(inbox.c.id == item.id, inbox.c.worker == item.worker, inbox.c.attempts == item.attempts)


def finishing(which: ColumnElement[bool], now: datetime, outcome: str, reason: str | None = None) -> Update:
    """Ends items, and empties them of whatever was said and by whom."""
    emptied = {"payload": null(), "person": None, "due_at": None, "worker": None, "sending_at": None}
    ended: dict[str, Any] = {"finished_at": now, "outcome": outcome}
    if reason is not None:
        ended["reason"] = reason[:REASON]
    return update(inbox).where(which).values(emptied | ended)
