"""One phrase for two things: what a company calls so that a question cannot tell which of them is meant.

The same words clash; words with the same roots only where one of them gives way to the other (`own_names.py`), so that it is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from bot.domain.loaded import Called
from bot.problems import Problem, problem
from bot.understand.own_names import roots_of
from bot.understand.text import words_of

ALIKE = frozenset(
    {
        ("amount", "amount"),
        ("party", "value"),
        ("process", "process"),
        ("process", "subject"),
        ("subject", "subject"),
        ("subject", "value"),
        ("value", "value"),
    }
)
"""The kinds of things that stand at the same place in a question. Two roles or teams are reported by their names (`shared-name`)."""


def check_words(called: Iterable[Called]) -> Iterator[Problem]:
    """The problem of each two things that a company calls the same, by the roots of the words; each pair once."""
    named: dict[tuple[str, ...], list[Called]] = defaultdict(list)
    for each in called:
        named[roots_of(each.phrase)].append(each)
    told: set[tuple[str, str]] = set()
    for words, things in named.items():
        for first, second in combinations(sorted(things, key=lambda each: each.place), 2):
            pair = (first.thing, second.thing)
            if words and pair not in told and are_apart(first, second):
                told.add(pair)
                yield shared_word(first, second)


def are_apart(first: Called, second: Called) -> bool:
    """Whether two that are called the same stand at the same place in a question, and neither is meant to be the other."""
    kinds = tuple(sorted(each.thing.partition(".")[0] for each in (first, second)))
    clash = words_of(first.phrase) == words_of(second.phrase) or {first.rank, second.rank} == {"claims", "yields"}
    is_meant = first.thing == second.thing or first.thing in second.meant or second.thing in first.meant
    return clash and kinds in ALIKE and not is_meant


def shared_word(first: Called, second: Called) -> Problem:
    """The problem of a phrase that means two things."""
    same = first.phrase.casefold() == second.phrase.casefold()
    other = " and" if same else f', and "{first.phrase[:60]}", which has the same roots,'
    return problem(
        "shared-word",
        second.place,
        f'"{second.phrase[:60]}" is a word for {second.said}{other} for {first.said}',
        expected="words of its own for each: a question with this one means either, both, or the wrong one",
        fix="remove it from one",
        also=[first.place],
    )
