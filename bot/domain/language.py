"""How people say things, as data: cue words, the forms of each intent, what is declined. The same for every company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.problems import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Form:
    """What a question of an intent is made of: tags that must be there and tags that may, in any order."""

    needs: tuple[str, ...]
    allows: frozenset[str]
    bars: frozenset[str] = frozenset()
    """Tags with which it does not fit."""
    key: str = ""
    """The kind of owner that it asks for, when the form says so."""
    text: str = ""
    plus: int = 0
    """By how much it goes before others that explain as much."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A whole question as people ask it, with `{role}`, `{subject}` and other kinds of names for what is named."""

    text: str
    key: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people want to know."""

    id: str
    about: str
    forms: tuple[Form, ...]
    rank: int = 0
    """Decides between forms that explain a question equally well: higher first."""
    topic: str = ""
    place: Place = NOWHERE
    matters: str = ""
    """The section of a model whose entries it is about, where they are found by their words."""
    shares: tuple[float, float] = (0.6, 0.3)
    """How much of the question such an entry has to have, and how much of the entry the question."""
    phrasings: tuple[Phrasing, ...] = ()
    bars: frozenset[str] = frozenset()
    """Tags that none of its phrasings passes over."""
    beside: str = ""
    """Another section, whose entry counts as named where the question says more of it."""
    leans: tuple[Form, ...] = ()
    """What has to be named in a question whose words only lean to it."""


@dataclass(frozen=True, slots=True)
class Decline:
    """A kind of question that is not answered, and where to go instead."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class Size:
    """How large a customer is, in words that say the same, and in nouns: "giant"."""

    words: frozenset[str]
    ones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Everything in `knowledge/language/`."""

    cues: Mapping[str, tuple[str, ...]]
    """Tag -> the words that carry it."""
    weights: Mapping[str, float]
    decisive: frozenset[str]
    """Tags that a form has to explain to fit at all."""
    opening: frozenset[str]
    """Tags that count only where they open a question, or follow what is said to the bot: commands."""
    filler: frozenset[str]
    known: frozenset[str]
    """Common words that mean nothing here and are not to be mistaken for a misspelt name."""
    grammar: frozenset[str]
    """Words that say nothing of what is spoken of."""
    ordinary: frozenset[str]
    """Tags that stand in many a question without changing what is asked."""
    asking: frozenset[str]
    """Tags of words that ask: whichever of them is used, it is the same question."""
    intents: tuple[Intent, ...]
    declines: Mapping[str, Decline]
    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Tag -> the topics and aspects of the findings that tell what is asked with it."""
    aside: frozenset[str] = frozenset()
    """Words by which no finding is chosen, and which none need have."""
    leanings: Path = Path()
    """The file that says to which intents words lean; read when it is first needed."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Tag -> where its words stand."""
    alike: tuple[frozenset[str], ...] = ()
    """Words that say the same where a ruling is looked for."""
    same: tuple[tuple[str, ...], ...] = ()
    """Words that say the same where the guidance is asked, group by group."""
    wording: Path | None = None
    """The file that says which words stand beside which, where there is one."""
    shorthand: frozenset[str] = frozenset()
    """Abbreviations that people type, and names of things and firms a slip away from words: right as they are."""
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """"in" and "at", each with what stands behind it and says neither where nor for whom."""
    buyers: frozenset[str] = frozenset()
    """Words for a customer."""
    sizes: tuple[Size, ...] = ()
    """Words for how large one is."""
    weighing: Path | None = None
    """The file that says what each sign of an answer counts, where there is one."""
