"""The shape of a rule: who has which part in a subject, its steps, its exceptions, its examples."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.load.shapes.base import (
    Conditions,
    Id,
    Keepers,
    OrElse,
    Parties,
    PartyName,
    Percent,
    Ruling,
    Shape,
    Subjects,
    Text,
    Texts,
    as_list,
)


class HoldingShape(Shape):
    """Who has a key: names, or whoever has it in another subject."""

    names: Parties = ()
    as_: Text = ""


class ShareShape(Shape):
    """How the credit is shared, in one period or for good."""

    share: dict[PartyName, Percent]
    """Who gets how many percent; they add up to 100."""
    during: Text = ""
    """The period, in words: "month 1", "the first 12 months"."""


class CreditShape(HoldingShape):
    """Who is credited: names, another subject's, or shares, perhaps changing over time."""

    shares: tuple[ShareShape, ...] = ()


def as_holding(value: Any) -> Any:
    """Text or a list names the holders; `{as: renew}` borrows them."""
    if isinstance(value, dict) and set(value) == {"as"}:
        return value
    if isinstance(value, dict):
        raise ValueError("expected a role, a list of roles, or {as: SUBJECT}")
    return {"names": value}


def as_credit(value: Any) -> Any:
    """As a holding; a mapping of percentages is one share, a list of mappings a schedule."""
    if isinstance(value, dict) and set(value) != {"as"}:
        return {"shares": [value if "share" in value else {"share": value}]}
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return {"shares": value}
    return as_holding(value)


NAMES_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "properties": {"as": {"type": "string"}}, "required": ["as"], "additionalProperties": False},
    ]
}
CREDIT_SCHEMA = {"anyOf": [*NAMES_SCHEMA["anyOf"], {"type": "object"}, {"type": "array", "items": {"type": "object"}}]}
Holding = Annotated[HoldingShape, BeforeValidator(as_holding), WithJsonSchema(NAMES_SCHEMA)]
Credit = Annotated[CreditShape, BeforeValidator(as_credit), WithJsonSchema(CREDIT_SCHEMA)]


class StatementShape(Shape):
    """One of the published statements that disagree."""

    says: Text
    """What it says, in one sentence."""
    own: PartyName = ""
    """Whom it names."""
    source: Text
    """Where it stands."""


class Parts(Shape):
    """Who has which part. Each key is decided separately; `nobody` clears what a wider rule says."""

    own: Holding | None = None
    """The one owner: a role, team, system user or position; `nobody`, `undefined` or `disputed`; or {as: SUBJECT}."""
    co_own: Parties = ()
    """Two or more who own it together."""
    lead: PartyName | None = None
    """Who leads among co-owners."""
    executes: Holding | None = None
    """Who does the paperwork, where that is not the owner."""
    first_contact: Holding | None = None
    """Whom the customer talks to first."""
    credit: Credit | None = None
    """Whose number it counts towards: a role, or percentages, perhaps changing over time."""
    paid: Holding | None = None
    """Who is paid on it (shown only to those who may see compensation)."""
    support: Holding | None = None
    """Who helps without owning."""
    informed: Holding | None = None
    """Who is told."""
    none: Holding | None = None
    """Who has no part in it."""
    decided_by: Keepers = ()
    """Who decides, where it is `undefined` or `disputed`."""
    statements: tuple[StatementShape, ...] = ()
    """The statements that disagree, where it is `disputed`."""
    because: Text = ""
    """Why it is so, in one sentence."""


class StepShape(Parts):
    """A piece of work inside the motion: who does it and when."""

    name: Text = ""
    """Its name in sentences, where the id does not read well."""
    aka: Texts = ()
    """Other words for it."""
    start: Texts = ()
    """When it starts: "120 days before renewal"; several when it comes back."""
    due: Texts = ()
    """When it must be done: "24 hours after close"."""


class Body(Parts):
    """What a rule and an exception have in common."""

    steps: dict[Id, StepShape] = Field(default_factory=dict)
    """The pieces of work inside the motion."""
    except_: Annotated[tuple[ExceptionShape, ...], BeforeValidator(as_list), OrElse()] = ()
    """What bends it, read top down: for each key the first that holds and states it wins."""


class ExceptionShape(Body):
    """A bend in the rule around it."""

    when: Conditions = Field(min_length=1)
    """Under which facts it holds, in addition to those of the rule around it."""
    source: Text = ""
    """Where it was published, if not where the rule was."""


class ExampleShape(Shape):
    """Facts or a question, and who must own: checked each time the model is loaded."""

    given: Conditions | None = None
    """The facts; `{}` for none."""
    ask: Text = ""
    """Or a question, as a person would type it."""
    own: Parties
    """Who must come out: roles, or `nobody`, `undefined`, `disputed`."""
    of: Text = ""
    """The subject, where the rule has several."""
    step: Text = ""
    """The step, where it is one that is owned."""


class RuleShape(Body, Ruling):
    """A rule on one subject, or the same on several."""

    of: Subjects
    """What it rules on: motions, `account`, `opportunity`, activities, kinds of request."""
    over: Texts = ()
    """The rules it wins over where both hold and neither is narrower."""
    examples: tuple[ExampleShape, ...] = ()
    """What must come out, as tests."""


Body.model_rebuild()
ExceptionShape.model_rebuild()
RuleShape.model_rebuild()
