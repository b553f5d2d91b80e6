"""What the bot may do in a channel."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.schema import channels

Mode = Literal["off", "mention", "suggest", "answer"]
"""Says nothing; answers when mentioned; offers an answer to whoever asked; answers."""


class Channels(Database):
    """The settings of channels."""

    def set_channel_mode(self, team: str, channel: str, mode: Mode | None, now: datetime) -> None:
        """Stores the mode of a channel; None leaves it to the default again."""
        row = {"team": team, "channel": channel, "mode": mode, "set_at": now}
        with self.writing() as connection:
            if mode is None:
                connection.execute(delete(channels).where(channels.c.team == team, channels.c.channel == channel))
            else:
                insert = self.insert(channels).values(row)
                connection.execute(insert.on_conflict_do_update(index_elements=["team", "channel"], set_={"mode": mode, "set_at": now}))

    def channel_mode(self, team: str, channel: str) -> Mode | None:
        """The mode of a channel; None where nobody has set one."""
        return self.channel_modes(team, channel).get(channel)

    def channel_modes(self, team: str, channel: str | None = None) -> dict[str, Mode]:
        """The modes that were set in a workspace, by channel."""
        wanted = select(channels.c.channel, channels.c.mode).where(channels.c.team == team).order_by(channels.c.channel)
        with self.reading() as connection:
            found = connection.execute(wanted if channel is None else wanted.where(channels.c.channel == channel))
            return {row.channel: row.mode for row in found}
