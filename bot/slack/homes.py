"""The Home tab, and what people tell of themselves there or in a message."""

from __future__ import annotations

from bot.render.blocks import Block
from bot.slack.clicks import Clicked
from bot.slack.client import Done, Later, call
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.guard import Scene, turned_away
from bot.slack.outgoing import Outgoing, from_post
from bot.slack.posting import ToChannel, ToOne, ToPerson, ToResponse, Way
from bot.slack.views.here import Asker
from bot.slack.views.home import HomeState, closed_view, home_view
from bot.slack.views.sheet_blocks import sheet_post
from bot.slack.views.sheets import Chosen, chosen_by_value
from bot.slack.views.welcome import welcome_post
from bot.slack.views.whoami import me_post
from bot.store import Item

NOT_SHOWN = "I could not show you my Home tab as it is now. Open it again later. If it keeps happening, give this reference: {}."


class Homes:
    """Plans for the Home tab and for who people are."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def state(self, user: str, chosen: Chosen | None = None) -> HomeState:
        """What somebody's Home depends on. Raises StoreError."""
        profile, asker = self.desk.profile(user), self.desk.asker(user)
        title = self.desk.people.title(user) if asker.role is None else ""
        gone = profile is not None and profile.role is not None and asker.role is None
        return HomeState(asker, title, chosen or Chosen(segment=asker.segment), gone)

    def publish(self, user: str, chosen: Chosen | None = None) -> Plan:
        """Shows somebody their Home; where Slack does not take it now, it is tried again, and told in the end. Raises StoreError."""
        return self.show(user, home_view(self.desk.here, self.state(user, chosen)))

    def show(self, user: str, view: Block) -> Plan:
        """Shows somebody a view as their Home."""
        done = call(self.desk.client, "views.publish", user_id=user, view=view)
        return Plan("home") if isinstance(done, Done) else Plan("home", wait=done, user=user, sorry=NOT_SHOWN)

    def opened(self, item: Item) -> Plan:
        """Somebody opened the app: the Home tab is made anew; the Messages tab greets once. Only for people of this workspace."""
        user, tab = str(item.payload["user"]), str(item.payload.get("tab") or "home")
        standing = self.desk.guard.standing(Scene("", user), self.desk.me)
        if isinstance(standing, Later) and not item.last:
            return Plan("waiting", wait=standing)
        if why := turned_away(standing):
            return self.show(user, closed_view(why)) if tab == "home" else Plan("outside")
        if tab == "home":
            return self.publish(user)
        if not self.desk.store.welcome(self.desk.person(user), self.desk.me.team, self.desk.now()):
            return Plan("welcomed-before")
        channel = str(item.payload.get("channel") or "")
        ways = (ToChannel(channel), ToPerson(user)) if channel else (ToPerson(user),)
        return Plan("welcomed", from_post(welcome_post(self.desk.here)), ways, surface="welcome")

    def take_role(self, clicked: Clicked, item: Item) -> Plan:
        """The role that was offered becomes the person's."""
        asker = self.desk.asker(clicked.user)
        role = clicked.value if clicked.value in {each.id for each in self.desk.here.company.roles()} else asker.role
        return self.tell_of(clicked, Asker(role, asker.segment))

    def forget(self, clicked: Clicked, item: Item) -> Plan:
        """Role and segment are forgotten, with everything else that is kept of a person. Raises StoreError."""
        self.desk.store.forget(self.desk.person(clicked.user), self.desk.now())
        return self.shown(clicked, Asker())

    def tell_of(self, clicked: Clicked, asker: Asker) -> Plan:
        """Stores who somebody is, and shows it. Raises StoreError."""
        store, person = self.desk.store, self.desk.person(clicked.user)
        store.set_profile(person, self.desk.me.team, asker.role, asker.segment, self.desk.now())
        return self.shown(clicked, asker)

    def shown(self, clicked: Clicked, asker: Asker) -> Plan:
        """Who somebody is now, where they clicked."""
        if not clicked.channel:
            return self.publish(clicked.user)
        return self.instead(clicked, from_post(me_post(self.desk.here, asker)), "me")

    def instead(self, clicked: Clicked, out: Outgoing, outcome: str) -> Plan:
        """A message in place of the one that was clicked, where only this person sees that; else beside it."""
        ways: tuple[Way, ...] = (ToPerson(clicked.user),)
        if clicked.is_ephemeral:
            ways = (ToResponse(clicked.response_url, replace=True), ToOne(clicked.channel, clicked.user, clicked.root or None), *ways)
        return Plan(outcome, out, ways, user=clicked.user, surface="click")

    def choose_sheet(self, clicked: Clicked, item: Item) -> Plan:
        """Another part of the sheet, in its place."""
        chosen = chosen_by_value(str(item.payload.get("sheet") or ""), self.desk.here)
        if not clicked.channel:
            return self.publish(clicked.user, chosen)
        share = self.desk.may_share(clicked.scene)
        return self.instead(clicked, from_post(sheet_post(self.desk.here, chosen, share=share)), "sheet")
