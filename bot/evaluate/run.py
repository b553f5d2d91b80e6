"""Labelled questions, put to the engines of their companies, one judged answer each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.domain.labels import Conversation
from bot.domain.questions import Question
from bot.domain.threads import Thread
from bot.evaluate.judge import Judged, judge
from bot.evaluate.slips import with_slips
from bot.pipeline import Engine, answer

EVERYBODY = frozenset({"public"})


def ask_all(
    conversations: Iterable[Conversation], engines: Mapping[str, Engine], today: date, as_of: date | None = None, slips: int | None = None
) -> Iterator[Judged]:
    """Every question answered and judged; `engines` by company, `slips` the seed of typing errors to be put in."""
    for conversation in conversations:
        yield from ask_in_turn(conversation, engines[conversation.company], today, as_of, slips)


def ask_in_turn(conversation: Conversation, engine: Engine, today: date, as_of: date | None, slips: int | None) -> Iterator[Judged]:
    """The questions of one conversation, each building on what was understood before, as in a thread."""
    thread: Thread | None = None
    for number, turn in enumerate(conversation.turns):
        text = turn.text if slips is None else with_slips(turn.text, slips)
        before = thread.heard_by(EVERYBODY) if thread else None
        role, segment = conversation.as_role or None, conversation.segment or None
        done = answer(Question(text, today, role, segment, as_of, before=before), engine)
        if done.changes_topic:
            thread = Thread(done.understood, EVERYBODY)
        yield judge(conversation, number, done, engine)
