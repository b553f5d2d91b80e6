"""What is said to "that's wrong" and to "how do I change a rule?": rules are changed by whoever keeps them."""

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

CHANGE = re.compile(
    r"\W*(?:how|where|who)\b.{0,40}\b(?:changes?|corrects?|fix(?:es)?|updates?|edits?|amends?|adds?)\s+"
    r"(?:a|an|the|this|that|these|those|our|your)?\s*(?:wrong\s+)?rules?(?:\s+of\s+engagement)?\W*",
    re.IGNORECASE,
)
"""How somebody asks how rules are changed, and nothing else."""


def asks_to_change(text: str) -> bool:
    """Whether a message asks how a rule is changed."""
    return CHANGE.fullmatch(text) is not None


def change_post(here: Here, keepers: list[str]) -> Block:
    """Who keeps the rules and so changes them."""
    told = here.say("change", {"keepers": keepers})
    return post([said(told.headline, bold=True), *map(said, told.lines)])


def is_objection(text: str) -> bool:
    """Whether a message says that the answer before it is wrong, and no more."""
    return OBJECTION.fullmatch(text) is not None


def objection_post(here: Here, contact: Contact) -> Block:
    """Who keeps the rule, and how they hear of it."""
    told = here.say("objection", {"contact": contact})
    return post([said(told.headline, bold=True), *map(said, told.lines)])
