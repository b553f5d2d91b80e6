"""A verdict on one key: one ruling, or the short table of cases on which it depends; what was assumed; what was tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.answers import Case, Decided, Tried, Unless, Verdict
from bot.domain.attributes import say_anchored
from bot.domain.company import Company
from bot.domain.quantities import say_date
from bot.domain.regions import Box, Values, meet, minus, union
from bot.domain.rules import SameAs, join_key, split_key
from bot.resolve.book import Line, RuleBook
from bot.resolve.decide import Moment, Piece, decide, rulings_of, same_when_equal
from bot.resolve.facts import Facts

DIMENSIONS = 2
CLASSES = 12
"""At most so many values of one dimension are told apart in a table."""


def reach_verdict(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment) -> Verdict:
    """What the model says on a key of a subject under the facts."""
    pieces = decide(book, subject, key, facts.box, moment)
    distinct = rulings_of(pieces)
    tried = tuple(trace(book, subject, key, facts, pieces, moment))
    if len(distinct) == 1:
        decided = decided_by(key, pieces[0])
        unless = tuple(exceptions_to(book, subject, key, facts, moment, decided))
        return Verdict(key, subject, decided, unless=unless, tried=tried)
    open_names = open_attributes(pieces, facts.box, book.company)
    dimensions = open_names[:DIMENSIONS]
    cases = tuple(tabulate(book, subject, key, facts, dimensions, pieces, moment))
    names = tuple(book.company.attributes[name].name for name in dimensions)
    return Verdict(key, subject, None, names, cases, tuple(book.company.attributes[name].name for name in open_names), (), tried)


def decided_by(key: str, piece: Piece) -> Decided:
    """A piece as what was decided, with where it stands."""
    line = piece.line
    if line is None:
        return Decided(key, None)
    reasons = [each.says.because for each in (*piece.via, line) if each.says.because]
    return Decided(key, line.says.ruling, line.rule, line.says.place, " ".join(reasons), line.node.label, line.node.source)


def open_attributes(pieces: list[Piece], facts: Box, company: Company) -> tuple[str, ...]:
    """The attributes that the pieces branch on and the facts leave open; those that matter most often first, choices before numbers."""
    counts: dict[str, int] = {}
    for piece in pieces:
        for line in (*piece.via, *([piece.line] if piece.line else [])):
            names = {name for box in line.region for name, values in box.items() if name not in facts or minus(facts[name], values)}
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    numeric = {name: not isinstance(company.domains[name], frozenset) for name in counts}
    return tuple(sorted(counts, key=lambda name: (-counts[name], name != "segment", numeric[name], name)))


def tabulate(
    book: RuleBook, subject: str, key: str, facts: Facts, dimensions: tuple[str, ...], pieces: list[Piece], moment: Moment
) -> Iterator[Case]:
    """The rows of the table: cells with one outcome are merged along each dimension."""
    company = book.company
    first = classes_of(dimensions[0], pieces, facts.box, company)
    second = classes_of(dimensions[1], pieces, facts.box, company) if len(dimensions) > 1 else [None]
    grid: dict[int, list[tuple[Piece, ...]]] = {}
    for row, one in enumerate(first):
        for other in second:
            box = {**facts.box, dimensions[0]: one, **({dimensions[1]: other} if other is not None else {})}
            grid.setdefault(row, []).append(tuple(rulings_of(decide(book, subject, key, box, moment))))
    rows = merge({row: tuple(outcome_of(cell) for cell in cells) for row, cells in grid.items()})
    for members in rows:
        said = say_anchored(company.attributes[dimensions[0]], union(first[row] for row in members), company.currency)
        cells = grid[members[0]]
        columns = merge({column: outcome_of(cell) for column, cell in enumerate(cells)})
        for together in columns:
            conditions = (said,)
            if len(dimensions) > 1:
                whole = len(columns) == 1
                values = union(values for column in together if (values := second[column]) is not None)
                conditions = (said, "any" if whole else say_anchored(company.attributes[dimensions[1]], values, company.currency))
            yield Case(conditions, tuple(decided_by(key, piece) for piece in cells[together[0]]))


def outcome_of(pieces: Iterable[Piece]) -> object:
    """What tells two cells apart."""
    return frozenset(same_when_equal(piece.ruling) for piece in pieces)


def merge(outcomes: dict[int, object]) -> list[list[int]]:
    """The indexes with equal outcomes, in order."""
    groups: dict[object, list[int]] = {}
    for index, outcome in outcomes.items():
        groups.setdefault(outcome, []).append(index)
    return list(groups.values())


def classes_of(name: str, pieces: list[Piece], facts: Box, company: Company) -> list[Values]:
    """The values of an attribute, split where the lines that matter draw a line."""
    classes: list[Values] = [facts.get(name, company.domains[name])]
    cuts = [
        box[name] for piece in pieces for line in (*piece.via, *([piece.line] if piece.line else [])) for box in line.region if name in box
    ]
    for cut in dict.fromkeys(cuts):
        if len(classes) < CLASSES:
            classes = [part for values in classes for part in (meet(values, cut), minus(values, cut)) if part]
    return sorted(classes, key=lambda values: order_of(values, name, company))


def order_of(values: Values, name: str, company: Company) -> tuple[int, int]:
    """Choices in the order of the model, numbers by size; the wider class after the narrower."""
    if isinstance(values, frozenset):
        order = list(company.attributes[name].choices)
        return (len(values), min((order.index(value) if value in order else 0) for value in values))
    return (0, values[0][0])


def exceptions_to(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment, decided: Decided) -> Iterator[Unless]:
    """What would be decided differently if one of the assumptions did not hold."""
    mentioned = {name for line in reached(book, subject, key, moment) for box in line.region for name in box}
    for name in sorted(mentioned & set(facts.assumed)):
        attribute = book.company.attributes[name]
        rest = minus(attribute.domain, facts.assumed[name])
        pieces = decide(book, subject, key, {**facts.box, name: rest}, moment) if rest else []
        for piece in rulings_of(pieces):
            if same_when_equal(piece.ruling) != same_when_equal(decided.ruling):
                values = piece.line_values(name)
                inside = meet(values, rest) if values is not None else rest
                yield Unless(say_anchored(attribute, inside, book.company.currency), decided_by(key, piece))


def reached(book: RuleBook, subject: str, key: str, moment: Moment) -> list[Line]:
    """The lines on a key, and those that they refer to."""
    found: list[Line] = []
    queue = [(subject, key)]
    seen: set[tuple[str, str]] = set()
    while queue:
        at = queue.pop(0)
        if at in seen:
            continue
        seen.add(at)
        for line in book.on(*at):
            if moment.sees(line):
                found.append(line)
                ruling = line.says.ruling
                if isinstance(ruling, SameAs):
                    queue.append((ruling.subject, join_key(ruling.step, split_key(at[1])[1])))
    return found


def trace(book: RuleBook, subject: str, key: str, facts: Facts, pieces: list[Piece], moment: Moment) -> Iterator[Tried]:
    """Every line on the key: whether it decided, and if not, why it lost."""
    winners = {id(line) for piece in pieces for line in (*piece.via, piece.line)}
    sole = len(rulings_of(pieces)) == 1
    visible = [line for line in book.on(subject, key) if line.rule.audience in moment.audiences]
    for line in dict.fromkeys([*visible, *reached(book, subject, key, moment)]):
        if id(line) in winners:
            verdict, reason = ("won", "") if sole else ("possible", "holds for some of the cases")
        else:
            verdict, reason = "lost", why_lost(line, facts, moment, book.company)
        yield Tried(key, line.rule.id, line.node.label, line.says.place, verdict, reason)  # type: ignore[arg-type]


def why_lost(line: Line, facts: Facts, moment: Moment, company: Company) -> str:
    """Why a line did not decide: not in force, a condition that fails, or something that comes first."""
    if not line.rule.in_force(moment.day):
        starts = line.rule.starts
        return (
            f"in force only from {say_date(starts)}"
            if starts and starts > moment.day
            else f"no longer in force since {say_date(line.rule.ends or 0)}"
        )
    for name, values in failing(line, facts.box):
        attribute = company.attributes[name]
        needs = say_anchored(attribute, values, company.currency)
        has = say_anchored(attribute, facts.box[name], company.currency)
        return f"needs {needs}; {'assumed' if name in facts.assumed else 'given'}: {has}"
    return "something narrower or earlier decides first"


def failing(line: Line, facts: Box) -> Iterator[tuple[str, Values]]:
    """The conditions of a line that the facts contradict."""
    for box in line.region:
        for name, values in box.items():
            if name in facts and not meet(facts[name], values):
                yield name, values
