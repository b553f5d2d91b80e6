"""What the tests of the store share, also with the processes that they start: moments, names, settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LEASE = MINUTE
TEAM = "T0TEAM"
EVENTS = ("Ev1", "Ev2")
"""A mention makes two events of one message."""


def settings_for(url: str, **more: Any) -> Settings:
    """Settings without anything from outside."""
    given: dict[str, Any] = {"database_url": url, "rolecall_secret": "a secret of the tests", "rolecall_keep_question_text": True}
    return Settings(_env_file=None, **given | more)


@dataclass
class Slack:
    """What was posted, in a file, so that it outlives who posted it."""

    file: Path

    def posted(self) -> list[str]:
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []

    def post(self, text: str) -> None:
        with self.file.open("a") as out:
            out.write(json.dumps(text) + "\n")


def accept_events(store: Store) -> None:
    """Slack delivers, or delivers again."""
    for event in EVENTS:
        store.accept(event, "event", {"channel": "C1", "ts": "1.0", "text": "who owns renewal?"}, NOW)


def answer_all(store: Store, slack: Slack, worker: str, now: datetime) -> None:
    """What the Slack edge does with an inbox."""
    for item in store.claim(worker, now, LEASE, limit=10):
        message = (item.payload["channel"], item.payload["ts"])
        if not store.take_message(TEAM, *message, now, item):
            store.done(item, now, "duplicate")
            continue
        there_already = item.sending_since is not None and "answer" in slack.posted()
        if not there_already and store.sending(item, now):
            slack.post("answer")
        store.done(item, now, "answered")
