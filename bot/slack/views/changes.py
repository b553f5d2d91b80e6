"""What changed lately: what came into force in the last three months, and what will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.questions import Frame
from bot.render.sheet import cap
from bot.slack.views.here import Here
from bot.slack.views.pieces import Block, header, listing, said
from bot.slack.views.post import post

BACK, AHEAD = timedelta(days=92), timedelta(days=184)
"""How far back is lately, and how far ahead is soon."""
SHOWN, MOST = 5, 40


@dataclass(frozen=True, slots=True)
class Change:
    """A ruling that comes into force: on which day, on what, and who owned and will own it."""

    day: date
    name: str
    id: str
    coming: bool
    before: str = ""
    after: str = ""


def changes(here: Here) -> list[Change]:
    """What came into force lately and what will soon, newest first."""
    found = {(each.day, each.name): each for each in (*rule_changes(here), *entry_changes(here))}
    return sorted(found.values(), key=lambda change: (-change.day.toordinal(), change.name))


def rule_changes(here: Here) -> Iterator[Change]:
    """Rules on ownership: with their owner before and after."""
    for rule in here.company.rules:
        day = in_range(rule.starts, here)
        if day and rule.basis == "company":
            before = owner_on(rule.subject, day - timedelta(days=1), here)
            yield Change(day, cap(here.words.subject(rule.subject)), rule.id, day > here.today, before, owner_on(rule.subject, day, here))


def entry_changes(here: Here) -> Iterator[Change]:
    """Rulings beside ownership."""
    for entry in here.company.entries:
        day = in_range(entry.starts, here)
        if day:
            yield Change(day, cap(entry.section.replace("-", " ")), entry.id, day > here.today)


def in_range(day: int | None, here: Here) -> date | None:
    """The day, where it is lately or soon."""
    found = date.fromordinal(day) if day else None
    return found if found and here.today - BACK <= found <= here.today + AHEAD else None


def owner_on(subject: str, day: date, here: Here) -> str:
    """Who owns a subject on a day, or on what that depends; empty where nothing is ruled."""
    verdicts = here.resolve(Frame("who", (subject,)), as_of=day).verdicts
    if not verdicts:
        return ""
    verdict = verdicts[0]
    if verdict.decided is not None:
        return here.words.short(verdict.decided) if verdict.decided.ruling else ""
    return f"depends on {', '.join(verdict.undecided)}"


def changed_blocks(here: Here, most: int = SHOWN) -> list[Block]:
    """The changes as a list."""
    found = changes(here)
    told = here.say("changed", {"changes": found[:most], "left": max(0, len(found) - most)})
    return [header("What changed lately"), *([] if found else [said(told.headline)]), *listing(told.lines)]


def changed_post(here: Here) -> Block:
    """The changes as a message."""
    return post(changed_blocks(here, MOST))
