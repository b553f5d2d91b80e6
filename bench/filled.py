"""Every phrasing of `knowledge/language/intents`, its placeholders filled with names of a company, and the answer of its engine to each.

That is the knowledge of a bot that was taught all questions beforehand: the same as Rolecall's, written out. All pairs of names would be
millions of questions; here every name occurs, and each phrasing is filled several times.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.pipeline import Engine, answer
from bot.understand.sample import sayings

SEED = 20261122
FILLS = 8
"""How often a phrasing with placeholders is filled at least."""
PLACE = re.compile(r"\{([a-z-]+)\}")
OWN = frozenset({"entry"})
"""Kinds of names that are others for each intent."""
UNSAID = frozenset({"thread"})
"""What stands for the answer before: nothing is said there."""
Names = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What a bot that was taught beforehand knows of a company: questions, and the answer to each."""

    texts: Sequence[str]
    answers: Sequence[Answer]


def teach(engine: Engine, today: date, fills: int = FILLS) -> Known:
    """The filled phrasings and the company's own FAQs with the engine's answers; what it does not understand is left out."""
    own = [text for entry in engine.company.section("faqs") for text in entry.fields["ask"]]
    asked = (answer(Question(text, today), engine) for text in dict.fromkeys([*fill(engine, fills), *own]))
    done = [each for each in asked if each.resolution.outcome != "not-understood"]
    return Known([each.question.text for each in done], done)


def fill(engine: Engine, fills: int = FILLS) -> Iterator[str]:
    """The phrasings, filled. Those with a kind of name that the company has none of are left out."""
    names = names_of(engine)
    listed = ((intent.id, phrasing.text) for intent in engine.language.intents for phrasing in intent.phrasings)
    phrasings = [(text, kinds) for text, kinds in ((text, kinds_of(intent, text)) for intent, text in listed) if all(map(names.get, kinds))]
    places = Counter(kind for _, kinds in phrasings for kind in kinds)
    turns = {kind: in_turn(said, kind) for kind, said in names.items()}
    for text, kinds in phrasings:
        times = max((fills, *(ceil(len(names[kind]) / places[kind]) for kind in kinds))) if kinds else 1
        for _ in range(times):
            yield put_in(text, [next(turns[kind]) for kind in kinds])


def names_of(engine: Engine) -> Names:
    """The names by intent and kind; the intent is empty where they are the same for all."""
    prepared, _, _ = engine.view()
    found: dict[tuple[str, str], Sequence[str]] = {}
    for intent in engine.language.intents:
        said = sayings(intent, prepared)
        for phrasing in intent.phrasings:
            found.update({kind: said.get(kind[1], ()) for kind in kinds_of(intent.id, phrasing.text)})
    return found


def kinds_of(intent: str, text: str) -> list[tuple[str, str]]:
    """The kinds of names that a phrasing wants, in order."""
    return [(intent if kind in OWN else "", kind) for kind in PLACE.findall(text) if kind not in UNSAID]


def in_turn(names: Sequence[str], kind: tuple[str, str]) -> Iterator[str]:
    """The names over and over, each time in another order."""
    chance, left = random.Random(f"{SEED}:{kind}"), list(names)
    while left:
        chance.shuffle(left)
        yield from left


def put_in(text: str, names: Sequence[str]) -> str:
    """A phrasing with names in its places."""
    rest = iter(names)
    said = PLACE.sub(lambda found: "" if found.group(1) in UNSAID else next(rest), text)
    return " ".join(said.split())
