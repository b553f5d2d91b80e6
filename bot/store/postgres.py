"""Connections to a PostgreSQL that are not waited for without end. The only door to psycopg, which not everybody has.

What the server enforces, such as `statement_timeout`, is no help where it is the server that hangs.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from psycopg import Connection, OperationalError

from bot.store.hurry import left

CONNECT = 5
"""Seconds in which a connection has to come about."""


class ImpatientConnection(Connection[Any]):
    """A connection that is given up when the time is over: whether what it was in the middle of came about is not known then."""

    def wait(self, gen: Any, *given: Any, **named: Any) -> Any:
        """Waits for an answer, for as long as there is time."""
        try:
            return super().wait(gen if left() is None else limited(gen), *given, **named)
        except TimeoutError:
            self.close()
            raise OperationalError("no answer in time") from None


def limited(gen: Any) -> Generator[Any, Any, Any]:
    """The steps of a call; psycopg takes one ten times a second even where nothing has come."""
    ready = None
    while True:
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
        ready = yield wanted
        if not ready and left() == 0:
            gen.close()
            raise TimeoutError


def connect(arguments: list[Any], given: dict[str, Any]) -> ImpatientConnection:
    """A new connection, in the time that is left."""
    limit = left()
    if limit == 0:
        raise OperationalError("no time left to connect")
    seconds = CONNECT if limit is None else max(1, min(CONNECT, int(limit)))
    return ImpatientConnection.connect(*arguments, **given | {"connect_timeout": seconds})
