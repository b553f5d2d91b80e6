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
from bot.domain.covers import list_outside, region_within
from bot.domain.regions import EVERYTHING, Box, Domains, Region, box_within, meet_boxes, meet_regions, minus, union
from bot.domain.rules import Ruling, SameAs, join_key, split_key
from bot.resolve.book import RuleBook
from bot.resolve.checks import say_box
from bot.resolve.decide import Moment
from bot.resolve.index import Index, numbers_in

MAX_HOPS = 8
"""How often a ruling that refers on to another subject is followed; circles are found when a model is loaded."""
LEFT_OUT = frozenset({"paid"})
MOST = 40
"""How many boxes of facts are told for one change of an answer."""
SHOWN = 3
Decision = tuple[Box, Ruling | None]
"""Facts, and what is ruled there unless an earlier one holds."""
Entry = tuple[str, str, str]
"""Section, id, and what happened to it: added, removed, changed, or in words."""


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
    entries: tuple[Entry, ...]
    """What changes besides: roles, definitions of segments, rulings that are not on ownership."""


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
    lists = [decisions(book, subject, key, EVERYTHING, moment) for book in (before, after)]
    found = changed_parts(lists[0], lists[1], before.company.domains)
    company = replace(after.company, attributes=joint_attributes(before.company, after.company))
    for (old, new), boxes in found.items():
        simple = simplify(boxes[:MOST], before.company.domains)
        where = "; or ".join(dict.fromkeys(say_where(box, company) for box in simple))
        yield Difference(subject, key, where + (" …" if len(boxes) > MOST else ""), old, new)


def say_where(box: Box, company: Company) -> str:
    """A box in words."""
    kept = in_order(box, company)
    return say_box(company, kept) if kept else "always" if not box else "by default"


def in_order(box: Box, company: Company) -> Box:
    """The box with its attributes in the order of the model; what is assumed anyway goes without saying."""
    return {name: box[name] for name, attribute in company.attributes.items() if name in box and box[name] != attribute.assumed}


def decisions(book: RuleBook, subject: str, key: str, facts: Box, moment: Moment, hops: int = 0) -> list[Decision]:
    """The decision list of one key: the first box that the facts are in says what is ruled; the last holds for all facts given."""
    listed: list[Decision] = []
    for line in book.on(subject, key):
        reference = line.says.ruling
        for box in meet_regions((facts,), line.region) if moment.sees(line) else ():
            if isinstance(reference, SameAs) and hops < MAX_HOPS:
                target = join_key(reference.step, split_key(key)[1])
                listed += decisions(book, reference.subject, target, box, moment, hops + 1)
            else:
                listed.append((box, line.sense))
    return [*listed, (facts, None)]


def changed_parts(old: list[Decision], new: list[Decision], domains: Domains) -> dict[tuple[Ruling | None, Ruling | None], list[Box]]:
    """For each two rulings that differ, the facts for which the first list decides one and the second the other.

    Two boxes decide together what they share, less what comes before either. They are tried only where they meet, and not beyond
    the parts that are shown.
    """
    found: dict[tuple[Ruling | None, Ruling | None], list[Box]] = {}
    if old == new:
        return found
    olds, news = Index([box for box, _ in old]), Index([box for box, _ in new])
    for number, (box, ruled) in enumerate(old):
        for other in news.meeting(box):
            pair = (ruled, new[other][1])
            both = meet_boxes(box, new[other][0])
            if pair[0] == pair[1] or both is None or len(found.get(pair, ())) > MOST:
                continue
            earlier = [old[each][0] for each in numbers_in(olds.bits_meeting(both) & ((1 << number) - 1))]
            earlier += [new[each][0] for each in numbers_in(news.bits_meeting(both) & ((1 << other) - 1))]
            if not any(box_within(both, cut) for cut in earlier):
                parts = list_outside(both, earlier, domains, MOST + 1 - len(found.get(pair, ())))
                if parts:
                    found.setdefault(pair, []).extend(parts)
    return found


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


def changed_entries(before: Company, after: Company) -> Iterator[Entry]:
    """What is not on ownership: roles and teams, the definitions of segments, and public rulings; added, removed, changed."""
    yield from changed_parties(before, after)
    yield from changed_segments(before, after)
    yield from changed_assumptions(before, after)
    old = {(entry.section, entry.id): entry.fields for entry in before.entries if entry.audience == "public"}
    new = {(entry.section, entry.id): entry.fields for entry in after.entries if entry.audience == "public"}
    for at in dict.fromkeys((*old, *new)):
        if at not in new:
            yield (*at, "removed")
        elif at not in old:
            yield (*at, "added")
        elif old[at] != new[at]:
            yield (*at, "changed")


def changed_assumptions(before: Company, after: Company) -> Iterator[Entry]:
    """What is assumed where nobody says, and the currency: both change what a question with few words is answered."""
    old, new = ({id: attribute.assume or "ask" for id, attribute in each.attributes.items()} for each in (before, after))
    for id in dict.fromkeys((*old, *new)):
        if id in old and id in new and old[id] != new[id]:
            yield ("assume", id, f"{old[id]} -> {new[id]}")
    if before.currency != after.currency:
        yield ("currency", "all amounts", f"{before.currency} -> {after.currency}")


def changed_parties(before: Company, after: Company) -> Iterator[Entry]:
    """Roles and teams that come, go or change their archetype."""
    for id in dict.fromkeys((*before.parties, *after.parties)):
        old, new = before.parties.get(id), after.parties.get(id)
        party = new or old
        assert party is not None
        section = {"team": "teams", "position": "positions"}.get(party.kind, "roles")
        if old is None or new is None:
            yield section, id, "added" if old is None else "removed"
        elif old.archetype != new.archetype:
            yield section, id, f"archetype {old.archetype or 'none'} -> {new.archetype or 'none'}"


def changed_segments(before: Company, after: Company) -> Iterator[Entry]:
    """Segments that come, go, are defined differently, or change places with one that they share customers with."""
    for id in dict.fromkeys((*before.segments, *after.segments)):
        old, new = before.segments.get(id), after.segments.get(id)
        if old is None or new is None:
            yield "segments", id, "added" if old is None else "removed"
        elif not same_region(old.region, new.region, joint_domains(before, after)):
            yield "segments", id, f"{say_region(old.region, before)} -> {say_region(new.region, after)}"
    stays = [id for id in after.segments if id in before.segments]
    places = {id: place for place, id in enumerate(before.segments)}
    for first, second in combinations(stays, 2):
        shared = meet_regions(after.segments[first].region or (), after.segments[second].region or ())
        if shared and places[first] > places[second]:
            yield "segments", first, f"before {second} now, where both hold ({say_box(after, shared[0])})"


def same_region(one: Region | None, other: Region | None, domains: Domains) -> bool:
    """Whether two definitions mean the same customers."""
    if one is None or other is None:
        return one is other
    return one == other or (region_within(one, other, domains) and region_within(other, one, domains))


def say_region(region: Region | None, company: Company) -> str:
    """A definition in words."""
    if region is None:
        return "no definition"
    return "; or ".join(say_box(company, box) for box in region[:SHOWN]) + (" …" if len(region) > SHOWN else "")
