"""The golden cases as a whole: every intent is asked for on several companies and where there is none; enough is refused; people go on."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest
from cases import FileShape
from opened import HERE

from bot.load import load_shipped
from bot.load.layout import Part
from bot.load.shaping import shape_part
from bot.load.source import read_file

OWN = frozenset({"declined", "faq"})
"""What is refused everywhere; and what only a company can have."""
REFUSED = ("declined", "not-understood")


@cache
def files() -> tuple[FileShape, ...]:
    """Every file of cases."""
    found = []
    for path in sorted((HERE / "conversations").glob("*.yaml")):
        document, problems = read_file(path, path.name)
        shape = shape_part(FileShape, Part(document, (), document.value), problems)
        assert shape is not None, problems
        found.append(shape)
    return tuple(found)


@cache
def asked() -> dict[str, Counter[str]]:
    """Intent -> company -> how many wordings are expected to mean it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for file in files():
        for case in file.cases:
            for each in (case, *case.turns):
                if each.match and each.match.intent:
                    counts[each.match.intent][file.company] += len(each.say)
    return counts


@pytest.mark.parametrize("intent", sorted({intent.id for intent in load_shipped().language.intents} - OWN))
def test_every_intent_is_asked_on_two_companies_and_on_guidance_alone(intent: str) -> None:
    counts = asked()[intent]

    assert counts["none"] >= 2, "ask it where no model is loaded"
    assert sum(count >= 2 for company, count in counts.items() if company != "none") >= 2, "ask it on two companies"


def test_enough_is_asked_and_enough_refused() -> None:
    said = [(each, wording) for file in files() for case in file.cases for each in (case, *case.turns) for wording in each.say]
    refused = {wording for each, wording in said if each.outcome and set(each.outcome) <= set(REFUSED)}

    assert len(said) >= 1_500
    assert len(refused) >= 150


def test_people_go_on_in_forty_conversations() -> None:
    assert sum(2 <= len(case.turns) <= 5 for file in files() for case in file.cases) >= 40
