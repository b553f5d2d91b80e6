"""What can be wrong with rules that are each well written: overlaps, exceptions that never hold, circles, holes, examples.

Regions are compared, not sampled: an overlap is reported with facts that trigger it, and what is not reported does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from bot.domain.attributes import point, say_anchored
from bot.domain.company import Company
from bot.domain.regions import EVERYTHING, Box, find_outside, meet_boxes, outside_parts, sample
from bot.domain.rules import Held, Nobody, Node, Rule, Ruling, SameAs, Undefined, join_key, split_key
from bot.problems import Problem, problem
from bot.resolve.book import Line, Precedence, RuleBook, lines_of
from bot.resolve.decide import Moment, decide, same_when_equal

SHOWN_HOLES = 3


def say_box(company: Company, box: Box) -> str:
    """A box in words: "SMB, auto-renew, ARR under $50k"; "any facts" for everything."""
    said = [say_anchored(company.attributes[name], values, company.currency) for name, values in box.items()]
    return ", ".join(said) or "any facts"


def say_example(company: Company, box: Box) -> str:
    """One set of facts from a box, in words."""
    points: dict[str, frozenset[str] | tuple[tuple[int, int], ...]] = {}
    for name, values in box.items():
        one = sample(values)
        points[name] = frozenset({one}) if isinstance(one, str) else point(one)
    return say_box(company, points)


def say_ruling(ruling: Ruling | None) -> str:
    """A ruling by its ids, for problems."""
    match ruling:
        case Held(holders=holders, lead=lead):
            return " and ".join(holders) + (f" ({lead} leads)" if lead else "")
        case Nobody():
            return "nobody"
        case Undefined():
            return "undefined"
        case SameAs(subject=subject):
            return f"as {subject}"
        case None:
            return "not ruled on"
        case _:
            return str(getattr(ruling, "text", "disputed"))


def check_overlaps(book: RuleBook, precedences: Mapping[str, Precedence]) -> Iterator[Problem]:
    """Two rules on one subject that hold for the same facts, disagree on a key, and neither of which beats the other."""
    for precedence in precedences.values():
        tables = [
            {key: list(lines_of(rule, key)) for key in {k for node in rule.node.walk() for k in node.says}} for rule in precedence.rules
        ]
        for one, first in enumerate(precedence.rules):
            for other in range(one + 1, len(precedence.rules)):
                second = precedence.rules[other]
                if other in precedence.beaten[one] or one in precedence.beaten[other] or not first.shares_days(second):
                    continue
                for key in sorted(set(tables[one]) & set(tables[other])):
                    cuts = [
                        box
                        for index, table in enumerate(tables)
                        if {one, other} <= precedence.beaten[index]
                        for line in table.get(key, ())
                        for box in line.region
                    ]
                    found = find_conflict(tables[one][key], tables[other][key], cuts, book.company)
                    if found:
                        yield overlap(first, second, key, *found, book.company)
                        break


def find_conflict(first: list[Line], second: list[Line], cuts: list[Box], company: Company) -> tuple[Line, Line, Box] | None:
    """Facts under which two decision lists say different things, and the lines that do."""
    for index, line in enumerate(first):
        for place, other in enumerate(second):
            if same_when_equal(line.says.ruling) == same_when_equal(other.says.ruling):
                continue
            earlier = [box for each in (*first[:index], *second[:place]) for box in each.region]
            for one in line.region:
                for two in other.region:
                    both = meet_boxes(one, two)
                    free = find_outside(both, [*earlier, *cuts], company.domains) if both is not None else None
                    if free is not None:
                        return line, other, free
    return None


def overlap(first: Rule, second: Rule, key: str, line: Line, other: Line, box: Box, company: Company) -> Problem:
    """The problem of two rules that disagree."""
    example = say_example(company, box)
    if first.basis == "derived":
        what = f"the archetypes of two roles both make them {key.replace('own', 'owner')} of {first.subject}: {say_ruling(line.says.ruling)} and {say_ruling(other.says.ruling)}"
        return problem(
            "two-owners",
            line.says.place,
            what,
            expected="one owner, or co-owners by a rule",
            also=[other.says.place],
            fix=f"say with `covers:` which customers each role has, or write a rule `of: {first.subject}`",
        )
    what = (
        f'"{first.id}" and "{second.id}" both hold for {example} and disagree on {key} of {first.subject}: '
        f"{say_ruling(line.says.ruling)} or {say_ruling(other.says.ruling)}"
    )
    return problem(
        "overlap",
        line.says.place,
        what,
        expected="one answer for any facts",
        also=[other.says.place],
        fix=f"narrow one of them, make one an exception of the other, or write `over: {second.id}` in the one that wins",
    )


def check_unreachable(book: RuleBook, precedences: Mapping[str, Precedence]) -> Iterator[Problem]:
    """Exceptions that those above them leave nothing, and rules that those which beat them leave nothing."""
    company = book.company
    for precedence in precedences.values():
        for index, rule in enumerate(precedence.rules):
            for node in rule.node.exceptions:
                yield from check_node(node, rule, company)
            winners = [
                other for other, beaten in precedence.beaten.items() if index in beaten and covers_days(precedence.rules[other], rule)
            ]
            if rule.basis == "company" and winners and is_buried(rule, [precedence.rules[other] for other in winners], company):
                names = " and ".join(f'"{precedence.rules[other].id}"' for other in winners)
                yield problem(
                    "unreachable",
                    rule.place,
                    f'"{rule.id}" never decides anything: {names} always wins',
                    expected="facts for which this rule decides",
                    fix="remove it, or change its condition or the `over:` of the other",
                    also=[precedence.rules[other].place for other in winners],
                )


def covers_days(winner: Rule, loser: Rule) -> bool:
    """Whether the winner is in force on all days of the loser."""
    return (winner.starts or 0) <= (loser.starts or 0) and (winner.ends or 10**9) >= (loser.ends or 10**9)


def is_buried(rule: Rule, winners: list[Rule], company: Company) -> bool:
    """Whether everything the rule says is decided by rules that beat it."""
    keys = {key for node in rule.node.walk() for key in node.says}
    for key in keys:
        cuts = [box for winner in winners for line in lines_of(winner, key) for box in line.region]
        if any(find_outside(box, cuts, company.domains) is not None for line in lines_of(rule, key) for box in line.region):
            return False
    return bool(keys)


def check_node(node: Node, rule: Rule, company: Company) -> Iterator[Problem]:
    """An exception none of whose sentences can ever decide."""
    if not node.region:
        return
    live, covering = not any(inner.says for inner in node.walk()), None
    for key in node.says:
        earlier: list[Line] = []
        for line in lines_of(rule, key):
            if line.node is node:
                break
            earlier.append(line)
        cuts = [box for line in earlier for box in line.region]
        if any(find_outside(box, cuts, company.domains) is not None for box in node.region):
            live = True
        else:
            covering = covering or earlier[-1]
    if not live and node.says and covering is not None:
        yield problem(
            "unreachable",
            node.place,
            f'this exception of "{rule.id}" never decides anything: what stands above it covers it',
            expected="facts for which it decides",
            fix="move it up, narrow the one above, or remove it",
            also=[covering.says.place],
        )
    for inner in node.exceptions:
        yield from check_node(inner, rule, company)


def check_circles(book: RuleBook) -> Iterator[Problem]:
    """Rulings that refer to each other in a circle, by `{as: …}` or by a position, under facts that can be."""
    reported: set[frozenset[tuple[str, str]]] = set()
    for (subject, key), lines in book.lines.items():
        for line in lines:
            for target in targets(line, book.company):
                found = find_circle(book, target, [(subject, key)], line.region, line)
                if found and frozenset(found) not in reported:
                    reported.add(frozenset(found))
                    named = " -> ".join(join_key(subject, name) for subject, name in (*found, found[0]))
                    yield problem(
                        "cycle",
                        line.says.place,
                        f"this refers to itself in a circle: {named}",
                        expected="somebody in the end",
                        fix="name a role in one of them",
                    )


def targets(line: Line, company: Company) -> Iterator[tuple[str, str]]:
    """The subjects and keys that a line refers to."""
    ruling = line.says.ruling
    if isinstance(ruling, SameAs):
        yield ruling.subject, join_key(ruling.step, split_key(line.key)[1])
    elif isinstance(ruling, Held) and split_key(line.key)[1] == "own":
        for holder in ruling.holders:
            subject = company.parties[holder].from_subject if holder in company.parties else None
            if subject:
                yield subject, "own"


def find_circle(
    book: RuleBook, at: tuple[str, str], path: list[tuple[str, str]], region: tuple[Box, ...], start: Line
) -> list[tuple[str, str]] | None:
    """The circle through a subject and key, if the references lead back to the start."""
    if at == path[0]:
        return path
    if at in path:
        return None
    for line in book.on(*at):
        shared = tuple(box for one in region for two in line.region if (box := meet_boxes(one, two)) is not None)
        if shared and line.rule.shares_days(start.rule):
            for target in targets(line, book.company):
                found = find_circle(book, target, [*path, at], shared, start)
                if found:
                    return found
    return None


def check_holes(book: RuleBook, today: date) -> Iterator[Problem]:
    """Facts for which a motion that the company has ruled on has no owner."""
    company = book.company
    for (subject, key), lines in book.lines.items():
        known = company.subjects.get(subject)
        ours = [line for line in lines if line.rule.basis == "company"]
        if key != "own" or not ours or known is None or known.kind != "motion":
            continue
        cuts = [box for line in lines if line.rule.in_force(today.toordinal()) for box in line.region]
        if find_outside(EVERYTHING, cuts, company.domains) is None:
            continue
        left = (
            outside_parts(EVERYTHING, cuts, company.domains) if len(cuts) < 60 else [find_outside(EVERYTHING, cuts, company.domains) or {}]
        )
        said = "; or ".join(say_box(company, box) for box in left[:SHOWN_HOLES]) + (" …" if len(left) > SHOWN_HOLES else "")
        yield problem(
            "hole",
            min(line.rule.place for line in ours),
            f"nobody owns {known.name} for: {said}",
            expected="an owner for any facts, or `undefined` with who decides",
            fix="add a rule or an exception for it, or a base without a condition",
        )


def check_examples(book: RuleBook, today: date) -> Iterator[Problem]:
    """`given:` examples whose owner comes out differently."""
    for rule in book.company.rules:
        for example in rule.examples:
            if example.given is None or not rule.in_force(max(today.toordinal(), rule.starts or 0)):
                continue
            moment = Moment(max(today.toordinal(), rule.starts or 0), frozenset({"public", rule.audience}))
            facts = {**assumptions(book.company), **example.given[0]}
            pieces = decide(book, rule.subject, join_key(example.step, "own"), facts, moment)
            got = {say_owners(piece.ruling) for piece in pieces}
            if got != {tuple(sorted(example.own))}:
                came = " or ".join(sorted(" and ".join(owners) or "nobody is ruled" for owners in got))
                yield problem(
                    "example-fails",
                    example.place,
                    f"the owner is {came}, not {' and '.join(example.own)}",
                    expected="what the example says",
                    fix="mend the rule or the example",
                    also=[p.line.says.place for p in pieces if p.line],
                )


def assumptions(company: Company) -> Box:
    """What holds when nobody says."""
    return {id: attribute.assumed for id, attribute in company.attributes.items() if attribute.assumed}


def say_owners(ruling: Ruling | None) -> tuple[str, ...]:
    """The owners as an example names them."""
    match ruling:
        case Held(holders=holders):
            return tuple(sorted(holders))
        case Nobody():
            return ("nobody",)
        case Undefined():
            return ("undefined",)
        case None:
            return ()
        case _:
            return ("disputed",)


def check_rules(book: RuleBook, precedences: Mapping[str, Precedence], today: date) -> list[Problem]:
    """Everything that can be found by comparing rules."""
    checks: tuple[Callable[[], Iterable[Problem]], ...] = (
        lambda: check_overlaps(book, precedences),
        lambda: check_unreachable(book, precedences),
        lambda: check_circles(book),
        lambda: check_holes(book, today),
        lambda: check_examples(book, today),
    )
    return [found for check in checks for found in check()]
