"""What things are called between Slack and us: those who build messages and views and those who handle clicks share this table.

A name, once used in a message, comes back for as long as that message can be clicked: names may be added, and none may change its
meaning. Several buttons of one kind in one message are numbered, `ask-1`, `ask-2`, because an action_id has to be unique there.
"""

from __future__ import annotations

import re
from enum import StrEnum

COMMAND = "/roe"


class Verb(StrEnum):
    """What follows the command, where it is not a question."""

    SHEET = "sheet"
    ME = "me"
    HELP = "help"


class Shortcut(StrEnum):
    """The callback_id of each shortcut."""

    ASK = "ask-rolecall"
    """Global: opens the window to ask in."""
    ANSWER = "answer-this"
    """On a message: answers it to whoever clicked."""


class Step(StrEnum):
    """The callback_id of each custom step of workflows, with its inputs and outputs."""

    LOOK_UP = "look_up_owner"


class Given(StrEnum):
    """What a step is given, and what it gives back."""

    QUESTION = "question"
    SEGMENT = "segment"
    ROLE = "role"
    ANSWER = "answer"
    OWNER = "owner"


class View(StrEnum):
    """The callback_id of each view."""

    HOME = "home"
    ASK = "ask"
    """Question, segment, role."""
    ANSWER = "answer"
    """The answer to it; nothing to submit."""
    REASON = "reason"
    """Why an answer was no good."""
    CHANNEL = "channel"
    """What Rolecall does in a channel."""
    ME = "me"
    """Who I am: role and segment."""
    HUMAN = "human"
    """What will be posted to those who keep a topic, and where."""
    SHARE = "share"
    """What will be posted to a channel."""
    ROLE = "role"
    """Which role is meant, among all there are."""


class Field(StrEnum):
    """An input of a view: its block_id and its action_id are the same."""

    QUESTION = "question"
    SEGMENT = "segment"
    ROLE = "role"
    REASON = "reason"
    NOTE = "note"
    MODE = "mode"


class Action(StrEnum):
    """The action_id of everything that can be clicked."""

    ASK = "ask"
    """Numbered. Asks the question in its value."""
    CHOOSE = "choose"
    """Numbered twice. Says what was meant; the value is the choice."""
    PICK_ROLE = "pick-role"
    """Opens a window with all roles, where it was asked back which one somebody has."""
    WHY = "why"
    SHARE = "share"
    """Opens the preview of what is posted to the channel."""
    HUMAN = "human"
    """Opens the preview of what is posted to those who keep the topic."""
    FEEDBACK = "feedback"
    """The value is `up` or `down`."""
    OPEN_ASK = "open-ask"
    OPEN_ME = "open-me"
    OPEN_CHANNEL = "open-channel"
    """The value is the channel's id."""
    TAKE_ROLE = "take-role"
    """Takes the role that was offered from the profile's title; the value is the role's id."""
    FORGET_ME = "forget-me"
    SHEET_SEGMENT = "sheet-segment"
    """A select above a sheet, in a message or on the Home tab; `all` stands for no choice."""
    SHEET_MOTION = "sheet-motion"
    SHEET_ROLE = "sheet-role"
    SHEET_WHOLE = "sheet-whole"
    """Sends the whole sheet as direct messages; the value is what was chosen."""
    SHEET_SHARE = "sheet-share"
    """Opens the preview of the sheet for the channel; the value is what was chosen."""
    CHANGED = "changed"
    """Tells what changed lately, as a direct message."""


EVERYTHING = "all"
"""The value of the first option of a select, which chooses nothing."""


def numbered(action: Action, *numbers: int) -> str:
    """The action_id of one of several buttons: `ask-2`, `choose-1-3`."""
    return "-".join((action.value, *map(str, numbers)))


def pattern(action: Action) -> re.Pattern[str]:
    """What all action_ids of one kind match, numbered or not, and no others; anchored, because Bolt searches."""
    return re.compile(rf"^{re.escape(action.value)}(?:-\d+)*\Z")


def action_of(action_id: str) -> Action | None:
    """The action of an action_id; None where it is none of ours."""
    return next((action for action in Action if pattern(action).search(action_id)), None)
