"""What a company calls its own things, each phrase with its place: so that one phrase for two things can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.attributes import Attribute
from bot.domain.loaded import Called, Rank
from bot.load.shaping import Shaped
from bot.load.vocabulary import in_words

KINDS = {
    "roles": ("party", "role"),
    "teams": ("party", "team"),
    "motions": ("subject", "motion"),
    "activities": ("subject", "activity"),
    "requests": ("subject", "request"),
    "segments": ("value", "segment"),
    "processes": ("process", "process"),
}
"""Section of names -> the kind of thing, and what one of them is called in a message."""


def called_in(entries: Iterable[Shaped], attributes: Mapping[str, Attribute]) -> Iterator[Called]:
    """Every name and other word that the company's own files give to something of which a question speaks by it."""
    for entry in entries:
        if entry.section == "attributes" and entry.id in attributes and not entry.broken:
            yield from called_attribute(entry, attributes[entry.id].kind)
        elif entry.section in KINDS and not entry.broken:
            kind, noun = KINDS[entry.section]
            thing = f"value.segment.{entry.id}" if entry.section == "segments" else f"{kind}.{entry.id}"
            yield from phrases_of(entry, thing, f'the {noun} "{entry.id}"', frozenset(meant_by(entry)))


def meant_by(entry: Shaped) -> Iterator[str]:
    """The things that one is meant to be: the subjects that it belongs to or is made of, the values by which a segment is defined."""
    of = getattr(entry.shape, "of", None) or ()
    yield from (f"subject.{id}" for id in ((of,) if isinstance(of, str) else of))
    if entry.section == "segments":
        yield from (f"value.{name}.{value}" for name, given in entry.shape.when.items() for value in as_values(given))


def as_values(given: Any) -> tuple[str, ...]:
    """The values of a condition as they are written."""
    return tuple(map(str, given if isinstance(given, list) else [given]))


def called_attribute(entry: Shaped, kind: str) -> Iterator[Called]:
    """The values of an attribute by their words; an attribute of numbers, or of yes and no, by its own."""
    if kind != "enum":
        thing = f"value.{entry.id}.yes" if kind == "yes-no" else f"amount.{entry.id}"
        yield from phrases_of(entry, thing, f'the attribute "{entry.id}"', frozenset())
    for id, choice in entry.shape.values.items():
        meant = frozenset({f"subject.{choice.of}", f"value.{entry.id}.{choice.within}"})
        yield from phrases_of(entry, f"value.{entry.id}.{id}", f'the value "{id}" of {entry.id}', meant, "values", id)


def phrases_of(entry: Shaped, thing: str, said: str, meant: frozenset[str], *path: str) -> Iterator[Called]:
    """The name and the other words at a path in an entry."""
    shape = entry.shape.values[path[-1]] if path else entry.shape
    is_named, kind = bool(shape.name), "segment" if entry.section == "segments" else thing.partition(".")[0]
    claims = kind != "amount" and not (kind == "value" and (not path or shape.of))
    name = shape.name or in_words((entry.id, *path)[-1])
    place = entry.part.at(*path, "name") if is_named else entry.part.at(*path, key=True)
    yield Called(name, thing, said, place, "claims" if claims else "", meant)
    for index, phrase in enumerate(shape.aka):
        rank: Rank = "claims" if kind in ("party", "segment", "process") else "yields" if kind in ("subject", "value") else ""
        yield Called(phrase, thing, said, entry.part.at(*path, "aka", index), rank, meant)
