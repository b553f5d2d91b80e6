"""Two companies -> the answers that differ between them: exactly where, and what each says.

Compares decisions, not lines: a rule that was rewritten and decides the same is no difference. Compensation and whatever is not
public are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from bot.domain.attributes import Attribute
from bot.domain.company import Company
from bot.domain.regions import EVERYTHING, Box, Domains, box_within, meet_regions, minus, outside_parts, union
from bot.domain.rules import Ruling, SameAs, join_key, split_key
from bot.resolve.book import RuleBook
from bot.resolve.checks import say_box
from bot.resolve.decide import MAX_HOPS, Moment, same_when_equal

LEFT_OUT = frozenset({"paid"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changes."""

    subject: str
    key: str
    where: str
    before: Ruling | None
    after: Ruling | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changes between two models."""

    differences: tuple[Difference, ...]
    entries: tuple[tuple[str, str, str], ...]
    """Section, id, and added, removed or changed: rulings that are not on ownership."""


def compare(before: RuleBook, after: RuleBook, day: int) -> Changes:
    """What changes from the first model to the second, for questions about a day."""
    domains = joint_domains(before.company, after.company)
    books = [replace(book, company=replace(book.company, domains=domains)) for book in (before, after)]
    keys = dict.fromkeys((*before.tables, *after.tables))
    found = [
        each for subject, key in keys if split_key(key)[1] not in LEFT_OUT for each in differences(books[0], books[1], subject, key, day)
    ]
    return Changes(tuple(found), tuple(changed_entries(before.company, after.company)))


def joint_domains(one: Company, other: Company) -> Domains:
    """Every attribute with all the values that it has in either."""
    joint = dict(one.domains)
    for name, values in other.domains.items():
        known = joint.get(name)
        joint[name] = union([known, values]) if known is not None and isinstance(known, type(values)) else values
    return joint


def joint_attributes(one: Company, other: Company) -> Mapping[str, Attribute]:
    """Every attribute with the choices that it has in either, for words."""
    joint = dict(one.attributes)
    for name, attribute in other.attributes.items():
        known = joint.get(name)
        joint[name] = replace(attribute, choices={**known.choices, **attribute.choices}) if known else attribute
    return joint


def differences(before: RuleBook, after: RuleBook, subject: str, key: str, day: int) -> Iterator[Difference]:
    """Where the two decide one key differently: a row for each pair of rulings, with exactly the facts for which it holds."""
    moment = Moment(day)
    found: dict[tuple[Ruling | None, Ruling | None], list[Box]] = {}
    for old, box in exact_pieces(before, subject, key, EVERYTHING, moment):
        for new, part in exact_pieces(after, subject, key, box, moment):
            pair = (same_when_equal(old), same_when_equal(new))
            if pair[0] != pair[1]:
                found.setdefault(pair, []).append(part)
    company = replace(after.company, attributes=joint_attributes(before.company, after.company))
    for (old, new), boxes in found.items():
        simple = simplify(boxes, before.company.domains)
        yield Difference(subject, key, "; or ".join(dict.fromkeys(say_where(box, company) for box in simple)), old, new)


def say_where(box: Box, company: Company) -> str:
    """A box in words."""
    kept = in_order(box, company)
    return say_box(company, kept) if kept else "always" if not box else "by default"


def in_order(box: Box, company: Company) -> Box:
    """The box with its attributes in the order of the model; what is assumed anyway goes without saying."""
    return {name: box[name] for name, attribute in company.attributes.items() if name in box and box[name] != attribute.assumed}


def exact_pieces(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment, hops: int = 0) -> Iterator[tuple[Ruling | None, Box]]:
    """The facts cut into disjoint boxes, each with the one ruling that decides there."""
    claimed: list[Box] = []
    for line in book.on(subject, key):
        reference = line.says.ruling
        for box in meet_regions((facts,), line.region) if moment.sees(line) else ():
            for part in outside_parts(box, claimed, book.company.domains):
                if isinstance(reference, SameAs) and hops < MAX_HOPS:
                    target = join_key(reference.step, split_key(key)[1])
                    yield from exact_pieces(book, reference.subject, target, part, moment, hops + 1)
                else:
                    yield reference, part
            claimed.append(box)
    yield from ((None, part) for part in outside_parts(facts, claimed, book.company.domains))


def simplify(boxes: list[Box], domains: Domains) -> list[Box]:
    """The same facts in fewer boxes: two that differ in one attribute become one, and what names a whole domain is dropped."""
    left = [narrow(box, domains) for box in boxes]
    merged = True
    while merged:
        merged = False
        for one, other in combinations(range(len(left)), 2):
            joined = join(left[one], left[other], domains)
            if joined is not None:
                left = [box for index, box in enumerate(left) if index not in (one, other)] + [joined]
                merged = True
                break
    return left


def narrow(box: Box, domains: Domains) -> Box:
    """The box without attributes that may have any value."""
    return {name: values for name, values in box.items() if minus(domains[name], values)}


def join(one: Box, other: Box, domains: Domains) -> Box | None:
    """The two boxes as one, when they differ in at most one attribute or one holds the other."""
    if box_within(one, other) or box_within(other, one):
        return other if box_within(one, other) else one
    if set(one) != set(other):
        return None
    differing = [name for name in one if one[name] != other[name]]
    if len(differing) != 1:
        return None
    return narrow({**one, differing[0]: union([one[differing[0]], other[differing[0]]])}, domains)


def changed_entries(before: Company, after: Company) -> Iterator[tuple[str, str, str]]:
    """Public rulings that are not on ownership: added, removed, changed."""
    old = {(entry.section, entry.id): entry.fields for entry in before.entries if entry.audience == "public"}
    new = {(entry.section, entry.id): entry.fields for entry in after.entries if entry.audience == "public"}
    for at in dict.fromkeys((*old, *new)):
        if at not in new:
            yield (*at, "removed")
        elif at not in old:
            yield (*at, "added")
        elif old[at] != new[at]:
            yield (*at, "changed")
