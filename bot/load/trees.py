"""Names that belong to wider names: roles by `kind-of`, the values of an attribute by `within`.

None may belong to itself. A wider value is its narrower ones together, so with one of them alone it is the same as that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.attributes import Attribute
from bot.load.shaping import Shaped
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem, did_you_mean, list_known, problem


def check_trees(listed: Sequence[Shaped], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Wider values that do not exist, and circles; both are taken apart, so that nobody walks in them. And wider values of one alone."""
    for entry in listed:
        if entry.section == "attributes" and entry.id in vocabulary.attributes:
            yield from check_values(entry, vocabulary)
        elif entry.section == "roles" and is_circle(entry.id, {id: party.kind_of for id, party in vocabulary.parties.items()}):
            yield circle(entry.part.at("kind-of"), entry.id)
            vocabulary.parties[entry.id] = replace(vocabulary.parties[entry.id], kind_of=None)
    for entry in listed:
        if entry.section == "attributes" and entry.id in vocabulary.attributes and entry.id not in vocabulary.broken:
            yield from check_lone(entry, vocabulary.attributes[entry.id])


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


def check_lone(entry: Shaped, attribute: Attribute) -> Iterator[Problem]:
    """The values of an entry that are the only narrower one of a wider value."""
    wider = [choice.within for choice in attribute.choices.values()]
    for id, shape in entry.shape.values.items():
        if shape.within and wider.count(shape.within) == 1:
            yield problem(
                "lone-value",
                entry.part.at("values", id, "within"),
                f'"{id}" is the only value within "{shape.within}", so both are the same: a rule for the one holds for the other',
                expected="two or more values that are the wider one together",
                fix=f"add one for the rest, such as `rest-of-{shape.within}: {{within: {shape.within}}}`, or remove `within:`",
            )


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
