"""The rule book: for each subject and key one list of lines in which the first that holds wins.

A rule is, for one key, a decision list: its exceptions in order (theirs before them), then itself. Rules on one subject are put
in the order in which they beat each other (`precedence.py`). What neither beats must agree where both hold (`checks/overlaps.py`
reports it if not), so their order does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError
from typing import Any, TypeVar

from bot.domain.company import Company
from bot.domain.regions import Box, Region
from bot.domain.rules import Held, Node, Rule, Ruling, SameAs, Says, join_key, split_key
from bot.problems import Place, Problem, did_you_mean, problem
from bot.resolve.facts import Background, background_of
from bot.resolve.index import Index, numbers_in
from bot.resolve.precedence import Precedence

Found = TypeVar("Found")
REMEMBERED = 1_500
"""So many decisions are remembered at most; all together they take a megabyte or two."""
UNKNOWN: Any = object()


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One sentence of a rule on one key, and where it holds."""

    rule: Rule
    node: Node
    key: str
    says: Says
    region: Region
    sense: Ruling
    """The ruling in a form in which two that mean the same are equal."""


def target_of(line: Line) -> tuple[str, str] | None:
    """The subject and key that a line refers to."""
    ruling = line.says.ruling
    return (ruling.subject, join_key(ruling.step, split_key(line.key)[1])) if isinstance(ruling, SameAs) else None


class Table:
    """The lines on one key of a subject, in order, and their boxes by what they admit."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self.boxes = [(line, box) for line in self.lines for box in line.region]
        self.index = Index([box for _, box in self.boxes])

        self.earlier = [self.index.bits_meeting(box) & ((1 << number) - 1) for number, (_, box) in enumerate(self.boxes)]
        """For each box those before it with which it shares facts, as bits."""
        self.targets = frozenset(target for line in self.lines if (target := target_of(line)))
        """The subjects and keys that lines refer to."""

    def boxes_in(self, bits: int) -> Iterator[Box]:
        """The boxes with these numbers."""
        return (self.boxes[number][1] for number in numbers_in(bits))


NO_LINES = Table(())


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All lines of a company, ready to decide from."""

    company: Company
    tables: Mapping[tuple[str, str], Table]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Subject -> the keys that some rule on it states, in the order of the rules."""
    background: Background = field(default_factory=Background)
    """What is assumed and what each subject implies."""
    known: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What was decided lately, by what was asked: the same few things are asked again and again."""

    def once(self, at: tuple[object, ...], find: Callable[[], Found]) -> Found:
        """What `find` finds, which never changes; remembered for a while."""
        found: Found = self.known.get(at, UNKNOWN)
        if found is UNKNOWN:
            found = find()
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[at] = found
        return found

    @property
    def restricted(self) -> frozenset[str]:
        """The audiences, other than everybody, for which something is meant."""
        return self.once(("restricted",), self.company.restricted_to)

    def table(self, subject: str, key: str) -> Table:
        """The lines on one key of a subject, indexed."""
        return self.tables.get((subject, key), NO_LINES)

    def on(self, subject: str, key: str) -> tuple[Line, ...]:
        """The lines on one key of a subject."""
        return self.table(subject, key).lines

    def steps(self, subject: str) -> tuple[str, ...]:
        """The steps that the rules on a subject name, in the order of the rules."""
        return tuple(dict.fromkeys(key.rpartition(".")[0] for key in self.keys.get(subject, ()) if "." in key))

    def is_ruled(self, subject: str) -> bool:
        """Whether any rule is on the subject."""
        return subject in self.keys


def same_when_equal(ruling: Ruling | None) -> Ruling | None:
    """The ruling in a form in which two that mean the same are equal: the order of holders does not count."""
    return replace(ruling, holders=tuple(sorted(ruling.holders))) if isinstance(ruling, Held) else ruling


def lines_of(rule: Rule) -> dict[str, list[Line]]:
    """The rule's decision list for each key that it states, in the order of the keys."""
    lists: dict[str, list[Line]] = {key: [] for node in rule.node.walk() for key in node.says}

    def visit(node: Node) -> None:
        for exception in node.exceptions:
            visit(exception)
        for key, says in node.says.items() if node.region else ():
            sense = same_when_equal(says.ruling)
            assert sense is not None
            lists[key].append(Line(rule, node, key, says, node.region, sense))

    visit(rule.node)
    return lists


def prepare_book(company: Company) -> tuple[RuleBook, dict[str, Precedence], list[Problem]]:
    """The rule book, the precedence of each subject that has one, and what is wrong with the others."""
    by_subject: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(company.rules, key=lambda rule: (rule.id, rule.starts or 0)):
        by_subject[rule.subject].append(rule)
    problems = list(check_over(company.rules, company.uncertain))
    tables: dict[tuple[str, str], Table] = {}
    keys: dict[str, tuple[str, ...]] = {}
    precedences: dict[str, Precedence] = {}
    for subject, rules in by_subject.items():
        precedence = Precedence(rules, company.domains)
        try:
            ordered = precedence.order()
            precedences[subject] = precedence
        except CycleError as error:
            problems.append(over_cycle([rules[index] for index in error.args[1]]))
            ordered = list(range(len(rules)))
        lists = [lines_of(rule) for rule in rules]
        by_place = sorted(ordered, key=lambda index: (rules[index].basis, rules[index].place))
        keys[subject] = tuple(dict.fromkeys(key for index in by_place for key in lists[index]))
        stated: dict[str, list[Line]] = {key: [] for key in keys[subject]}
        for index in ordered:
            for key, lines in lists[index].items():
                stated[key] += lines
        tables.update({(subject, key): Table(lines) for key, lines in stated.items()})
    return RuleBook(company, tables, keys, background_of(company)), precedences, problems


def check_over(rules: Iterable[Rule], uncertain: frozenset[str]) -> Iterator[Problem]:
    """`over:` names rules that exist; on subjects of which not every rule could be read, only what is nearly the name of one is a slip."""
    listed = tuple(rules)
    known = {rule.id for rule in listed}
    for rule in listed:
        for name in sorted(rule.over - known):
            if rule.subject in uncertain and not did_you_mean(name, known):
                continue
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
