"""The names in labelled questions, looked up in their company: a label that names nobody could never be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.labels import Conversation, Turn
from bot.evaluate.judge import NOBODY
from bot.pipeline import Engine
from bot.problems import Problem, did_you_mean, list_known, problem


def check_names(conversations: Iterable[Conversation], engine: Engine) -> Iterator[Problem]:
    """Every intent, role and segment that does not exist."""
    company = engine.company
    intents = {intent.id for intent in engine.language.intents}
    parties = {*company.parties, *company.guidance.jobs}
    segments = {name.lower() for each in company.segments.values() for name in (each.id, each.name, *each.aka)}
    for conversation in conversations:
        first = conversation.turns[0]
        if conversation.as_role and conversation.as_role not in parties:
            yield unknown("unknown-party", first, "as", conversation.as_role, "role", parties)
        if conversation.segment and conversation.segment.lower() not in segments:
            yield unknown("unknown-value", first, "segment", conversation.segment, "segment", company.segments)
        for turn in conversation.turns:
            if turn.label.intent and turn.label.intent not in intents:
                yield unknown("unknown-name", turn, "intent", turn.label.intent, "intent", intents)
            for role in {way for ways in turn.label.roles or () for way in ways} - parties - NOBODY:
                yield unknown("unknown-party", turn, "roles", role, "role, team or position", parties)


def unknown(slug: str, turn: Turn, key: str, name: str, kind: str, known: Iterable[str]) -> Problem:
    """The problem of a name that nothing has."""
    names = sorted(known)
    return problem(
        slug,
        turn.places.get(key, turn.place),
        f'there is no {kind} "{name[:60]}" in the company asked',
        expected=f"an id: {list_known(names)}",
        fix=f"{did_you_mean(name, names)}Otherwise look into the company's model, or leave it out",
    )
