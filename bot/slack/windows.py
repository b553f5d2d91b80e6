"""Windows: opened while Slack waits, because what opens them is good for three seconds; what is submitted is seen to after.

A window that cannot be opened in time is a message to whoever clicked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.logs import get_logger, kind_of
from bot.metrics import TROUBLES
from bot.render.blocks import Block
from bot.slack.answering import PUBLIC, asked_again
from bot.slack.carried import WINDOW, Carried, carried_in, carry
from bot.slack.clicks import Clicked
from bot.slack.client import Done, Later, call
from bot.slack.delivery import new_reference
from bot.slack.desk import Desk
from bot.slack.guard import Scene, Standing, turned_away
from bot.slack.homes import Homes
from bot.slack.humans import Humans
from bot.slack.identity import UnknownError
from bot.slack.messages import NO_RULES, Offers, answer_message
from bot.slack.names import Action, View
from bot.slack.notes import note
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import ToOne, ToPerson
from bot.slack.presses import NOT_YOURS, STALE
from bot.slack.replies import Replies
from bot.slack.views.ask import ask_view
from bot.slack.views.channel import DEFAULT, channel_view
from bot.slack.views.feedback import reason_view
from bot.slack.views.pieces import modal, said
from bot.slack.views.previews import human_view, nobody_view, share_view
from bot.slack.views.sheet_blocks import sheet_post
from bot.slack.views.sheets import chosen_by_value
from bot.slack.views.whoami import me_view, pick_view
from bot.store import StoreError

INVITE = "Invite me there with /invite @Rolecall, then try again."
UNSEEN = f"I do not see this channel, so I cannot post in it. {INVITE}"
NOT_SHARED = "I post nothing in this channel, because people of another organisation can read it, or I cannot tell."
NOT_OPENED = "I could not open the window. Please try again. If it keeps happening, give this reference: {}."
NO_CHANGE = "Only those who keep the rules can change what I do in a channel."
HISTORY = {"C": "channels:history", "G": "groups:history"}
"""What reading along needs, by the first sign of a channel."""

Accept = Callable[[str, str, Mapping[str, Any], str], bool]
"""Takes something on, to be seen to after. Raises StoreError."""

log = get_logger(part="windows")


class Windows:
    """Makes and opens windows."""

    def __init__(self, desk: Desk, replies: Replies, homes: Homes, humans: Humans, accept: Accept) -> None:
        self.desk, self.replies, self.homes, self.humans, self.accept = desk, replies, homes, humans, accept
        self.makes: Mapping[Action, Callable[[Clicked], Block]] = {
            Action.SHARE: self.share,
            Action.HUMAN: self.human,
            Action.FEEDBACK: self.reason,
            Action.PICK_ROLE: self.pick_role,
            Action.OPEN_ASK: lambda clicked: self.ask(clicked.user),
            Action.OPEN_ME: lambda clicked: self.me(clicked.user),
            Action.OPEN_CHANNEL: lambda clicked: self.channel(clicked.user, clicked.value),
            Action.SHEET_SHARE: self.share_sheet,
        }

    def wanted(self, clicked: Clicked) -> Callable[[Clicked], Block] | None:
        """What makes the window that a click opens; None where it opens none."""
        what = clicked.what
        if what is Action.FEEDBACK:
            found = carried_in(clicked.value, self.desk.key)
            return self.reason if found and found[1].get("vote") == "down" else None
        return self.makes.get(what) if what is not None else None

    def open(self, trigger: str, view: Block, reference: str, *, above: bool = False) -> bool:
        """Opens a window, maybe above the one that is open; whether Slack did."""
        outcome = call(self.desk.quick, "views.push" if above else "views.open", trigger_id=trigger, view=view)
        if isinstance(outcome, Done):
            return True
        TROUBLES.labels("window").inc()
        log.warning("window_not_opened", reference=reference, reason=outcome.reason if isinstance(outcome, Later) else outcome.error)
        return False

    def open_for(self, clicked: Clicked, make: Callable[[Clicked], Block], trigger: str) -> None:
        """Opens the window of a click; where it cannot be opened, whoever clicked is told."""
        reference = new_reference()
        try:
            why = turned_away(self.desk.guard.standing(Scene("", clicked.user, clicked.user_team), self.desk.me))
            opened = self.open(trigger, notice("Rolecall", why) if why else make(clicked), reference, above=clicked.view_kind == "modal")
        except Exception as error:
            opened = False
            log.error("broken", kind="window", reference=reference, **kind_of(error))
        if not opened:
            self.tell(clicked, reference)

    def tell(self, clicked: Clicked, reference: str) -> None:
        """Tells whoever clicked that their window does not show what it should: by the inbox, or at once where that cannot be stored."""
        way = ToOne(clicked.channel, clicked.user, clicked.thread or None) if clicked.channel else ToPerson(clicked.user)
        told = note(reference, (way, ToPerson(clicked.user)), NOT_OPENED.format(reference))
        try:
            self.accept(told.key, told.kind, told.payload, clicked.user)
        except (StoreError, UnknownError) as error:
            log.warning("store_unreachable", reference=reference, **kind_of(error))
            self.desk.poster.send((way, ToPerson(clicked.user)), words(NOT_OPENED.format(reference)))

    def change(self, clicked: Clicked, view: Block) -> None:
        """Shows something else in the window that is open."""
        outcome = call(self.desk.quick, "views.update", view_id=clicked.view, view=view)
        if not isinstance(outcome, Done):
            reference = new_reference()
            log.warning("window_not_changed", reference=reference, reason=outcome.reason if isinstance(outcome, Later) else outcome.error)
            self.tell(clicked, reference)

    def ask(self, user: str, question: str = "") -> Block:
        """The window to ask in."""
        return ask_view(self.desk.here, self.desk.asker(user), question)

    def me(self, user: str) -> Block:
        """Who I am."""
        asker = self.desk.asker(user)
        return me_view(self.desk.here, asker, title="" if asker.role else self.desk.people.title(user))

    def channel(self, user: str, channel: str) -> Block:
        """What the bot does in a channel, for those who may change it."""
        if not self.desk.is_maintainer(user):
            return notice("Channel settings", NO_CHANGE)
        scope = HISTORY.get(channel[:1], "")
        missing = (scope,) if scope and not self.desk.me.may(scope) else ()
        mode = self.desk.store.channel_mode(self.desk.me.team, channel) or DEFAULT
        return channel_view(self.desk.here, channel, mode, self.sealed(channel=channel), missing=missing)

    def reason(self, clicked: Clicked) -> Block:
        """Why an answer was no good."""
        metadata = self.sealed(button=clicked.value, answer=f"{clicked.channel} {clicked.ts}")
        return reason_view(metadata, text_is_kept=self.desk.keeps_text) if metadata else notice("Thank you", "Noted.")

    def human(self, clicked: Clicked) -> Block:
        """What will be posted to the team that keeps the topic."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None:
            return notice("Ask a human", STALE)
        carried = Carried(found[0].question, clicked.user, found[0].role, found[0].segment, found[0].before)
        plea, contact = self.humans.plea(carried)
        metadata = carry(carried, self.desk.key, WINDOW)
        wrong = self.desk.teams.known_wrong(contact.team.channel) if contact.team else ""
        if contact.team is None or metadata is None or wrong:
            return nobody_view(self.desk.here, plea, contact, wrong)
        return human_view(self.desk.here, plea, contact, metadata, heard=self.humans.is_heard)

    def pick_role(self, clicked: Clicked) -> Block:
        """All roles, for whoever asked and was asked back which one they have."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None:
            return notice("Your role", STALE)
        if found[0].asker != clicked.user:
            return notice("Your role", NOT_YOURS)
        only = "1" if clicked.is_ephemeral else ""
        metadata = carry(found[0], self.desk.key, WINDOW, ch=clicked.channel, ts=clicked.ts, th=clicked.thread, e=only)
        return pick_view(self.desk.here, metadata) if metadata else notice("Your role", STALE)

    def share(self, clicked: Clicked) -> Block:
        """What will be posted to the channel: the answer as everybody may read it."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None or not clicked.channel:
            return notice("Share to channel", STALE)
        if why := self.why_not_there(clicked):
            return notice("Share to channel", why)
        metadata = carry(found[0], self.desk.key, WINDOW, ch=clicked.channel, th=clicked.thread)
        shown = {"text": "", "blocks": [*self.shared(found[0]).blocks]}
        return share_view(self.desk.here, shown, clicked.channel, metadata) if metadata else notice("Share to channel", STALE)

    def shared(self, carried: Carried) -> Outgoing:
        """An answer for everybody in a channel: computed anew with what everybody may see."""
        asked = asked_again(carried, PUBLIC)
        done = self.replies.compute(asked)
        heading = "" if self.desk.live.has_rules else NO_RULES
        return answer_message(done, asked.carried, self.desk.key, Offers(heading=heading)).noted(f"Asked: {carried.question}")

    def share_sheet(self, clicked: Clicked) -> Block:
        """The sheet that will be posted to the channel."""
        if why := self.why_not_there(clicked):
            return notice("Share to channel", why)
        shown = sheet_post(self.desk.here, chosen_by_value(clicked.value, self.desk.here), alone=True)
        metadata = self.sealed(sheet=clicked.value, ch=clicked.channel, th=clicked.thread)
        return share_view(self.desk.here, shown, clicked.channel, metadata)

    def sheet(self, value: str) -> Outgoing:
        """The sheet for everybody in a channel."""
        return from_post(sheet_post(self.desk.here, chosen_by_value(value, self.desk.here), alone=True))

    def why_not_there(self, clicked: Clicked) -> str:
        """Why nothing may be posted where the click was; empty where it may."""
        return self.why_not_here(clicked.channel, self.desk.guard.standing(clicked.scene, self.desk.me)) if clicked.channel else STALE

    def why_not_here(self, channel: str, standing: Standing | Later) -> str:
        """Why nothing may be posted in a channel; empty where it may."""
        if standing is Standing.OPEN:
            return ""
        return turned_away(standing) or (NOT_SHARED if self.desk.guard.is_invited(channel) else UNSEEN)

    def sealed(self, **values: str) -> str:
        """Values for a window, sealed; empty where they are too many."""
        return carry(Carried("", ""), self.desk.key, WINDOW, u="-", **values) or ""


def notice(title: str, text: str) -> Block:
    """A window that only tells something."""
    return modal(View.ANSWER, title, [said(text)])
