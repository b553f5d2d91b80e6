"""Which entries of a section a question is about: those that fit, then those of its words, its subject and its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.domain.regions import box_within
from bot.resolve.context import Context

Fit = Callable[[Entry], bool]


def asked_roles(frame: Frame) -> Frame:
    """The frame with the roles asked about: those named, or the asker's own."""
    return replace(frame, roles=frame.roles or ((frame.as_role,) if frame.mine and frame.as_role else ()))


def entries_for(section: str, frame: Frame, context: Context, fit: Fit | None = None) -> list[Entry]:
    """The entries of a section that a question is about, nearest first.

    What is assumed keeps an entry out only where others are left and the question's words do not speak of it.
    """
    likely = {entry.id for entry in context.entries(section, frame)}
    possible = [entry for entry in context.entries(section, frame, assume=False) if fit is None or fit(entry)]
    spoken = frame.things.get("entry", ())
    return nearest([entry for entry in possible if entry.id in likely or entry.id in spoken] or possible, frame, context)


def nearest(found: Sequence[Entry], frame: Frame, context: Context) -> list[Entry]:
    """Of entries that fit: those that the words speak of, those on the subject, those that the facts given make sure."""
    found = spoken_of(found, frame) or found
    found = [entry for entry in found if is_on_subject(entry, frame)] or found
    return given_sure(found, frame, context) or list(found)


def spoken_of(found: Iterable[Entry], frame: Frame) -> list[Entry]:
    """The entries that the question's words speak of, as they fit."""
    spoken = frame.things.get("entry", ())
    return sorted((entry for entry in found if entry.id in spoken), key=lambda entry: spoken.index(entry.id))


def is_on_subject(entry: Entry, frame: Frame) -> bool:
    """Whether an entry says which subject it belongs to, and that is one of the frame's."""
    return bool(set(frame.subjects) & set(as_ids(entry.fields.get("of"))))


def given_sure(found: Iterable[Entry], frame: Frame, context: Context) -> list[Entry]:
    """The entries whose conditions look at the most of the facts given and are met for sure: narrower than all others."""
    facts = context.facts(frame)
    counted = [
        (max((len(box.keys() & facts.given.keys()) for box in entry.region if box_within(facts.box, box)), default=0), entry)
        for entry in found
    ]
    most = max((count for count, _ in counted), default=0)
    return [entry for count, entry in counted if count == most > 0]


def stands(roles: Sequence[str], context: Context, *keys: str, together: bool = False) -> Fit:
    """Whether one of the roles stands in an entry under one of the keys, or all do; without roles everything fits."""

    def fit(entry: Entry) -> bool:
        named = [has_role(entry, role, context, keys) for role in roles]
        return not named or (all(named) if together else any(named))

    return fit


def as_ids(value: Any) -> tuple[str, ...]:
    """One id or several as several."""
    return (value,) if isinstance(value, str) and value else tuple(value or ())


def has_role(entry: Entry, role: str, context: Context, keys: Iterable[str]) -> bool:
    """Whether a role stands in an entry, under any of the keys: itself, a kind of it, or as the holder of a position."""
    named = [id for key in keys for id in as_ids(entry.fields.get(key))]
    held = [id for party in named for id in context.stands_for(party, {})]
    return context.is_among(role, (*named, *held))
