"""The table of cases on which a verdict depends: at most two dimensions, cells with one outcome merged along each.

A table is short: where an attribute has more values than fit, the ones that most lines name have rows, and one row "any other"
stands for the rest. With too many outcomes, or too many conditions to look at, one row says all that is possible.
"""

from __future__ import annotations

from collections import Counter
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
CELLS = 36
"""At most so many cells are looked at for one table."""
OUTCOMES = 12
"""With more outcomes than these there is no table, only one row of them all."""
CONDITIONS = 40_000
"""At most so many boxes are compared for all cells of a table: the more boxes, the fewer cells."""
REST = "any other"


@dataclass(frozen=True, slots=True)
class Cell:
    """Part of a table: the values along each dimension, and a piece for each ruling that is possible there."""

    values: tuple[Values, ...]
    pieces: tuple[Piece, ...]
    whole: bool = False
    """Whether the second dimension makes no difference here."""
    rest: tuple[bool, ...] = ()
    """For each dimension whether these values are all that the other rows do not name."""


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
    distinct = list({piece.sense: piece for piece in pieces}.values())
    if len(distinct) > OUTCOMES or cells_for(pieces) < 2:
        yield Case(("any",) * len(dimensions), tuple(decided_by(key, piece) for piece in distinct))
        return
    for cell in cells_of(book, subject, key, facts, dimensions, pieces, moment):
        parts = zip(attributes, cell.values, cell.rest, strict=True)
        said = [REST if rest else say_anchored(attribute, values, book.company.currency) for attribute, values, rest in parts]
        if not minus(facts.get(dimensions[0], attributes[0].domain), cell.values[0]):
            said[0] = "any"
        if cell.whole:
            said[1:] = ["any"]
        yield Case(tuple(said), tuple(decided_by(key, piece) for piece in cell.pieces))


def cells_for(pieces: Iterable[Piece]) -> int:
    """How many cells a table may have: fewer where the lines that matter have very many boxes."""
    lines = {id(line): len(line.region) for piece in pieces for line in piece.lines}
    return min(CELLS, CONDITIONS // max(sum(lines.values()), 1))


def cells_of(
    book: RuleBook, subject: str, key: str, facts: Box, dimensions: Sequence[str], pieces: Sequence[Piece], moment: Moment
) -> Iterator[Cell]:
    """The cells of the table: together all of the facts, none with facts of another."""
    most = max(cells_for(pieces), 1)
    first, first_rest = split(dimensions[0], pieces, facts, book.company, min(CLASSES, most))
    second: list[Values] = []
    second_rest: Values | None = None
    if len(dimensions) > 1:
        second, second_rest = split(dimensions[1], pieces, facts, book.company, min(CLASSES, max(most // len(first), 1)))
    grid: list[list[Sequence[Piece]]] = []
    for one in first:
        boxes = [{**facts, dimensions[0]: one, dimensions[1]: other} for other in second] or [{**facts, dimensions[0]: one}]
        grid.append([possible(book, subject, key, box, moment) for box in boxes])
    last = place_of(first_rest, first)
    for rows in group([tuple(outcome_of(cell) for cell in cells) for cells in grid], last):
        cells, along = grid[rows[0]], union(first[row] for row in rows)
        columns = group([outcome_of(cell) for cell in cells], place_of(second_rest, second))
        for members in columns:
            across = (union(second[member] for member in members),) if second else ()
            rest = (last in rows, place_of(second_rest, second) in members)[: len(dimensions)]
            yield Cell((along, *across), tuple(cells[members[0]]), bool(second) and len(columns) == 1, rest)


def place_of(rest: Values | None, classes: Sequence[Values]) -> int:
    """Where the values without a row of their own stand; -1 when all have one."""
    return -1 if rest is None else classes.index(rest)


def outcome_of(pieces: Iterable[Piece]) -> Hashable:
    """What tells two cells apart."""
    return frozenset(piece.sense for piece in pieces)


def group(outcomes: Sequence[Hashable], last: int = -1) -> list[list[int]]:
    """The indexes with equal outcomes, in order; those of one index at the end."""
    groups: dict[Hashable, list[int]] = {}
    for index, outcome in enumerate(outcomes):
        groups.setdefault(outcome, []).append(index)
    return sorted(groups.values(), key=lambda members: last in members)


def classes_of(name: str, pieces: Iterable[Piece], facts: Box, company: Company) -> list[Values]:
    """The values of an attribute, split where the lines that matter draw a line; at most `CLASSES`."""
    return split(name, pieces, facts, company, CLASSES)[0]


def split(name: str, pieces: Iterable[Piece], facts: Box, company: Company, most: int) -> tuple[list[Values], Values | None]:
    """At most so many classes of an attribute's values; and where there are more, the class that no line named here has to itself."""
    around = facts.get(name, company.domains[name])
    classes: list[Values] = [around]
    rest: Values | None = around
    lines = {id(line): line for piece in pieces for line in piece.lines}
    named = Counter(cut for line in lines.values() for cut in dict.fromkeys(box[name] for box in line.region if name in box))
    full = False
    for cut, _ in named.most_common():
        finer = [part for values in classes for part in (meet(values, cut), minus(values, cut)) if part]
        if len(finer) > most:
            full = True
            break
        classes, rest = finer, (minus(rest, cut) or None) if rest else None
    order = {choice: number for number, choice in enumerate(company.attributes[name].choices)}
    return sorted(classes, key=lambda values: order_of(values, order)), rest if full and len(classes) > 1 else None


def order_of(values: Values, order: dict[str, int]) -> tuple[int, int]:
    """Choices in the order of the model, numbers by size; the wider class after the narrower."""
    if isinstance(values, frozenset):
        return (len(values), min(order.get(value, 0) for value in values))
    return (0, values[0][0])
