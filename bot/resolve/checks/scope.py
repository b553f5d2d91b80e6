"""The rules of one subject side by side, each with its lines by key; days and audiences count as facts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.company import Company
from bot.domain.covers import Allowance
from bot.domain.regions import Box, Domains, box_within
from bot.domain.rules import ANYTHING, Rule
from bot.resolve.book import Line, RuleBook
from bot.resolve.precedence import Precedence, all_domains, is_narrower, standing


@dataclass(frozen=True, slots=True)
class Scope:
    """One subject's rules and what is needed to compare them."""

    company: Company
    subject: str
    precedence: Precedence
    lists: Sequence[Mapping[str, Sequence[Line]]]
    """For each rule its decision list by key."""
    domains: Domains
    allowance: Allowance = field(default_factory=Allowance, compare=False)
    """What the searches of all checks of this subject may look at together."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, numbered as in the precedence."""
        return self.precedence.rules

    def stated_by(self, rules: Iterable[int], key: str) -> list[Box]:
        """Where some of these rules say something on a key."""
        return [box for rule in rules for line in self.lists[rule].get(key, ()) for box in boxes_of(line)]

    def may_be_settled(self, one: int, other: int) -> Iterator[Box]:
        """Where a rule of which something could not be read may beat two others, so that they need not agree there."""
        first, second = self.rules[one], self.rules[other]
        named = {name for rule in (first, second) for box in rule.node.region for name in box}
        for rule in self.rules:
            unread = frozenset(named) if ANYTHING in rule.unread else rule.unread
            # a condition on what neither of the two speaks of leaves customers for whom they still disagree
            known = rule.doubtful and unread <= named and (unread or ANYTHING not in rule.unread)
            if known and all(may_beat(rule, each, unread, self.domains) for each in (first, second)):
                yield from ({name: values for name, values in box.items() if name not in unread} for box in rule.node.region)


def may_beat(rule: Rule, other: Rule, unread: frozenset[str], domains: Domains) -> bool:
    """Whether a rule would beat another if its conditions that could not be read were the narrowest that they can be."""
    if rule.basis != other.basis or rule.id in other.over:
        return rule.basis == "company" and rule.id not in other.over
    if rule.id == other.id:
        return False
    fitting = [
        {
            **{name: values for name, values in box.items() if name not in unread},
            **{name: around[name] for name in unread if name in around},
        }
        for box in rule.node.region
        for around in other.node.region
    ]
    if not unread:
        return other.id in rule.over or is_narrower(rule.node.region, other.node.region, domains)
    return other.id in rule.over or any(box_within(box, around, domains) for box in fitting for around in other.node.region)


def boxes_of(line: Line) -> list[Box]:
    """Where a line holds, its rule's days and audience included."""
    extra = standing(line.rule)
    return [{**box, **extra} for box in line.region] if extra else list(line.region)


def boxes_of_all(lines: Iterable[Line]) -> Iterator[Box]:
    """Where one of the lines holds."""
    for line in lines:
        yield from boxes_of(line)


def scope_of(book: RuleBook, subject: str, precedence: Precedence) -> Scope:
    """The scope of one subject."""
    numbers = {id(rule): number for number, rule in enumerate(precedence.rules)}
    lists: list[dict[str, list[Line]]] = [{} for _ in precedence.rules]
    for key in book.keys.get(subject, ()):
        for line in book.on(subject, key):
            lists[numbers[id(line.rule)]].setdefault(key, []).append(line)
    return Scope(book.company, subject, precedence, lists, all_domains(precedence.rules, book.company.domains))
