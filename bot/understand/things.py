"""What is named beside subjects, steps, roles and facts."""

from __future__ import annotations

from bot.understand.frames import THINGS, Reading


def things_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Everything else that is named, by kind: archetypes, stakeholders, terms, processes."""
    things: dict[str, list[str]] = {}
    for span in reading.spans:
        for sense in span.senses:
            if sense.tag in THINGS:
                things.setdefault(sense.tag, []).extend(sense.ids)
    return {tag: tuple(dict.fromkeys(ids)) for tag, ids in things.items()}
