"""People in Slack: whether they are of this workspace, how they are called, which audiences they belong to. Not known is no."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from slack_sdk import WebClient

from bot.domain.company import Company
from bot.render.inert import clean, cut
from bot.slack.client import Done, Later, Outcome, call
from bot.slack.identity import Me
from bot.store import is_hurried

Value = TypeVar("Value")
KNOWN, UNKNOWN = 600.0, 20.0
"""Seconds for which what was found is believed, and what could not be found out."""
GROUPS = 120.0
"""Seconds for which the members of a group are believed: somebody who left may see what they could see for no longer."""
IN_TIME, PATIENTLY = 0.8, 8.0
"""Seconds that looks at groups may take, all of them together: while Slack waits for us, and otherwise."""
AT_ONCE = 8
"""How many groups are looked at side by side."""
MOST = 10_000
NAME = 60


class Remembered(Generic[Value]):
    """Answers of Slack that are good for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.known: dict[Hashable, tuple[float, Value]] = {}
        self.turn = Lock()

    def find(self, at: Hashable, ask: Callable[[], tuple[Value, float]]) -> Value:
        """What is known, or what `ask` finds and for how many seconds it is good."""
        known = self.known.get(at)
        if known is not None and known[0] > self.clock():
            return known[1]
        value, seconds = ask()
        with self.turn:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[at] = (self.clock() + seconds, value)
        return value

    def peek(self, at: Hashable) -> Value | None:
        """What is known; None where nothing is."""
        known = self.known.get(at)
        return known[1] if known is not None and known[0] > self.clock() else None

    def forget(self, at: Hashable) -> None:
        """Asks anew next time."""
        with self.turn:
            self.known.pop(at, None)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as Slack shows them."""

    team: str
    enterprise: str
    name: str
    title: str
    is_stranger: bool
    is_bot: bool
    is_gone: bool


class People:
    """Asks Slack about people, and remembers for a while."""

    def __init__(self, client: WebClient) -> None:
        self.client = client
        self.people: Remembered[Person | Later | None] = Remembered()
        self.groups: Remembered[frozenset[str]] = Remembered()
        self.in_time = IN_TIME
        self.looks: dict[str, Future[frozenset[str]]] = {}
        """The groups that Slack is being asked about just now."""
        self.lookers: ThreadPoolExecutor | None = None
        self.turn = Lock()

    def find(self, user: str) -> Person | Later | None:
        """Somebody; None where Slack does not tell, `Later` where it does not just now."""
        return self.people.find(user, lambda: person_of(call(self.client, "users.info", user=user)))

    def is_home(self, user: str, me: Me) -> bool | Later:
        """Whether somebody is a verified member of this workspace, or of another one of the same organisation."""
        found = self.find(user)
        if isinstance(found, Later):
            return found
        if found is None or found.is_stranger or found.is_bot or found.is_gone:
            return False
        return found.team == me.team or bool(me.enterprise and me.enterprise in (found.enterprise, found.team))

    def name(self, user: str) -> str:
        """How somebody is called; the words are theirs, so that they are only ever shown as plain text."""
        found = self.find(user)
        return found.name if isinstance(found, Person) and found.name else "A colleague"

    def title(self, user: str) -> str:
        """The title in somebody's profile; empty where there is none or it cannot be read."""
        found = self.find(user)
        return found.title if isinstance(found, Person) else ""

    def audiences(self, user: str, company: Company, restricted: frozenset[str]) -> frozenset[str]:
        """The audiences for which something is meant and that the model lists this person in, by their own id or a group's."""
        listed = {name: company.audiences.get(name, ()) for name in restricted}
        members = self.members(each for ids in listed.values() if user not in ids for each in ids)
        return frozenset({"public", *(name for name, ids in listed.items() if is_among(user, ids, members))})

    def is_listed(self, user: str, ids: tuple[str, ...]) -> bool:
        """Whether somebody is among these ids of people and groups."""
        return user in ids or is_among(user, ids, self.members(ids))

    def members(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Who is in the groups among some ids, asked for side by side; nobody in those that Slack does not tell of in time."""
        looks = {group: self.look(group) for group in dict.fromkeys(ids) if group.startswith("S")}
        wait(looks.values(), self.in_time if is_hurried() else PATIENTLY)
        return {group: look.result() if look.done() and not look.exception() else frozenset() for group, look in looks.items()}

    def look(self, group: str) -> Future[frozenset[str]]:
        """The members of a group, now or soon. What comes too late is known the next time."""
        known = self.groups.peek(group)
        if known is not None:
            found: Future[frozenset[str]] = Future()
            found.set_result(known)
            return found
        with self.turn:
            under_way = self.looks.get(group)
            if under_way is None or under_way.done():
                self.lookers = self.lookers or ThreadPoolExecutor(AT_ONCE, "groups")  # not before a fork: threads do not live through one
                under_way = self.looks[group] = self.lookers.submit(self.ask, group)
            return under_way

    def ask(self, group: str) -> frozenset[str]:
        """Who is in a group; nobody where Slack does not tell."""
        return self.groups.find(group, lambda: members_of(call(self.client, "usergroups.users.list", usergroup=group)))


def is_among(user: str, ids: Iterable[str], members: Mapping[str, frozenset[str]]) -> bool:
    """Whether somebody is among these ids, or in one of the groups among them."""
    return any(user == id or user in members.get(id, ()) for id in ids)


def person_of(outcome: Outcome) -> tuple[Person | Later | None, float]:
    """Somebody, and for how long that is good."""
    if isinstance(outcome, Later):
        return outcome, min(outcome.seconds, UNKNOWN)
    user = outcome.said.get("user") if isinstance(outcome, Done) else None
    if not isinstance(user, dict):
        return None, UNKNOWN
    profile = mapping(user.get("profile"))
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name") or ""
    found = Person(
        team=str(user.get("team_id") or ""),
        enterprise=str(mapping(user.get("enterprise_user")).get("enterprise_id") or ""),
        name=cut(clean(str(name)), NAME),
        title=clean(str(profile.get("title") or "")),
        is_stranger=bool(user.get("is_stranger")),
        is_bot=bool(user.get("is_bot")),
        is_gone=bool(user.get("deleted")),
    )
    return found, KNOWN


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def members_of(outcome: Outcome) -> tuple[frozenset[str], float]:
    """The members of a group, and for how long that is good."""
    users = outcome.said.get("users") if isinstance(outcome, Done) else None
    return (frozenset(map(str, users)), GROUPS) if isinstance(users, list) else (frozenset(), UNKNOWN)
