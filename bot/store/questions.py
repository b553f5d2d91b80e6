"""Open questions: what was asked that nobody has ruled on, grouped, so that those who keep the rules see what to rule on next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, case, func, null, select, update

from bot.store.database import Database, PersonKey, digest
from bot.store.figures import FEWEST
from bot.store.schema import askers, questions

Status = Literal["open", "claimed", "answered"]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something asked that nobody has ruled on."""

    id: int
    intent: str | None
    text: str | None
    """As it was last asked; None where words are not kept, or no longer."""
    status: Status
    asked: int | None
    """How often; None where that would be about fewer than five people."""
    first_at: datetime
    last_at: datetime


class Questions(Database):
    """What nobody has ruled on."""

    def ask_openly(
        self, team: str, key: str, person: PersonKey, now: datetime, *, intent: str | None = None, text: str | None = None
    ) -> int:
        """Stores that a question was asked; its id. Questions of one `key` are one; one that was answered is open again."""
        row: dict[str, Any] = {"team": team, "key": digest(team, key), "intent": intent, "status": "open", "first_at": now, "last_at": now}
        again: dict[str, Any] = {"last_at": now, "status": case((questions.c.status == "answered", "open"), else_=questions.c.status)}
        if text is not None and self.keep.question_text:
            worded = {"text": text, "worded_by": person, "worded_at": now}
            row, again = row | worded, again | worded
        insert = self.insert(questions).values(row).on_conflict_do_update(index_elements=["team", "key"], set_=again)
        with self.writing() as connection:
            question = int(connection.execute(insert.returning(questions.c.id)).scalar_one())
            once = self.insert(askers).values(question=question, person=person, times=1)
            connection.execute(once.on_conflict_do_update(index_elements=["question", "person"], set_={"times": askers.c.times + 1}))
        return question

    def open_questions(self, team: str, status: Status | None = None, limit: int = 50) -> list[OpenQuestion]:
        """The questions of a workspace, those asked most first."""
        often = select(askers.c.question, func.sum(askers.c.times).label("times"), func.count().label("people"))
        counts = often.group_by(askers.c.question).subquery()
        shown = case((counts.c.people >= FEWEST, counts.c.times), else_=null()).label("asked")
        wanted = select(questions, shown).join(counts, counts.c.question == questions.c.id).where(questions.c.team == team)
        if status is not None:
            wanted = wanted.where(questions.c.status == status)
        with self.reading() as connection:
            ordered = wanted.order_by(counts.c.times.desc(), questions.c.last_at.desc(), questions.c.id).limit(limit)
            return [question_from_row(row) for row in connection.execute(ordered)]

    def claim_question(self, team: str, question: int, person: PersonKey) -> bool:
        """Whether this person now sees to the question: True for one."""
        return self.change(team, question, "open", {"status": "claimed", "claimed_by": person})

    def release_question(self, team: str, question: int) -> bool:
        """Gives back a question that was claimed."""
        return self.change(team, question, "claimed", {"status": "open", "claimed_by": None})

    def close_question(self, team: str, question: int) -> bool:
        """Whether the question, open or claimed, is now answered."""
        done = {"status": "answered", "claimed_by": None}
        return self.change(team, question, "claimed", done) or self.change(team, question, "open", done)

    def change(self, team: str, question: int, status: Status, values: dict[str, Any]) -> bool:
        """Changes a question that has this status; whether it had."""
        which = (questions.c.team == team, questions.c.id == question, questions.c.status == status)
        with self.writing() as connection:
            return connection.execute(update(questions).where(*which).values(values)).rowcount == 1


def question_from_row(row: Row[Any]) -> OpenQuestion:
    """The question of a row."""
    return OpenQuestion(row.id, row.intent, row.text, row.status, row.asked, row.first_at, row.last_at)
