"""A question with what a right answer has to say, and the conversation that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.answers import Outcome
from bot.problems import NOWHERE, Place

Either = tuple[str, ...]
"""Ways to say one thing: any of them will do."""
DECLINED = "declined"
"""The intent of what has to be refused."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a right answer is."""

    expect: tuple[Outcome, ...]
    """Every outcome that is right."""
    intent: str = ""
    """What is asked for; empty where the label does not say."""
    roles: tuple[Either, ...] | None = None
    """The owners that it names, no more and no fewer; None where that is not looked at."""
    says: tuple[Either, ...] = ()
    """What else it has to say."""
    never: tuple[Either, ...] = ()
    """What would make it wrong."""

    @property
    def is_outside(self) -> bool:
        """Whether the question is none of ours, so that refusing it is right."""
        return self.intent == DECLINED or (not self.intent and set(self.expect) <= {DECLINED, "not-understood"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its label."""

    text: str
    label: Label
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where its keys stand, for those that name something."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow each other up, or one that stands alone; who asks them, and of which company."""

    company: str
    """A folder, the name of an example, or `none`."""
    turns: tuple[Turn, ...]
    asker: str = ""
    """Which kind of person types it: seller, csm, manager, revops."""
    as_role: str = ""
    segment: str = ""
    style: tuple[str, ...] = ()
    group: str = ""
    """Of what has to be refused: whether it sounds like ours (near) or not (far)."""
    is_alone: bool = True
    """Whether it was written as a question by itself."""
    place: Place = NOWHERE
