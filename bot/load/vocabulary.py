"""The vocabulary: everything that can be named in a model."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.attributes import Attribute
from bot.domain.company import Party, Segment, Step, Subject


@dataclass(slots=True)
class Vocabulary:
    """What can be named in a model."""

    parties: dict[str, Party] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    """Kind of reference -> the ids that exist."""
    broken: set[str] = field(default_factory=set)
    """Attributes whose declaration is a problem, so that what is said of them cannot be judged."""
    lost: frozenset[str] = frozenset()
    """The sections of which something could not be read."""
    unsure: bool = False
    """Whether something could not be read of which nobody can tell to which section it belongs."""
    certain: bool = True
    """Whether segments, values and assumptions could all be read."""


def in_words(id: str) -> str:
    """An id as words: "deal-desk" -> "deal desk"."""
    return id.replace("-", " ")


def title(id: str) -> str:
    """An id as a name: "deal-desk" -> "Deal Desk"; short ones are taken as abbreviations."""
    return " ".join(word.upper() if len(word) <= 3 else word.capitalize() for word in id.split("-"))
