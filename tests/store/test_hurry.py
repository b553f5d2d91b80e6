"""A database that hangs is not waited for where Slack waits for us; what it is asked for otherwise has an end as well."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store, StoreError, hurried, open_store
from bot.store.hurry import ALLOWED
from store.given import NOW, settings_for
from store.postgres_server import PostgresServer, stopped


@pytest.fixture(scope="module")
def hanging() -> Iterator[PostgresServer]:
    """A server that nobody else uses."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def on_postgres(hanging: PostgresServer) -> Iterator[Store]:
    store = open_store(settings_for(hanging.url(hanging.new_database())))
    yield store
    store.close()


def seconds_to_fail(store: Store, *, writes: bool) -> float:
    """How long it takes until it is said that the store does not answer."""
    begun = time.monotonic()
    ask = (lambda: store.accept("Ev9", "event", {}, NOW)) if writes else store.ping
    with hurried(), pytest.raises(StoreError, match=r"does not answer|did not answer|is busy"):
        ask()
    return time.monotonic() - begun


@pytest.mark.parametrize("writes", [False, True])
def test_a_postgresql_that_hangs_is_waited_for_once_and_then_known_to_be_away(
    hanging: PostgresServer, on_postgres: Store, *, writes: bool
) -> None:
    on_postgres.ping()
    with stopped(hanging):
        assert seconds_to_fail(on_postgres, writes=writes) < 2
        assert seconds_to_fail(on_postgres, writes=writes) < 0.1
        on_postgres.away.back()
        assert seconds_to_fail(on_postgres, writes=writes) < 2.6, "a new connection does not come about either"
    on_postgres.accept("Ev1", "event", {}, NOW)
    with hurried():
        on_postgres.ping()


def test_whoever_is_in_no_hurry_is_not_kept_for_ever_either(hanging: PostgresServer, on_postgres: Store) -> None:
    on_postgres.ping()
    token = ALLOWED.set(1.5)
    try:
        with stopped(hanging), pytest.raises(StoreError, match="does not answer"):
            on_postgres.ping()
    finally:
        ALLOWED.reset(token)


def test_a_file_that_another_process_writes_to_is_not_waited_for_in_a_hurry(tmp_path: Path) -> None:
    file = tmp_path / "rolecall.db"
    store = open_store(settings_for(f"sqlite:///{file}"))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert seconds_to_fail(store, writes=True) < 2
    assert seconds_to_fail(store, writes=True) < 0.1
    other.execute("COMMIT")
    other.close()
    assert store.accept("Ev1", "event", {}, NOW)
    with hurried():
        assert store.accept("Ev2", "event", {}, NOW)
    with store.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5_000
    store.close()


def test_in_a_hurry_nobody_waits_long_for_other_threads_that_write(tmp_path: Path) -> None:
    store = open_store(settings_for(f"sqlite:///{tmp_path / 'rolecall.db'}"))
    with store.turn:
        assert seconds_to_fail(store, writes=True) < 2
    store.close()
