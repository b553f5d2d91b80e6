"""The window to ask in, and the answer in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.answers import Message
from bot.render.blocks import Block, blocks
from bot.slack.names import COMMAND, Field, View
from bot.slack.views.here import Asker, Here, asker_in
from bot.slack.views.in_modal import for_modal
from bot.slack.views.pieces import filled, menu, modal, not_offered, offered, said, typed
from bot.slack.views.reading import chosen_in, typed_in
from bot.slack.views.suggested import suggested

LONGEST = 1_000
"""The longest question that can be typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was filled in: the question, and for whom."""

    question: str
    asker: Asker


def ask_view(here: Here, asker: Asker, question: str = "", metadata: str = "") -> Block:
    """The window with the question, the segment and the role; what is known of the asker stands there at first."""
    example = next(iter(suggested(here, asker, 1)), "Who owns renewal?")
    field = typed(Field.QUESTION, example, LONGEST, lines=True, initial=question) | {"focus_on_load": True}
    made = [filled(Field.QUESTION, "Your question", field)]
    roles, segments = offered(here.company, asker.role, asker.segment, everything=("No role in particular", "Any segment"))
    if segments.pairs:
        made.append(filled(Field.SEGMENT, "The customer's segment", menu(Field.SEGMENT, "Choose a segment", segments)))
    if roles.pairs:
        made.append(filled(Field.ROLE, "Your role", menu(Field.ROLE, "Choose a role", roles), 'For questions such as "is this mine?".'))
    made += not_offered((roles, segments), COMMAND)
    return modal(View.ASK, "Ask Rolecall", made, submit="Ask", close="Cancel", metadata=metadata)


def asked_in(view: Mapping[str, Any], here: Here) -> Asked:
    """What was filled in; only a role and a segment that the company has."""
    return Asked(typed_in(view, Field.QUESTION)[:LONGEST], asker_in(here, chosen_in(view, Field.ROLE), chosen_in(view, Field.SEGMENT)))


def answer_view(question: str, answered: Message | list[Block], metadata: str = "") -> Block:
    """The answer in the window; what to ask next can be clicked there."""
    made = blocks(answered) if isinstance(answered, Message) else answered
    asked: list[Block] = [said(question), {"type": "divider"}] if question.strip() else []
    return modal(View.ANSWER, "Answer", [*asked, *for_modal(made, clickable=True)], metadata=metadata)
