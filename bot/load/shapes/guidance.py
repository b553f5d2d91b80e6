"""The shapes of the industry's guidance: jobs, archetypes with their ownership grid, what is typical, sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.load.shapes.base import Flag, Reference, Shape, SubjectName, Text, Texts
from bot.load.shapes.names import Named

SourceName = Annotated[Text, Reference.to("source")]


class SourceShape(Shape):
    """A document that facts come from."""

    cite: Text
    """How an answer names it."""
    url: Text = ""
    """Its address."""
    grade: Literal["seed", "published", "survey", "practitioner", "forum", "trade"]
    """How strong it is: the two documents, a company's own, a survey, a practitioner, one person, common usage."""


class JobShape(Named):
    """A standard job."""

    owns: Texts = ()
    """What it usually owns."""
    not_owns: Texts = ()
    """What it usually does not."""
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
    sources: tuple[SourceName, ...] = Field(min_length=1)
    """Where that comes from."""
