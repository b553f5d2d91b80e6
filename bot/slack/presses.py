"""What becomes of a click: answered anew for whoever clicked, where the message is, or for their eyes alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from bot.slack.answering import PUBLIC, Asked, asked_again, without_view
from bot.slack.carried import Carried, asked_by, carried_in
from bot.slack.clicks import Clicked
from bot.slack.client import Later
from bot.slack.delivery import Plan, ways_back
from bot.slack.desk import Desk
from bot.slack.guard import NOT_NOW, OUTSIDE, Standing
from bot.slack.homes import Homes
from bot.slack.names import Action
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import Sent, ToChannel, ToOne, ToPerson, ToResponse, Way
from bot.slack.questions import CAP, DIRECT, ENOUGH, SHARED
from bot.slack.replies import Replies, Reply
from bot.slack.views.changes import changed_post
from bot.slack.views.here import Asker
from bot.slack.views.sheet_blocks import whole_posts
from bot.slack.views.sheets import chosen_by_value
from bot.slack.why import why_message
from bot.store import Item, Next, Vote

STALE = "This button is from an older version of me. Please ask again."
NOT_YOURS = "Only the person who asked can choose here. Ask me yourself, and you get an answer of your own."
GONE = "The rules have changed, and this is no longer one of the choices. Please ask again."
DIRECTLY = "What only some may see is not shown in a channel, so it comes here."
POSTS = frozenset({Action.ASK, Action.CHOOSE, Action.WHY, Action.TAKE_ROLE, Action.FORGET_ME, Action.SHEET_WHOLE, Action.CHANGED})
"""The clicks that make a message: of two in a row only the first does."""
IN_A_ROW = 3.0
"""Seconds, up to twice as many, for which a click on the same button by the same person is the same click."""


class Presses:
    """Plans for clicks."""

    def __init__(self, desk: Desk, replies: Replies, homes: Homes) -> None:
        self.desk, self.replies, self.homes = desk, replies, homes
        self.does: Mapping[Action, Callable[[Clicked, Item], Plan]] = {
            Action.ASK: self.ask,
            Action.CHOOSE: self.choose,
            Action.WHY: self.why,
            Action.FEEDBACK: self.vote,
            Action.TAKE_ROLE: self.homes.take_role,
            Action.FORGET_ME: self.homes.forget,
            Action.SHEET_SEGMENT: self.homes.choose_sheet,
            Action.SHEET_MOTION: self.homes.choose_sheet,
            Action.SHEET_ROLE: self.homes.choose_sheet,
            Action.SHEET_WHOLE: self.whole,
            Action.CHANGED: self.changed,
        }

    def plan(self, item: Item) -> Plan:
        """What becomes of a click."""
        clicked = Clicked.from_payload(item.payload)
        what = clicked.what
        if what is None or what not in self.does:
            return self.tell(clicked, words(STALE), "stale")
        standing = self.desk.guard.standing(clicked.scene, self.desk.me, anew=not clicked.is_private)
        if isinstance(standing, Later) and not item.last:
            return Plan("waiting", wait=standing)
        if isinstance(standing, Later):
            return self.tell(clicked, words(NOT_NOW), "kept-out")
        if standing is Standing.OUTSIDE:
            return Plan("outside", words(OUTSIDE), self.ways_for(clicked)[:-1], otherwise=lambda _: Plan("outside"))
        if standing is not Standing.OPEN and not clicked.is_private:
            return self.tell(clicked, words(SHARED), "kept-out")
        if what in POSTS and not self.is_first(clicked, item):
            return Plan("duplicate")
        return self.does[what](clicked, item)

    def is_first(self, clicked: Clicked, item: Item) -> bool:
        """Whether a click is not the second of two in a row: it takes its moment and the next. Raises StoreError."""
        try:
            moment = int(float(clicked.stamp) // IN_A_ROW)
        except (ValueError, OverflowError):
            return True
        button = f"click {clicked.channel} {clicked.ts or clicked.view} {clicked.action} {self.desk.person(clicked.user)} {clicked.value}"
        store, team, now = self.desk.store, self.desk.me.team, self.desk.now()
        mine = item if not item.payload.get("part") else None
        return mine is None or all(store.take_message(team, button, str(each), now, mine) for each in (moment, moment + 1))

    def ways_for(self, clicked: Clicked) -> tuple[Way, ...]:
        """The ways to tell only this person something, where they clicked."""
        if clicked.is_direct and not clicked.is_ephemeral:
            return ToChannel(clicked.channel, clicked.root or None), ToPerson(clicked.user)
        ways: tuple[Way, ...] = (ToResponse(clicked.response_url),) if clicked.response_url and clicked.is_ephemeral else ()
        ways += (ToOne(clicked.channel, clicked.user, clicked.root or None),) if clicked.channel else ()
        return (*ways, ToPerson(clicked.user))

    def tell(self, clicked: Clicked, out: Outgoing, outcome: str) -> Plan:
        """Something for this person alone."""
        return Plan(outcome, out, self.ways_for(clicked), user=clicked.user, surface="click")

    def carried(self, clicked: Clicked) -> Carried | None:
        """What the button carries."""
        found = carried_in(clicked.value, self.desk.key)
        return found[0] if found is not None else None

    def ask(self, clicked: Clicked, item: Item) -> Plan:
        """A question that a button asks, in the name of whoever clicked."""
        carried = asked_by(clicked.value, clicked.user, self.desk.key)
        if carried is None:
            return self.tell(clicked, words(STALE), "stale")
        asked = self.desk.asked(carried.question, clicked.user, private=clicked.is_private)
        shown = self.replies.for_channel(asked) if clicked.is_in_channel else asked
        if shown is None:
            return self.directly(clicked, self.replies.reply(asked))
        return self.answered(self.replies.reply(shown, share=self.is_shareable(clicked)), shown, clicked, f"Asked: {carried.question}")

    def choose(self, clicked: Clicked, item: Item) -> Plan:
        """A choice among what was asked back; only who asked may choose."""
        carried = self.carried(clicked)
        if carried is None:
            return self.tell(clicked, words(STALE), "stale")
        if carried.asker != clicked.user:
            return self.tell(clicked, words(NOT_YOURS), "not-yours")
        asked = asked_again(carried, self.desk.audiences(clicked.user, private=clicked.is_private))

        def chosen(each: Asked) -> Reply | None:
            return self.replies.chosen(each, carried.choice, share=self.is_shareable(clicked))

        reply = chosen(asked)
        if reply is None:
            return self.tell(clicked, words(GONE), "gone")
        if clicked.is_in_channel and asked.audiences != PUBLIC:
            shown = chosen(replace(asked, audiences=PUBLIC))
            if shown is None or shown.text != reply.text:
                return self.directly(clicked, reply)
            reply = shown
        return self.answered(reply, asked, clicked, f"Chosen: {carried.choice}")

    def is_shareable(self, clicked: Clicked) -> bool:
        """Whether what only this person sees could be posted where they are."""
        return clicked.is_ephemeral and self.desk.may_share(clicked.scene)

    def answered(self, reply: Reply, asked: Asked, clicked: Clicked, above: str) -> Plan:
        """The answer to a click: in the thread of the message, or as private as the message was."""
        out = reply.out.noted(above)
        if clicked.is_private:
            return replace(self.tell(clicked, out, reply.outcome), after=lambda sent: self.remember(reply, asked, sent, clicked))
        known = self.desk.store.thread(self.desk.me.team, clicked.channel, clicked.root, self.desk.now())
        if known is not None and known.answers >= CAP:
            return self.tell(clicked, words(ENOUGH), "capped")
        ways = ways_back(clicked.user, clicked.channel, clicked.root)
        after = lambda sent: self.remember(reply, asked, sent, clicked)  # noqa: E731 - one line
        return Plan(reply.outcome, out, ways, after, user=clicked.user, surface="click")

    def directly(self, clicked: Clicked, reply: Reply) -> Plan:
        """An answer with what only some may see, in a direct message."""
        return Plan(reply.outcome, reply.out, (ToPerson(clicked.user, DIRECTLY),), user=clicked.user, surface="click")

    def remember(self, reply: Reply, asked: Asked, sent: Sent, clicked: Clicked) -> None:
        """Remembers what the conversation is about now. Raises StoreError."""
        thread = "" if clicked.is_ephemeral or not clicked.channel else clicked.root or DIRECT
        self.replies.remember(reply, asked, clicked.channel, thread)

    def why(self, clicked: Clicked, item: Item) -> Plan:
        """Why an answer is so, for whoever wants to know, with what they may see."""
        carried = self.carried(clicked)
        if carried is None:
            return self.tell(clicked, words(STALE), "stale")
        asked = asked_again(carried, self.desk.audiences(clicked.user, private=True))
        if clicked.user != carried.asker:
            before = without_view(carried.before, self.desk.engine) if carried.before else None
            asked = replace(asked, asker=Asker(self.desk.asker(clicked.user).role, carried.segment), before=before)
        out = why_message(asked, self.replies, places=self.desk.is_maintainer(clicked.user))
        if clicked.is_in_channel and self.replies.is_for_some(asked, lambda each: why_message(each, self.replies)):
            return Plan("why", out, (ToPerson(clicked.user, DIRECTLY),), user=clicked.user, surface="click")
        return self.tell(clicked, out, "why")

    def vote(self, clicked: Clicked, item: Item) -> Plan:
        """What somebody thinks of an answer."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None:
            return self.tell(clicked, words(STALE), "stale")
        carried, values = found
        vote = Vote(
            "up" if values.get("vote") == "up" else "down", None, values.get("i"), values.get("l"), values.get("o"), carried.question
        )
        answer = f"{clicked.channel} {clicked.ts}"
        self.desk.store.give_feedback(self.desk.me.team, answer, self.desk.person(clicked.user), vote, item.accepted_at)
        return Plan(f"voted-{vote.vote}")

    def whole(self, clicked: Clicked, item: Item) -> Plan:
        """The whole sheet in direct messages, one after the other: each asks for the next, so that none is lost to Slack's limits."""
        posts = whole_posts(self.desk.here, chosen_by_value(clicked.value, self.desk.here))
        part = int(item.payload.get("part") or 0)
        if part >= len(posts):
            return Plan("sheet")

        payload = clicked.to_payload() | {"part": part + 1}
        more = Next(f"{clicked.key} {part + 1}", "click", payload, self.desk.person(clicked.user))
        then = (lambda sent: (more,)) if part + 1 < len(posts) else None
        return Plan("sheet", from_post(posts[part]), (ToPerson(clicked.user),), then=then, user=clicked.user, surface="click")

    def changed(self, clicked: Clicked, item: Item) -> Plan:
        """What changed lately, in a direct message."""
        return Plan("changed", from_post(changed_post(self.desk.here)), (ToPerson(clicked.user),), user=clicked.user, surface="click")


def vote_of(carried: Carried, values: Mapping[str, str], reason: str | None = None, said: str = "") -> Vote:
    """The vote that a button carries; the words are stored only where the settings say so."""
    vote: Literal["up", "down"] = "up" if values.get("vote") == "up" else "down"
    text = f"{carried.question} -- {said}" if said else carried.question
    return Vote(vote, reason, values.get("i"), values.get("l"), values.get("o"), text)
