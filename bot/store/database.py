"""A database, open: reads, writes, who people are in it. What every part of the store stands on."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, NewType

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from bot.store.errors import StoreError, explain, is_away
from bot.store.hurry import Away, is_hurried, left, timed

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

PersonKey = NewType("PersonKey", str)
"""A person, as the store knows them."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What is kept, and for how long."""

    question_text: bool
    """Whether the words of open questions and of answers voted down are stored at all."""
    text: timedelta
    inbox: timedelta
    threads: timedelta
    routes: timedelta
    figures: timedelta
    people: timedelta


@dataclass(frozen=True)
class Database:
    """A database that many threads of one process share."""

    engine: Engine = field(repr=False)
    where: str
    """The database as people may read it, without a password."""
    secret: bytes = field(repr=False)
    keep: Keep
    process: int = field(default_factory=os.getpid)
    turn: Lock = field(default_factory=Lock, repr=False)
    """SQLite has one writer at a time: threads wait here, in order, and only processes for the file itself."""

    away: Away = field(default_factory=Away, repr=False)
    """Whether the database is known not to answer."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For one statement that only reads: without a transaction around it, which would be two more ways to the database.

        Raises StoreError.
        """
        with self.told(), self.engine.connect().execution_options(**self.alone) as connection, connection.begin():
            yield connection

    @property
    def alone(self) -> dict[str, str]:
        """The options by which a statement stands for itself."""
        return {"isolation_level": "AUTOCOMMIT"} if self.on_postgres else {"rolecall_begin": ""}

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is stored, or nothing. Raises StoreError."""
        with self.told():
            if self.on_postgres:
                with self.engine.begin() as connection:
                    yield connection
            else:
                with self.my_turn(), self.engine.begin() as connection:
                    yield connection

    @contextmanager
    def my_turn(self) -> Iterator[None]:
        """Once it is this thread's turn to write. Raises StoreError where there is no time to wait for it."""
        limit = left()
        if not self.turn.acquire(timeout=-1 if limit is None else limit):
            raise StoreError(f"{self.where} is busy: what is being written takes too long.")
        try:
            yield
        finally:
            self.turn.release()

    @contextmanager
    def told(self) -> Iterator[None]:
        """What the database refuses is told as a StoreError."""
        if os.getpid() != self.process:  # two processes on one connection would read each other's answers
            raise StoreError("The store was opened before this process was forked. Open one in every process.")
        if self.away.is_known and is_hurried():
            raise StoreError(f"{self.where} did not answer a moment ago. It is asked again every few seconds.")
        try:
            with timed():
                yield
            self.away.back()
        except SQLAlchemyError as error:
            if is_away(error):
                self.away.note()
            if isinstance(error, StatementError) and not isinstance(error, DBAPIError) and error.orig is not None:
                raise error.orig from None  # what was to be stored is not of its kind: a mistake of ours
            raise explain(error, self.where) from None  # the original may quote what was to be stored

    @property
    def on_postgres(self) -> bool:
        """Whether this is a PostgreSQL, which has many writers."""
        return self.engine.dialect.name == "postgresql"

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An insert that may say what happens to a row that is already there."""
        if not self.on_postgres:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - two megabytes that SQLite needs not

        return postgresql.insert(table)

    def person(self, team: str, user: str) -> PersonKey:
        """The key of a person, from which nobody without the secret finds out who it is."""
        return PersonKey(hmac.new(self.secret, joined(team, user), hashlib.sha256).hexdigest())

    def ping(self) -> None:
        """Whether the database answers and has its tables. Raises StoreError."""
        with self.reading() as connection:
            connection.execute(text("SELECT 1 FROM rolecall_version"))

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def digest(*parts: str) -> str:
    """What is recognised, but not read, by its parts: the address of a message, the key of an event."""
    return hashlib.sha256(joined(*parts)).hexdigest()


def joined(*parts: str) -> bytes:
    """The parts as one, so that no two lists of parts are alike."""
    return json.dumps(parts).encode()
