"""The versions of the tables: up from the oldest, down, up again; what is there stays; they end where `schema.py` says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, insert, inspect, text

from bot.config import Settings
from bot.load.shipped import shipped_folder
from bot.store import Store, StoreError, open_store
from bot.store import open as opening
from bot.store.migrate import alembic_config, known_revisions, upgrade
from bot.store.schema import VERSION_TABLE, inbox, metadata
from store.given import LEASE, NOW

OLDEST = "v0001"


@pytest.fixture
def bare(empty_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store on a database without any tables."""
    with monkeypatch.context() as patch:
        patch.setattr(opening, "upgrade", lambda _: None)
        store = open_store(empty_settings)
    yield store
    store.close()


def go(store: Store, version: str) -> None:
    """Brings the tables to a version, later or earlier."""
    with store.writing() as connection:
        move = command.downgrade if version == "base" else command.upgrade
        move(alembic_config(connection), version)


def tables(store: Store) -> set[str]:
    with store.reading() as connection:
        return set(inspect(connection).get_table_names()) - {VERSION_TABLE, "sqlite_sequence"}


def all_tables() -> MetaData:
    """Ours and those that Slack's SDK looks for."""
    wanted = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(wanted)
    SQLAlchemyInstallationStore.build_bots_table(wanted, SQLAlchemyInstallationStore.default_bots_table_name)
    SQLAlchemyInstallationStore.build_installations_table(wanted, SQLAlchemyInstallationStore.default_installations_table_name)
    SQLAlchemyOAuthStateStore.build_oauth_states_table(wanted, SQLAlchemyOAuthStateStore.default_table_name)
    return wanted


def test_versions_are_numbered_in_order() -> None:
    assert [*reversed(known_revisions())] == [f"v{number:04}" for number in range(1, len(known_revisions()) + 1)]
    assert known_revisions()[-1] == OLDEST
    assert known_revisions() == tuple(each.revision for each in ScriptDirectory(str(shipped_folder("migrations"))).walk_revisions())


def test_up_from_nothing_down_and_up_again(bare: Store) -> None:
    for _ in range(2):
        upgrade(bare)
        assert tables(bare) == set(all_tables().tables)
        bare.ping()
        go(bare, "base")
        assert tables(bare) == set()
    upgrade(bare)
    assert bare.backlog().waiting == 0


def test_what_the_oldest_version_stored_is_there_in_the_newest(bare: Store) -> None:
    go(bare, OLDEST)
    row = {"key": "k", "kind": "event", "payload": {"text": "who owns renewal?"}, "accepted_at": NOW, "due_at": NOW, "attempts": 0}
    with bare.writing() as connection:
        connection.execute(insert(inbox).values(row))
    upgrade(bare)

    (item,) = bare.claim("worker", NOW, LEASE)
    assert item.payload == {"text": "who owns renewal?"}


def test_the_newest_version_is_what_the_schema_says(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, all_tables()) == []


def test_values_that_nothing_means_are_refused_by_the_tables_themselves(store: Store) -> None:
    for table, column in (("channels", "mode"), ("feedback", "vote"), ("questions", "status")):
        with store.reading() as connection:
            checks = inspect(connection).get_check_constraints(f"rolecall_{table}")
        assert [check["name"] for check in checks] == [f"rolecall_{table}_{column}_known"]


def test_a_database_of_a_newer_version_is_refused_and_left_alone(settings: Settings, store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = 'v9999'"))

    with pytest.raises(StoreError, match=r'made by a newer Rolecall \(it is at "v9999"'):
        open_store(settings)
    assert tables(store) == set(all_tables().tables)
    with store.writing() as connection:  # the database is used by other tests
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{known_revisions()[0]}'"))


def test_opening_again_changes_nothing(settings: Settings, store: Store) -> None:
    store.accept("Ev1", "event", {}, NOW)
    open_store(settings).close()

    assert store.backlog().waiting == 1
