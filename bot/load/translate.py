"""Pydantic's findings as problems: in the company's words, at the very word, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

from bot.load.layout import Part
from bot.load.meant import HOW, MEANT, MEANT_WORDS
from bot.load.shapes.base import Shape
from bot.problems import Place, Problem, did_you_mean, problem

KINDS = {"tuple": "a list", "dict": "keys with values", "model": "keys with values", "literal": "one of the allowed words"}
COMPARED = re.compile(r"^\s*(?P<name>[\w-]+)\s*(?P<sign><=|>=|==|=|<|>|\bis\b|:)\s*(?P<value>.+?)\s*$")
SLASHED = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
"""A day as people write it: "1/9/2026"."""
SIGNS = {"<": "under ", "<=": "at most ", ">": "over ", ">=": "at least "}


def translate(shape: type[Shape], part: Part, found: Any) -> Problem:
    """One finding of pydantic as a problem."""
    loc, kind, given = tuple(found["loc"]), found["type"], found["input"]
    place = part.at(*loc, key="[key]" in loc)
    if kind == "extra_forbidden":
        return unknown_key(shape, part, loc)
    if kind == "missing":
        return missing_key(part, loc, given)
    if kind == "string_pattern_mismatch":
        return bad_id(place, str(given))
    if kind == "literal_error":
        return not_allowed(place, given, found["ctx"]["expected"])
    if kind == "value_error":
        wanted = str(found["ctx"]["error"]).removeprefix("expected ")
        fix = hint_role(shape, loc, given) + hint_day(given, wanted)
        return problem("bad-value", place, f"{say_input(given)} does not fit here", expected=wanted, fix=fix)
    if kind in ("too_short", "string_too_short"):
        return problem("bad-value", place, "this is empty", expected="at least one", fix="write it out, or remove the key")
    if kind in ("string_too_long", "too_long"):
        most = found["ctx"].get("max_length", 4000)
        return problem("bad-value", place, "this is too long", expected=f"at most {most:,} characters", fix="say it shorter")
    wanted = KINDS.get(kind.split("_")[0], "text")
    inside = None if wanted == "text" else shape_at(shape, loc)
    return wrong_type(place, loc, given, wanted) if inside is None else not_keys(place, loc, given, inside, many=wanted == KINDS["tuple"])


def hint_role(shape: type[Shape], loc: tuple[Any, ...], given: Any) -> str:
    """Where a day is expected and a name is given: the key for a role that is called nearly so."""
    role = f"{loc[-1]}-role"
    is_name = isinstance(given, list) or (isinstance(given, str) and not any(map(str.isdigit, given)))
    return f'`{loc[-1]}` is a day; did you mean "{role}"? Otherwise ' if len(loc) == 1 and role in keys_of(shape) and is_name else ""


def hint_day(given: Any, wanted: str) -> str:
    """What to write instead; for a day that is written in another order, the two that it may mean."""
    found = SLASHED.match(given.strip()) if isinstance(given, str) and "date" in wanted else None
    if found is None:
        return f"write {wanted}"
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    days = [f"{year}-{month:02}-{day:02}" for day, month in dict.fromkeys(((one, two), (two, one))) if month <= 12 and day <= 31]
    return f"write {' or '.join(days) or wanted}, the year first"


def shape_at(shape: type[Shape], loc: tuple[Any, ...]) -> type[Shape] | None:
    """The shape of the entries that belong at a place: None where no keys are known there."""
    inside = inner_shape(shape, loc)
    if len(loc) > 1 and isinstance(loc[-2], str) and has_shape(inner_shape(shape, loc[:-2]), loc[-2]):
        return inside  # one of the ids below a key, such as a step
    return None if inside is inner_shape(shape, loc[:-1]) and isinstance(loc[-1], str) and not has_shape(inside, str(loc[-1])) else inside


def has_shape(shape: type[Shape], key: str) -> bool:
    """Whether a key of a shape holds entries of a shape."""
    return any((field.alias or name) == key and shape_in(field.annotation) is not None for name, field in shape.model_fields.items())


def not_keys(place: Place, loc: tuple[Any, ...], given: Any, inside: type[Shape], *, many: bool) -> Problem:
    """The problem of text or a list where entries with keys of their own belong."""
    known = told_keys(inside)
    names = [step for step in loc if isinstance(step, str)]
    key = names[-1] if names else ""
    value = given if isinstance(given, str) and len(given) <= 60 else "…"
    entry = f"{{{known[0]}: {value}}}"
    many = many or isinstance(loc[-1], int)
    how = f"{key}: [{entry}]" if many else HOW.get(key, f"{key}: {entry}") if not isinstance(given, str) else f"{key}: {entry}"
    if key == "values" or (key == "examples" and "given" in known):
        how = HOW[key]
    return problem(
        "wrong-type",
        place,
        f"{say_input(given)} stands where keys with values belong",
        expected=f"{'a list of entries with the keys' if many else 'the keys'} {', '.join(known[:8])}",
        fix=f"write it as in `{how}`",
    )


def missing_key(part: Part, loc: tuple[Any, ...], given: Any) -> Problem:
    """The problem of a key that must be there."""
    key = str(loc[-1])
    how = HOW.get(key, f"{key}: …")
    return problem(
        "missing-key",
        part.at(*loc[:-1], key=True),
        f'"{key}" is missing here' if given else "this entry is empty",
        expected=f"`{how}`",
        fix=f"add it, such as `{how}`" if key in HOW else f'add "{key}"; it is explained under "every key" in the documentation',
    )


def not_allowed(place: Place, given: Any, expected: str) -> Problem:
    """The problem of a word that is none of those allowed."""
    words = [word for word in re.findall(r"'([^']*)'", expected) if word]
    what = f"{say_input(given)} is not one of the allowed words"
    meant = MEANT_WORDS.get(fit_id(str(given)), "")
    hint = f'did you mean "{meant}"? ' if meant in words else did_you_mean(str(given), words)
    fix = f"{hint}Otherwise choose one of them"
    return problem(
        "bad-value",
        place,
        what,
        expected=f"one of {', '.join(words)}",
        fix=fix,
    )


def wrong_type(place: Place, loc: tuple[Any, ...], given: Any, wanted: str) -> Problem:
    """The problem of text, a list or keys where something else belongs."""
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    compared = COMPARED.match(given) if isinstance(given, str) and key in ("when", "covers", "given") else None
    if compared and len(given) < 80:
        how = f"{key}: {{{compared['name']}: {SIGNS.get(compared['sign'], '')}{compared['value']}}}"
        return problem(
            "wrong-type",
            place,
            f"{say_input(given)} is not written as a condition",
            expected="each attribute with its value",
            fix=f"write `{how}`",
        )
    how = joined(key, given) or HOW.get(key, "")
    fix = f"write it as in `{how}`" if how else f"write {wanted} here"
    return problem(
        "wrong-type",
        place,
        f"{say_input(given)} stands where {wanted} belong{'s' if wanted != KINDS['dict'] else ''}",
        expected=wanted,
        fix=fix,
    )


def joined(key: str, given: Any) -> str:
    """A condition that is written as a list of conditions, as one."""
    if key not in ("when", "covers", "given") or not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        return ""
    said = ", ".join(f"{name}: {value}" for item in given for name, value in item.items() if isinstance(value, str))
    return f"{key}: {{{said}}}" if said and len(said) < 80 else ""


def say_input(value: Any) -> str:
    """What was found, in words."""
    match value:
        case str():
            return f'"{value if len(value) <= 60 else value[:59] + "…"}"'
        case None:
            return "nothing"
        case list() | tuple():
            return "a list"
        case dict():
            return "a group of keys"
        case _:
            return "this"


def unknown_key(shape: type[Shape], part: Part, loc: tuple[Any, ...]) -> Problem:
    """The problem with a key that the shape does not know."""
    key = str(loc[-1])
    known = keys_of(inner_shape(shape, loc[:-1]))
    meant = meant_key(key, known)
    hint = f'did you mean "{meant}"? ' if meant in known else ""
    return problem(
        "unknown-key",
        part.at(*loc, key=True),
        f"there is no key {say_input(key)} here",
        expected=f"one of {', '.join(known)}",
        fix=f"{hint}{f'It is written as in `{HOW[meant]}`. ' if hint and meant in HOW and fit_id(key) in MEANT else ''}Otherwise remove it",
    )


def meant_key(key: str, known: Iterable[str]) -> str:
    """The known key that a written one means; the key itself where none is near."""
    listed, plain = list(known), fit_id(key)
    found = next((each for each in MEANT.get(plain, (plain,)) if each in listed), "")
    return found or did_you_mean(key, listed).removeprefix('did you mean "').removesuffix('"? ') or key


def inner_shape(shape: type[Shape], loc: tuple[Any, ...]) -> type[Shape]:
    """The shape that stands at a path inside another."""
    current: type[Shape] = shape
    for step in loc:
        for name, field in current.model_fields.items():
            if (field.alias or name) == step:
                current = shape_in(field.annotation) or current
                break
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


def told_keys(shape: type[Shape]) -> list[str]:
    """The keys that a shape knows, those that must be there first, those that all rulings or names have last."""
    common = {name for base in shape.__mro__[1:] if base.__name__ in ("Ruling", "Named") for name in getattr(base, "model_fields", {})}
    fields = sorted(shape.model_fields.items(), key=lambda item: (not item[1].is_required(), item[0] in common and item[0] != "name"))
    return [field.alias or name for name, field in fields]


def fit_id(text: str) -> str:
    """Text as an id: "Mid_Market (EMEA)" -> "mid-market-emea"."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split())[:80]


def is_id(text: str) -> bool:
    """Whether the text is a fit id."""
    return bool(text) and fit_id(text) == text


def bad_id(place: Place, key: str) -> Problem:
    """The problem with an id."""
    what = f"{say_input(key)} is not an id" if len(key) <= 80 else f"{say_input(key)} is too long for an id"
    return problem(
        "bad-id",
        place,
        what,
        expected="lower case, digits and hyphens, at most 80 characters, such as digital-csm",
        fix=f'write "{fit_id(key).strip("-") or "some-id"}" and put the pretty form under `name:`',
    )
