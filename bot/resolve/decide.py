"""Deciding one key of a subject for some facts: which lines can win, and what each says.

Facts may be partly unknown, so what is decided is a list of pieces: each line that wins somewhere within the facts, or none
where no rule decides. With all facts given there is exactly one piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.answers import Decided
from bot.domain.covers import find_outside
from bot.domain.regions import Box, box_within, meet_boxes, overlaps
from bot.domain.rules import Ruling
from bot.resolve.book import Line, RuleBook, same_when_equal, target_of


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom is decided: the day, and the audiences whose rules count."""

    day: int
    audiences: frozenset[str] = frozenset({"public"})

    def sees(self, line: Line) -> bool:
        """Whether the line's rule is in force and may be used."""
        return line.rule.in_force(self.day) and line.rule.audience in self.audiences


@dataclass(frozen=True, slots=True)
class Piece:
    """A line that wins somewhere within the facts, and one box where it does; no line where no rule decides."""

    box: Box
    line: Line | None = None
    via: tuple[Line, ...] = ()
    """The lines that referred to this one (`{as: …}`)."""

    @property
    def ruling(self) -> Ruling | None:
        """What is ruled here."""
        return self.line.says.ruling if self.line else None

    @property
    def sense(self) -> Ruling | None:
        """The ruling in a form in which two that mean the same are equal."""
        return self.line.sense if self.line else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The line and those that referred to it."""
        return (*self.via, self.line) if self.line else self.via


@dataclass(slots=True)
class Search:
    """One decision on its way: the book, the moment, and the rulings that need not be found again."""

    book: RuleBook
    moment: Moment
    every: bool = True
    """Whether each line that wins somewhere is wanted, or only one for each different ruling."""
    seen: set[Ruling | None] = field(default_factory=set)

    def follow(self, subject: str, key: str, facts: Box, taken: Sequence[Box], via: tuple[Line, ...]) -> Iterator[Piece]:
        """The pieces of the facts outside the boxes taken, with references to other subjects followed wherever they win."""
        table = self.book.table(subject, key)
        claimed, told = 0, None
        for number in table.index.meeting(facts):
            line, line_box = table.boxes[number]
            if not self.moment.sees(line):
                continue
            target = None if is_circle(line, via) else target_of(line)
            if target or (line is not told and self.wants(line.sense)):
                box = meet_boxes(line_box, facts) or facts
                before = [*taken, *table.boxes_in(claimed & table.earlier[number])]
                free = find_outside(box, before, self.book.company.domains)
                if free is not None and target:
                    yield from self.follow(*target, box, [cut for cut in before if overlaps(cut, box)], (*via, line))
                elif free is not None:
                    self.seen.add(line.sense)
                    told = line
                    yield Piece(free, line, via)
            claimed |= 1 << number
            if box_within(facts, line_box):
                return
        if self.wants(None):
            left = find_outside(facts, [*taken, *table.boxes_in(claimed)], self.book.company.domains)
            if left is not None:
                self.seen.add(None)
                yield Piece(left, None, via)

    def wants(self, sense: Ruling | None) -> bool:
        """Whether a piece with this ruling is still wanted."""
        return self.every or sense not in self.seen


def is_circle(line: Line, via: tuple[Line, ...]) -> bool:
    """Whether a line on this subject and key has already referred on; an error of the model, found when it is loaded."""
    return any(each.key == line.key and each.rule.subject == line.rule.subject for each in via)


def decide(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment) -> list[Piece]:
    """All pieces of the facts, in the order of precedence."""
    return list(Search(book, moment).follow(subject, key, facts, (), ()))


def possible(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment) -> tuple[Piece, ...]:
    """One piece for each different ruling that the facts allow, remembered by all of these facts."""
    return book.once((subject, key, moment, *facts.items()), lambda: one_each(book, subject, key, facts, moment))


def one_each(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment) -> tuple[Piece, ...]:
    """One piece for each different ruling that the facts allow, in the order of precedence."""
    return tuple(Search(book, moment, every=False).follow(subject, key, facts, (), ()))


def decided_by(key: str, piece: Piece) -> Decided:
    """A piece as what was decided, with the rule on the subject itself and where it stands; it may refer on to others."""
    chain = piece.lines
    if piece.line is None:
        return Decided(key, None)
    first = chain[0]
    reasons = dict.fromkeys(each.says.because for each in (first, chain[-1]) if each.says.because)
    through = tuple(each.says.place for each in chain[1:])
    told = tuple(reason[:1].upper() + reason[1:] for reason in reasons)
    return Decided(
        key,
        piece.ruling,
        first.rule,
        first.says.place,
        " ".join(told),
        first.node.label,
        first.node.source,
        through,
        tuple((each.rule.subject, each.key) for each in chain[1:]),
        first.region,
        told,
    )


__all__ = ["Moment", "Piece", "decide", "decided_by", "one_each", "possible", "same_when_equal", "target_of"]
