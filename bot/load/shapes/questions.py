"""Files of labelled questions: what people type, with what a right answer has to say. bench/questions/README.md explains them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.load.shapes.base import Id, Line, Shape, Text, Texts, as_list

Asker = Literal["", "seller", "csm", "manager", "revops"]
Style = Literal["terse", "rambling", "angry", "typos", "thumbs", "no-mark", "two-in-one", "numbers", "non-native", "plain"]
Outcome = Literal["answered", "depends", "ask-back", "not-defined", "not-allowed", "declined", "not-understood"]
Outcomes = Annotated[tuple[Outcome, ...], BeforeValidator(as_list), Field(min_length=1)]
Styles = Annotated[tuple[Style, ...], BeforeValidator(as_list)]


class LabelShape(Shape):
    """A question, and what a right answer to it has to say."""

    q: Text
    """The question as it is typed."""
    expect: Outcomes
    """The outcome, or all that would be right."""
    intent: Id = ""
    """What is asked for, by the name of the intent; `declined` for what has to be refused."""
    roles: Texts | None = None
    """The owners that a right answer names, no more and no fewer; `a | b` where either is right, `nobody` for none."""
    says: Texts = ()
    """What else any right answer has to say; `|` between ways to say it."""
    never: Texts = ()
    """What would make it wrong."""
    about: Id = ""
    """The subject that it is about, where it is to be learnt from; nothing is compared with it."""
    why: Text = ""
    """Why the label is so, for whoever checks it."""


class AskedShape(Shape):
    """Who asks, and how."""

    from_: Asker = ""
    """Which kind of person types it."""
    style: Styles = ()
    """How it is typed."""
    as_: Text = ""
    """The asker's own role, where "I", "me" or "mine" need it."""
    segment: Text = ""
    """What is known of the customer beside the question."""
    group: Literal["", "near", "far"] = ""
    """Of what has to be refused: whether it sounds like ours."""


class QuestionShape(LabelShape, AskedShape):
    """A question by itself."""

    intent: Id
    """What is asked for, by the name of the intent; `declined` for what has to be refused."""


class ConversationShape(AskedShape):
    """Questions that follow each other up."""

    turns: tuple[LabelShape, ...] = Field(min_length=1)
    """The questions in their order."""
    why: Text = ""
    """Why the labels are so, for whoever checks them."""


class QuestionsShape(Shape):
    """A file of labelled questions about one company."""

    company: Line
    """The folder of its model, the name of an example, or `none` for the guidance alone."""
    questions: tuple[QuestionShape, ...] = ()
    """Questions that stand alone."""
    conversations: tuple[ConversationShape, ...] = ()
    """Questions that do not."""
