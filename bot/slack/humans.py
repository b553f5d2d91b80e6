"""Ask a human: the question goes to the team that keeps the topic, and what they answer in its thread goes back to who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.company import Party
from bot.logs import get_logger
from bot.slack.answering import PUBLIC, asked_again
from bot.slack.carried import Carried
from bot.slack.client import Done, Later, Refused, call
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.heard import Heard
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import Sent, ToChannel, ToPerson
from bot.slack.replies import Replies
from bot.slack.views.contacts import Contact, contact_for
from bot.slack.views.pieces import note, said
from bot.slack.views.post import post
from bot.slack.views.previews import Plea, elsewhere_post, human_post, nobody_post, quoted
from bot.store import Item, Route

ANSWER = 2_500
INTERNAL = ("//", "(internal)")
"""How a message begins that stays with the team; the question that is posted to them says so."""
PASSED_ON = "I passed that on to {name}."
ASKED = "{team} has your question. What they answer in the thread comes to you here."

log = get_logger(part="humans")


class Humans:
    """Plans for questions to people and for what they answer."""

    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def plea(self, carried: Carried, added: str = "") -> tuple[Plea, Contact]:
        """The question as everybody may read it, and whom it goes to."""
        done = self.replies.compute(asked_again(carried, PUBLIC))
        name = self.desk.people.name(carried.asker)
        return Plea(name, carried.question, done.message.headline, added), contact_for(done, self.desk.here)

    def contact(self, carried: Carried) -> Contact:
        """Whom a question goes to."""
        return contact_for(self.replies.compute(asked_again(carried, PUBLIC)), self.desk.here)

    def plan(self, item: Item) -> Plan:
        """Posts a question to the team that keeps its topic."""
        user, added = str(item.payload["user"]), str(item.payload.get("added", ""))
        carried = Carried(**item.payload["carried"])
        plea, contact = self.plea(carried, added)
        team = contact.team
        if team is None:
            told = from_post(nobody_post(self.desk.here, contact))
            return Plan("no-team", told, (ToPerson(user),), user=user, surface="human")
        place = self.desk.teams.place(team.channel)
        if isinstance(place, Later) and not item.last:
            return Plan("waiting", wait=place)
        if not isinstance(place, str):
            return self.not_reached(user, team, place)
        out = from_post(human_post(self.desk.here, plea, team, heard=self.is_heard))

        def after(sent: Sent) -> None:
            route = Route(self.desk.me.team, sent.channel, sent.ts, user, user)
            self.desk.store.open_route(route, self.desk.now())
            self.desk.poster.send((ToPerson(user),), words(ASKED.format(team=team.name)))

        ways = (ToChannel(place),)
        return Plan("asked-human", out, ways, after, lambda refused: self.not_reached(user, team, refused), user=user, surface="human")

    def not_reached(self, user: str, team: Party, why: Later | Refused) -> Plan:
        """Where else to go, because the channel of the team cannot be posted to."""
        log.warning("team_not_reached", team=team.id, reason=why.error if isinstance(why, Refused) else why.reason)
        told = from_post(elsewhere_post(team))
        return Plan("team-not-reached", told, (ToPerson(user),), user=user, surface="human")

    @property
    def is_heard(self) -> bool:
        """Whether what a team writes is heard without a mention."""
        return self.desk.me.may("channels:history")

    def route(self, heard: Heard) -> Route | None:
        """Where something that was said in a thread goes back to; None where nobody waits for it. Raises StoreError."""
        if not heard.thread or heard.is_direct:
            return None
        found = self.desk.store.route(self.desk.me.team, heard.channel, heard.thread, self.desk.now())
        return found if found is not None and found.asker != heard.user else None

    def pass_on(self, heard: Heard, route: Route) -> Plan:
        """What a person answered, on its way to who asked."""
        name = self.desk.people.name(heard.user)
        out = answer_of(name, heard.text, self.question_of(route))
        return Plan("passed-on", out, (ToPerson(route.asker),), user=route.asker, surface="human")

    def question_of(self, route: Route) -> str:
        """The question as it was posted to a team, read there: it is kept nowhere else. Empty where it cannot be read."""
        if not self.is_heard:
            return ""
        read = call(self.desk.client, "conversations.replies", channel=route.channel, ts=route.ts, limit=1)
        listed = read.said.get("messages") if isinstance(read, Done) else None
        return quote_in(listed[0]) if isinstance(listed, list) and listed and isinstance(listed[0], dict) else ""


def stays(text: str) -> bool:
    """Whether what a team writes is said to be for the team alone."""
    return text.lower().startswith(INTERNAL)


def answer_of(name: str, text: str, question: str = "") -> Outgoing:
    """What somebody answered, as a message, beneath what they were asked: all words as plain text, however they were meant."""
    asked = [quoted(question), said("The answer:")] if question else []
    told = [said(f"{name} answers your question:", bold=True), *asked, quoted(text, ANSWER)]
    return from_post(post([*told, note("Said by a person, not computed from rules.")]))


def quote_in(message: Mapping[str, Any]) -> str:
    """The words that a message of ours quotes; empty where it quotes none."""
    elements = (element for block in message.get("blocks") or () for element in block.get("elements") or () if isinstance(element, dict))
    quotes = (element for element in elements if element.get("type") == "rich_text_quote")
    return "".join(str(leaf.get("text") or "") for leaf in next(quotes, {}).get("elements", ()))
