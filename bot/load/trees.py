"""Names that belong to wider names: roles by `kind-of`, the values of an attribute by `within`. None may belong to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.load.shaping import Shaped
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem, did_you_mean, list_known, problem


def check_trees(listed: Iterable[Shaped], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Wider values that do not exist, and circles; both are taken apart, so that nobody walks in them."""
    for entry in listed:
        if entry.section == "attributes" and entry.id in vocabulary.attributes:
            yield from check_values(entry, vocabulary)
        elif entry.section == "roles" and is_circle(entry.id, {id: party.kind_of for id, party in vocabulary.parties.items()}):
            yield circle(entry.part.at("kind-of"), entry.id)
            vocabulary.parties[entry.id] = replace(vocabulary.parties[entry.id], kind_of=None)


def check_values(entry: Shaped, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The values of one attribute."""
    attribute = vocabulary.attributes[entry.id]
    choices = dict(attribute.choices)
    for id, shape in entry.shape.values.items():
        if id not in choices:
            continue
        place = entry.part.at("values", id, "within")
        if shape.within and shape.within not in choices:
            yield problem(
                "unknown-value",
                place,
                f'{attribute.name} has no value "{shape.within[:60]}"',
                expected=f"one of {list_known(choices)}",
                fix=f"{did_you_mean(shape.within, choices)}Otherwise add it to the values",
            )
        elif is_circle(id, {each.id: each.within for each in choices.values()}):
            yield circle(place, id)
        else:
            continue
        vocabulary.broken.add(entry.id)
        choices[id] = replace(choices[id], within=None)
    vocabulary.attributes[entry.id] = replace(attribute, choices=choices)


def is_circle(start: str, wider: Mapping[str, str | None]) -> bool:
    """Whether a name comes back to itself on the way to wider ones."""
    seen: set[str] = set()
    at = wider.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = wider.get(at)
    return False


def circle(place: Place, name: str) -> Problem:
    """The problem of a name that belongs to itself."""
    return problem(
        "cycle",
        place,
        f'"{name}" belongs to itself in a circle',
        expected="a wider name that does not lead back",
        fix="remove it in one of the names of the circle",
    )
