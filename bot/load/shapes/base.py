"""The types that all shapes are made of: text, ids, dates, references. Everything arrives as text, lists and mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from bot.domain.quantities import read_days

EARLIEST = 1900
"""Dates before this year are slips."""


class Shape(BaseModel):
    """A mapping in a model: unknown keys are problems; keys are kebab-case; a string under a field is its documentation."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,  # shapes that no file uses cost nothing at the start
        use_attribute_docstrings=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )


class Reference(str):
    """A name that must exist elsewhere in the model; `kind` says where."""

    __slots__ = ("kind",)
    kind: str

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Kept as plain text: once the model is checked, nobody asks where it must exist."""
        return str, (str(self),)

    @classmethod
    def to(cls, kind: str) -> AfterValidator:
        """A validator that marks text as a reference of the kind."""

        def mark(text: str) -> Reference:
            reference = cls(text)
            reference.kind = kind
            return reference

        return AfterValidator(mark)


def references(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Reference]]:
    """Every reference inside a shape, with its path."""
    if isinstance(value, Reference):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from references(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, Reference):
                yield (*path, str(key)), key
            yield from references(inner, (*path, str(key)))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from references(inner, (*path, index))


def as_list(value: Any) -> Any:
    """One thing stands for a list of one."""
    return [value] if isinstance(value, str | dict) else value


def read_day(value: Any) -> Any:
    """An ISO date of our times."""
    try:
        day = date.fromisoformat(value.strip()) if isinstance(value, str) else date.min
    except ValueError:
        day = date.min
    if day.year < EARLIEST:
        raise ValueError("expected a date such as 2026-09-01")
    return day


def read_flag(value: Any) -> Any:
    """Yes or no."""
    words = {"yes": True, "true": True, "no": False, "false": False}
    if not isinstance(value, str) or value.strip().lower() not in words:
        raise ValueError("expected yes or no")
    return words[value.strip().lower()]


def read_percent(value: Any) -> Any:
    """A whole percentage: "50%" or "50"."""
    text = value.strip().removesuffix("%").strip() if isinstance(value, str) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) > 1000:
        raise ValueError("expected a percentage such as 50%")
    return int(text)


def read_duration(value: Any) -> Any:
    """Days of a duration such as "12 months"."""
    days = read_days(value) if isinstance(value, str) else None
    if days is None:
        raise ValueError('expected a duration such as "12 months" or "90 days"')
    return days


TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), WithJsonSchema(TEXT_SCHEMA)]


def one_line(text: str) -> str:
    """A name on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


Line = Annotated[Text, AfterValidator(one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False]})]
Percent = Annotated[int, BeforeValidator(read_percent), WithJsonSchema(TEXT_SCHEMA)]
Days = Annotated[int, BeforeValidator(read_duration), WithJsonSchema({"type": ["string", "integer"]})]

PartyName = Annotated[Text, Reference.to("party")]
SubjectName = Annotated[Text, Reference.to("subject")]
Keeper = Annotated[Text, Reference.to("keeper")]
Keepers = Annotated[
    tuple[Keeper, ...],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
AudienceName = Annotated[Text, Reference.to("audience")]


class OrElse:
    """In the JSON Schema, something else may stand in the place of the shape; without it, one entry for a list of one."""

    def __init__(self, other: dict[str, Any] | None = None) -> None:
        self.other = other

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the shape, or of what stands in its place."""
        schema = handler(core)
        return {"anyOf": [self.other if self.other is not None else schema["items"], schema]}


def many_schema(item: dict[str, Any]) -> WithJsonSchema:
    """The JSON Schema of one thing or a list of them."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list), many_schema(TEXT_SCHEMA)]
Parties = Annotated[tuple[PartyName, ...], BeforeValidator(as_list), many_schema({"type": "string"})]
Subjects = Annotated[tuple[SubjectName, ...], BeforeValidator(as_list), many_schema({"type": "string"}), Field(min_length=1)]

CONDITION_SCHEMA = {"type": ["string", "number", "boolean", "array"]}
Conditions = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {"type": "object", "additionalProperties": CONDITION_SCHEMA, "properties": {"any": {"type": "array", "items": {"type": "object"}}}}
    ),
]
"""Attribute -> the condition on it; read by `conditions.py`, which knows the attributes."""


def as_verified(value: Any) -> Any:
    """A date alone stands for `{on: date}`."""
    return {"on": value} if isinstance(value, str) else value


class VerifiedShape(Shape):
    """When something was last verified to be true."""

    on: Day
    """The day it was verified."""
    by: Keeper = ""
    """Who verified it."""
    until: Day | None = None
    """The day by which it has to be verified again; otherwise the company's `verify-every` decides."""


VerifiedField = Annotated[VerifiedShape, BeforeValidator(as_verified), OrElse({"type": "string", "format": "date"})]


class Ruling(Shape):
    """What everything that rules on something has in common."""

    id: Id
    """Its name, unique in its section; versions of one thing share it and differ in `from`."""
    kept_by: Keeper = ""
    """The role or team that maintains it."""
    verified: VerifiedField | None = None
    """When it was last verified, by whom, and until when that is good."""
    from_: Day | None = None
    """The first day in force."""
    until: Day | None = None
    """The last day in force."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""
    source: Text = ""
    """Where it was published."""
    when: Conditions = Field(default_factory=dict)
    """Under which facts it holds."""
    note: Text = ""
    """Anything a reader should know."""
