"""What is deleted: after its time, when a person asks, when a workspace leaves. `docs/privacy.md` says the same."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Delete, Update, delete, exists, select, text, update

from bot.store.database import Database, PersonKey
from bot.store.inbox import DEAD, finishing
from bot.store.models import GONE
from bot.store.schema import (
    asked,
    askers,
    channels,
    feedback,
    inbox,
    instances,
    messages,
    oauth_states,
    people,
    questions,
    routes,
    threads,
)

UNWORDED = {"text": None, "worded_by": None, "worded_at": None}
"""A question without its words."""


class Retention(Database):
    """What is deleted."""

    def purge(self, now: datetime) -> dict[str, int]:
        """Deletes what has been kept long enough; how many rows of what. As often as one likes, from any instance."""
        gone: dict[str, int] = {}
        for name, statement in self.steps(now).items():  # each in a transaction of its own, so that nobody waits long
            with self.writing() as connection:
                gone[name] = connection.execute(statement).rowcount
        if not self.on_postgres:  # else what was deleted lives on in the write-ahead log
            with self.told(), self.engine.connect().execution_options(rolecall_begin=None) as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return gone

    def steps(self, now: datetime) -> dict[str, Delete | Update]:
        """What is deleted, or emptied, by what it is."""
        keep, today = self.keep, now.astimezone(UTC).date()
        worded = now - keep.text if keep.question_text else now  # no longer wanted: none at all
        old = inbox.c.finished_at.is_(None) & (inbox.c.accepted_at < now - keep.inbox)
        return {
            "items": delete(inbox).where(inbox.c.finished_at < now - keep.inbox),
            "items given up": finishing(old, now, DEAD, "nobody answered it in time"),
            "messages": delete(messages).where(messages.c.taken_at < now - keep.inbox),
            "threads": delete(threads).where(threads.c.remembered_at < now - keep.threads),
            "people": delete(people).where(people.c.seen_on < today - keep.people),
            "words of votes": update(feedback).where(feedback.c.voted_at < worded, feedback.c.text.is_not(None)).values(text=None),
            "words of questions": update(questions).where(questions.c.worded_at < worded).values(UNWORDED),
            "votes": delete(feedback).where(feedback.c.voted_at < now - keep.figures),
            "questions": delete(questions).where(questions.c.last_at < now - keep.figures),
            "counts": delete(asked).where(asked.c.day < today - keep.figures),
            "routes": delete(routes).where(routes.c.opened_at < now - keep.routes),
            "instances": delete(instances).where(instances.c.seen_at < now - GONE),
            "installations begun": delete(oauth_states).where(oauth_states.c.expire_at < now.astimezone(UTC).replace(tzinfo=None)),
        }

    def forget(self, person: PersonKey, now: datetime) -> None:
        """Deletes everything of a person. What is being answered to them this moment empties itself when it is done."""
        theirs = select(askers.c.question).where(askers.c.person == person)
        with self.writing() as connection:
            # first of all, and in order: whoever asks one of these questions now waits, and sees what is left of it
            held = connection.scalars(select(questions.c.id).where(questions.c.id.in_(theirs)).order_by(questions.c.id).with_for_update())
            ids = list(held)
            for table in (askers, asked, feedback, people, routes, threads):
                connection.execute(delete(table).where(table.c.person == person))
            connection.execute(update(questions).where(questions.c.worded_by == person).values(UNWORDED))
            connection.execute(update(questions).where(questions.c.claimed_by == person).values(claimed_by=None, status="open"))
            unasked = ~exists().where(askers.c.question == questions.c.id)
            connection.execute(delete(questions).where(questions.c.id.in_(ids), unasked))
            waiting = (inbox.c.person == person) & inbox.c.worker.is_(None) & inbox.c.finished_at.is_(None)
            connection.execute(finishing(waiting, now, "forgotten"))

    def forget_team(self, team: str) -> None:
        """Deletes everything of a workspace that has removed the bot. Its tokens are with Slack's own store, which deletes them."""
        with self.writing() as connection:
            for table in (asked, channels, feedback, people, questions, routes, threads):
                connection.execute(delete(table).where(table.c.team == team))
