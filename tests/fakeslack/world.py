"""What a workspace is furnished with, and what its admins do: people, channels, groups, shared channels, installations."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

from fakeslack.people import Act, Person
from fakeslack.robots import OtherBot
from fakeslack.sender import Delivery
from fakeslack.state import Channel, State, Team, User

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.happenings import Happenings


class World:
    """The part of a FakeSlack that is about who and what is there."""

    state: State
    happenings: Happenings
    home: Team
    people: list[Person]
    bots: list[Bot]
    codes: dict[str, Bot]

    def team(self, name: str, *, domain: str = "", enterprise_id: str | None = None) -> Team:
        """A workspace; the first is home."""
        team = Team(self.state.new_id("T"), name, domain or re.sub(r"\W+", "-", name.lower()), enterprise_id)
        self.state.teams[team.id] = team
        return team

    def add_user(self, name: str, team: Team, *, id: str = "", **more: Any) -> User:
        """An account."""
        user = User(id or self.state.new_id("U"), name, team, **more)
        self.state.users[user.id] = user
        return user

    def person(self, name: str, *, team: Team | None = None, **more: Any) -> Person:
        """Somebody: `title=`, `guest="multi"|"single"`, `email=`, `admin=True`, or of another workspace."""
        person = Person(self, self.add_user(name, team or self.home, **more))  # type: ignore[arg-type]
        self.people.append(person)
        return person

    def other_bot(self, name: str) -> OtherBot:
        """A bot that is not under test and writes on its own."""
        user = self.add_user(name, self.home, bot_id=self.state.new_id("B"), app_id=self.state.new_id("A"))
        return OtherBot(self, user)  # type: ignore[arg-type]

    def channel(self, name: str, *, members: Any = (), private: bool = False, **more: Any) -> Channel:
        """A channel: `shared_with=` and `invited=` name other workspaces, `archived=True` closes it."""
        shared, invited = more.pop("shared_with", ()), more.pop("invited", ())
        made = Channel(self.state.new_id("C"), name.removeprefix("#"), "private" if private else "public", self.home, **more)
        made.members = [member.id for member in members]
        made.connected, made.pending = [team.id for team in shared], [team.id for team in invited]
        self.state.channels[made.id] = made
        return made

    def find_channel(self, place: Any) -> Channel:
        """A channel by its name or id."""
        if isinstance(place, Channel):
            return place
        for channel in self.state.channels.values():
            if place in (channel.id, f"#{channel.name}"):
                return channel
        raise AssertionError(f"there is no {place}")

    def group_dm(self, *members: Any) -> Channel:
        """The conversation of several people, bots among them."""
        return self.state.direct(*(member.id for member in members))

    def usergroup(self, handle: str, members: Any = ()) -> str:
        """A group of people; its id."""
        id = self.state.new_id("S")
        users = [member.id for member in members]
        self.state.usergroups[id] = {"id": id, "team_id": self.home.id, "handle": handle, "name": handle, "users": users, "date_delete": 0}
        return id

    def invites(self, member: Any, place: Any, by: Any = None) -> Act:
        """Somebody, or a bot, is brought into a channel."""
        channel, user = self.find_channel(place), getattr(member, "user", member)
        event = self.happenings.joined(user, channel, getattr(by, "user", None))
        return self._happened(self.happenings.tell(event, channel, user))

    def shares(self, place: Any, team: Team, *, accepted: bool = True) -> Act:
        """A channel is shared with another workspace, or that is invited to it."""
        channel = self.find_channel(place)
        if not accepted:
            channel.pending.append(team.id)
            return self._happened([])
        channel.connected.append(team.id)
        channel.pending = [id for id in channel.pending if id != team.id]
        return self._happened(
            self.happenings.tell({"type": "channel_shared", "connected_team_id": team.id, "channel": channel.id}, channel)
        )

    def unshares(self, place: Any, team: Team) -> Act:
        """A channel is no longer shared with a workspace."""
        channel = self.find_channel(place)
        channel.connected.remove(team.id)
        event = {"type": "channel_unshared", "previously_connected_team_id": team.id, "channel": channel.id}
        return self._happened(self.happenings.tell(event | {"is_ext_shared": channel.is_ext_shared}, channel))

    def archives(self, place: Any) -> Act:
        """A channel is closed."""
        channel = self.find_channel(place)
        channel.archived = True
        return self._happened(self.happenings.tell({"type": "channel_archive", "channel": channel.id}, channel))

    def uninstalls(self, bot: Bot) -> Act:
        """An app is removed: its token is void, and it is told."""
        bot.revoked = True
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot.id]}}
        return self._happened([*self.happenings.tell(revoked, to=bot), *self.happenings.tell({"type": "app_uninstalled"}, to=bot)])

    def revokes(self, bot: Bot) -> Act:
        """The token of an app is void, and it is told."""
        bot.revoked = True
        return self._happened(self.happenings.tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot.id]}}, to=bot))

    def authorizes(self, bot: Bot) -> str:
        """Somebody agrees to an installation; the code for it, which can be used once."""
        code = secrets.token_hex(10)
        self.codes[code] = bot
        return code

    def verifies(self, bot: Bot) -> bool:
        """Asks whether the bot is behind its URL."""
        challenge = secrets.token_hex(16)
        delivery = self.sender.send(bot, "event", {"type": "url_verification", "token": "x", "challenge": challenge})  # type: ignore[attr-defined]
        return delivery.acked and challenge in str(delivery.ack)

    def happens(self, bot: Bot, event: dict[str, Any], place: Any = None) -> Act:
        """Any other event, told to one bot."""
        return self._happened(self.happenings.tell(event, self.find_channel(place) if place else None, to=bot))

    def runs_step(self, bot: Bot, callback_id: str, inputs: dict[str, Any], by: Person) -> dict[str, Any]:
        """A step of a workflow that the bot is to do; what became of it stands in the result, once the bot has said so."""
        id = self.state.new_id("Fx")
        step = self.state.steps[id] = {"ended": False, "outputs": None, "error": ""}
        function = {"id": "Fn01", "callback_id": callback_id, "title": callback_id, "type": "app", "app_id": bot.app_id}
        event = {"type": "function_executed", "function": function, "inputs": inputs, "function_execution_id": id}
        event |= {"workflow_execution_id": self.state.new_id("Wx"), "bot_access_token": bot.step_token}
        step["delivered"] = self.happenings.tell(event | {"event_ts": self.state.stamp()}, to=bot, actor=by.user)
        return self.wait_for(lambda: step if step["ended"] else {}) or step  # type: ignore[attr-defined]

    def _happened(self, deliveries: list[Delivery]) -> Act:
        """What was delivered."""
        return Act(None, None, deliveries, self.state.stamp())
