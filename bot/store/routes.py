"""Ask a human: from the message in the channel of those who help back to the conversation of who asked.

The only table that holds a person's Slack id: a reply has to find them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.schema import routes


@dataclass(frozen=True, slots=True)
class Route:
    """Where people were asked for help, and where their reply goes."""

    team: str
    channel: str
    ts: str
    """The message that asks for help: replies are in its thread."""
    asker: str
    asker_channel: str
    asker_thread: str | None = None
    question: int | None = None


class Routes(Database):
    """Where replies go."""

    def open_route(self, route: Route, now: datetime) -> None:
        """Stores a route; the same message is routed once."""
        row = {name: getattr(route, name) for name in Route.__slots__}
        person = self.person(route.team, route.asker)
        with self.writing() as connection:
            connection.execute(self.insert(routes).values(row | {"person": person, "opened_at": now}).on_conflict_do_nothing())

    def route(self, team: str, channel: str, ts: str, now: datetime) -> Route | None:
        """Where a reply in this thread goes; None where nobody was asked, or too long ago."""
        with self.reading() as connection:
            row = connection.execute(
                select(*(routes.c[name] for name in Route.__slots__)).where(
                    routes.c.team == team, routes.c.channel == channel, routes.c.ts == ts, routes.c.opened_at >= now - self.keep.routes
                )
            ).one_or_none()
        return None if row is None else Route(**row._mapping)

    def close_route(self, route: Route) -> None:
        """Removes a route that is no longer needed."""
        with self.writing() as connection:
            connection.execute(
                delete(routes).where(routes.c.team == route.team, routes.c.channel == route.channel, routes.c.ts == route.ts)
            )
