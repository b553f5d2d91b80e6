"""Who may know of a name: one that is meant for some is not spoken of to others, and one that only they hear of is not shown to all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from bot.load.shapes.base import Reference, references
from bot.load.shapes.rules import HoldingShape
from bot.load.shaping import Shaped
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem, problem

KINDS = {
    **dict.fromkeys(("roles", "teams"), "party"),
    **dict.fromkeys(("motions", "activities", "requests"), "subject"),
    "stakeholders": "stakeholder",
}
"""Section of names -> what references to them are called."""
NOUNS = {
    "roles": "role",
    "teams": "team",
    "motions": "motion",
    "activities": "activity",
    "requests": "request",
    "stakeholders": "stakeholder",
}


def check_told(name: Reference, place: Place, entry: Shaped, vocabulary: Vocabulary) -> Problem | None:
    """A party, subject or stakeholder that is meant for some is not spoken of to others."""
    audience = audience_of(name, vocabulary)
    if audience in ("public", getattr(entry.shape, "audience", "public")):
        return None
    return problem(
        "bad-value",
        place,
        f'"{name}" is only for the audience "{audience}", and this is for others',
        expected=f"{'a subject' if name.kind == 'subject' else 'a name'} that everybody who sees this may know",
        fix=f"add `audience: {audience}` here, or remove it where {'the subject' if name.kind == 'subject' else 'the name'} is declared",
    )


def audience_of(name: Reference, vocabulary: Vocabulary) -> str:
    """Who may know of a name."""
    kinds: dict[str, Mapping[str, Any]] = {"subject": vocabulary.subjects, "party": vocabulary.parties, "keeper": vocabulary.parties}
    known = kinds.get(name.kind, {})
    return known[name].audience if name in known else "public"


def check_shown(entries: Iterable[Shaped], built_in: Iterable[str]) -> Iterator[Problem]:
    """Names that everybody can ask for although only what is meant for some speaks of them: so it shows that there is something."""
    listed, shared = list(entries), set(built_in)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in listed:
        audience = getattr(entry.shape, "audience", "public")
        for kind, name in spoken_of(entry):
            told[kind, name].add(audience)
    for entry in listed:
        audiences = told.get((KINDS.get(entry.section, ""), entry.id), set())
        is_open = "audience" not in entry.shape.model_fields_set and entry.id not in shared
        if is_open and audiences and "public" not in audiences and not getattr(entry.shape, "archetype", ""):
            yield shown(entry, sorted(audiences))


def spoken_of(entry: Shaped) -> Iterator[tuple[str, str]]:
    """The names that an entry speaks of, with their kinds; whose plan something is tells nothing, for every role may have one."""
    for path, name in references(entry.shape):
        if name and not (entry.section == "plans" and path[:1] == ("role",)):
            yield ("party" if name.kind == "keeper" else name.kind), str(name)
    yield from (("subject", each.partition(".")[0]) for each in borrowed(entry.shape))
    for key in (*getattr(entry.shape, "when", {}), *getattr(entry.shape, "covers", {})):
        if key.endswith("-on-account"):
            yield "party", key.removesuffix("-on-account")


def borrowed(value: Any) -> Iterator[str]:
    """The subjects from which holders are borrowed, by `{as: …}`."""
    if isinstance(value, HoldingShape) and value.as_:
        yield value.as_
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from borrowed(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from borrowed(inner)


def shown(entry: Shaped, audiences: list[str]) -> Problem:
    """The problem of a name that shows what is kept from most."""
    who = " or ".join(audiences)
    return problem(
        "shown-name",
        entry.part.at(key=True),
        f'everybody can ask for the {NOUNS[entry.section]} "{entry.id}", but only what is for the audience {who} speaks of it',
        expected="a name that only those know who may see what it is for",
        fix=f"add `audience: {audiences[0]}` to it; or `audience: public`, if everybody may know that there is such a thing",
    )
