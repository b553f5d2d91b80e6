"""Rules: who has which part in a subject, with exceptions, and where each sentence stands in the files.

Each *key* of a rule is decided separately. Keys are the kinds of owner and the parts (`own`, `executes`, `first-contact`,
`credit`, `paid`, `support`, `informed`, `none`), and the same of a step with its clock (`quote.own`, `quote.start`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.regions import Region
from bot.problems import NOWHERE, Place

PARTY_KEYS = ("own", "executes", "first-contact", "credit", "paid", "support", "informed", "none")
CLOCK_KEYS = ("start", "due")
PART_OF_KEY = {"support": "support", "informed": "informed", "none": "none"}
Basis = Literal["company", "derived"]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the credit: who, how many percent, and in which period when it changes over time."""

    holder: str
    percent: int
    during: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The key is held by these roles, teams or positions; several owners are co-owners."""

    holders: tuple[str, ...]
    lead: str | None = None
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Nobody:
    """Ruled: nobody. Clears what a wider rule says."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """Ruled: not decided yet, and who decides."""

    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the published statements that disagree."""

    says: str
    source: str
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Disputed:
    """Two published statements disagree and nobody has settled it."""

    statements: tuple[Statement, ...]
    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameAs:
    """Whoever has the same key in another subject (and step) under the same facts."""

    subject: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """When a step starts or is due: "120 days before renewal"."""

    text: str
    days: int | None = None
    before: bool = True
    anchor: str = ""


ANYTHING = "*"
"""Stands for the attribute of a condition of which even that could not be read."""
Ruling = Held | Nobody | Undefined | Disputed | SameAs | Clock


@dataclass(frozen=True, slots=True)
class Says:
    """What a rule or exception says on one key, and where."""

    ruling: Ruling
    place: Place
    because: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A rule's body or one of its exceptions: under which facts it holds, what it says, and its own exceptions, in order."""

    region: Region
    """Where it holds, its parents' conditions included."""
    says: Mapping[str, Says]
    exceptions: tuple[Node, ...] = ()
    source: str = ""
    """Where it was published, if not where its rule was."""
    label: str = ""
    """The condition as the model's writer put it; empty for a rule without one."""
    place: Place = NOWHERE

    def walk(self) -> Iterator[Node]:
        """The node and all below it, exceptions after what they bend."""
        yield self
        for exception in self.exceptions:
            yield from exception.walk()

    def steps(self) -> frozenset[str]:
        """The steps on which it rules, or something below it."""
        return frozenset(step for node in self.walk() for key in node.says if (step := split_key(key)[0]))


@dataclass(frozen=True, slots=True)
class Example:
    """An example beside a ruling: facts or a question, and what must come out."""

    place: Place
    own: tuple[str, ...]
    """Who must come out; beside an entry that is no rule, nobody where that is not looked at."""
    given: Region | None = None
    ask: str | None = None
    subject: str = ""
    step: str | None = None
    outcomes: tuple[str, ...] = ()
    """Every outcome that is right, beside an entry that is no rule."""
    says: tuple[tuple[str, ...], ...] = ()
    """What else the answer has to say, each in any of these ways."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step that a rule names, with the name and other words that it gives it."""

    id: str
    name: str = ""
    aka: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """When a rule was last verified, by whom, and until when that is good (dates as day numbers)."""

    on: int
    by: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One version of one rule on one subject."""

    id: str
    subject: str
    node: Node
    place: Place
    kept_by: str = ""
    verified: Verified | None = None
    starts: int | None = None
    """First day in force, as a day number; None when it always was."""
    ends: int | None = None
    """First day no longer in force."""
    over: frozenset[str] = frozenset()
    basis: Basis = "company"
    audience: str = "public"
    source: str = ""
    examples: tuple[Example, ...] = ()
    step_words: tuple[StepWords, ...] = ()
    until: int | None = None
    """When it ends by its own words, whatever version comes later."""
    doubtful: bool = False
    """Whether something in it could not be read, so that nothing is concluded from it; it says nothing then."""
    unread: frozenset[str] = frozenset()
    """The attributes on which it has conditions that could not be read; `*` where even that is not known."""
    note: str = ""
    """What is remarked on it, told where a question asks for more than whose it is."""

    def in_force(self, day: int) -> bool:
        """Whether it holds on that day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


def split_key(key: str) -> tuple[str | None, str]:
    """`quote.own` is the step `quote` and the key `own`; `own` alone has no step."""
    step, dot, name = key.rpartition(".")
    return (step if dot else None, name)


def join_key(step: str | None, name: str) -> str:
    """The inverse of `split_key`."""
    return f"{step}.{name}" if step else name
