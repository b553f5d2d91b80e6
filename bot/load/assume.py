"""What holds when nobody says: each attribute's own `assume`, and the model's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.load.conditions import Conditions, read_value
from bot.load.layout import Folder, Part
from bot.load.shaping import Shaped
from bot.load.vocabulary import Vocabulary
from bot.problems import Problem, problem


def take_assumptions(vocabulary: Vocabulary, folder: Folder, listed: Iterable[Shaped], conditions: Conditions) -> None:
    """Reads them into the attributes; what the model says goes before what the guidance says."""
    attributes = vocabulary.attributes
    parts = {
        entry.id: Part(entry.part.document, (*entry.part.path, "assume"), entry.shape.assume)
        for entry in listed
        if entry.section == "attributes" and entry.shape.assume
    }
    for name, part in stated(folder, conditions.problems):
        if name in attributes:
            attributes[name] = replace(attributes[name], assume=str(part.value))
            parts[name] = part
        elif name not in vocabulary.broken:
            conditions.read_one(part, name, exact=True)
    for name, attribute in list(attributes.items()):
        if attribute.assume is not None and attribute.assume != "ask" and name not in vocabulary.broken:
            given = parts.get(name)
            found = conditions.read_values(attribute, given) if given else read_value(attribute, attribute.assume)
            attributes[name] = replace(attribute, assumed=found or None)


def stated(folder: Folder, problems: list[Problem]) -> Iterator[tuple[str, Part]]:
    """The attributes and values of the model's `assume:`."""
    for part in folder.section("assume"):
        if isinstance(part.value, dict):
            yield from ((name, Part(part.document, (*part.path, name), value)) for name, value in part.value.items())
        else:
            problems.append(
                problem(
                    "wrong-type",
                    part.at(),
                    '"assume" does not say what is assumed of what',
                    expected="assume: {channel: direct}",
                    fix="write the attribute before the value",
                )
            )
