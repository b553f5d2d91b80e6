"""The first message in the Messages tab, and the help that a command, a mention or a direct message gets."""

from __future__ import annotations

from bot.render.blocks import Block
from bot.slack.names import COMMAND, Action
from bot.slack.views.here import Asker, Here
from bot.slack.views.pieces import actions, labelled, note, press, questions, said
from bot.slack.views.post import post
from bot.slack.views.suggested import suggested

TRIED = 3
"""How many questions an empty mention is shown to try."""
KEEPERS = 5


def welcome_post(here: Here) -> Block:
    """Sent once, when somebody first opens the Messages tab."""
    told = here.say("welcome", {"command": COMMAND})
    return post([said(told.headline, bold=True), *map(said, told.lines), *tries(here, Asker()), *who_button(here)])


def help_post(here: Here, asker: Asker) -> Block:
    """What can be asked, and the commands; also what an empty mention gets."""
    told = here.say("help", {"command": COMMAND})
    more = here.say("more-help", {"keepers": keepers(here)})
    commands = [(command, says) for command, _, says in (line.partition(" -- ") for line in told.lines)]
    return post([said(told.headline, bold=True), *labelled(commands, " – "), *map(note, more.lines), *tries(here, asker)])


def tries(here: Here, asker: Asker) -> list[Block]:
    """Questions to try."""
    return questions(suggested(here, asker, TRIED))


def who_button(here: Here) -> list[Block]:
    """The way to say who one is, where there are roles."""
    return actions([press("Say who I am", Action.OPEN_ME, label="Say who I am: role and segment")]) if here.has_rules else []


def keepers(here: Here) -> list[str]:
    """Who keeps the rules, those who keep most of them first."""
    counted: dict[str, int] = {}
    for rule in here.company.rules:
        if rule.kept_by:
            counted[rule.kept_by] = counted.get(rule.kept_by, 0) + 1
    return sorted(counted, key=lambda keeper: (-counted[keeper], keeper))[:KEEPERS]
