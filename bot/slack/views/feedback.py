"""Why an answer was no good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.render.blocks import Block, plain
from bot.slack.names import Field, View
from bot.slack.views.contacts import Contact
from bot.slack.views.here import Here
from bot.slack.views.pieces import filled, modal, said, typed
from bot.slack.views.reading import chosen_in, typed_in

REASONS = {
    "wrong-owner": "It names the wrong owner",
    "outdated": "It is out of date",
    "not-my-question": "It is not what I asked",
    "unclear": "I do not understand it",
}
"""Reason -> how the form says it."""
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and in the person's own words."""

    reason: str | None
    note: str


def reason_view(metadata: str = "", *, text_is_kept: bool = False) -> Block:
    """The form that a "no" opens; words are asked for only where they are kept."""
    listed = [{"text": plain(text), "value": reason} for reason, text in REASONS.items()]
    blocks = [filled(Field.REASON, "What is wrong with the answer?", {"type": "radio_buttons", "options": listed})]
    if text_is_kept:
        words = typed(Field.NOTE, "In a sentence", LONGEST, lines=True)
        hint = "Kept for those who maintain the rules, together with the question."
        blocks.append(filled(Field.NOTE, "What should it say?", words, hint, optional=True))
    return modal(View.REASON, "What is wrong", blocks, submit="Send", close="Cancel", metadata=metadata)


def noted_view(here: Here, contact: Contact, *, text_is_kept: bool = False) -> Block:
    """What became of it, in place of the form."""
    told = here.say("noted", {"kept": text_is_kept, "contact": contact})
    return modal(View.ANSWER, "Thank you", [said(told.headline, bold=True), *map(said, told.lines)])


def reason_in(view: Mapping[str, Any]) -> Reason:
    """What was filled in."""
    chosen = chosen_in(view, Field.REASON)
    return Reason(chosen if chosen in REASONS else None, typed_in(view, Field.NOTE)[:LONGEST])
