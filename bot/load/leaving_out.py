"""Values without what is wrong in them: keys with nothing behind them, and the innermost key on the way to a mistake."""

from __future__ import annotations

import re
from typing import Any

from bot.load.layout import Part
from bot.load.source import KeyPath
from bot.load.syntax import line_at
from bot.load.translate import say_input
from bot.problems import Place, Problem, problem

COMMENTED = re.compile(r":\s+(?P<text>#[^\s#,}\]]+)")
CONDITIONS = frozenset({"when", "covers", "given"})
"""Keys below which values are conditions."""
LABELLED = frozenset({"questions", "conversations"})
"""The keys of labelled questions."""
THOUSANDS = re.compile(r"^\d{3}(?!\d)")


def without_empty(value: Any, path: KeyPath, part: Part, problems: list[Problem], empty: set[KeyPath]) -> Any:
    """The value without keys that have nothing behind them, each of which is a problem; a value of an enum may stand alone."""
    if isinstance(value, list):
        return [without_empty(inner, (*path, index), part, problems, empty) for index, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    cut: list[str] = []
    for key, inner in value.items():
        here = (*path, key)
        if (inner is not None or path[:1] == ("values",)) and not is_empty_list(here, inner):
            kept[key] = without_empty(inner, here, part, problems, empty)
            cut = []
            continue
        empty.add(here)
        last, start = next(reversed(kept.items()), ("", None))
        if inner is not None:
            problems.append(empty_list(part, here))
        elif cut:  # a further piece of a text that was cut before
            problems[-1] = cut_text(part.at(*path, cut[0]), *cut, key)
            cut.append(key)
        elif THOUSANDS.match(key) and isinstance(start, str) and start[-1:].isdigit():
            del kept[last]
            empty.add((*path, last))
            is_text = CONDITIONS.isdisjoint(path)
            cut = [last, start, key] if is_text else []
            place = part.at(*path, last)
            problems.append(cut_text(place, *cut) if is_text else cut_number(place, start, key))
        else:
            problems.append(cut_list(part, here, last, start) or no_value(part, here))
    if value and not kept:
        empty.add(path)
    return kept


def cut_number(place: Place, start: str, end: str) -> Problem:
    """The problem of a number with a comma inside braces, where the comma begins the next entry."""
    return problem(
        "bad-value",
        place,
        f"the comma cuts this number in two: {say_input(start)} and {say_input(end)}",
        expected="a number without a comma, or in quotes",
        fix=f'quote it, "{start},{end}", or write {start + "k" + end[3:] if end.startswith("000") else start + end} without the comma',
    )


def cut_text(place: Place, key: str, start: str, *rest: str) -> Problem:
    """The problem of a text with a comma inside braces: where the comma is in a number, the pieces belong together."""
    whole = ",".join((start, rest[0])) + "".join(f", {piece}" for piece in rest[1:])
    return problem(
        "bad-value",
        place,
        f"the comma ends this text after {say_input(start)}",
        expected="text with a comma in quotes",
        fix=f'put all of it in quotes: `{key}: "{whole[:200]}"`',
    )


def is_empty_list(path: KeyPath, value: Any) -> bool:
    """Whether a list has nothing in it where that says nothing: without other words a built-in name loses those that it has, and a label
    asks for nobody."""
    return value == [] and path[-1] != "aka" and path[0] not in LABELLED and CONDITIONS.isdisjoint(path)


def empty_list(part: Part, path: KeyPath) -> Problem:
    """The problem of a list with nothing in it."""
    fix = "write out what belongs there, or remove the key; of people, `nobody` says that there is none"
    return problem("bad-value", part.at(*path), f"{say_input(str(path[-1]))} is an empty list", expected="at least one", fix=fix)


def cut_list(part: Part, path: KeyPath, last: str, start: Any) -> Problem | None:
    """The problem of a list without brackets inside braces, where the comma begins the next key."""
    place, before, key = part.at(*path, key=True), part.at(*path[:-1], last), str(path[-1])
    text = line_at(part.document.text, place.line)[: place.column - 1]
    if not isinstance(start, str) or place.line != before.line or not text.rstrip().endswith(",") or len(start) > 60:
        return None
    return problem(
        "bad-value",
        place,
        f"{say_input(key)} has no value: the comma ends {say_input(last)}",
        expected="a list in brackets, or text in quotes",
        fix=f'write `{last}: [{start}, {key}]` for a list, or `{last}: "{start}, {key}"` for one text',
    )


def no_value(part: Part, path: KeyPath) -> Problem:
    """The problem of a key with nothing behind it."""
    place, key = part.at(*path, key=True), str(path[-1])
    commented = COMMENTED.match(line_at(part.document.text, place.line)[place.column - 1 + place.width :])
    if commented:
        fix = f'what begins with # is a comment: put it in quotes, `{key}: "{commented["text"][:60]}"`'
    else:
        fix = "write its value after the colon, or remove the key"
    return problem("bad-value", place, f"{say_input(key)} has no value", expected="a value after the colon", fix=fix)


def without(value: Any, loc: tuple[Any, ...], *, missing: bool) -> Any:
    """The value without the innermost key on the way to a mistake; for a missing key without what lacks it."""
    steps: list[Any] = []
    inside = value
    for step in loc[:-1] if missing else loc:
        if (isinstance(inside, dict) and step in inside) or (isinstance(inside, list) and isinstance(step, int) and step < len(inside)):
            inside = inside[step]
        else:
            break
        steps.append(step)
    while steps and isinstance(steps[-1], int):
        steps.pop()
    return drop(value, tuple(steps)) if steps else value


def drop(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy of the value without the key at the path."""
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [drop(inner, rest) if index == first else inner for index, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if not rest:
        return {key: inner for key, inner in value.items() if key != first}
    return {key: drop(inner, rest) if key == first else inner for key, inner in value.items()}
