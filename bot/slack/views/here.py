"""What views are made from: what everybody may see of a company on a day, and from whose point of view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from bot.domain.answers import Message, Resolution
from bot.domain.company import Company, Party
from bot.domain.questions import Fact, Frame, Question
from bot.pipeline import Engine
from bot.render import Templates, render
from bot.render.words import Words
from bot.resolve import RuleBook, resolve
from bot.understand import Prepared

Found = TypeVar("Found")
REMEMBERED = 200
"""How many sheets and the like are kept."""


@dataclass(frozen=True, slots=True)
class Here:
    """A company as everybody may see it, on a day. Nothing that is meant for some is in it.

    Keep one for as long as the model and the day are the same: a large sheet takes a while to work out.
    """

    engine: Engine
    today: date
    known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out already."""

    @property
    def prepared(self) -> Prepared:
        """The words that everybody may use."""
        return self.engine.view()[0]

    @property
    def book(self) -> RuleBook:
        """The rules that everybody may see."""
        return self.engine.view()[1]

    @property
    def company(self) -> Company:
        """The company that everybody may see."""
        return self.book.company

    @property
    def templates(self) -> Templates:
        """The texts, and the names of what everybody may see."""
        return self.engine.view()[2]

    @property
    def words(self) -> Words:
        """How this company names things."""
        return self.templates.words

    @property
    def has_rules(self) -> bool:
        """Whether there is a company at all, rather than the guidance alone."""
        return bool(self.company.name)

    def once(self, at: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds, found only once."""
        known: Found | None = self.known.get(at)
        if known is not None:
            return known
        found = find()
        if len(self.known) >= REMEMBERED:
            self.known.clear()
        self.known[at] = found
        return found

    def resolve(self, frame: Frame, as_of: date | None = None) -> Resolution:
        """What the rules say to a frame, for everybody."""
        return resolve(frame, Question("", self.today, as_of=as_of), self.book, self.engine.language.declines)

    def message(self, frame: Frame) -> Message:
        """The answer to a frame, for everybody."""
        return render(self.resolve(frame), self.templates)

    def say(self, name: str, view: Mapping[str, Any]) -> Said:
        """A text of `prompts/slack/`: its headline in one line, and its lines."""
        said = self.templates.blocks(f"slack/{name}", view)
        return Said(" ".join(said["headline"]), said["lines"], said["why"])

    def segment_fact(self, segment: str | None) -> dict[str, Fact]:
        """A segment as a fact, where there is such a segment."""
        found = self.company.segments.get(segment or "")
        return {"segment": Fact("segment", frozenset({found.id}), found.name)} if found else {}


@dataclass(frozen=True, slots=True)
class Said:
    """A text that people read."""

    headline: str
    lines: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """From whose point of view something is shown: the id of a role and of a segment, where they were told."""

    role: str | None = None
    segment: str | None = None


def asker_in(here: Here, role: str | None, segment: str | None) -> Asker:
    """The asker as far as the company knows such a role and segment: what was remembered may be from an older model."""
    known = role if role in {each.id for each in here.company.roles()} else None
    return Asker(known, segment if segment in here.company.segments else None)


def role_of(here: Here, asker: Asker) -> Party | None:
    """The asker's role."""
    return here.company.parties.get(asker.role or "")
