"""Versions of one rule share its id and differ in `from:`; a later one ends the earlier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.rules import Rule
from bot.domain.versions import end_of
from bot.problems import Problem, problem

Family = tuple[str, str, str]
"""An id, a subject, and on whose word: the versions of one rule on one subject."""


def order_versions(rules: Iterable[Rule], problems: list[Problem]) -> list[Rule]:
    """The rules with each version ended by the next of the same id, whatever subjects that one still names."""
    families: dict[Family, list[Rule]] = defaultdict(list)
    starts: dict[str, set[int]] = defaultdict(set)
    for rule in rules:
        families[(rule.id, rule.subject, rule.basis)].append(rule)
        if not is_empty(rule):
            starts[rule.id].add(rule.starts or 0)
    ordered: list[Rule] = []
    problems.extend(shared_ids(families))
    for versions in families.values():
        versions.sort(key=lambda rule: (rule.starts or 0, rule.place))
        distinct: list[Rule] = []
        for rule in versions:
            if is_empty(rule):
                ordered.append(rule)  # a problem already
            elif distinct and (rule.starts or 0) == (distinct[-1].starts or 0):
                problems.append(same_day(distinct[-1], rule))
            else:
                distinct.append(rule)
        for rule in distinct:
            ordered.append(replace(rule, ends=end_of(rule.starts, rule.ends, starts[rule.id]), until=rule.ends))
    return ordered


def shared_ids(families: Mapping[Family, Sequence[Rule]]) -> Iterator[Problem]:
    """Rules on different subjects that share an id by mistake: written in different places, and neither is the later version."""
    first: dict[tuple[str, str, int], tuple[str, Rule]] = {}
    for (id, subject, basis), rules in families.items():
        for rule in rules:
            before, other = first.setdefault((id, basis, rule.starts or 0), (subject, rule))
            if before != subject and other.place != rule.place and not is_empty(rule):
                yield same_day(other, rule)


def is_empty(rule: Rule) -> bool:
    """Whether the rule ends before it begins."""
    return rule.ends is not None and rule.starts is not None and rule.ends <= rule.starts


def same_day(rule: Rule, later: Rule) -> Problem:
    """The problem of two versions of which neither is the later."""
    return problem(
        "same-version",
        later.place,
        f'two rules are called "{rule.id}" and start on the same day',
        expected="one id a rule; versions of one rule differ in `from:`",
        fix="rename one, or give the later one its `from:` date",
        also=[rule.place],
    )
