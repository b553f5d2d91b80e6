"""A question, and the frame that understanding makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.regions import Values


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, by whom, when."""

    text: str
    today: date
    as_role: str | None = None
    """The asker's point of view, an id or a name of a role."""
    segment: str | None = None
    as_of: date | None = None
    audiences: frozenset[str] = frozenset({"public"})
    before: Understood | None = None
    """What the thread was about before this question: a frame, or what was asked back."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A condition's value given in the question."""

    attribute: str
    values: Values
    said: str
    """The words of the question."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that were recognised: where they stand, what they mean, and the repair if they were misspelt."""

    words: str
    kind: str
    id: str
    start: int
    end: int
    repaired: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the words give to no attribute: of which kind, what it says, and how it was typed."""

    kind: str
    values: Values
    said: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the question is taken to mean."""

    intent: str
    subjects: tuple[str, ...] = ()
    step: str | None = None
    key: str = "own"
    roles: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    as_role: str | None = None
    mine: bool = False
    """Whether it is asked from the asker's point of view ("is this mine?")."""
    things: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Everything else that is named, by kind: archetypes, stakeholders, terms, processes, and the entries that the words speak of."""
    whose: str = ""
    """Whose answer is wanted: empty for here, `typical`, or the source of a named company's published practice."""
    about: Frame | None = None
    """The frame whose answer this one asks about: "why?", "who is that?"."""
    topic: str = ""
    """What a declined question was about."""
    confidence: float = 1.0
    mentions: tuple[Mention, ...] = ()
    runner_up: str = ""
    findings: tuple[str, ...] = ()
    """The findings of the guidance that say all that the question says, best first."""
    as_of: date | None = None
    """The day that the question itself names, where it asks what will hold then."""
    near: tuple[str, ...] = ()
    """The findings that are nearest to it in their words, where they are near enough to be told, nearest first."""
    figures: tuple[Figure, ...] = ()
    """The numbers that are no facts yet: an answer may go by the only attribute that they can be of."""
    alike: tuple[str, ...] = ()
    """The findings that are at all like it, most first: of those that an answer may tell, these come first."""


@dataclass(frozen=True, slots=True)
class Option:
    """One reading to choose from when asking back."""

    label: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two or more readings survive and differ."""

    about: str
    options: tuple[Option, ...]
    frame: Frame


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No reading; what was recognised and the closest topics."""

    mentions: tuple[Mention, ...] = ()
    closest: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """Several questions in one message, in order; each is understood."""

    parts: tuple[Frame | Ambiguous, ...]


Understood = Frame | Ambiguous | NotUnderstood | Several


def last_of(understood: Understood | None) -> Frame | Ambiguous | NotUnderstood | None:
    """What a follow-up builds on: the last of several questions."""
    return understood.parts[-1] if isinstance(understood, Several) else understood


def frame_of(understood: Understood | None) -> Frame | None:
    """The frame of what was understood, also where it has to be asked back; the first of several."""
    if isinstance(understood, Several):
        understood = understood.parts[0]
    found = understood.frame if isinstance(understood, Ambiguous) else understood
    return found if isinstance(found, Frame) else None
