"""What was decided for a question, and the answer that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.domain.questions import Frame, Question, Understood, frame_of
from bot.domain.regions import Box, Region
from bot.domain.rules import Rule, Ruling
from bot.problems import NOWHERE, Place

Outcome = Literal["answered", "depends", "ask-back", "not-defined", "not-allowed", "declined", "not-understood"]
TOLD = ("answered", "depends")
"""The outcomes with which something is told that the company has written down."""
AnswerBasis = Literal["company", "derived", "guidance", "faq", "none"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule or exception that was looked at for a key: whether it decided, and if not, why it lost."""

    key: str
    rule: str
    label: str
    place: Place
    verdict: Literal["won", "lost", "possible"]
    reason: str
    region: Region = field(default=(), compare=False)
    """Where it holds."""
    ruling: Ruling | None = None
    """What it says."""
    cause: Literal["assumed", "given", "before", "date", ""] = ""
    """Of what kind the reason is: a fact that was assumed or given, what comes before it, or the day."""
    known: Box = field(default_factory=dict, compare=False)
    """The fact that speaks against it, where it is one."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the model says on one key: the ruling and where it stands; `rule` is None when no rule covers the facts."""

    key: str
    ruling: Ruling | None
    rule: Rule | None = None
    place: Place = NOWHERE
    because: str = ""
    label: str = ""
    source: str = ""
    through: tuple[Place, ...] = ()
    """Where the rulings stand that it was referred on to (`{as: …}`), the last being the one that names somebody."""
    referred: tuple[tuple[str, str], ...] = ()
    """The subjects and keys that these are on."""
    region: Region = field(default=(), compare=False)
    """Where the sentence of the rule holds."""
    reasons: tuple[str, ...] = ()
    """What `because` is made of: the reason of the rule, and of the one that it was referred on to."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a *depends* table: the conditions, one cell for each dimension, and what is decided there."""

    conditions: tuple[str, ...]
    decided: tuple[Decided, ...]
    """More than one when something beyond the table's two dimensions still matters."""


@dataclass(frozen=True, slots=True)
class Unless:
    """What would change the answer if an assumption did not hold."""

    condition: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one key under the facts of a question: one ruling, or a table of cases."""

    key: str
    subject: str
    decided: Decided | None
    """The one ruling, when there is one."""
    dimensions: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    undecided: tuple[str, ...] = ()
    """Every attribute that matters and was not given, by name; more than two do not fit into the table."""
    unless: tuple[Unless, ...] = ()
    granted: tuple[str, ...] = ()
    """What the table of cases takes for granted, because nobody said otherwise."""
    find_tried: Callable[[], tuple[Tried, ...]] = field(default=tuple, compare=False, repr=False)
    """Finds the trace, which only `why` wants."""

    @property
    def tried(self) -> tuple[Tried, ...]:
        """Every line that was looked at, and what became of it."""
        return self.find_tried()


@dataclass(frozen=True, slots=True)
class Result:
    """The machine-readable core of an answer."""

    kind: str
    roles: tuple[str, ...]
    part: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is to be said: the outcome, the template that says it, and the values that it says."""

    outcome: Outcome
    template: str
    view: Mapping[str, Any] = field(default_factory=dict)
    result: Result | None = None
    rule: str | None = None
    basis: AnswerBasis = "none"
    sources: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    audience: str = "public"
    faq: str | None = None
    also: tuple[Resolution, ...] = ()
    """What is said to the further questions of the same message."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an answer, all cells as plain text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """The answer tree that every surface renders: the first sentence alone answers."""

    headline: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    why: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    label: str = ""
    """Whose word it is, in one short sentence: the company's rule, derived from an archetype, or the industry's guidance."""
    options: tuple[str, ...] = ()
    """What to choose from, where the answer asks back."""
    also: tuple[Message, ...] = ()
    """The answers to the further questions of the same message."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Question, meaning, decision and message, kept together."""

    question: Question
    understood: Understood
    resolution: Resolution
    message: Message
    text: str
    micros: int = 0
    chance: float = 1.0
    """How likely it is right, from 0 to 1, where that was weighed."""

    @property
    def frame(self) -> Frame | None:
        """What was understood, the first of several questions; None when nothing was."""
        return frame_of(self.understood)

    @property
    def changes_topic(self) -> bool:
        """Whether a thread is about this from now on; what was not understood, or is no question for us, leaves it about what it was."""
        return self.resolution.outcome not in ("not-understood", "declined")
