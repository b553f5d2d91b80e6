"""Deciding one key of a subject for some facts: which lines can win, and what each says.

Facts may be partly unknown, so what is decided is a list of pieces: each line that wins somewhere within the facts, or none
where no rule decides. With all facts given there is exactly one piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.regions import Box, Values, box_within, find_outside, meet_boxes, outside_parts, union
from bot.domain.rules import Held, Ruling, SameAs, join_key, split_key
from bot.resolve.book import Line, RuleBook

MAX_HOPS = 8
"""How often a ruling may refer on to another subject; circles are found when a model is loaded."""


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

    def line_values(self, name: str) -> Values | None:
        """The values of an attribute for which the line (or one that referred to it) holds; None when it does not branch on it."""
        lines = (*self.via, *([self.line] if self.line else []))
        found = [box[name] for line in lines for box in line.region if name in box]
        return union(found) if found else None


def decide(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment) -> list[Piece]:
    """The pieces of the facts, in the order of precedence."""
    return list(follow(book, subject, key, facts, moment, ()))


def follow(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment, via: tuple[Line, ...]) -> Iterator[Piece]:
    """The pieces, with references to other subjects followed wherever they win."""
    domains = book.company.domains
    claimed: list[Box] = []
    for line in book.on(subject, key):
        if not moment.sees(line):
            continue
        for region_box in line.region:
            box = meet_boxes(region_box, facts)
            free = find_outside(box, claimed, domains) if box is not None else None
            if box is None or free is None:
                continue
            reference = line.says.ruling
            if isinstance(reference, SameAs) and len(via) < MAX_HOPS:
                target = join_key(reference.step, split_key(key)[1])
                for part in outside_parts(box, claimed, domains):
                    yield from follow(book, reference.subject, target, part, moment, (*via, line))
            else:
                yield Piece(free, line, via)
            claimed.append(box)
            if box_within(facts, box):
                return
    left = find_outside(facts, claimed, domains)
    if left is not None:
        yield Piece(left, None, via)


def rulings_of(pieces: list[Piece]) -> list[Piece]:
    """One piece for each different ruling, in order."""
    seen: dict[Ruling | None, Piece] = {}
    for piece in pieces:
        seen.setdefault(same_when_equal(piece.ruling), piece)
    return list(seen.values())


def same_when_equal(ruling: Ruling | None) -> Ruling | None:
    """The ruling in a form in which two that mean the same are equal: the order of holders does not count."""
    return replace(ruling, holders=tuple(sorted(ruling.holders))) if isinstance(ruling, Held) else ruling
