"""What a database refuses, as one sentence that says what to do. Never with a password, a parameter or a row in it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft


class StoreError(Exception):
    """Something could not be stored or read; the message says why and what to do."""


class SettingError(StoreError):
    """The settings of the store are wrong: trying again would end the same."""


SQLITE_ADVICE = (
    ("locked", "is busy: another process has been writing to it for too long. Run one process, or set DATABASE_URL to a PostgreSQL"),
    ("readonly", "may only be read. Give this user the right to write the file and its folder"),
    ("unable to open", "cannot be opened. See that its folder exists and that this user may write there"),
    ("full", "has no room left on its disk. Make room; nothing that was stored is lost"),
    ("not a database", "is not a SQLite file, or was made with a key. Move it away, or set DATABASE_URL to another"),
    ("malformed", "is damaged. Restore it from a backup, or move it away to start with an empty one"),
    ("disk i/o", "cannot be read or written: the disk reports an error. See to the disk first"),
)
"""Words of SQLite's messages, and what they mean for who runs it."""
POSTGRES_ADVICE = (
    ("28", "refuses the user or the password in DATABASE_URL. Correct them"),
    ("3D", "has no database of the name in DATABASE_URL. Create it, or correct the name"),
    ("42501", "does not let this user do that. Grant it the right to create and write tables in its schema"),
    ("25006", "is read-only, as a standby is. Point DATABASE_URL at the primary"),
    ("53100", "has no room left on its disk. Make room; nothing that was stored is lost"),
    ("53300", "has too many connections. Allow it more, or run fewer instances or threads"),
    ("57014", "took too long and gave up. See what else it is busy with"),
    ("57P", "is shutting down or starting. It will be tried again"),
    ("40", "was asked for the same rows by several at once and gave up on this one. It may be tried again"),
    ("08", "cannot be reached. See that it runs and that host and port in DATABASE_URL are right"),
)
"""Beginnings of PostgreSQL's error codes, and what they mean."""


def explain(error: SQLAlchemyError, where: str) -> StoreError:
    """The error as a person may read and act on it."""
    if isinstance(error, NoConnectionLeft):
        return StoreError(f"{where} is in use by every connection this process may have. Run fewer threads, or more instances.")
    cause = error.orig if isinstance(error, DBAPIError) else None
    if cause is None:
        return StoreError(f"{where} could not do what was asked ({type(error).__name__}).")
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is None:
        return StoreError(f"{where} {advice_of_sqlite(str(cause))}.")
    return StoreError(f"{where} {advice_of_postgres(getattr(cause, 'sqlstate', None), str(cause), diagnosis.message_primary)}.")


def advice_of_sqlite(said: str) -> str:
    """What to do about a message of SQLite's. Its messages name tables and columns, never values."""
    return next((advice for words, advice in SQLITE_ADVICE if words in said.lower()), f"refused it: {said}")


def advice_of_postgres(code: str | None, said: str, primary: str | None) -> str:
    """What to do about an error of PostgreSQL's. Its details may quote a row, so that only the first line is repeated."""
    if code is None:  # no connection, hence no code: libpq's words are all there is, and may quote the address
        if "no answer in time" in said or "no time left" in said or "timeout expired" in said:
            return "does not answer. See that it runs and is not busy with something else"
        tried = (("password", "28"), ("does not exist", "3D"), ("too many", "53300"), ("starting up", "57P"), ("shutting down", "57P"))
        code = next((found for words, found in tried if words in said), "08")
    return next((advice for start, advice in POSTGRES_ADVICE if code.startswith(start)), f"refused it ({code}): {primary}")


def is_away(error: SQLAlchemyError) -> bool:
    """Whether it is the database as a whole that does not answer, rather than something that it refuses."""
    if isinstance(error, NoConnectionLeft):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.orig, "sqlstate", None)
    if hasattr(error.orig, "sqlite_errorcode"):
        return "locked" in str(error.orig)
    return code is None or code.startswith(("08", "57P", "53300"))
