"""An answer as a message of Slack: the blocks of the answer, and the buttons that go on from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.answers import Answer
from bot.render.blocks import Block, actions, blocks, plain
from bot.render.fallback import fallback
from bot.render.limits import A_BLOCK, check_blocks
from bot.render.limits_elements import TOTAL
from bot.slack.answering import asks_for_role
from bot.slack.carried import Carried, carry
from bot.slack.names import Action, action_of
from bot.slack.outgoing import Outgoing
from bot.slack.views.pieces import A_ROW, press

ASKED_TEXT = 300
"""How much of a question goes with a vote; the rest is not needed to see what was wrong."""
NO_RULES = "No rules loaded: this is what is usual in the industry, not your company's rules."
WHY = frozenset({"answered", "depends", "not-defined"})
NOT_UNDERSTOOD = "not-understood"
"""The outcome on which nobody votes, for there is no answer yet."""
NOT_SHARED = frozenset({NOT_UNDERSTOOD, "not-allowed"})
"""The outcomes that there is nothing to share of."""
FEW = 30
"""So few blocks are never too many."""
HELPED = frozenset({"help"})
"""Intents whose answers are no answers to a question, so that nobody votes on them."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What goes on from an answer here."""

    share: bool = False
    """Whether it is private, in a channel that it could be shared to."""
    heading: str = ""
    """A line above the answer."""


def answer_message(done: Answer, carried: Carried, key: bytes, offers: Offers, choices: Sequence[str] = ()) -> Outgoing:
    """The message of an answer. `choices` are what it can be narrowed by, beside the options that it has itself."""
    message = replace(done.message, options=tuple(choices)) if choices else done.message
    made = [*rows(blocks(message), carried, key), *going_on(done, carried, key, offers), *voting(done, carried, key)]
    out = Outgoing(fallback(done.message), fitting(made))
    return out.noted(offers.heading) if offers.heading else out


def rows(made: Sequence[Block], carried: Carried, key: bytes) -> Iterator[Block]:
    """The blocks with what their buttons carry, no more than five of them in a row."""
    for block in made:
        if block["type"] != "actions":
            yield block
            continue
        buttons = [sealed for each in block["elements"] if (sealed := sealed_button(each, carried, key))]
        yield from (row for start in range(0, len(buttons), A_ROW) for row in actions(buttons[start : start + A_ROW]))


def sealed_button(button: Block, carried: Carried, key: bytes) -> Block | None:
    """A button of an answer with what it needs to know; None where that is too much for a button."""
    if action_of(button["action_id"]) is Action.ASK:
        asked = Carried(button["value"], carried.asker)
        value, label = carry(asked, key), f"Ask: {button['value']}"
    else:
        value, label = carry(carried.choosing(button["value"]), key), f"Choose: {button['value']}"
    if value is None:
        return None
    return button | {"value": value} | press(button["text"]["text"], button["action_id"], value, label=label)


def going_on(done: Answer, carried: Carried, key: bytes, offers: Offers) -> list[Block]:
    """Another role, why, share, ask a human."""
    value = carry(carried, key)
    if value is None or is_help(done):
        return []
    made: list[Block] = []
    if asks_for_role(done):
        made.append(press("Another role…", Action.PICK_ROLE, value, label="Another role: opens a window with all of them"))
    if done.resolution.outcome in WHY:
        made.append(press("Why?", Action.WHY, value, label="Why is that so?"))
    if offers.share and done.resolution.outcome not in NOT_SHARED:
        made.append(press("Share to channel", Action.SHARE, value, label="Share to channel: shows you first what is posted"))
    made.append(press("Ask a human", Action.HUMAN, value, label="Ask a human: shows you first what is posted"))
    return actions(made)


def voting(done: Answer, carried: Carried, key: bytes) -> list[Block]:
    """The feedback buttons."""
    if is_help(done) or done.resolution.outcome == NOT_UNDERSTOOD:
        return []
    told = replace(carried, question=carried.question[:ASKED_TEXT], before=None)
    intent, rule, outcome = done.frame.intent if done.frame else "", done.resolution.rule or "", done.resolution.outcome
    up, down = (carry(told, key, vote=vote, i=intent, l=rule, o=outcome) for vote in ("up", "down"))
    if up is None or down is None:
        return []
    element = {
        "type": "feedback_buttons",
        "action_id": Action.FEEDBACK.value,
        "positive_button": {"text": plain("Helpful"), "value": up, "accessibility_label": "This answer helped"},
        "negative_button": {"text": plain("Not helpful"), "value": down, "accessibility_label": "This answer did not help"},
    }
    return [{"type": "context_actions", "elements": [element]}]


def is_help(done: Answer) -> bool:
    """Whether this is help rather than an answer."""
    return bool(done.frame and done.frame.intent in HELPED) or not done.question.text.strip()


def fitting(made: list[Block]) -> list[Block]:
    """The blocks that Slack takes: without what to ask next where there is too much, and none where even that does not help."""
    for dropped in ((), (Action.ASK,), (Action.ASK, Action.CHOOSE), (Action.ASK, Action.CHOOSE, Action.FEEDBACK)):
        kept = [block for block in made if not dropped or kind_of(block) not in dropped]
        if is_small(kept) or not check_blocks(kept):
            return kept
    return []


def is_small(made: list[Block]) -> bool:
    """Whether blocks fit however they are counted, told from their length as JSON: checking one by one takes longer than making them."""
    text = json.dumps(made)
    return len(made) <= FEW and len(text) + 4 * sum(map(text.count, "&<>")) + A_BLOCK * len(made) <= TOTAL


def kind_of(block: Block) -> Action | None:
    """What the first button of a row does."""
    elements = block.get("elements", ()) if block["type"] in ("actions", "context_actions") else ()
    return action_of(elements[0].get("action_id", "")) if elements else None
