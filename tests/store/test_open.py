"""Opening: which database, who may read its files, the secret; and what is said when something is wrong."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import stat
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import event

from bot.config import Settings, read_settings
from bot.store import Store, StoreError, errors, open_store
from bot.store import open as opening
from bot.store.installations import installation_store, state_store
from store.given import DAY, LEASE, NOW, TEAM, settings_for
from store.postgres_server import PostgresServer


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def settings_in(folder: Path, **more: str) -> Settings:
    return Settings(_env_file=None, xdg_state_home=folder, **more)  # type: ignore[call-arg, arg-type]


def test_without_settings_it_is_a_file_in_the_users_state_folder_that_only_they_read(tmp_path: Path) -> None:
    store = open_store(settings_in(tmp_path))
    store.accept("Ev1", "event", {}, NOW)

    folder = tmp_path / "rolecall"
    assert mode(folder) == 0o700
    assert {file.name: mode(file) for file in folder.iterdir()} == dict.fromkeys(
        ("rolecall.db", "rolecall.db-wal", "rolecall.db-shm", "rolecall.key"), 0o600
    )
    store.close()


def test_the_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_settings().state_folder == tmp_path / ".local" / "state" / "rolecall"

    monkeypatch.setenv("DATABASE_URL", "sqlite:///here.db")
    monkeypatch.setenv("ROLECALL_KEEP_QUESTION_TEXT", "yes")
    monkeypatch.setenv("ROLECALL_KEEP_TEXT_DAYS", "3")
    store = open_store(read_settings())
    assert (store.keep.question_text, store.keep.text) == (True, 3 * DAY)
    assert mode(tmp_path / "here.db") == 0o600
    store.close()


def test_a_file_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "rolecall.db"
    file.touch(mode=0o640)
    file.chmod(0o640)
    open_store(settings_for(f"sqlite:///{file}")).close()

    assert mode(file) == 0o640


def test_people_keep_their_key_where_the_secret_stays(tmp_path: Path) -> None:
    keys = []
    for given in ({}, {}, {"rolecall_secret": "a"}, {"rolecall_secret": "a", "slack_signing_secret": "b"}, {"slack_signing_secret": "b"}):
        store = open_store(settings_in(tmp_path, **given))
        keys.append(store.person(TEAM, "U1"))
        store.close()

    assert keys[0] == keys[1]
    assert keys[2] == keys[3]
    assert len(set(keys)) == 3


def test_processes_that_make_a_key_together_use_one(tmp_path: Path) -> None:
    wait = threading.Barrier(6)
    found: list[bytes] = []

    def read() -> None:
        wait.wait()
        found.append(opening.read_key(tmp_path / "rolecall.key"))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 6
    assert len(set(found)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["rolecall.key"]


def test_postgresql_needs_a_secret(postgres: PostgresServer) -> None:
    with pytest.raises(StoreError, match="Set ROLECALL_SECRET"):
        open_store(settings_for(postgres.url("postgres"), rolecall_secret=None))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_found_however_its_address_begins(postgres: PostgresServer, migrated_postgres: str, scheme: str) -> None:
    store = open_store(settings_for(postgres.url(migrated_postgres).replace("postgres:", f"{scheme}:", 1)))
    store.ping()
    assert "hunter2" not in repr(store)
    store.close()


BAD_URLS = {
    "mysql://rolecall:hunter2@db/rolecall": "DATABASE_URL is not the address",
    "postgres://rolecall:hunter2@db:port/rolecall": "DATABASE_URL is not the address",
    "hunter2": "DATABASE_URL is not the address",
    "sqlite://": "names no file",
    "sqlite:///:memory:": "names no file",
    "postgres://rolecall:hunter2@127.0.0.1:1/rolecall": "cannot be reached",
    "postgres://rolecall:hunter2@/rolecall?host=/nowhere": "cannot be reached",
    "postgres://rolecall@127.0.0.1:1/rolecall?password=hunter2": "cannot be reached",
}


@pytest.mark.parametrize("url", BAD_URLS)
def test_what_is_wrong_with_an_address_is_said_without_the_password(url: str) -> None:
    with pytest.raises(StoreError, match=BAD_URLS[url]) as refused:
        open_store(settings_for(url))

    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def test_what_postgresql_refuses_is_said(postgres: PostgresServer) -> None:
    name = postgres.new_database()
    url = postgres.url(name)
    postgres.execute("CREATE ROLE guest LOGIN CONNECTION LIMIT 5; CREATE ROLE late LOGIN CONNECTION LIMIT 0")

    for wrong, said in {
        postgres.url("nowhere"): "has no database of the name",
        url.replace("rolecall@", "stranger@"): "refuses the user|has no database",
        url.replace("rolecall@", "guest@"): "does not let this user",
        url.replace("rolecall@", "late@"): "too many connections",
    }.items():
        with pytest.raises(StoreError, match=said):
            open_store(settings_for(wrong))
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(StoreError, match="is read-only"):
        open_store(settings_for(url))


@pytest.mark.parametrize(
    ("code", "said", "advice"),
    [
        (None, 'FATAL: password authentication failed for user "rolecall"', "refuses the user or the password"),
        (None, "FATAL: the database system is starting up", "is shutting down or starting"),
        (None, "connection refused", "cannot be reached"),
        ("53100", "", "has no room left"),
        ("40P01", "deadlock detected", "may be tried again"),
        ("42P01", "", 'refused it \\(42P01\\): relation "x" does not exist'),
    ],
)
def test_what_postgresql_says_is_told_with_what_to_do(code: str | None, said: str, advice: str) -> None:
    assert re.search(advice, errors.advice_of_postgres(code, said, 'relation "x" does not exist'))


def test_after_postgresql_has_dropped_its_connections_the_store_goes_on(postgres: PostgresServer, migrated_postgres: str) -> None:
    name = migrated_postgres
    postgres.empty(name)
    store = open_store(settings_for(postgres.url(name)))
    store.accept("Ev1", "event", {}, NOW)
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    assert len(store.claim("worker", NOW, LEASE)) == 1
    store.close()


def test_a_file_that_is_not_a_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rolecall.db"
    file.write_text("company: Acme, which is not a database at all, however long one looks at it\n" * 100)

    with pytest.raises(StoreError, match="is not a SQLite file"):
        open_store(settings_for(f"sqlite:///{file}"))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot be written"):
        open_store(settings_for(f"sqlite:///{tmp_path / 'file' / 'rolecall.db'}"))


@pytest.mark.parametrize(
    ("pragma", "said"),
    [("query_only = ON", "may only be read"), ("max_page_count = 1", "has no room left on its disk")],
)
def test_a_write_that_sqlite_refuses_is_told_and_nothing_of_it_is_stored(tmp_path: Path, pragma: str, said: str) -> None:
    store = open_store(settings_for(f"sqlite:///{tmp_path / 'rolecall.db'}"))
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}").close())

    with pytest.raises(StoreError, match=said):
        store.accept("Ev1", "event", {"text": "x" * 500_000}, NOW)
    store.ping()
    assert store.backlog().waiting == 0
    store.close()


class Turning:
    """A connection to a file that other processes turn to a log at the same time."""

    def __init__(self, refusals: int, code: int) -> None:
        self.refusals, self.code = refusals, code

    def execute(self, statement: str) -> io.StringIO:
        if self.refusals:
            self.refusals -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error
        return io.StringIO()


@pytest.mark.parametrize(("refusals", "code", "turned"), [(99, 5, True), (99, 261, True), (100, 5, False), (1, 8, False)])
def test_turning_a_new_file_to_a_log_waits_for_others_who_do(refusals: int, code: int, turned: bool) -> None:
    connection = Turning(refusals, code)
    if turned:
        opening.write_ahead(connection, pause=0)  # type: ignore[arg-type]
    else:
        with pytest.raises(sqlite3.OperationalError):
            opening.write_ahead(connection, pause=0)  # type: ignore[arg-type]
    assert connection.refusals == 0


def test_a_file_that_another_process_writes_to_for_too_long_is_busy(tmp_path: Path) -> None:
    file = tmp_path / "rolecall.db"
    store = open_store(settings_for(f"sqlite:///{file}"))
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 1").close())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="is busy"):
        store.accept("Ev1", "event", {}, NOW)
    assert store.backlog().waiting == 0, "reading goes on"
    other.execute("COMMIT")
    other.close()
    assert store.accept("Ev1", "event", {}, NOW)
    store.close()


def test_a_store_is_not_carried_over_a_fork(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", lambda: store.process + 1)

    with pytest.raises(StoreError, match="before this process was forked"):
        store.ping()


def test_a_moment_without_a_time_zone_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        store.accept("Ev1", "event", {}, NOW.replace(tzinfo=None))


def test_a_transaction_is_stored_as_a_whole_or_not_at_all(store: Store) -> None:
    def half() -> None:
        with store.writing() as connection:
            connection.exec_driver_sql("DROP TABLE rolecall_askers")
            connection.exec_driver_sql("DROP TABLE rolecall_nothing")

    with pytest.raises(StoreError, match="refused it"):
        half()
    assert store.ask_openly(TEAM, "key", store.person(TEAM, "U1"), NOW)


def test_errors_do_not_repeat_what_was_to_be_stored(store: Store) -> None:
    name = f"C0{TEAM}SECRET"
    with pytest.raises(StoreError) as refused:
        store.set_channel_mode(TEAM, name, "loud", NOW)  # type: ignore[arg-type]

    assert name not in "".join(traceback.format_exception(refused.value))


def test_what_is_stored_is_not_logged_even_where_statements_are(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sqlalchemy.engine")
    store = open_store(settings)
    store.accept("Ev1", "event", {"text": "who owns pizza?"}, NOW)
    store.close()

    assert "INSERT INTO rolecall_inbox" in caplog.text
    assert "pizza" not in caplog.text


def test_threads_of_a_process_never_find_the_file_busy(tmp_path: Path) -> None:
    store = open_store(settings_for(f"sqlite:///{tmp_path / 'rolecall.db'}"))
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 0").close())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: store.accept(f"Ev{number}", "event", {}, NOW), range(80)))
    store.close()


def test_slacks_own_stores_work_on_our_tables(store: Store) -> None:
    installations, states = installation_store(store, "client"), state_store(store)
    installation = Installation(app_id="A1", team_id=TEAM, user_id="U1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U2")
    installations.save(installation)
    state = states.issue()

    found = installations.find_bot(enterprise_id=None, team_id=TEAM)
    assert found is not None
    assert found.bot_token == "xoxb-1"
    assert states.consume(state)
    assert not states.consume(state)
    installations.delete_all(enterprise_id=None, team_id=TEAM)
    assert installations.find_installation(enterprise_id=None, team_id=TEAM) is None
