"""Parts of files -> checked shapes, or problems: pydantic's findings in the company's words and at their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from bot.load.layout import Folder, Part
from bot.load.shapes.base import Shape
from bot.problems import Place, Problem, did_you_mean, problem

AnyShape = TypeVar("AnyShape", bound=Shape)
MEANT = {
    "owner": "own",
    "owns": "own",
    "owned-by": "own",
    "owned by": "own",
    "if": "when",
    "where": "when",
    "condition": "when",
    "exceptions": "except",
    "exception": "except",
    "unless": "except",
    "reason": "because",
    "why": "because",
    "coown": "co-own",
    "co-owner": "co-own",
    "co-owners": "co-own",
    "supports": "support",
    "supported-by": "support",
    "subject": "of",
    "motion": "of",
    "maintainer": "kept-by",
    "kept by": "kept-by",
    "alias": "aka",
    "aliases": "aka",
    "title": "name",
    "definition": "means",
    "priority": "over",
    "overrides": "over",
    "test": "examples",
    "tests": "examples",
    "begin": "start",
    "deadline": "due",
    "executor": "executes",
    "question": "ask",
    "questions": "ask",
    "type": "kind",
}
"""Keys that people write, and the key that they mean."""
KINDS = {"str": "text", "tuple": "a list", "dict": "a mapping", "model": "a mapping", "literal": "one of the allowed words"}


@dataclass(frozen=True, slots=True)
class Shaped:
    """One entry of a section that has the right shape."""

    section: str
    id: str
    shape: Any
    part: Part


def shape_names(folder: Folder, sections: Mapping[str, type[Shape]], problems: list[Problem]) -> Iterator[Shaped]:
    """The entries of all name sections (maps from id to shape)."""
    for section, shape in sections.items():
        seen: dict[str, Place] = {}
        for part in folder.section(section):
            if part.value is None:
                continue
            if not isinstance(part.value, dict):
                problems.append(
                    problem(
                        "wrong-type",
                        part.at(),
                        f'"{section}" is not a mapping from ids to entries',
                        expected=f"{section}: {{some-id: {{name: Some Name}}}}",
                        fix="write an id before each entry",
                    )
                )
                continue
            for key, value in part.value.items():
                inner = Part(part.document, (*part.path, key), {} if value is None else value)
                if is_new(section, key, inner.at(key=True), seen, problems) and is_id(key, inner, problems):
                    shaped = shape_part(shape, inner, problems)
                    if shaped is not None:
                        yield Shaped(section, key, shaped, inner)


def shape_lists(folder: Folder, sections: Mapping[str, type[Shape]], problems: list[Problem]) -> Iterator[Shaped]:
    """The entries of all ruling sections (lists of shapes)."""
    for section, shape in sections.items():
        for part in folder.section(section):
            if part.value is None:
                continue
            values = [part.value] if isinstance(part.value, dict) and "id" in part.value else part.value
            if not isinstance(values, list):
                problems.append(
                    problem(
                        "wrong-type",
                        part.at(),
                        f'"{section}" is not a list',
                        expected=f"a list: each entry starts with `- id: …` below `{section}:`",
                        fix="put `- ` before each entry and give each an id",
                    )
                )
                continue
            for index, value in enumerate(values):
                inner = part if values is not part.value else Part(part.document, (*part.path, index), value)
                shaped = shape_part(shape, inner, problems)
                if shaped is not None:
                    yield Shaped(section, getattr(shaped, "id", str(index)), shaped, inner)


def is_new(section: str, key: str, place: Place, seen: dict[str, Place], problems: list[Problem]) -> bool:
    """Whether the id was not met before in the section, which may be spread over files."""
    if key in seen:
        problems.append(
            problem(
                "duplicate-id",
                place,
                f'"{key}" stands in {section} twice',
                expected="each id once",
                fix="merge the two entries, or rename one",
                also=[seen[key]],
            )
        )
        return False
    seen[key] = place
    return True


def is_id(key: str, part: Part, problems: list[Problem]) -> bool:
    """Whether the key is a fit id."""
    if key and key.isascii() and key == key.lower() and all(word.isalnum() for word in key.split("-")) and len(key) <= 80:
        return True
    problems.append(bad_id(part.at(key=True), key))
    return False


def bad_id(place: Place, key: str) -> Problem:
    """The problem with an id."""
    fit = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in key.lower()).split()) or "some-id"
    return problem(
        "bad-id",
        place,
        f'"{key}" is not an id',
        expected="lower case, digits and hyphens, such as digital-csm",
        fix=f'write "{fit}" and put the pretty form under `name:`',
    )


def shape_part(shape: type[AnyShape], part: Part, problems: list[Problem]) -> AnyShape | None:
    """The part as the shape, or None with what is wrong with it."""
    if not isinstance(part.value, dict):
        problems.append(
            problem(
                "wrong-type",
                part.at(),
                "this is not a mapping",
                expected="keys and values, such as `name: Some Name`",
                fix=f"write the keys of this entry: {', '.join(keys_of(shape)[:8])} …",
            )
        )
        return None
    try:
        return shape.model_validate(part.value)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            problems.append(translate(shape, part, found))
        return None


def translate(shape: type[Shape], part: Part, found: Any) -> Problem:
    """One finding of pydantic as a problem."""
    loc = tuple(step for step in found["loc"])
    place, kind = part.at(*loc), found["type"]
    if kind == "extra_forbidden":
        return unknown_key(shape, part, loc)
    if kind == "missing":
        return problem(
            "missing-key",
            part.at(*loc[:-1], key=True),
            f'"{loc[-1]}" is missing here',
            expected=f"`{loc[-1]}: …`",
            fix=f'add "{loc[-1]}"; docs/model.md says what it holds',
        )
    if kind == "string_pattern_mismatch":
        return bad_id(place, str(found["input"]))
    if kind == "value_error":
        wanted = str(found["ctx"]["error"]).removeprefix("expected ")
        return problem("bad-value", place, f"{say_input(found['input'])} does not fit here", expected=wanted, fix=f"write {wanted}")
    if kind == "literal_error":
        return problem(
            "bad-value",
            place,
            f"{say_input(found['input'])} is not one of the allowed words",
            expected=found["ctx"]["expected"].replace(" or ", ", "),
            fix=f"{did_you_mean(str(found['input']), found['ctx']['expected'].replace(chr(39), '').replace(' or ', ', ').split(', '))}Choose one of them",
        )
    if kind in ("too_short", "string_too_short", "string_too_long", "too_long"):
        return problem(
            "bad-value",
            place,
            "this is empty" if "short" in kind else "this is too long",
            expected="something to read, at most 4,000 characters",
            fix="write it out, or remove the key",
        )
    wanted = KINDS.get(kind.split("_")[0], "another kind of value")
    return problem("wrong-type", place, f"{say_input(found['input'])} is not {wanted}", expected=wanted, fix=f"write {wanted} here")


def say_input(value: Any) -> str:
    """What was found, in words."""
    match value:
        case str():
            return f'"{value[:60]}"'
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return "this"


def unknown_key(shape: type[Shape], part: Part, loc: tuple[Any, ...]) -> Problem:
    """The problem with a key that the shape does not know."""
    key = str(loc[-1])
    known = keys_of(inner_shape(shape, loc[:-1]))
    meant = MEANT.get(key.lower(), "")
    hint = f'did you mean "{meant}"? ' if meant in known else did_you_mean(key, known)
    return problem(
        "unknown-key",
        part.at(*loc, key=True),
        f'there is no key "{key}" here',
        expected=f"one of {', '.join(known)}",
        fix=f"{hint}Otherwise remove it",
    )


def inner_shape(shape: type[Shape], loc: tuple[Any, ...]) -> type[Shape]:
    """The shape that stands at a path inside another."""
    current: type[Shape] = shape
    for step in loc:
        for name, field in current.model_fields.items():
            if (field.alias or name) == step:
                current = shape_in(field.annotation) or current
    return current


def shape_in(annotation: Any) -> type[Shape] | None:
    """The first shape inside a type such as tuple[X, ...] or dict[str, X]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Shape) else None
    for inner in get_args(annotation):
        found = shape_in(inner)
        if found:
            return found
    return None


def keys_of(shape: type[Shape]) -> list[str]:
    """The keys that a shape knows, as they are written."""
    return [field.alias or name for name, field in shape.model_fields.items()]
