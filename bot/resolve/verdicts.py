"""A verdict on one key: one ruling, or the short table of cases on which it depends; what was assumed; what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.answers import Decided, Unless, Verdict
from bot.domain.regions import Box, box_within, minus, union
from bot.resolve.book import RuleBook
from bot.resolve.decide import Moment, Piece, decide, decided_by, possible
from bot.resolve.facts import Facts
from bot.resolve.sayings import say_box
from bot.resolve.tables import DIMENSIONS, classes_of, group, open_attributes, outcome_of, tabulate
from bot.resolve.trace import trace


def reach_verdict(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment) -> Verdict:
    """What the model says on a key of a subject under the facts."""
    distinct = possible(book, subject, key, facts.box, moment)
    if len(distinct) == 1:
        unless = tuple(exceptions_to(book, subject, key, facts, moment, distinct[0]))
        return Verdict(
            key,
            subject,
            widest(book, subject, key, facts, moment, distinct[0]),
            unless=unless,
            find_tried=lambda: trace(book, subject, key, facts, moment),
        )
    pieces = decide(book, subject, key, facts.box, moment)
    open_names = open_attributes(pieces, facts.box, book.company)
    dimensions = open_names[:DIMENSIONS]
    cases = tuple(tabulate(book, subject, key, facts.box, dimensions, pieces, moment))
    names = tuple(book.company.attributes[name].name for name in open_names)
    taken = sorted(mentioned(book, subject, key) & set(facts.assumed), key=list(book.company.attributes).index)
    granted = tuple(say_box(book.company, {name: facts.assumed[name]}) for name in taken)
    return Verdict(
        key, subject, None, names[:DIMENSIONS], cases, names, (), granted, find_tried=lambda: trace(book, subject, key, facts, moment)
    )


def widest(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment, found: Piece) -> Decided:
    """Of the lines that rule alike under the facts the one that holds for all of them, so that no narrow case's reason is told for all.

    Where none does, the one that goes last in the order of precedence is told: it is the base that the others bend. Its reason is
    told only where it is that of all.
    """
    if holds_throughout(found, facts.box):
        return decided_by(key, found)
    pieces = [piece for piece in decide(book, subject, key, facts.box, moment) if piece.line is not None]
    whole = next((piece for piece in pieces if holds_throughout(piece, facts.box)), None)
    if whole is not None or not pieces:
        return decided_by(key, whole or found)
    last = decided_by(key, pieces[-1])
    return last if len({decided_by(key, piece).because for piece in pieces}) == 1 else replace(last, because="")


def holds_throughout(piece: Piece, box: Box) -> bool:
    """Whether a line, and those that referred to it, hold for all facts of a box; where no rule decides, none does elsewhere."""
    return all(any(box_within(box, each) for each in line.region) for line in piece.lines)


def exceptions_to(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment, decided: Piece) -> Iterator[Unless]:
    """What would be decided differently if one of the assumptions did not hold."""
    for name in sorted(mentioned(book, subject, key) & set(facts.assumed)):
        rest = minus(book.company.domains[name], facts.assumed[name])
        if rest:
            for box, piece in find_changes(name, book, subject, key, {**facts.box, name: rest}, moment, decided):
                yield Unless(say_box(book.company, box), decided_by(key, piece))


def find_changes(
    name: str, book: RuleBook, subject: str, key: str, facts: Box, moment: Moment, decided: Piece
) -> Iterator[tuple[Box, Piece]]:
    """What is decided differently for other values of one attribute: the values, with what else makes it so, and the piece."""
    pieces = decide(book, subject, key, facts, moment)
    if all(piece.sense == decided.sense for piece in pieces):
        return
    classes = classes_of(name, pieces, facts, book.company)
    cells = [possible(book, subject, key, {**facts, name: values}, moment) for values in classes]
    for members in group([outcome_of(cell) for cell in cells]):
        cell = cells[members[0]]
        if len(cell) == 1 and cell[0].sense != decided.sense:
            yield {name: union(classes[member] for member in members)}, cell[0]
        for piece in cell if len(cell) > 1 else ():
            if piece.sense != decided.sense:
                yield {name: piece.box[name], **changed(piece.box, {**facts, name: piece.box[name]})}, piece


def changed(box: Box, facts: Box) -> Box:
    """The conditions of a box that the facts do not give."""
    return {name: values for name, values in box.items() if facts.get(name) != values}


def mentioned(book: RuleBook, subject: str, key: str) -> set[str]:
    """The attributes on which the lines on a key branch, and those that they refer to."""
    names: set[str] = set()
    queue, seen = [(subject, key)], set()
    while queue:
        at = queue.pop()
        if at not in seen:
            seen.add(at)
            table = book.table(*at)
            names |= table.index.columns.keys()
            queue += table.targets
    return names
