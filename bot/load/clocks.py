"""When a step starts or is due, as people write it: "120 days before renewal", "T-90", "2 business days after close"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from bot.domain.quantities import read_days
from bot.domain.rules import Clock
from bot.load.layout import Part
from bot.load.translate import say_input
from bot.problems import Problem, problem

CLOCK = re.compile(r"^(?P<span>.+?) (?P<side>before|after|of|from|prior to) (?:the )?(?P<anchor>.+)$", re.IGNORECASE)
COUNTDOWN = re.compile(r"^t ?(?P<sign>[-–−+]) ?(?P<span>\d{1,5}(?: ?[a-z]+)?)$", re.IGNORECASE)
"""How far from the renewal, as in a launch: "T-90"."""
WORKING = re.compile(r"(?<=\d[ -])(?:business|working|calendar)[ -](?=\w)", re.IGNORECASE)
"""Which days are meant; they are counted as days."""
SIDES = ("before", "after")
OTHER_WORDS = frozenset({*SIDES, "later"})
"""Words behind a span that are no slips."""
LONGEST_SPAN = 3
"""How many words a span has at most: "2 business days"."""


def read_clock(texts: tuple[str, ...]) -> Clock:
    """A clock, by the first of its times; text that is no "so long before something" stays text."""
    text, first = " and ".join(texts), " ".join(texts[0].split())
    counted = COUNTDOWN.match(first)
    if counted:
        return Clock(text, days_of(counted["span"]), counted["sign"] != "+", "renewal")
    found = CLOCK.match(first)
    days = days_of(found["span"]) if found else None
    if not found or days is None:
        return Clock(text)
    return Clock(text, days, found["side"].lower() in ("before", "prior to"), found["anchor"])


def days_of(span: str) -> int | None:
    """The days of a span; business days count as days."""
    return read_days(WORKING.sub("", span))


def misspelt(texts: tuple[str, ...], part: Part, key: str) -> Iterator[Problem]:
    """A problem for each time with a span in which "before" or "after" is nearly written."""
    for index, text in enumerate(texts):
        meant = meant_by(text)
        if meant and read_clock((text,)).days is None:
            written, side = meant
            place = part.at(key, index) if len(texts) > 1 else part.at(key)
            yield problem(
                "bad-value",
                place,
                f"{say_input(text)} does not say on which side of the event it is",
                expected='a span, "before" or "after", and the event, such as "90 days before renewal"',
                fix=f'did you mean "{side}"? Otherwise write it without {say_input(written)}',
            )


def meant_by(text: str) -> tuple[str, str] | None:
    """The word behind the span, and the side that it nearly is."""
    words = text.split()
    for count in range(1, min(LONGEST_SPAN, len(words) - 1) + 1):
        if days_of(" ".join(words[:count])) is not None:
            word = words[count].lower()[:20]
            close = [] if word in OTHER_WORDS else difflib.get_close_matches(word, SIDES, n=1, cutoff=0.7)
            if close:
                return words[count], close[0]
    return None
