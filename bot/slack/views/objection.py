"""What is said to "that's wrong": the answer was computed from a rule, so it is the rule that has to change, by whoever keeps it."""

from __future__ import annotations

import re

from bot.render.blocks import Block
from bot.slack.views.contacts import Contact
from bot.slack.views.here import Here
from bot.slack.views.pieces import said
from bot.slack.views.post import post

BEFORE = r"\W*(?:(?:no|nope|sorry|but|hm+)\b\W*)?"
WRONG = r"(?:wrong|incorrect|false|outdated|out of date|not\s+(?:right|true|correct))"
OBJECTION = re.compile(
    rf"{BEFORE}(?:(?:(?:that|this|it)\W*(?:is|s|looks|seems|sounds)\s+)?(?:just\s+|plain\s+|totally\s+)?{WRONG}"
    rf"|(?:that|this|it)\s+isn\W?t\s+(?:right|true|correct))\W*",
    re.IGNORECASE,
)
"""How somebody says that an answer is wrong, and nothing else."""


def is_objection(text: str) -> bool:
    """Whether a message says that the answer before it is wrong, and no more."""
    return OBJECTION.fullmatch(text) is not None


def objection_post(here: Here, contact: Contact) -> Block:
    """Who keeps the rule, and how they hear of it."""
    told = here.say("objection", {"contact": contact})
    return post([said(told.headline, bold=True), *map(said, told.lines)])
