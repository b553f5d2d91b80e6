"""Brings the tables to the newest version, once, however many processes start together. `migrations/` says what is done."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, String, column, inspect, select, table, text

from bot.folders import shipped_folder
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.schema import VERSION_TABLE

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 7_309_453_000
"""One instance migrates at a time; any number does that no other program of the database uses."""
ONE_AT_A_TIME = Lock()
"""Alembic keeps what it works on in its modules, so that threads have to take turns."""


def upgrade(database: Database) -> None:
    """Brings the database to the newest version: all of the way, or not at all. Raises StoreError."""
    with database.reading() as connection:
        if is_current(connection):
            return
    with ONE_AT_A_TIME, database.writing() as connection:
        lock(connection)
        if is_current(connection):  # another was faster
            return
        from alembic import command  # noqa: PLC0415 - most processes find the tables as they should be, and do not have to hold it in memory

        command.upgrade(alembic_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Whether the tables are those that this version of Rolecall knows. Raises StoreError for those of a later one."""
    made = select(column("version_num", String)).select_from(table(VERSION_TABLE))
    has = connection.scalar(made) if inspect(connection).has_table(VERSION_TABLE) else None
    known = known_revisions()
    if has is not None and has not in known:
        raise StoreError(f'The database was made by a newer Rolecall (it is at "{has}", this one knows "{known[0]}"). Install that one.')
    return has == known[0]


@cache
def known_revisions() -> tuple[str, ...]:
    """The versions of the tables, the newest first: how the names of their files begin."""
    files = (shipped_folder("migrations") / "versions").glob("v*.py")
    return tuple(sorted((file.stem.partition("_")[0] for file in files), reverse=True))


def lock(connection: Connection) -> None:
    """Waits until no other process migrates. SQLite's writing transaction is such a lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})


def alembic_config(connection: Connection) -> Config:
    """What Alembic works with: our folder and the transaction that is open."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(shipped_folder("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
