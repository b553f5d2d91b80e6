"""Roles renamed at random: every answer says the new names, and no phrasing breaks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from opened import TODAY, open_company

from bot.domain.answers import Answer
from bot.domain.company import Party
from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Several, Understood
from bot.load import example_names, load_shipped
from bot.pipeline import Engine, answer
from bot.render import prepare_templates
from bot.resolve import open_book
from bot.understand.sample import sayings

PLACE = re.compile(r"\{([a-z-]+)\}")
ROLE, PLAIN = "role", frozenset({"role", "about", "subject", "segment", "step", "fact"})
STARTS, ENDS = (
    ("Tor", "Quell", "Brim", "Oxl", "Vant", "Yarr", "Zeph", "Drosk", "Plu", "Glim"),
    ("vin", "ary", "sa", "ade", "or", "owin", "rine"),
)
ASKED = 80
"""Phrasings that are filled for each renaming."""
LEAST = 0.95
"""The share of phrasings that have to be read as they were by the roles' own names."""
FAQ = "faq"
"""A company's own FAQs are matched by letters as well, so that a name counts there."""
few = settings(max_examples=3, deadline=None, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)
Names = Mapping[str, str]


def new_names(engine: Engine, chance: random.Random) -> Names:
    """Role -> a name that nobody has."""
    words = [start + end for start in STARTS for end in ENDS]
    chance.shuffle(words)
    return {role.id: word for role, word in zip(engine.company.roles(), words, strict=False)}


def renamed(engine: Engine, names: Names) -> Engine:
    """The same model with other names for its roles."""

    def called(party: Party) -> Party:
        return replace(party, name=names[party.id], aka=()) if party.id in names else party

    said = {each: names[role.id] for role in engine.company.roles() for each in (*role.aka, role.name)}
    longest = sorted(map(re.escape, said), key=len, reverse=True)
    spoken = re.compile(rf"\b(?:{'|'.join(longest)})(?=s?\b)", re.IGNORECASE)
    lower = {each.lower(): name for each, name in said.items()}

    def told(value: object) -> object:
        if isinstance(value, str):
            return spoken.sub(lambda found: lower[found.group().lower()], value) if " " in value else value
        if isinstance(value, Mapping):
            return {key: told(each) for key, each in value.items()}
        return tuple(map(told, value)) if isinstance(value, tuple) else value

    entries = tuple(replace(entry, fields=told(entry.fields)) for entry in engine.company.entries)  # type: ignore[arg-type]
    parties = {id: called(party) for id, party in engine.company.parties.items()}
    company = replace(engine.company, parties=parties, entries=entries)
    templates, _ = prepare_templates(load_shipped().templates, company)
    return Engine(company, engine.language, templates, open_book(company))


@cache
def phrasings(company: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every phrasing that names a role and otherwise only what any model names, with the names for its other places."""
    prepared, _, _ = open_company(company).view()
    chance, found = random.Random(company), []
    for intent in prepared.language.intents:
        said = sayings(intent, prepared)
        for phrasing in intent.phrasings:
            kinds = PLACE.findall(phrasing.text)
            if ROLE in kinds and set(kinds) <= PLAIN and all(said.get(kind) for kind in kinds):
                found.append((phrasing.text, tuple(chance.choice(said[kind]) if kind != ROLE else "" for kind in kinds)))
    return tuple(found)


def filled(text: str, others: tuple[str, ...], name: str) -> str:
    """A phrasing with names in its places."""
    rest = iter(others)
    return PLACE.sub(lambda _: next(rest) or name, text)


def meaning(found: Understood) -> object:
    """What is asked, without the words and without how surely it was read."""
    match found:
        case Frame():
            facts = {name: fact.values for name, fact in found.facts.items()}
            return found.intent, found.subjects, found.step, found.key, found.roles, facts, found.mine, found.topic
        case Ambiguous():
            return tuple(meaning(option.frame) for option in found.options)
        case Several():
            return tuple(map(meaning, found.parts))
        case _:
            return found.reason


def asked(company: str, chance: random.Random) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Phrasings, the names for their other places, and a role for each."""
    roles = sorted(role.id for role in open_company(company).company.roles())
    listed = phrasings(company)
    for text, others in chance.sample(listed, min(ASKED, len(listed))):
        yield text, others, chance.choice(roles)


def intent_of(done: Answer) -> str:
    """The intent that was understood."""
    return done.frame.intent if done.frame else ""


def parts(done: Answer) -> tuple[str, ...]:
    """The roles that an answer names as the owners."""
    return done.resolution.result.roles if done.resolution.result else ()


@pytest.mark.parametrize("company", example_names())
@few
@given(st.integers(0, 10_000))
def test_whatever_roles_are_called_the_answer_is_the_same_in_their_names(company: str, seed: int) -> None:
    chance = random.Random(seed)
    one, other = new_names(open_company(company), chance), new_names(open_company(company), chance)
    first, second = renamed(open_company(company), one), renamed(open_company(company), other)
    for text, others, role in asked(company, chance):
        here = answer(Question(filled(text, others, one[role]), TODAY), first)
        there = answer(Question(filled(text, others, other[role]), TODAY), second)
        if FAQ in (intent_of(here), intent_of(there)):
            continue
        assert meaning(here.understood) == meaning(there.understood), (here.question.text, there.question.text)
        assert (here.resolution.outcome, parts(here)) == (there.resolution.outcome, parts(there)), here.question.text
        for id in one.keys() & set(parts(here)):
            assert (one[id] in here.text) == (other[id] in there.text), here.question.text
        assert not any(name in there.text for id, name in one.items() if name not in other.values()), there.question.text


@pytest.mark.parametrize("company", example_names())
def test_no_phrasing_breaks_when_roles_are_renamed(company: str) -> None:
    """But for a few that share words with what a role was called before, such as "customer" and "success"."""
    chance, engine = random.Random(company), open_company(company)
    names = new_names(engine, chance)
    other = renamed(engine, names)
    parties = engine.company.parties
    inside = {id for id in names for other_id in names if id != other_id and parties[id].name in parties[other_id].name}
    same, read = 0, 0
    for text, others, role in asked(company, chance):
        before = answer(Question(filled(text, others, engine.company.parties[role].name), TODAY), engine)
        after = answer(Question(filled(text, others, names[role]), TODAY), other)
        if not isinstance(before.understood, NotUnderstood):
            read += 1
            same += meaning(before.understood) == meaning(after.understood)
        for id in names.keys() & set(parts(before)) & set(parts(after)) - inside:
            assert (engine.company.parties[id].name in before.text) <= (names[id] in after.text), after.question.text
    assert same >= LEAST * read
