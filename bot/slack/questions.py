"""What was said to the bot, or overheard: who gets which answer, where; or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.slack.answering import Asked, without_view
from bot.slack.client import Later
from bot.slack.delivery import Plan, ways_back
from bot.slack.desk import Desk
from bot.slack.guard import NOT_NOW, OUTSIDE, Standing
from bot.slack.heard import Heard, looks_asked
from bot.slack.humans import PASSED_ON, Humans, stays
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import Sent, ToChannel, ToOne, ToPerson, Way
from bot.slack.replies import Replies, Reply
from bot.slack.views.channel import DEFAULT, OVERHEARS
from bot.slack.views.here import Asker
from bot.slack.views.whoami import me_post
from bot.store import Item, Next, Route, Thread

CAP = 40
"""Answers in one thread: nobody reads on that far, and two bots that answer each other end here."""
SURE = 0.85
"""How much of an overheard question has to be understood."""
FOUND = frozenset({"answered", "depends"})
CONFIRM = "confirm"
"""The kind of what is said to a team after its words were passed on."""
ASKED_ON = frozenset({"ask-back", "not-defined", "not-allowed"})
"""Outcomes that are said as well to whoever goes on in their own thread."""
GREETS = re.compile(r"(?:hi|hey|hello)\s+\w+[\s!.]*", re.IGNORECASE)
"""Somebody is greeted, who may be called what a term is: "hi bob", and a book of business."""
FORGET = frozenset({"forget me", "please forget me", "forget me please", "forget who i am", "forget my role"})
"""How somebody asks in a direct message to be forgotten."""
DIRECT = "direct"
"""What stands for a thread in direct messages that are not in one."""
GOES_ON = timedelta(minutes=30)
"""Direct messages are one thread without end: for so long after an answer may what follows go on from it."""
SHARED = "I do not answer here, because people of another organisation can read this channel. Ask me in a direct message or with /roe."
UNSURE = "I cannot tell who can read this channel, so I do not answer here. Ask me in a direct message or with /roe."
SWITCHED_OFF = "I am switched off in this channel. Ask me in a direct message or with /roe: only you see the answer."
ENOUGH = "I have answered often enough in this thread. Please ask in a new one, or in a direct message."


class Questions:
    """Plans for what was said."""

    def __init__(self, desk: Desk, replies: Replies, humans: Humans) -> None:
        self.desk, self.replies, self.humans = desk, replies, humans

    def is_wanted(self, heard: Heard) -> bool:
        """Whether what was said may be for us: said to us, in a thread that we are part of, or where we may speak up. Raises StoreError."""
        if heard.is_addressed:
            return True
        store, team, now = self.desk.store, self.desk.me.team, self.desk.now()
        if heard.thread:
            if self.humans.route(heard) is not None:
                return True
            known = store.thread(team, heard.channel, heard.thread, now)
            return known is not None and known.person == self.desk.person(heard.user)
        return looks_asked(heard.text) and self.mode(heard.channel) in OVERHEARS

    def mode(self, channel: str) -> str:
        """What the bot does in a channel. Raises StoreError."""
        return self.desk.store.channel_mode(self.desk.me.team, channel) or DEFAULT

    def plan(self, item: Item) -> Plan:
        """What becomes of something that was said."""
        heard = Heard.from_payload(item.payload)
        standing = self.desk.guard.standing(heard.scene, self.desk.me)
        if isinstance(standing, Later):
            return Plan("waiting", wait=standing) if not item.last else self.unsure(heard, item)
        route = self.humans.route(heard) if standing is Standing.OPEN else None
        if route is not None and not stays(heard.text):
            return self.passed_on(heard, route, item) if self.take(heard, item) else Plan("duplicate")
        if not heard.is_addressed:
            return self.overheard(heard, item) if standing is Standing.OPEN and route is None else Plan("kept-out")
        if not self.take(heard, item):
            return Plan("duplicate")
        if standing is not Standing.OPEN:
            return self.refusal(heard, standing, item)
        if not heard.is_direct and self.mode(heard.channel) == "off":
            return self.privately(heard, words(SWITCHED_OFF), "switched-off")
        return self.addressed(heard)

    def passed_on(self, heard: Heard, route: Route, item: Item) -> Plan:
        """What a team answers goes to who asked, also where it looks like a question; who mentioned the bot hears of it, or is answered."""
        plan = self.humans.pass_on(heard, route)
        confirm = Next(f"confirm {item.id}", CONFIRM, heard.to_payload() | {"asker": route.asker}, self.desk.person(heard.user))
        return replace(plan, then=lambda sent: (confirm,)) if heard.mentions else plan

    def plan_confirm(self, item: Item) -> Plan:
        """Answers what was also a question to the bot, in the thread; else says that it was passed on. Raises StoreError."""
        heard = Heard.from_payload(item.payload)
        known = self.desk.store.thread(self.desk.me.team, heard.channel, heard.thread, self.desk.now())
        asked = self.asked(heard, known)
        reply = self.replies.reply(asked)
        standing = self.desk.guard.standing(heard.scene, self.desk.me)
        if isinstance(standing, Later) and not item.last:
            return Plan("waiting", wait=standing)
        is_open = standing is Standing.OPEN and self.mode(heard.channel) != "off" and (known is None or known.answers < CAP)
        if "?" in heard.text and is_sure(reply) and is_open:
            return self.answering(reply, asked, (ToChannel(heard.channel, heard.thread),), heard, "mention")
        told = PASSED_ON.format(name=self.desk.people.name(str(item.payload["asker"])))
        return Plan("told", words(told), (self.whisper(heard),), lasting=True, surface="note")

    def take(self, heard: Heard, item: Item) -> bool:
        """Whether this message is ours to answer. Raises StoreError."""
        return self.desk.store.take_message(self.desk.me.team, heard.channel, heard.ts, self.desk.now(), item)

    def unsure(self, heard: Heard, item: Item) -> Plan:
        """What is said where Slack did not tell in time who can read along: to this person, and nothing else."""
        if not heard.is_addressed or not self.take(heard, item):
            return Plan("kept-out")
        told, way = (NOT_NOW, ToChannel(heard.channel, heard.thread or None)) if heard.is_direct else (UNSURE, self.whisper(heard))
        return Plan("kept-out", words(told), (way,), otherwise=lambda _: Plan("kept-out"))

    def whisper(self, heard: Heard) -> ToOne:
        """The way by which only this person sees it, where they are."""
        return ToOne(heard.channel, heard.user, heard.thread or None)

    def refusal(self, heard: Heard, standing: Standing, item: Item) -> Plan:
        """Why there is no answer, for this person's eyes alone; an outsider is written to directly only where they began, and once."""
        if standing is Standing.OUTSIDE:
            if heard.is_direct and not self.desk.store.take_message(
                self.desk.me.team, "outside", self.desk.person(heard.user), self.desk.now(), item
            ):
                return Plan("outside")
            way = ToChannel(heard.channel, heard.thread or None) if heard.is_direct else self.whisper(heard)
            return Plan("outside", words(OUTSIDE), (way,), otherwise=lambda _: Plan("outside"))
        return self.privately(heard, words(SHARED if heard.is_shared else UNSURE), "kept-out")

    def privately(self, heard: Heard, out: Outgoing, outcome: str) -> Plan:
        """Something that only who asked sees."""
        ways = (self.whisper(heard), ToPerson(heard.user))
        return Plan(outcome, out, ways, user=heard.user, surface="private")

    def addressed(self, heard: Heard) -> Plan:
        """The answer to something that was said to the bot."""
        if heard.is_direct and heard.text.strip(" .!").lower() in FORGET:
            return self.forgotten(heard)
        root = self.root(heard)
        known = self.desk.store.thread(self.desk.me.team, heard.channel, root or DIRECT, self.desk.now())
        if known is not None and not root and self.desk.now() - known.remembered_at > GOES_ON:
            known = None
        if known is not None and known.answers >= CAP and not heard.is_direct:
            return self.privately(heard, words(ENOUGH), "capped")
        asked = self.asked(heard, known)
        reply = self.replies.reply(asked)
        surface = "direct" if heard.is_direct else "mention"
        ways = ways_back(heard.user, heard.channel, root or None)
        return self.answering(reply, asked, ways, heard, surface)

    def forgotten(self, heard: Heard) -> Plan:
        """Everything that is kept of a person is deleted, as `/roe me forget` does; said to the bot alone. Raises StoreError."""
        self.desk.store.forget(self.desk.person(heard.user), self.desk.now())
        out = from_post(me_post(self.desk.here, Asker()))
        return Plan("forgotten", out, ways_back(heard.user, heard.channel, heard.thread or None), user=heard.user, surface="direct")

    def answering(self, reply: Reply, asked: Asked, ways: tuple[Way, ...], heard: Heard, surface: str) -> Plan:
        """A reply on its way, with what is remembered of it."""

        def after(sent: Sent) -> None:
            self.replies.remember(reply, asked, heard.channel, self.root(heard) or DIRECT)

        return Plan(reply.outcome, reply.out, ways, after, user=heard.user if heard.is_addressed else "", surface=surface)

    def asked(self, heard: Heard, known: Thread | None) -> Asked:
        """The question, with what the thread was about; another person's point of view is left behind."""
        asked = self.desk.asked(heard.text, heard.user, private=heard.is_direct)
        return replace(asked, before=self.before(known, heard.user))

    def before(self, known: Thread | None, user: str) -> dict[str, Any] | None:
        """What a thread was about, for somebody who goes on with it."""
        if known is None or not known.context:
            return None
        return known.context if known.person == self.desk.person(user) else without_view(known.context, self.desk.engine)

    def root(self, heard: Heard) -> str:
        """The thread that an answer belongs into; none for direct messages, unless Slack makes a thread of each."""
        if heard.thread or not heard.is_direct:
            return heard.thread or heard.ts
        return heard.ts if "assistant:write" in self.desk.me.scopes else ""

    def overheard(self, heard: Heard, item: Item) -> Plan:
        """What was not said to the bot: silence, unless it goes on with a thread, or the channel wants answers and this is one for sure."""
        store, team, now = self.desk.store, self.desk.me.team, self.desk.now()
        mode = self.mode(heard.channel)
        if mode == "off":
            return Plan("silent")
        known = store.thread(team, heard.channel, heard.thread, now) if heard.thread else None
        goes_on = known is not None and known.person == self.desk.person(heard.user) and known.answers < CAP
        if not goes_on and (heard.thread or mode not in OVERHEARS):
            return Plan("silent")
        private = not goes_on and mode == "suggest"
        asked = replace(self.desk.asked(heard.text, heard.user, private=False), before=self.before(known, heard.user))
        reply = self.replies.reply(asked, share=private)
        wanted = goes_on_with(reply, heard.text) if goes_on else is_sure(reply)
        if not wanted or not self.take(heard, item):
            return Plan("silent")
        if private:
            ways: tuple[Way, ...] = (ToOne(heard.channel, heard.user),)
            return Plan("suggested", reply.out, ways, otherwise=lambda _: Plan("silent"), surface="suggestion")
        return self.answering(reply, asked, (ToChannel(heard.channel, self.root(heard)),), heard, "overheard")


def is_sure(reply: Reply) -> bool:
    """Whether an answer is good enough for somebody who did not ask for it."""
    done = reply.done
    if done is None or done.frame is None or done.resolution.also:
        return False
    return done.resolution.outcome in FOUND and done.frame.confidence >= SURE


def goes_on_with(reply: Reply, text: str) -> bool:
    """Whether what somebody says in their own thread, without a mention, is said to the bot: what it understands, a call for help, an
    objection. What it does not understand, or could not do, may well be meant for a colleague."""
    done = reply.done
    if done is None:
        return reply.kind == "objection" or text.strip(" \t!?.").lower() == "help"
    if GREETS.fullmatch(text.strip()):
        return False
    understood = done.frame is not None and done.frame.confidence >= SURE
    return is_sure(reply) or (understood and done.resolution.outcome in ASKED_ON)
