"""The Home tab: who I am here, my part, the rules of engagement, what changed lately, what to ask. Everybody may see all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.render.blocks import Block
from bot.slack.names import COMMAND, Action, View
from bot.slack.views.card import card_blocks
from bot.slack.views.changes import SHOWN, changed_blocks, changes
from bot.slack.views.here import Asker, Here
from bot.slack.views.pieces import actions, header, note, press, questions, said
from bot.slack.views.sheet_blocks import AT_HOME, sheet_blocks
from bot.slack.views.sheets import Chosen
from bot.slack.views.suggested import suggested
from bot.slack.views.whoami import who_blocks

DIVIDER: Block = {"type": "divider"}


@dataclass(frozen=True, slots=True)
class HomeState:
    """What a person's Home depends on beside the company: who they are, their profile's title, and what stands in the menus."""

    asker: Asker = field(default_factory=Asker)
    title: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    gone: bool = False
    """Whether the role that they chose is no longer in the model."""


def home_view(here: Here, state: HomeState) -> Block:
    """The Home tab of one person."""
    blocks = [*opening(here, state.asker)]
    if here.has_rules:
        blocks += [header("Who you are here"), *who_blocks(here, state.asker, state.title, gone=state.gone)]
        blocks += [*card_blocks(here, state.asker), DIVIDER]
        blocks += [*sheet_blocks(here, state.chosen, AT_HOME), DIVIDER]
        blocks += [*changed_blocks(here), *more_changes(here)]
    blocks.append(note(f"Computed from rules, no AI. As of {here.words.day(here.today)}. {COMMAND} help tells the rest."))
    return {"type": "home", "callback_id": View.HOME.value, "blocks": blocks}


def closed_view(why: str) -> Block:
    """The Home tab of somebody who may be told nothing."""
    return {"type": "home", "callback_id": View.HOME.value, "blocks": [said(why)]}


def opening(here: Here, asker: Asker) -> list[Block]:
    """The title, the window to ask in, and questions to try."""
    told = here.say("home", {"command": COMMAND})
    ask = press("Ask a question", Action.OPEN_ASK, label="Ask a question: opens a window", style="primary")
    asked = suggested(here, asker)
    tried = [note("Or try one of these:"), *questions(asked)] if asked else []
    return [header(told.headline), *map(said, told.lines), *actions([ask]), *tried, DIVIDER]


def more_changes(here: Here) -> list[Block]:
    """A way to all changes, where the list is cut."""
    count = len(changes(here))
    return actions([press(f"All {count} changes", Action.CHANGED, label=f"Send me all {count} changes")]) if count > SHOWN else []
