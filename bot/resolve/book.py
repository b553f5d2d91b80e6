"""The rule book: for each subject and key one list of lines in which the first that holds wins.

A rule is, for one key, a decision list: its exceptions in order (theirs before them), then itself. Rules on one subject are put
in the order in which they beat each other: the one named in `over:`, else the strictly narrower; the company's own beat derived
ones. What neither beats must agree where both hold (`overlaps.py` reports it if not), so their order does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from bot.domain.company import Company
from bot.domain.regions import Domains, Region, box_within, region_within
from bot.domain.rules import Node, Rule, Says
from bot.problems import Place, Problem, did_you_mean, problem


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One sentence of a rule on one key, and where it holds."""

    rule: Rule
    node: Node
    key: str
    says: Says
    region: Region


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All lines of a company, ready to decide from."""

    company: Company
    lines: Mapping[tuple[str, str], tuple[Line, ...]]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Subject -> the keys that some rule on it states, in the order of the rules."""

    def on(self, subject: str, key: str) -> tuple[Line, ...]:
        """The lines on one key of a subject."""
        return self.lines.get((subject, key), ())

    def steps(self, subject: str) -> tuple[str, ...]:
        """The steps that the rules on a subject name, in the order of the rules."""
        return tuple(dict.fromkeys(key.rpartition(".")[0] for key in self.keys.get(subject, ()) if "." in key))

    def is_ruled(self, subject: str) -> bool:
        """Whether any rule is on the subject."""
        return subject in self.keys


def lines_of(rule: Rule, key: str) -> Iterator[Line]:
    """The rule's decision list for one key."""

    def visit(node: Node) -> Iterator[Line]:
        for exception in node.exceptions:
            yield from visit(exception)
        if key in node.says and node.region:
            yield Line(rule, node, key, node.says[key], node.region)

    yield from visit(rule.node)


def keys_of(rule: Rule) -> Iterator[str]:
    """The keys that the rule or one of its exceptions states, in order."""
    yield from dict.fromkeys(key for node in rule.node.walk() for key in node.says)


class Precedence:
    """Which rule of one subject beats which."""

    def __init__(self, rules: Iterable[Rule], domains: Domains) -> None:
        self.rules = tuple(rules)
        self.domains = domains
        self.beaten: dict[int, set[int]] = {index: set() for index in range(len(self.rules))}
        for one, first in enumerate(self.rules):
            for other, second in enumerate(self.rules):
                if one != other and self.wins(first, second):
                    self.beaten[one].add(other)

    def wins(self, first: Rule, second: Rule) -> bool:
        """Whether the first rule beats the second by what it is, `over:` or narrowness."""
        if first.basis != second.basis:
            return first.basis == "company"
        if second.id in first.over:
            return True
        if first.id in second.over:
            return False
        return self.is_narrower(first.node.region, second.node.region)

    def is_narrower(self, inner: Region, outer: Region) -> bool:
        """Whether the first region is strictly within the second."""
        if len(inner) == 1 and len(outer) == 1:
            return box_within(inner[0], outer[0]) and not box_within(outer[0], inner[0])
        return region_within(inner, outer, self.domains) and not region_within(outer, inner, self.domains)

    def order(self) -> list[int]:
        """The rules, winners first; those that do not beat each other in the order of their ids. Raises CycleError."""
        sorter: TopologicalSorter[int] = TopologicalSorter()
        for index in range(len(self.rules)):
            sorter.add(index)
        for winner, losers in self.beaten.items():
            for loser in losers:
                sorter.add(loser, winner)
        sorter.prepare()
        ordered: list[int] = []
        while sorter.is_active():
            ready = sorted(sorter.get_ready(), key=lambda index: (self.rules[index].id, self.rules[index].starts or 0))
            ordered += ready
            sorter.done(*ready)
        return ordered


def prepare_book(company: Company) -> tuple[RuleBook, dict[str, Precedence], list[Problem]]:
    """The rule book, each subject's precedence, and what is wrong with the precedence."""
    by_subject: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(company.rules, key=lambda rule: (rule.id, rule.starts or 0)):
        by_subject[rule.subject].append(rule)
    problems = list(check_over(company.rules))
    lines: dict[tuple[str, str], tuple[Line, ...]] = {}
    keys: dict[str, tuple[str, ...]] = {}
    precedences: dict[str, Precedence] = {}
    for subject, rules in by_subject.items():
        precedence = precedences[subject] = Precedence(rules, company.domains)
        try:
            ordered = [rules[index] for index in precedence.order()]
        except CycleError as error:
            problems.append(over_cycle([rules[index] for index in error.args[1]]))
            ordered = rules
        by_place = sorted(ordered, key=lambda rule: (rule.basis, rule.place))
        keys[subject] = tuple(dict.fromkeys(key for rule in by_place for key in keys_of(rule)))
        for key in keys[subject]:
            lines[(subject, key)] = tuple(line for rule in ordered for line in lines_of(rule, key))
    return RuleBook(company, lines, keys), precedences, problems


def check_over(rules: Iterable[Rule]) -> Iterator[Problem]:
    """`over:` names rules that exist."""
    listed = tuple(rules)
    known = {rule.id for rule in listed}
    for rule in listed:
        for name in sorted(rule.over - known):
            yield problem(
                "unknown-name",
                rule.place,
                f'the rule "{rule.id}" is over "{name}", which does not exist',
                expected="the id of another rule on the same subject",
                fix=f"{did_you_mean(name, known)}Otherwise remove it from `over:`",
            )


def over_cycle(rules: list[Rule]) -> Problem:
    """The problem of rules that beat each other in a circle."""
    named = " over ".join(dict.fromkeys(f'"{rule.id}"' for rule in rules))
    places: list[Place] = sorted({rule.place for rule in rules})
    return problem(
        "over-cycle",
        places[0],
        f"these rules win over each other in a circle: {named}",
        expected="a clear winner of any two rules",
        fix="remove one of the `over:`",
        also=places[1:],
    )
