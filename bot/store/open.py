"""From the settings to an open store: which database, its connections, the secret that people are keyed with."""

from __future__ import annotations

import hashlib
import hmac
import math
import os
import re
import secrets
import sqlite3
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.config import Settings
from bot.store.database import Keep
from bot.store.errors import SettingError, StoreError
from bot.store.hurry import left, unhurried
from bot.store.migrate import upgrade
from bot.store.store import Store

DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
}
"""How addresses begin, and the driver for each."""
PLAIN = re.compile(r"[^:/]+://(?:[^@/?#]*@)?[^@/?#]*(?:/[^@?#]*)?(?:\?[^#@]*)?")
"""An address of a PostgreSQL of which there is no doubt where the password ends."""
NO_ADDRESS = (
    "DATABASE_URL is not the address of a database. It looks like postgresql://user:password@host:5432/name or sqlite:///file; "
    "in a password, write @ as %40, / as %2F, : as %3A, ? as %3F and # as %23."
)
BUSY = 5
"""Seconds that a process waits for another to finish writing to the SQLite file."""
ALIVE = {"keepalives_idle": 30, "tcp_user_timeout": 15_000}
"""After how long an idle connection to a PostgreSQL is looked after, and one with something on its way is given up."""
OTHERS = 3
"""Threads that use the database beside those that take requests and those that answer: for chores and for counting."""


def open_store(settings: Settings) -> Store:
    """The store that the settings name, its tables brought to the newest version. Raises StoreError."""
    url = read_url(settings)
    if url.drivername == "sqlite":
        file = Path(url.database or "")
        make_file(file)
        store = Store(sqlite_engine(url), f'The database "{file}"', find_secret(settings, file.with_suffix(".key")), keep(settings))
    else:
        secret = find_secret(settings, None)
        most = settings.rolecall_threads + settings.rolecall_workers
        store = Store(postgres_engine(url, most), "The PostgreSQL database in DATABASE_URL", secret, keep(settings))
    try:
        with unhurried():
            upgrade(store)
    except BaseException:
        store.close()
        raise
    return store


def read_url(settings: Settings) -> URL:
    """The address of the database. Raises SettingError, which does not repeat any of it: it may hold a password."""
    if settings.database_url is None:
        try:
            return URL.create("sqlite", database=str(settings.state_folder / "rolecall.db"))
        except RuntimeError:
            raise SettingError("This user has no home folder to store anything in. Set DATABASE_URL.") from None
    text = settings.database_url.get_secret_value()
    try:
        url = make_url(text)
        url = url.set(drivername=DRIVERS[url.drivername])
    except (ArgumentError, ValueError, KeyError):
        raise SettingError(NO_ADDRESS) from None
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingError("DATABASE_URL names no file. Write sqlite:///rolecall.db, or four slashes before a path from the root.")
    if url.drivername != "sqlite" and not PLAIN.fullmatch(text):
        raise SettingError(NO_ADDRESS)
    return url


def make_file(file: Path) -> None:
    """An empty file that only this user reads, unless there is one. SQLite gives the files beside it the same rights."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f'"{file}" cannot be written ({error.strerror}). Give this user the right to, or set DATABASE_URL.') from None


def sqlite_engine(url: URL) -> Engine:
    """Connections to a SQLite file."""
    if sqlite3.sqlite_version_info < (3, 35):
        raise SettingError(f"SQLite {sqlite3.sqlite_version} is too old: 3.35 or newer is needed. Use a newer Python, or a PostgreSQL.")
    engine = create_engine(url, connect_args={"timeout": BUSY}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not where sqlite3 thinks fit
        write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # at once as a writer: one that reads first and writes later is refused when another has written in between
        how = connection.get_execution_options().get("rolecall_begin", "BEGIN IMMEDIATE")
        if how:  # reading waits for nobody
            wait_within(connection)
            connection.exec_driver_sql(how)

    return engine


def wait_within(connection: Connection) -> None:
    """Has SQLite wait for other processes no longer than there is time."""
    limit, info = left(), connection.info
    wanted = BUSY if limit is None else min(BUSY, math.ceil(limit * 10) / 10)
    if info.get("waits", BUSY) != wanted:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(wanted * 1_000)}")
        info["waits"] = wanted


def write_ahead(connection: sqlite3.Connection, pause: float = 0.05) -> None:
    """Has SQLite write to a log, so that reading goes on meanwhile.

    While another process turns a new file to that as well, SQLite says at once that it is busy, whatever it was told about waiting.
    """
    for tries in reversed(range(round(BUSY / 0.05))):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if not tries or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(pause)
        else:
            return


def postgres_engine(url: URL, most: int = 2) -> Engine:
    """Connections to a PostgreSQL, also through a pooler such as PgBouncer, which knows no prepared statements; one for each thread."""
    try:
        engine = create_engine(
            url,
            connect_args={**ALIVE, "application_name": "rolecall", "prepare_threshold": None},
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=max(0, most + OTHERS - 5),
            pool_timeout=2,
            hide_parameters=True,
        )
        from bot.store.postgres import connect  # noqa: PLC0415 - only where there is the driver
    except ModuleNotFoundError:
        raise SettingError("PostgreSQL needs a driver. Install Rolecall as rolecall[postgres].") from None
    event.listen(engine, "do_connect", lambda dialect, record, arguments, given: connect(arguments, given))
    return engine


def find_secret(settings: Settings, file: Path | None) -> bytes:
    """What people are keyed with: the secret of the settings, Slack's, or a random one kept in a file. Raises StoreError."""
    given = settings.rolecall_secret or settings.slack_signing_secret
    if given is not None:
        return hmac.new(given.get_secret_value().encode(), b"rolecall people", hashlib.sha256).digest()
    if file is None:
        raise SettingError("Set ROLECALL_SECRET to any long text, the same for all instances: people are stored under keys made with it.")
    try:
        return read_key(file)
    except OSError as error:
        raise StoreError(
            f'"{file}" cannot be read or written ({error.strerror}). Give this user the right to, or set ROLECALL_SECRET.'
        ) from None


def read_key(file: Path) -> bytes:
    """The key in a file that only this user reads; made if there is none. Of processes that make one together, one wins."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_bytes()


def keep(settings: Settings) -> Keep:
    """What is kept, and for how long."""
    return Keep(
        question_text=settings.rolecall_keep_question_text,
        text=timedelta(days=settings.rolecall_keep_text_days),
        inbox=timedelta(days=settings.rolecall_keep_inbox_days),
        threads=timedelta(days=settings.rolecall_keep_threads_days),
        routes=timedelta(days=settings.rolecall_keep_routes_days),
        figures=timedelta(days=settings.rolecall_keep_figures_days),
        people=timedelta(days=settings.rolecall_keep_people_days),
    )
