"""Changes to the words that a company or the language knows: what to write where, and the company and language with it written.

Nothing is written to a file: a change is tried on values.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.company import Company, Party, Segment, Step, Subject
from bot.domain.language import Language, Phrasing

LANGUAGE, GUIDANCE = "knowledge/language/", "knowledge/guidance/"
BUILT_IN = {
    "motion": "motions.yaml",
    "activity": "activities.yaml",
    "account": "activities.yaml",
    "opportunity": "activities.yaml",
    "request": "requests.yaml",
}
"""Kind of subject -> the file of the guidance that has those that are built in."""
KEEPING = " (beside the words that it has)"
Words = tuple[Company, Language]


class Change(Protocol):
    """One line that could be written."""

    @property
    def where(self) -> str:
        """The file."""

    @property
    def says(self) -> str:
        """What to write there, as an order."""

    def made(self, company: Company, language: Language) -> Words:
        """The company and the language with it."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name for a subject, a step, or a role, team or position."""

    word: str
    thing: Subject | Step | Party
    kind: str
    where: str

    @property
    def says(self) -> str:
        """What to write."""
        return f'if "{self.word}" is {self.thing.name}: add `{self.word}` to `aka` of the {self.kind} `{self.thing.id}` in {self.where}'

    def made(self, company: Company, language: Language) -> Words:
        """The company with the name."""
        match replace(self.thing, aka=(*self.thing.aka, self.word)):
            case Subject() as named:
                return replace(company, subjects={**company.subjects, named.id: named}), language
            case Step() as named:
                return replace(company, steps={**company.steps, named.id: named}), language
            case named:
                return replace(company, parties={**company.parties, named.id: named}), language


@dataclass(frozen=True, slots=True)
class OtherValue:
    """Another name for a segment."""

    word: str
    segment: Segment
    where: str

    @property
    def says(self) -> str:
        """What to write."""
        return f'if "{self.word}" is {self.segment.name}: add `{self.word}` to `aka` of the segment `{self.segment.id}` in {self.where}'

    def made(self, company: Company, language: Language) -> Words:
        """The company with the name, also among the values of the attribute."""
        named, attribute = replace(self.segment, aka=(*self.segment.aka, self.word)), company.attributes["segment"]
        choice = replace(attribute.choices[named.id], aka=named.aka)
        segments = {**company.segments, named.id: named}
        attributes = {**company.attributes, "segment": replace(attribute, choices={**attribute.choices, named.id: choice})}
        return replace(company, segments=segments, attributes=attributes), language


@dataclass(frozen=True, slots=True)
class OtherWord:
    """Another word for a cue."""

    word: str
    cue: str
    like: str
    """A word that it has."""
    where: str

    @property
    def says(self) -> str:
        """What to write."""
        return f'if "{self.word}" says the same as "{self.like}": add `{self.word}` to the cue `{self.cue}` in {self.where}'

    def made(self, company: Company, language: Language) -> Words:
        """The language with the word."""
        return company, replace(language, cues={**language.cues, self.cue: (*language.cues[self.cue], self.word)})


@dataclass(frozen=True, slots=True)
class OtherPhrasing:
    """Another phrasing of an intent."""

    text: str
    intent: str
    key: str
    where: str

    @property
    def says(self) -> str:
        """What to write."""
        return f"add the phrasing `{self.text}` under `phrasings: {self.key or 'plainly'}` in {self.where}"

    def made(self, company: Company, language: Language) -> Words:
        """The language with the phrasing."""
        new = Phrasing(self.text, self.key)
        intents = (replace(each, phrasings=(*each.phrasings, new)) if each.id == self.intent else each for each in language.intents)
        return company, replace(language, intents=tuple(intents))


def file_of(thing: Subject | Step | Party, company: Company) -> str:
    """Where the names of a thing are to be written: in the model what it declares itself, in the guidance what is built in.

    In a model `aka` takes the place of the words that are built in, so that these have to be kept.
    """
    match thing:
        case Subject(kind=kind):
            return f"the model{KEEPING}" if thing.id in company.declared else GUIDANCE + BUILT_IN[kind]
        case Step():
            return f"the model{KEEPING}, or in {GUIDANCE}steps.yaml where it is built in"
        case Party():
            return GUIDANCE + "positions.yaml" if thing.kind == "position" else thing.place.short
