"""What was filled in and sent: answered in the window where that can be done at once, else taken on and seen to after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.render.blocks import Block
from bot.slack.carried import Carried, carried_in, carry
from bot.slack.clicks import Clicked
from bot.slack.client import Later
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.guard import Scene, Standing, turned_away
from bot.slack.in_window import InWindow
from bot.slack.names import Action, Field, View, numbered
from bot.slack.outgoing import words
from bot.slack.people import mapping
from bot.slack.posting import ToChannel, ToPerson
from bot.slack.presses import STALE, vote_of
from bot.slack.views.ask import asked_in
from bot.slack.views.channel import mode_in, saved_view
from bot.slack.views.contacts import Contact
from bot.slack.views.feedback import noted_view, reason_in
from bot.slack.views.reading import typed_in
from bot.slack.views.whoami import me_in
from bot.slack.windows import INVITE, NO_CHANGE, Windows, notice
from bot.store import Item, Mode


@dataclass(frozen=True, slots=True)
class Submitted:
    """What becomes of a window: another one in its place, and what is taken on."""

    view: Block | None = None
    kind: str = ""
    """The kind of the item that is taken on; empty where there is none."""
    payload: Mapping[str, Any] | None = None


class Submissions:
    """Reads windows that were sent, and plans for what was taken on."""

    def __init__(self, desk: Desk, windows: Windows, in_window: InWindow) -> None:
        self.desk, self.windows, self.in_window = desk, windows, in_window
        self.reads: Mapping[str, Callable[[Mapping[str, Any], str], Submitted]] = {
            View.ASK: self.asked,
            View.ME: self.me,
            View.CHANNEL: self.channel,
            View.REASON: self.reason,
            View.HUMAN: self.human,
            View.SHARE: self.share,
            View.ROLE: self.picked,
        }

    def read(self, body: Mapping[str, Any]) -> Submitted:
        """What becomes of a window that was sent. Raises StoreError."""
        view, user = mapping(body.get("view")), str(mapping(body.get("user")).get("id") or "")
        read = self.reads.get(str(view.get("callback_id") or ""))
        team = str(mapping(body.get("user")).get("team_id") or "")
        if why := turned_away(self.desk.guard.standing(Scene("", user, team), self.desk.me)):
            return Submitted(notice("Rolecall", why))
        return read(body, user) if read is not None else Submitted()

    def carried(self, body: Mapping[str, Any]) -> tuple[Carried, dict[str, str]] | None:
        """What the window carries."""
        return carried_in(str(mapping(body.get("view")).get("private_metadata") or ""), self.desk.key)

    def asked(self, body: Mapping[str, Any], user: str) -> Submitted:
        """The answer, in the window."""
        filled = asked_in(body, self.desk.here)
        return Submitted(self.in_window.answer(self.desk.asked(filled.question, user, private=True, asker=filled.asker)))

    def me(self, body: Mapping[str, Any], user: str) -> Submitted:
        """Who somebody is, remembered. Raises StoreError."""
        asker = me_in(body, self.desk.here)
        self.desk.store.set_profile(self.desk.person(user), self.desk.me.team, asker.role, asker.segment, self.desk.now())
        return Submitted(kind="home", payload={"user": user})

    def channel(self, body: Mapping[str, Any], user: str) -> Submitted:
        """What the bot does in a channel, if this person may say so; asked again at the click. Raises StoreError."""
        found, mode = self.carried(body), mode_in(body)
        if found is None or mode is None:
            return Submitted(notice("Channel settings", STALE))
        if not self.desk.is_maintainer(user):
            return Submitted(notice("Channel settings", NO_CHANGE))
        known: Mode = mode  # type: ignore[assignment]
        self.desk.store.set_channel_mode(self.desk.me.team, found[1].get("channel", ""), known, self.desk.now())
        return Submitted(saved_view(self.desk.here, found[1].get("channel", ""), mode))

    def reason(self, body: Mapping[str, Any], user: str) -> Submitted:
        """Why an answer was no good, taken on."""
        found, given = self.carried(body), reason_in(body)
        if found is None:
            return Submitted(notice("Thank you", STALE))
        values = {"button": found[1].get("button", ""), "answer": found[1].get("answer", "")}
        button = carried_in(values["button"], self.desk.key)
        contact = self.windows.humans.contact(button[0]) if button else Contact()
        view = noted_view(self.desk.here, contact, text_is_kept=self.desk.keeps_text)
        return Submitted(view, "reason", {"user": user, "reason": given.reason, "note": given.note, **values})

    def human(self, body: Mapping[str, Any], user: str) -> Submitted:
        """A question for a team, taken on."""
        found = self.carried(body)
        if found is None or found[0].asker != user:
            return Submitted(notice("Ask a human", STALE))
        return Submitted(kind="human", payload={"user": user, "carried": asdict(found[0]), "added": typed_in(body, Field.NOTE)})

    def picked(self, body: Mapping[str, Any], user: str) -> Submitted:
        """The role that was picked: as if there had been a button for it."""
        found, role = self.carried(body), self.desk.here.company.parties.get(me_in(body, self.desk.here).role or "")
        value = carry(found[0].choosing(role.name), self.desk.key) if found is not None and role is not None else None
        if found is None or value is None:
            return Submitted(notice("Your role", STALE))
        view, place = mapping(body.get("view")), found[1]
        clicked = Clicked(
            action=numbered(Action.CHOOSE, 1, 1),
            value=value,
            user=user,
            user_team=str(mapping(body.get("user")).get("team_id") or ""),
            channel=place.get("ch", ""),
            ts=place.get("ts", ""),
            thread=place.get("th", ""),
            is_ephemeral=bool(place.get("e")),
            stamp=str(view.get("hash") or ""),
        )
        return Submitted(kind="click", payload=clicked.to_payload())

    def share(self, body: Mapping[str, Any], user: str) -> Submitted:
        """Something for a channel, taken on."""
        found = self.carried(body)
        if found is None:
            return Submitted(notice("Share to channel", STALE))
        carried, values = found
        team = str(mapping(body.get("user")).get("team_id") or "")
        place = {"channel": values.get("ch", ""), "thread": values.get("th", ""), "sheet": values.get("sheet", "")}
        return Submitted(kind="share", payload={"user": user, "user_team": team, "carried": asdict(carried), **place})

    def plan_reason(self, item: Item) -> Plan:
        """Stores why an answer was no good. Raises StoreError."""
        found = carried_in(str(item.payload["button"]), self.desk.key)
        if found is None:
            return Plan("stale", words(STALE), (ToPerson(str(item.payload["user"])),))
        vote = vote_of(*found, reason=item.payload.get("reason"), said=str(item.payload.get("note") or ""))
        person = self.desk.person(str(item.payload["user"]))
        self.desk.store.give_feedback(self.desk.me.team, str(item.payload["answer"]), person, vote, item.accepted_at)
        return Plan("reason")

    def plan_share(self, item: Item) -> Plan:
        """Posts to a channel what everybody there may read; whether it is still ours alone is asked again. Raises StoreError."""
        payload = item.payload
        user, channel = str(payload["user"]), str(payload["channel"])
        standing = self.desk.guard.standing(Scene(channel, user, str(payload.get("user_team") or "")), self.desk.me, anew=True)
        if isinstance(standing, Later) and not item.last:
            return Plan("waiting", wait=standing)
        if standing is not Standing.OPEN:
            why = self.windows.why_not_here(channel, standing)
            return Plan("kept-out", words(why), (ToPerson(user),), user=user, surface="share")
        sheet = str(payload.get("sheet") or "")
        out = self.windows.sheet(sheet) if sheet else self.windows.shared(Carried(**payload["carried"]))
        out = out.noted(f"Shared by {self.desk.people.name(user)}")
        ways = (
            ToChannel(channel, payload.get("thread") or None),
            ToPerson(user, f"I cannot write in that channel, so it was not shared. {INVITE}"),
        )
        return Plan("shared", out, ways, user=user, surface="share")
