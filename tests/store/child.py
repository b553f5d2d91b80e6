"""What processes do that tests start. Each says something to the test, and stops until it is killed, or waits to be told to go on."""

from __future__ import annotations

import signal
from collections.abc import Callable
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import event

from bot.store import Store, open_store
from bot.store.migrate import known_revisions
from store.given import LEASE, NOW, Slack, accept_events, answer_all, settings_for

METHODS = ("accept", "claim", "take_message", "sending", "done")
Stop = Callable[..., None]


def stop_at(test: Connection) -> Stop:
    """What stops a process until it is killed."""

    def stop(*_: Any) -> None:
        test.send("stopped")
        while True:
            signal.pause()

    return stop


def crash(test: Connection, url: str, point: str, file: Path) -> None:
    """Accepts and answers as an instance does, until `before accept` (before its commit), `after accept`, `after post` …"""
    stop = stop_at(test)
    when, method = point.split()
    slack, store = Slack(file), open_store(settings_for(url))
    if method == "post":
        post = slack.post
        slack.post = lambda text: stop(post(text))  # type: ignore[method-assign]
    else:
        object.__setattr__(store, method, stopping(store, when, getattr(store, method), stop))
    accept_events(store)
    answer_all(store, slack, "doomed", NOW)


def stopping(store: Store, when: str, method: Callable[..., Any], stop: Stop) -> Callable[..., Any]:
    """The method, with a stop before its commit or after it."""

    @wraps(method)
    def called(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            event.listen(store.engine, "commit", stop)
        return stop(method(*arguments, **named))

    return called


def migrate(test: Connection, url: str) -> None:
    """Stops in the middle of the first migration."""
    stop, make = stop_at(test), op.create_index
    op.create_index = lambda *arguments: stop(make(*arguments))  # type: ignore[assignment]
    open_store(settings_for(url))


def hold_a_write(test: Connection, url: str) -> None:
    """Stops with a transaction that has written."""
    store = open_store(settings_for(url))
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE rolecall_inbox SET attempts = attempts")
        stop_at(test)()


def open_(test: Connection, url: str) -> None:
    """Opens the store, and says at which version it is."""
    test.recv()
    store = open_store(settings_for(url))
    store.ping()
    store.close()
    test.send(known_revisions()[0])


def claim(test: Connection, url: str, worker: str) -> None:
    """Claims until nothing is left, and says which items."""
    store, mine = open_store(settings_for(url)), []
    test.recv()
    while found := store.claim(worker, NOW, LEASE, limit=3):
        mine += [item.id for item in found]
    store.close()
    test.send(mine)
