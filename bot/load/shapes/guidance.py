"""The shapes of the industry's guidance: jobs, archetypes with their ownership grid, what is typical, sources."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.load.shapes.base import Flag, Id, Reference, Shape, SubjectName, Text, Texts, as_list
from bot.load.shapes.names import JobName, Named

SourceName = Annotated[Text, Reference.to("source")]
ArchetypeName = Annotated[Text, Reference.to("archetype")]
ThingName = Annotated[Text, Reference.to("thing")]
Topic = Literal[
    "purpose", "types", "archetype", "ownership", "engagement", "pod", "feedback", "deployment", "talent", "compensation", "coverage",
    "retention", "boundary", "handoff", "transfer", "dispute", "escalation", "alignment", "permission", "practice", "disagreement",
]  # fmt: skip


def as_cited(value: Any) -> Any:
    """The id of a source alone stands for `{from: id}`; paragraphs are written as numbers."""
    if isinstance(value, str):
        return {"from": value}
    if isinstance(value, dict) and isinstance(value.get("paragraphs"), list):
        return {**value, "paragraphs": [int(each) if str(each).isdigit() else each for each in value["paragraphs"]]}
    return value


class CitedShape(Shape):
    """Where in a source something stands."""

    from_: SourceName
    """The source."""
    paragraphs: tuple[int, ...] = ()
    """Its paragraphs, counted from 1."""
    speaker: Text = ""
    """Who said it."""


CitedList = Annotated[tuple[Annotated[CitedShape, BeforeValidator(as_cited)], ...], BeforeValidator(as_list), Field(min_length=1)]


class SourceShape(Shape):
    """A document that facts come from."""

    cite: Text
    """How an answer names it."""
    url: Text = ""
    """Its address."""
    grade: Literal["seed", "published", "survey", "practitioner", "vendor", "forum", "trade"]
    """How strong it is: the two documents, a company's own, a survey, a practitioner, a vendor, one person, common usage."""
    year: Text = ""
    """When it was written or measured."""
    aka: Texts = ()
    """What people call the company whose practice it is."""
    practice_of: Text = ""
    """The company whose own published practice it is."""


class JobShape(Named):
    """A standard job."""

    owns: Texts = ()
    """What it usually owns."""
    not_owns: Texts = ()
    """What it usually does not."""
    stands_for: Texts = ()
    """What its name or abbreviation means elsewhere."""
    sources: tuple[SourceName, ...] = ()
    """Where that comes from."""


class CellShape(Shape):
    """One cell of the ownership grid."""

    part: Literal["own", "support", "none"]
    """The part."""
    stated: Flag
    """Stated in the source, or inferred by us. Only what is stated rules for a company."""
    sources: tuple[SourceName, ...]
    """Where it comes from."""
    note: Text = ""
    """What else is said about it."""


class ArchetypeShape(Named):
    """A way to define the CSM job."""

    job: JobName
    """The standard job that it is a kind of."""
    means: Text
    """What it is, in a few words."""
    does: Texts
    """What it does."""
    cells: dict[SubjectName, CellShape]
    """Its part in each motion."""
    sources: tuple[SourceName, ...]
    """Where it comes from."""


class TypicalShape(Shape):
    """What is typical where a company is silent."""

    of: SubjectName
    """The subject."""
    key: Text = "own"
    """The kind of owner or part."""
    says: Text
    """What is typical, in one or two sentences."""
    steps: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()
    """The steps of which it is told where no subject is named with them: "who quotes"."""
    asked: Texts = ()
    """Questions that it answers, in whose words it is found where the subject is not named."""
    sources: tuple[SourceName, ...] = Field(min_length=1)
    """Where that comes from."""


class FigureShape(Shape):
    """A number or a range, as text: "70/30", "10%"."""

    value: Text = ""
    """The number, where there is one."""
    low: Text = ""
    """The lower end of a range."""
    high: Text = ""
    """Its upper end."""
    unit: Text = ""
    """What it counts."""
    driver: Text = ""
    """What moves it."""


class FindingShape(Shape):
    """One statement of the industry, in our own words."""

    id: Id
    """Its name."""
    topic: Topic
    """What it belongs to."""
    aspect: Text = ""
    """Which side of the topic it tells; of a company's practice, the topic that it would belong to."""
    of: Annotated[tuple[ThingName, ...], BeforeValidator(as_list)] = ()
    """What it is about: archetypes, jobs, subjects, stakeholders, terms."""
    says: Text
    """The statement, fit to be an answer's first sentence."""
    figure: FigureShape | None = None
    """Its number."""
    year: Text = ""
    """The year of the number."""
    company: Annotated[Text, Reference.to("source")] = ""
    """Whose published practice it is."""
    disagrees_with: Texts = ()
    """The findings that say otherwise."""
    within: Text = ""
    """The finding that sums this one up with others; an answer that tells that does not tell this one again."""
    aka: Texts = ()
    """Other words in which people ask for it; those of the statement need not be repeated."""
    asked: Texts = ()
    """Questions that it answers, in whose words it is found where no question is understood otherwise."""
    sources: CitedList
    """Where it comes from, the main source first."""


class SignalShape(Named):
    """A fact about a business that points to an archetype."""

    points_to: Annotated[tuple[ArchetypeName, ...], BeforeValidator(as_list)] = ()
    """The archetypes that it speaks for."""
    against: Annotated[tuple[ArchetypeName, ...], BeforeValidator(as_list)] = ()
    """Those that it speaks against."""
    fact: dict[Text, Texts] = Field(default_factory=dict)
    """Built-in attribute -> the values that mean the same."""
    says: Text
    """Why."""
    sources: CitedList
    """Where that comes from."""


class MeaningShape(Shape):
    """One of several meanings of a word."""

    means: Text
    """What it means."""
    at: Annotated[Text, Reference.to("source")] = ""
    """Where it means that."""


class TermShape(Named):
    """A word of the trade."""

    means: Text = ""
    """What it means, in one sentence."""
    meanings: tuple[MeaningShape, ...] = ()
    """What it means where, when that differs."""
    sources: tuple[SourceName, ...] = Field(min_length=1)
    """Where that comes from."""
