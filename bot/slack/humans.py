"""Ask a human: the question goes to the team that keeps the topic, and what they answer in its thread goes back to who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.company import Party
from bot.logs import get_logger
from bot.render.blocks import leaf, paragraph
from bot.render.inert import size
from bot.slack.answering import PUBLIC, asked_again
from bot.slack.carried import Carried
from bot.slack.client import Done, Later, Refused, call
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.heard import LONGEST, Heard, said_in
from bot.slack.notes import note
from bot.slack.outgoing import Outgoing, from_post, words
from bot.slack.posting import Sent, ToChannel, ToOne, ToPerson, Way
from bot.slack.replies import Replies
from bot.slack.views.contacts import Contact, contact_for
from bot.slack.views.pieces import note as small
from bot.slack.views.pieces import said
from bot.slack.views.post import post
from bot.slack.views.previews import Plea, elsewhere_post, human_post, nobody_post, quoted
from bot.store import Item, Next, Route

ANSWER = 2_500
INTERNAL = ("//", "(internal)")
"""How a message begins that stays with the team; the question that is posted to them says so."""
PASSED_ON = "I passed that on to {name}."
NOT_TAKEN = "I could not pass that on to {name}: Slack does not let me write to them. Please tell them yourself, if you can."
NOT_PASSED = "I could not pass on what you wrote. Please tell who asked yourself, or write it again later. My reference for it: {}."
ASKED = "{team} has your question. What they answer in the thread comes to you here."

EVERYBODY = frozenset({"here", "channel", "everyone"})
WITH_FILE = "With that came a file, which I cannot pass on."
CUT = "They wrote more than fits here."

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

        def then(sent: Sent) -> Sequence[Next]:
            self.desk.store.open_route(Route(self.desk.me.team, sent.channel, sent.ts, user, user), self.desk.now())
            told = ASKED.format(team=team.name)
            return (note(f"asked {item.id}", (ToPerson(user),), told, self.desk.person(user)),)

        otherwise = lambda refused: self.not_reached(user, team, refused)  # noqa: E731 - one line
        back = (ToPerson(user),)
        return Plan("asked-human", out, (ToChannel(place),), None, otherwise, then, user=user, back=back, surface="human")

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
        """What a person answered, on its way to who asked; where that cannot be, the person who answered is told."""
        text = self.words_of(heard)
        is_cut = len(heard.markup) >= LONGEST or size(text) > ANSWER
        link = self.link_to(heard) if heard.has_files or is_cut else ""
        back: tuple[Way, ...] = (ToOne(heard.channel, heard.user, heard.thread), ToPerson(heard.user))

        def not_taken(refused: Refused) -> Plan:
            told = words(NOT_TAKEN.format(name=self.desk.people.name(route.asker)))
            return Plan("not-passed-on", told, back, user=heard.user, surface="human")

        out = answer_of(self.desk.people.name(heard.user), text, self.question_of(route), link, files=heard.has_files, is_cut=is_cut)
        ways = (ToPerson(route.asker),)
        return Plan("passed-on", out, ways, None, not_taken, user=heard.user, back=back, sorry=NOT_PASSED, surface="human")

    def words_of(self, heard: Heard) -> str:
        """What somebody wrote, with the names of whom and what they mention; nobody is called by it."""
        if not heard.markup:
            return heard.text
        return said_in(heard.markup, self.desk.me, links=True, called=self.called)

    def called(self, target: str, label: str) -> str:
        """How a person, a channel or a group is called that somebody mentions."""
        kind, id = target[:1], target[1:]
        if kind == "@":
            return f"@{self.desk.people.name(id)}"
        if kind == "#":
            return f"#{label or self.desk.teams.name_of(id)}"
        return label or (f"@{id}" if id in EVERYBODY else "@group")

    def link_to(self, heard: Heard) -> str:
        """The address of what somebody wrote; empty where Slack does not tell."""
        found = call(self.desk.client, "chat.getPermalink", channel=heard.channel, message_ts=heard.ts)
        link = found.said.get("permalink") if isinstance(found, Done) else None
        return link if isinstance(link, str) and link.startswith("https://") else ""

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


def answer_of(name: str, text: str, question: str = "", link: str = "", *, files: bool = False, is_cut: bool = False) -> Outgoing:
    """What somebody answered, as a message, beneath what they were asked: all words as plain text, however they were meant; what else there
    is, by a link to it."""
    asked = [quoted(question), said("The answer:")] if question else []
    told = [quoted(text, ANSWER)] if text or not files else []
    blocks = [said(f"{name} answers your question:", bold=True), *asked, *told]
    if files or is_cut:
        more = " ".join(text for text, holds in ((WITH_FILE, files), (CUT, is_cut)) if holds)
        seen = [leaf(f"{more} See it in the thread: "), {"type": "link", "url": link}] if link else [leaf(f"{more} See it in the thread.")]
        blocks.append(paragraph(seen))
    return from_post(post([*blocks, small("Said by a person, not computed from rules.")]))


def quote_in(message: Mapping[str, Any]) -> str:
    """The words that a message of ours quotes; empty where it quotes none."""
    elements = (element for block in message.get("blocks") or () for element in block.get("elements") or () if isinstance(element, dict))
    quotes = (element for element in elements if element.get("type") == "rich_text_quote")
    return "".join(str(leaf.get("text") or "") for leaf in next(quotes, {}).get("elements", ()))
