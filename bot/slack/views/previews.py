"""What is about to be posted for somebody, and where: shown first, posted only after a click."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.answers import Answer
from bot.domain.company import Party
from bot.render.blocks import Block, paragraph
from bot.render.fallback import inert
from bot.render.inert import clean, cut
from bot.slack.names import Field, View
from bot.slack.views.here import Here
from bot.slack.views.in_modal import for_modal
from bot.slack.views.pieces import filled, leaf, modal, note, said, typed
from bot.slack.views.post import post

CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}\Z")
QUESTION, ANSWER, NOTE = 900, 600, 500
DIVIDER: Block = {"type": "divider"}


@dataclass(frozen=True, slots=True)
class Plea:
    """A question for those who keep a topic."""

    asker: str
    """The name of who asks."""
    question: str
    answer: str
    """What was answered, in one sentence, as everybody may read it."""
    note: str = ""


def team_for(answered: Answer, here: Here) -> Party | None:
    """The team that keeps what was asked about, else the one that keeps most rules; only one that has a channel."""
    rule = next((rule for rule in here.company.rules if rule.id == answered.resolution.rule), None)
    subjects = answered.frame.subjects if answered.frame else ()
    about = [rule] if rule else [each for each in here.company.rules if each.subject in subjects]
    for kept in (about, here.company.rules):
        counted: dict[str, int] = {}
        for each in kept:
            party = here.company.parties.get(each.kept_by)
            if party and party.channel:
                counted[party.id] = counted.get(party.id, 0) + 1
        if counted:
            return here.company.parties[max(counted, key=lambda id: (counted[id], id))]
    return None


def human_post(here: Here, plea: Plea, team: Party, *, heard: bool = True) -> Block:
    """The question as it is posted to a team; `heard` is whether the bot hears what it is not mentioned in."""
    asker = clean(plea.asker) or "Somebody"
    words_of = {"answer": cut(clean(plea.answer), ANSWER), "note": cut(clean(plea.note), NOTE)}
    told = here.say("human", {"asker": asker, "team": team.name, "heard": heard, **words_of})
    *lines, last = told.lines
    words = [leaf(cut(clean(plea.question), QUESTION) or "…")]
    quoted: Block = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": words}]}
    return post([said(told.headline, bold=True), quoted, *map(said, lines), note(last)])


def place_of(channel: str) -> Block:
    """A channel in a text: a name as it is, an id as Slack shows it."""
    return {"type": "channel", "channel_id": channel} if CHANNEL.match(channel) else leaf(clean(channel) or "the channel")


def posted_in(channel: str) -> Block:
    """Where something is about to be posted."""
    return paragraph([leaf("This will be posted in "), place_of(channel), leaf(":")])


def elsewhere_post(team: Party) -> Block:
    """Where else to go, because the channel of a team cannot be posted to."""
    before, after = "I could not post in ", f"the channel of {clean(team.name)}. Please ask there yourself."
    where = [] if CHANNEL.match(team.channel) else [f"{clean(team.channel)}, "]
    made = paragraph([leaf(before), place_of(team.channel), leaf(f", {after}")])
    return {"text": inert(clean("".join((before, *where, after)))), "blocks": [made]}


def human_view(here: Here, plea: Plea, team: Party, metadata: str = "", *, heard: bool = True) -> Block:
    """The preview of it, with room for a word to add."""
    shown = for_modal(human_post(here, plea, team, heard=heard)["blocks"], clickable=False)
    added = filled(Field.NOTE, "Anything to add?", typed(Field.NOTE, "For example the customer's segment", NOTE, lines=True), optional=True)
    told = here.say("preview", {"team": team.id})
    blocks = [posted_in(team.channel), DIVIDER, *shown, DIVIDER, added, *map(note, told.lines)]
    return modal(View.HUMAN, "Ask a human", blocks, submit="Post", close="Cancel", metadata=metadata)


def share_view(here: Here, shared: Block, channel: str, metadata: str = "") -> Block:
    """The preview of a message for a channel: `shared` is the message as it will be posted, rendered for everybody."""
    shown = for_modal(shared["blocks"], clickable=False)
    told = here.say("preview", {"team": None})
    blocks = [posted_in(channel), DIVIDER, *shown, DIVIDER, *map(note, told.lines)]
    return modal(View.SHARE, "Share to channel", blocks, submit="Post", close="Cancel", metadata=metadata)
