"""What is about to be posted for somebody, and where: shown first, posted only after a click."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.company import Party
from bot.render.blocks import Block, paragraph
from bot.render.fallback import inert
from bot.render.inert import clean, cut
from bot.slack.names import Field, View
from bot.slack.views.contacts import Contact
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


def human_post(here: Here, plea: Plea, team: Party, *, heard: bool = True) -> Block:
    """The question as it is posted to a team; `heard` is whether the bot hears what it is not mentioned in."""
    asker = clean(plea.asker) or "Somebody"
    words_of = {"answer": cut(clean(plea.answer), ANSWER), "note": cut(clean(plea.note), NOTE)}
    told = here.say("human", {"asker": asker, "team": team.name, "heard": heard, **words_of})
    *lines, last = told.lines
    return post([said(told.headline, bold=True), quoted(plea.question), *map(said, lines), note(last)])


def quoted(text: str, most: int = QUESTION) -> Block:
    """Somebody's words, as plain text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [leaf(cut(clean(text), most) or "…")]}]}


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


def human_view(here: Here, plea: Plea, contact: Contact, metadata: str = "", *, heard: bool = True) -> Block:
    """The preview of it, with room for a word to add. The contact has a team."""
    assert contact.team is not None
    shown = for_modal(human_post(here, plea, contact.team, heard=heard)["blocks"], clickable=False)
    added = filled(Field.NOTE, "Anything to add?", typed(Field.NOTE, "For example the customer's segment", NOTE, lines=True), optional=True)
    told = here.say("preview", {"contact": contact})
    blocks = [posted_in(contact.team.channel), DIVIDER, *shown, DIVIDER, added, *map(note, told.lines)]
    return modal(View.HUMAN, "Ask a human", blocks, submit="Post", close="Cancel", metadata=metadata)


def nobody_post(here: Here, contact: Contact, wrong: str = "") -> Block:
    """Why a question cannot be posted for somebody, and where else to go; `wrong` is what keeps it out of the team's channel."""
    told = here.say("nobody", {"contact": contact, "wrong": wrong})
    return post([said(told.headline), *map(said, told.lines)])


def nobody_view(here: Here, plea: Plea, contact: Contact, wrong: str = "") -> Block:
    """The same as a window, with the question, to be taken there by hand."""
    return modal(View.ANSWER, "Ask a human", [quoted(plea.question), *nobody_post(here, contact, wrong)["blocks"]])


def share_view(here: Here, shared: Block, channel: str, metadata: str = "") -> Block:
    """The preview of a message for a channel: `shared` is the message as it will be posted, rendered for everybody."""
    shown = for_modal(shared["blocks"], clickable=False)
    told = here.say("preview", {"contact": None})
    blocks = [posted_in(channel), DIVIDER, *shown, DIVIDER, *map(note, told.lines)]
    return modal(View.SHARE, "Share to channel", blocks, submit="Post", close="Cancel", metadata=metadata)
