"""The table of cases on which a verdict depends: at most two dimensions, cells with one outcome merged along each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.answers import Case
from bot.domain.attributes import say_anchored
from bot.domain.company import Company
from bot.domain.regions import Box, Values, meet, minus, union
from bot.resolve.book import RuleBook
from bot.resolve.decide import Moment, Piece, decided_by, possible

DIMENSIONS = 2
CLASSES = 12
"""At most so many values of one dimension are told apart in a table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Part of a table: the values along each dimension, and a piece for each ruling that is possible there."""

    values: tuple[Values, ...]
    pieces: tuple[Piece, ...]
    whole: bool = False
    """Whether the second dimension makes no difference here."""


def open_attributes(pieces: Iterable[Piece], facts: Box, company: Company) -> tuple[str, ...]:
    """The attributes that the pieces branch on and the facts leave open; those that matter most often first, choices before numbers."""
    counts: dict[str, int] = {}
    for line in (line for piece in pieces for line in piece.lines):
        conditions = {(name, values) for box in line.region for name, values in box.items()}
        for name in {name for name, values in conditions if minus(facts.get(name, company.domains[name]), values)}:
            counts[name] = counts.get(name, 0) + 1
    numeric = {name: not isinstance(company.domains[name], frozenset) for name in counts}
    return tuple(sorted(counts, key=lambda name: (-counts[name], name != "segment", numeric[name], name)))


def tabulate(
    book: RuleBook, subject: str, key: str, facts: Box, dimensions: Sequence[str], pieces: Sequence[Piece], moment: Moment
) -> Iterator[Case]:
    """The rows of the table, in words."""
    attributes = [book.company.attributes[name] for name in dimensions]
    for cell in cells_of(book, subject, key, facts, dimensions, pieces, moment):
        said = [say_anchored(attribute, values, book.company.currency) for attribute, values in zip(attributes, cell.values, strict=True)]
        if cell.whole:
            said[1:] = ["any"]
        yield Case(tuple(said), tuple(decided_by(key, piece) for piece in cell.pieces))


def cells_of(
    book: RuleBook, subject: str, key: str, facts: Box, dimensions: Sequence[str], pieces: Sequence[Piece], moment: Moment
) -> Iterator[Cell]:
    """The cells of the table: together all of the facts, none with facts of another."""
    first = classes_of(dimensions[0], pieces, facts, book.company)
    second = classes_of(dimensions[1], pieces, facts, book.company) if len(dimensions) > 1 else []
    grid: list[list[list[Piece]]] = []
    for one in first:
        boxes = [{**facts, dimensions[0]: one, dimensions[1]: other} for other in second] or [{**facts, dimensions[0]: one}]
        grid.append([possible(book, subject, key, box, moment) for box in boxes])
    for rows in group([tuple(outcome_of(cell) for cell in cells) for cells in grid]):
        cells, along = grid[rows[0]], union(first[row] for row in rows)
        columns = group([outcome_of(cell) for cell in cells])
        for members in columns:
            across = (union(second[member] for member in members),) if second else ()
            yield Cell((along, *across), tuple(cells[members[0]]), whole=bool(second) and len(columns) == 1)


def outcome_of(pieces: Iterable[Piece]) -> Hashable:
    """What tells two cells apart."""
    return frozenset(piece.sense for piece in pieces)


def group(outcomes: Sequence[Hashable]) -> list[list[int]]:
    """The indexes with equal outcomes, in order."""
    groups: dict[Hashable, list[int]] = {}
    for index, outcome in enumerate(outcomes):
        groups.setdefault(outcome, []).append(index)
    return list(groups.values())


def classes_of(name: str, pieces: Iterable[Piece], facts: Box, company: Company) -> list[Values]:
    """The values of an attribute, split where the lines that matter draw a line."""
    classes: list[Values] = [facts.get(name, company.domains[name])]
    cuts = (box[name] for piece in pieces for line in piece.lines for box in line.region if name in box)
    for cut in dict.fromkeys(cuts):
        if len(classes) < CLASSES:
            classes = [part for values in classes for part in (meet(values, cut), minus(values, cut)) if part]
    order = {choice: number for number, choice in enumerate(company.attributes[name].choices)}
    return sorted(classes, key=lambda values: order_of(values, order))


def order_of(values: Values, order: dict[str, int]) -> tuple[int, int]:
    """Choices in the order of the model, numbers by size; the wider class after the narrower."""
    if isinstance(values, frozenset):
        return (len(values), min(order.get(value, 0) for value in values))
    return (0, values[0][0])
