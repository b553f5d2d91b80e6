"""Examples: `given:` facts whose owner comes out differently from what is written beside the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.regions import Box, meet, minus
from bot.domain.rules import Example, Rule, join_key
from bot.problems import Problem, problem
from bot.resolve.book import RuleBook
from bot.resolve.decide import Moment, Piece, possible
from bot.resolve.facts import complete
from bot.resolve.sayings import say_owners


def check_examples(book: RuleBook, today: date) -> Iterator[Problem]:
    """The examples that fail, of rules in force today or later."""
    for rule in book.company.rules:
        day = max(today.toordinal(), rule.starts or 0)
        for example in rule.examples if rule.in_force(day) else ():
            if example.given is not None:
                found = check_example(book, rule, example, day)
                if found:
                    yield found


def check_example(book: RuleBook, rule: Rule, example: Example, day: int) -> Problem | None:
    """The problem of one example, if it fails: every case of its facts must come out as it says."""
    moment = Moment(day, frozenset({"public", rule.audience}))
    pieces: list[Piece] = []
    unsaid: dict[str, None] = {}
    for box in example.given or ():
        facts = complete(box, rule.subject, book.company, book.background)
        found = possible(book, rule.subject, join_key(example.step, "own"), facts.box, moment)
        pieces += found
        unsaid |= dict.fromkeys(branching(found, facts.box, book) if len({say_owners(piece.ruling) for piece in found}) > 1 else ())
    got = {say_owners(piece.ruling) for piece in pieces}
    if got == {tuple(sorted(example.own))}:
        return None
    came = " or ".join(sorted(" and ".join(owners) or "nobody is ruled" for owners in got))
    return problem(
        "example-fails",
        example.place,
        f"the owner is {came}, not {' and '.join(example.own)}",
        expected="what the example says",
        fix=f"say {' and '.join(unsaid)} as well, or mend the rule or the example" if unsaid else "mend the rule or the example",
        also=[piece.line.says.place for piece in pieces if piece.line],
    )


def branching(pieces: Sequence[Piece], facts: Box, book: RuleBook) -> Iterator[str]:
    """The attributes by which the pieces hold for some of the facts only, in the order of the model: what the example leaves open."""
    boxes = [box for piece in pieces for line in piece.lines for box in line.region]
    for name, domain in book.company.domains.items():
        here = facts.get(name, domain)
        if any(name in box and minus(here, box[name]) and meet(here, box[name]) for box in boxes):
            yield name
