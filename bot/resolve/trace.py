"""The trace of a verdict: every line on the key, whether it decided, and if not, why it lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.answers import Tried
from bot.domain.company import Company
from bot.domain.quantities import say_date
from bot.domain.regions import Box, meet, meet_boxes
from bot.domain.rules import Rule
from bot.resolve.book import Line, RuleBook
from bot.resolve.decide import Moment, decide, target_of
from bot.resolve.facts import Facts
from bot.resolve.precedence import why_beats
from bot.resolve.sayings import say_box


def trace(book: RuleBook, subject: str, key: str, facts: Facts, moment: Moment) -> tuple[Tried, ...]:
    """What became of each line on the key, and of those on what a deciding line refers to."""
    pieces = decide(book, subject, key, facts.box, moment)
    winners = {id(line) for piece in pieces for line in piece.lines}
    sole = len({piece.sense for piece in pieces}) == 1
    found: list[Tried] = []
    for at in asked(subject, key, (line for piece in pieces for line in piece.via)):
        visible = [line for line in book.on(*at) if line.rule.audience in moment.audiences]
        for line in visible:
            tried = Tried(at[1], line.rule.id, line.node.label, line.says.place, "won", "", line.region, line.says.ruling)
            if id(line) not in winners:
                found.append(lost(tried, line, visible, facts, moment, book.company))
            else:
                found.append(tried if sole else replace(tried, verdict="possible", reason="holds for some of the cases"))
    return tuple(found)


def lost(tried: Tried, line: Line, lines: Iterable[Line], facts: Facts, moment: Moment, company: Company) -> Tried:
    """A line that did not decide, with why."""
    reason = why_lost(line, lines, facts, moment, company)
    if not line.rule.in_force(moment.day):
        return replace(tried, verdict="lost", reason=reason, cause="date")
    if any(meet_boxes(box, facts.box) is not None for box in line.region):
        return replace(tried, verdict="lost", reason=reason, cause="before")
    name = failing(line.region[0], facts)
    known = {name: facts.box[name]}
    return replace(tried, verdict="lost", reason=reason, cause="assumed" if name in facts.assumed else "given", known=known)


def asked(subject: str, key: str, referring: Iterable[Line]) -> list[tuple[str, str]]:
    """What was decided on the way: the key itself, and what deciding lines refer to."""
    targets = (target for line in referring if (target := target_of(line)))
    return list(dict.fromkeys([(subject, key), *targets]))


def why_lost(line: Line, lines: Iterable[Line], facts: Facts, moment: Moment, company: Company) -> str:
    """Why a line did not decide: not in force, a condition that fails, or what comes before it."""
    if not line.rule.in_force(moment.day):
        return why_not_in_force(line.rule, moment.day)
    shared = [both for box in line.region if (both := meet_boxes(box, facts.box)) is not None]
    if not shared:
        return "; or ".join(dict.fromkeys(why_failing(box, facts, company) for box in line.region))
    earlier = []
    for other in lines:
        if other is line:
            break
        if moment.sees(other) and any(meet_boxes(one, two) is not None for one in shared for two in other.region):
            earlier.append(other)
    return why_later(line, earlier, company)


def why_not_in_force(rule: Rule, day: int) -> str:
    """From or until when the rule is in force."""
    if rule.starts is not None and rule.starts > day:
        return f"in force only from {say_date(rule.starts)}"
    return f"no longer in force since {say_date(rule.ends or 0)}"


def why_failing(box: Box, facts: Facts, company: Company) -> str:
    """The first condition of a box that the facts contradict."""
    name = failing(box, facts)
    origin = "assumed" if name in facts.assumed else "given"
    return f"needs {say_box(company, {name: box[name]})}; {origin}: {say_box(company, {name: facts.box[name]})}"


def failing(box: Box, facts: Facts) -> str:
    """The attribute of the first condition of a box that the facts contradict; there is one."""
    return next(name for name, values in box.items() if name in facts.box and not meet(facts.box[name], values))


def why_later(line: Line, earlier: Iterable[Line], company: Company) -> str:
    """What decides before a line that holds: its own rule's exceptions, a rule that beats it, or one that says the same."""
    before = list(earlier)
    if any(other.rule is line.rule for other in before):
        return "an exception of the same rule comes first"
    for other in before:
        match why_beats(other.rule, line.rule, company.domains):
            case "own":
                return f'the company\'s own rule "{other.rule.id}" comes first'
            case "over":
                return f'"{other.rule.id}" is over "{line.rule.id}"'
            case "narrower":
                return f'"{other.rule.id}" is narrower'
    return f'"{before[0].rule.id}" says the same' if before else "nothing is left for it"
