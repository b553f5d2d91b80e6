"""The questions beside a ruling that is no rule, with what their answers have to be."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from bot.load.shapes.base import OrElse, Parties, Ruling, Shape, Text, Texts, as_list
from bot.load.shapes.questions import Outcome

Outcomes = Annotated[tuple[Outcome, ...], BeforeValidator(as_list), OrElse()]


class CaseShape(Shape):
    """A question that the entry has to answer, put each time the model is checked."""

    ask: Text
    """The question, as a person would type it."""
    outcome: Outcomes = ()
    """The outcome, or all that would be right; `answered` or `depends` when left out. With any other, the entry need not be told."""
    roles: Parties = ()
    """Whom the answer names as the ones asked for, no more and no fewer; not looked at when left out."""
    says: Texts = ()
    """What else the answer has to say; `|` between ways to say it."""


class Tested(Ruling):
    """A ruling with questions beside it that it has to answer."""

    examples: Annotated[tuple[CaseShape, ...], BeforeValidator(as_list), OrElse()] = ()
    """Questions that it has to answer, as tests."""
