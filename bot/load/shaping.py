"""Parts of files -> checked shapes, or problems. What is wrong inside an entry is left out, and the rest of the entry is kept.

So one mistake is one problem: a role with a key that nobody knows is still a role, and rules may name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError, create_model

from bot.load.layout import Folder, Part
from bot.load.leaving_out import without, without_empty
from bot.load.shapes.base import Shape
from bot.load.source import KeyPath
from bot.load.translate import bad_id, fit_id, inner_shape, is_id, keys_of, meant_key, say_input, told_keys, translate
from bot.problems import Place, Problem, problem

AnyShape = TypeVar("AnyShape", bound=Shape)
TRIES = 4
"""How often the broken pieces of an entry are taken out before it is given up."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """One entry of a section that has the right shape, perhaps after what was wrong in it was left out."""

    section: str
    id: str
    shape: Any
    part: Part
    broken: bool = False
    partial: bool = False
    """Whether something that it must have is missing: it is no entry, but the names in what is left are looked up."""


def shape_names(folder: Folder, sections: Mapping[str, type[Shape]], problems: list[Problem]) -> Iterator[Shaped]:
    """The entries of all name sections (each an id with what it stands for)."""
    for section, shape in sections.items():
        seen: dict[str, Place] = {}
        for part in folder.section(section):
            if isinstance(part.value, dict):
                for key, value in part.value.items():
                    inner = Part(part.document, (*part.path, key), {} if value is None else value)
                    if is_new(section, key, inner.at(key=True), seen, problems):
                        yield from shape_name(section, key, shape, inner, problems)
            elif part.value is not None:
                folder.lost.add(section)
                problems.append(not_names(section, part))


def not_names(section: str, part: Part) -> Problem:
    """The problem of a name section that is written as a list or as text."""
    first = part.value[0] if isinstance(part.value, list) and part.value else None
    id, name = next(iter(first.items()), ("", None)) if isinstance(first, dict) else ("", None)
    named = f", such as `{id[:60]}: {{name: {name[:60]}}}`" if isinstance(name, str) and is_id(id) and id not in ("id", "name") else ""
    return problem(
        "wrong-type",
        part.at(),
        f'"{section}" is {"written as a list" if isinstance(part.value, list) else "only text"}',
        expected=f"each id with what it stands for, such as `{section}:` and below it `  some-id: {{name: Some Name}}`",
        fix=f"write the id before each entry, with a colon and without a dash{named}",
    )


def shape_name(section: str, key: str, shape: type[Shape], part: Part, problems: list[Problem]) -> Iterator[Shaped]:
    """One entry of a name section; it counts as declared even where something in it is wrong."""
    before = len(problems)
    if not is_id(key):
        problems.append(bad_id(part.at(key=True), key))
    shaped = shape_part(shape, part, problems) if isinstance(part.value, dict) else None
    if not isinstance(part.value, dict):
        problems.append(not_an_entry(key, part, told_keys(shape)))
    if shaped is None:
        shaped = validate(shape, {})
    if shaped is not None:
        yield Shaped(section, key, shaped, part, len(problems) > before)
    else:
        yield from remains(section, key, shape, part)


def remains(section: str, id: str, shape: type[Shape], part: Part) -> Iterator[Shaped]:
    """What is left of an entry that lacks what it must have."""
    if isinstance(part.value, dict):
        left = shape_part(relaxed(shape), part, [])
        if left is not None:
            yield Shaped(section, id, left, part, broken=True, partial=True)


@cache
def relaxed(shape: type[AnyShape]) -> type[AnyShape]:
    """The shape in which nothing must be there."""
    optional: dict[str, Any] = {}
    for name, known in shape.model_fields.items():
        if known.is_required():
            field = copy(known)
            field.default = "" if known.annotation is str else ()
            optional[name] = (known.annotation, field)
    return create_model(f"Relaxed{shape.__name__}", __base__=shape, **optional)


def not_an_entry(key: str, part: Part, known: list[str]) -> Problem:
    """The problem of text or a list where the keys of an entry belong."""
    first = "values" if "values" in known and isinstance(part.value, list) else known[0]
    value = part.value if isinstance(part.value, str) and len(part.value) <= 60 else "…"
    return problem(
        "wrong-type",
        part.at(),
        f'{say_input(part.value)} stands where the keys of "{key[:60]}" belong',
        expected=f"keys with values: {', '.join(known[:8])}",
        fix=f"write `{key[:60]}: {{{first}: {value}}}`",
    )


def shape_lists(folder: Folder, sections: Mapping[str, type[Shape]], problems: list[Problem]) -> Iterator[Shaped]:
    """The entries of all ruling sections (lists of shapes)."""
    for section, shape in sections.items():
        for part in folder.section(section):
            if part.value is None:
                continue
            values = [part.value] if isinstance(part.value, dict) and "id" in part.value else part.value
            if not isinstance(values, list):
                folder.lost.add(section)
                problems.append(not_listed(section, part))
                continue
            for index, value in enumerate(values):
                inner = part if values is not part.value else Part(part.document, (*part.path, index), value)
                before = len(problems)
                shaped = shape_part(shape, inner, problems)
                if shaped is not None:
                    yield Shaped(section, getattr(shaped, "id", str(index)), shaped, inner, len(problems) > before)
                else:
                    yield from remains(section, str(index), shape, inner)


def not_listed(section: str, part: Part) -> Problem:
    """The problem of a ruling section that is no list."""
    return problem(
        "wrong-type",
        part.at(),
        f'"{section}" is {"only text" if isinstance(part.value, str) else "not written as a list"}',
        expected=f"a list: each entry starts with `- id: …` below `{section}:`",
        fix="put `- ` before each entry and give each an id",
    )


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


def shape_part(shape: type[AnyShape], part: Part, problems: list[Problem]) -> AnyShape | None:
    """The part as the shape, without what is wrong in it; None when too little is left."""
    if not isinstance(part.value, dict):
        problems.append(
            problem(
                "wrong-type",
                part.at(),
                f"{say_input(part.value)} stands where an entry belongs",
                expected=f"keys with values: {', '.join(told_keys(shape)[:8])} …",
                fix="write the keys of this entry below each other",
            )
        )
        return None
    empty: set[KeyPath] = set()
    value = without_empty(part.value, (), part, problems, empty)
    for attempt in range(TRIES):
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            findings = error.errors(include_url=False)
        if attempt == 0:
            told = (found for found in once(findings) if tuple(found["loc"]) not in empty and not is_meant(shape, found, findings))
            problems.extend(translate(shape, part, found) for found in told)
        left = value
        for found in findings:
            left = without(left, tuple(found["loc"]), missing=found["type"] == "missing")
        if left == value:
            return None
        value = left
    return None


def validate(shape: type[AnyShape], value: Any) -> AnyShape | None:
    """The value as the shape, or None."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None


def once(findings: list[Any]) -> Iterator[Any]:
    """The findings without what follows from others: an empty entry misses its first key, not all of them."""
    empty: set[tuple[Any, ...]] = set()
    for found in findings:
        around = tuple(found["loc"][:-1])
        if found["type"] == "too_short" and any(
            each is not found and each["loc"][: len(found["loc"])] == found["loc"] for each in findings
        ):
            continue
        if found["type"] == "missing" and not found["input"]:
            if around in empty:
                continue
            empty.add(around)
        yield found


def is_meant(shape: type[Shape], found: Any, findings: list[Any]) -> bool:
    """Whether a key that is missing is there under a name that is nearly its own, which is told already."""
    if found["type"] != "missing":
        return False
    around, known = tuple(found["loc"][:-1]), keys_of(inner_shape(shape, tuple(found["loc"][:-1])))
    others = [each["loc"][-1] for each in findings if each["type"] == "extra_forbidden" and tuple(each["loc"][:-1]) == around]
    others += [f"{each['loc'][-1]}-role" for each in findings if each["type"] == "value_error" and tuple(each["loc"][:-1]) == around]
    return any(meant_key(str(other), known) == found["loc"][-1] for other in others)


__all__ = ["Shaped", "bad_id", "fit_id", "shape_lists", "shape_names", "shape_part"]
