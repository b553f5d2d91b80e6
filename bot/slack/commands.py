"""`/roe`: answered in the acknowledgement, so that only who typed it sees it, and at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.logs import get_logger, kind_of
from bot.metrics import ANSWERS, TROUBLES
from bot.render.blocks import Block, actions
from bot.render.limits import check_blocks
from bot.slack.afterwards import Afterwards
from bot.slack.answering import Asked
from bot.slack.client import Refused
from bot.slack.delivery import SORRY, Plan, new_reference
from bot.slack.desk import Desk
from bot.slack.guard import NOT_NOW, OUTSIDE, Scene
from bot.slack.heard import said_in
from bot.slack.messages import is_small
from bot.slack.names import Action, Verb
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import Sent, ToPerson, Way
from bot.slack.replies import Later, Replies, Reply
from bot.slack.views.here import Asker
from bot.slack.views.pieces import press
from bot.slack.views.sheet_blocks import sheet_post
from bot.slack.views.sheets import Chosen, read_sheet
from bot.slack.views.told import Told
from bot.slack.views.welcome import help_post
from bot.slack.views.whoami import me_post, read_me, unclear_post
from bot.store import Item, StoreError

FORGET = frozenset({"forget", "forget me", "none", "nobody", "nothing", "clear", "reset"})
"""What follows `/roe me` to be forgotten."""
DIRECTLY = "directly"
"""The kind of a question that is answered in a direct message."""
Accept = Callable[[str, str, Mapping[str, Any], str], bool]
"""Takes something on, to be seen to after. Raises StoreError."""
IN_DIRECT = "What only some may see is not shown in a channel. I answer you in a direct message; if nothing comes, ask me there."

log = get_logger(part="commands")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed."""

    text: str
    user: str
    team: str
    channel: str
    trigger: str = ""
    """What tells this command from others."""

    @property
    def scene(self) -> Scene:
        """Who, and where."""
        return Scene(self.channel, self.user, self.team)


def read_command(body: Mapping[str, Any]) -> Typed:
    """The command of a payload."""
    text, user, team, channel = (str(body.get(name) or "") for name in ("text", "user_id", "team_id", "channel_id"))
    return Typed(said_in(text), user, team, channel, str(body.get("trigger_id") or ""))


def taken(out: Outgoing) -> Outgoing:
    """What Slack takes: an acknowledgement cannot be sent again as text, so what would be refused is text at once."""
    return out if is_small(out.blocks) or not check_blocks(out.blocks) else out.plain()


class Commands:
    """Answers commands."""

    def __init__(self, desk: Desk, replies: Replies, afterwards: Afterwards[Later], accept: Accept) -> None:
        self.desk, self.replies, self.afterwards, self.accept = desk, replies, afterwards, accept

    def answer(self, typed: Typed) -> Block:
        """What the acknowledgement says; whatever goes wrong is told with a reference."""
        try:
            out = self.said(typed)
        except Exception as error:
            reference = new_reference()
            TROUBLES.labels("bug").inc()
            log.error("broken", kind="command", reference=reference, **kind_of(error))
            out = words(SORRY.format(reference))
        return {"response_type": "ephemeral", **taken(out).payload()}

    def said(self, typed: Typed) -> Outgoing:
        """What is said to a command."""
        me = self.desk.me
        is_ours = bool(typed.team) and typed.team in (me.team, me.enterprise)
        home = is_ours or self.desk.people.is_home(typed.user, me)
        if home is not True:
            return words(OUTSIDE if home is False else NOT_NOW)
        verb, _, rest = typed.text.partition(" ")
        match verb.lower():
            case Verb.HELP | "":
                return self.help(typed)
            case Verb.SHEET:
                return self.sheet(typed, rest)
            case Verb.ME:
                return self.me(typed.user, rest)
        return self.question(typed)

    def help(self, typed: Typed) -> Outgoing:
        """What can be asked; those who keep the rules also get the way to what the bot does in this channel."""
        out = from_post(help_post(self.desk.here, self.known(typed.user)))
        if typed.channel.startswith("D") or not self.desk.is_maintainer(typed.user):
            return out
        button = press("Channel settings", Action.OPEN_CHANNEL, typed.channel, label="What Rolecall does in this channel")
        return replace(out, blocks=[*out.blocks, *actions([button])])

    def known(self, user: str) -> Asker:
        """From whose point of view somebody asks; nobody's, while the store cannot be reached."""
        try:
            return self.desk.asker(user)
        except StoreError as error:
            log.warning("store_unreachable", reason=str(error))
            return Asker()

    def question(self, typed: Typed) -> Outgoing:
        """The answer to a question."""
        asked = self.replies.seen_by(typed.user, Asked(typed.text, typed.user, self.known(typed.user)))
        in_channel = bool(typed.channel) and not typed.channel.startswith("D")
        shown = self.replies.for_channel(asked) if in_channel else asked
        reply = self.replies.reply(shown or asked, share=shown is not None and self.desk.may_share(typed.scene))
        ANSWERS.labels(reply.outcome, "command").inc()
        if reply.done is not None:
            self.afterwards.add((reply.done, asked))
        if shown is not None:
            return reply.out
        self.answer_directly(typed, asked)
        return words(IN_DIRECT)

    def answer_directly(self, typed: Typed, asked: Asked) -> None:
        """Has an answer sent that only some may see: the question is stored, and answered anew by whoever takes it."""
        payload = {"user": typed.user, "text": typed.text, "role": asked.asker.role, "segment": asked.asker.segment}
        try:
            self.accept(f"command {typed.trigger or new_reference()}", DIRECTLY, payload, typed.user)
        except StoreError as error:  # the next best: sent once, without waiting for the store
            log.warning("store_unreachable", reason=str(error))
            self.afterwards.add(lambda: self.send_once(payload))

    def plan_directly(self, item: Item) -> Plan:
        """The answer in a direct message, with what this person may see now."""
        reply, ways = self.directly(item.payload)
        return Plan(reply.outcome, reply.out, ways, user=str(item.payload["user"]), surface="directly")

    def directly(self, payload: Mapping[str, Any]) -> tuple[Reply, tuple[Way, ...]]:
        """The answer to a stored question, and the way that it goes."""
        user, text = str(payload["user"]), str(payload["text"])
        asked = self.desk.asked(text, user, private=True, asker=Asker(payload.get("role"), payload.get("segment")))
        return self.replies.reply(asked), (ToPerson(user, f"Asked: {text}"),)

    def send_once(self, payload: Mapping[str, Any]) -> None:
        """Sends an answer whose question could not be stored; how that ended stands in the log."""
        reply, ways = self.directly(payload)
        sent = self.desk.poster.send(ways, reply.out)
        if not isinstance(sent, Sent):
            log.warning("not_sent_directly", reason=sent.error if isinstance(sent, Refused) else sent.reason)

    def sheet(self, typed: Typed, rest: str) -> Outgoing:
        """The rules of engagement, or the part of them that was named."""
        read = read_sheet(rest, self.desk.here) if rest.strip() else Chosen()
        if isinstance(read, Told):
            return from_post(unclear_post(self.desk.here, read, subjects=True))
        return from_post(sheet_post(self.desk.here, read, share=self.desk.may_share(typed.scene)))

    def me(self, user: str, rest: str) -> Outgoing:
        """Who I am; with a role or segment, who I am from now on. Raises StoreError."""
        before = self.desk.asker(user)
        if not rest.strip():
            title = "" if before.role else self.desk.people.title(user)
            return from_post(me_post(self.desk.here, before, title))
        if rest.strip(" .!").lower() in FORGET:
            self.desk.store.forget(self.desk.person(user), self.desk.now())
            return from_post(me_post(self.desk.here, Asker()))
        read = read_me(rest, self.desk.here, before)
        if isinstance(read, Told):
            return from_post(unclear_post(self.desk.here, read))
        self.desk.store.set_profile(self.desk.person(user), self.desk.me.team, read.role, read.segment, self.desk.now())
        return from_post(me_post(self.desk.here, read))
