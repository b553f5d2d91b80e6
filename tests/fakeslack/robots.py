"""Bots of others, which write into channels and must not be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.people import Act
from fakeslack.state import User

if TYPE_CHECKING:
    from fakeslack.slack import FakeSlack


class OtherBot:
    """A bot that is not under test."""

    def __init__(self, slack: FakeSlack, user: User) -> None:
        self.slack, self.user = slack, user

    @property
    def id(self) -> str:
        return self.user.id

    def writes(self, text: str, in_: Any, *, classic: bool = False, thread: Any = None) -> Act:
        """A message: as apps write today, or with the subtype of the older integrations. `{bot}` has to be put in by the test."""
        more: dict[str, Any] = {"bot_id": self.user.bot_id, "thread_ts": thread.root if thread else None}
        more |= {"subtype": "bot_message"} if classic else {"app_id": self.user.app_id}
        at = self.slack.state.stamp()
        message = self.slack.happenings.write(self.user, self.slack.find_channel(in_), text, **more)
        return Act(None, message, self.slack.happenings.posted(message, self.user), at)
