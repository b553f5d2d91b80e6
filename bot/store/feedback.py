"""How answers were liked. The words asked are stored only where the settings say so, and only with a vote against."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from bot.store.database import Database, PersonKey, digest
from bot.store.schema import feedback


@dataclass(frozen=True, slots=True)
class Vote:
    """What somebody thought of an answer."""

    vote: Literal["up", "down"]
    reason: str | None = None
    """Why not, as chosen from a list."""
    intent: str | None = None
    rule: str | None = None
    outcome: str | None = None
    text: str | None = None
    """The words asked, or said about the answer."""


@dataclass(frozen=True, slots=True)
class Voted(Vote):
    """A vote as it was stored. Whose it is stays in the database."""

    voted_at: datetime | None = None


class Feedback(Database):
    """How answers were liked."""

    def give_feedback(self, team: str, answer: str, person: PersonKey, vote: Vote, now: datetime) -> None:
        """Stores a vote on an answer, in place of what the same person said of it before. `now` is when it was given: the latest stays."""
        said = asdict(vote) | {"voted_at": now}
        if vote.vote == "up" or not self.keep.question_text:
            said["text"] = None
        row = {"team": team, "answer": digest(team, answer), "person": person} | said
        with self.writing() as connection:
            insert = self.insert(feedback).values(row)
            earlier = feedback.c.voted_at <= now
            connection.execute(insert.on_conflict_do_update(index_elements=["answer", "person"], set_=said, where=earlier))

    def votes(self, team: str, since: datetime, vote: Literal["up", "down"] | None = None, limit: int = 100) -> list[Voted]:
        """Votes of a workspace, the newest first."""
        names = ("vote", "reason", "intent", "rule", "outcome", "text", "voted_at")
        wanted = select(*(feedback.c[name] for name in names)).where(feedback.c.team == team, feedback.c.voted_at >= since)
        if vote is not None:
            wanted = wanted.where(feedback.c.vote == vote)
        with self.reading() as connection:
            return [Voted(*row) for row in connection.execute(wanted.order_by(feedback.c.voted_at.desc(), feedback.c.id).limit(limit))]
