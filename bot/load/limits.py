"""Permissions side by side: two that contradict each other, and tiers that leave a hole between them.

Compared are those of one role (or of a kind of it) on one subject and the same deed, which is their text but for case, spaces and
limits ("of up to 10%"). As with rules, the conditions are compared exactly. One that is strictly narrower than the other is an
exception to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from bot.domain.company import Company, Entry
from bot.domain.covers import list_outside, prove_outside, region_within
from bot.domain.regions import Box, box_within, meet_boxes, union
from bot.load.permissions import LIMIT
from bot.load.segments import one_value, say_facts
from bot.problems import Place, Problem, problem

NUMBER = re.compile(r"(?<![\w.])[$€£¥]?\s?\d[\d.,]*(?:%|[km])?(?!\w)")
LIMITING = frozenset(["at", "most", "up", "to", "of", "by", "no", "not", "more", "less", "fewer", "than", "max", "maximum"])
LIMITING |= {"under", "below", "over", "above", "from", "between", "and", "or", "only", "any"}
"""Words that say with a number beside them how far something goes."""
SHOWN = 3
NUMERIC = frozenset({"money", "count", "percent", "duration", "date"})
APPROVED = "with-approval"


def check_limits(company: Company, doubtful: frozenset[Place], today: date) -> Iterator[Problem]:
    """The contradictions between a company's permissions and the holes in their tiers; doubtful entries are left aside."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in company.section("permissions"):
        if entry.place not in doubtful:
            groups[(entry.fields["of"], deed(entry))].append(entry)
    current = [entry for group in groups.values() for entry in group if entry.in_force(max(today.toordinal(), entry.starts or 0))]
    for (subject, _), group in groups.items():
        yield from check_contradictions(group, company)
        beside = [entry for entry in current if subject and entry.fields["of"] == subject]
        yield from check_gaps([entry for entry in group if entry in current], beside, company)


def deed(entry: Entry) -> str:
    """What may be done, but for case, spaces and limits: "give a discount" for "Give a discount of over 5% and up to 10%"."""
    kept: list[str] = []
    for word in NUMBER.sub(" # ", entry.fields["may"].casefold().rstrip(".")).split():
        while word == "#" and kept and kept[-1] in LIMITING:
            kept.pop()
        kept += [word] if word != "#" else []
    return " ".join(kept)


def check_contradictions(group: Sequence[Entry], company: Company) -> Iterator[Problem]:
    """The problem of each permission with the first before it that says something else for the same facts."""
    told: set[Place] = set()
    for first, second in sorted(combinations(group, 2), key=lambda pair: (pair[1].place, pair[0].place)):
        role = second.place not in told and shared_role(first, second, company)
        if not role or not differ(first, second) or not at_once(first, second):
            continue
        found = shared_facts(first, second, group, company)
        if found is None:
            continue
        told.add(second.place)
        if numbers_in(first) == numbers_in(second) or is_compared(first, company) or is_compared(second, company):
            yield contradiction(first, second, role, found, company)
        elif not LIMIT.search(first.fields["may"]) and not LIMIT.search(second.fields["may"]):
            yield told_apart_by_number(first, second)


def shared_role(first: Entry, second: Entry, company: Company) -> str:
    """A role for which both hold: one that both name, else a kind of one that the other names; empty where there is none. On one subject
    the permissions of the narrower role are told alone."""
    ours, theirs = first.fields["role"], second.fields["role"]
    if first.fields["of"] and first.fields["of"] == second.fields["of"]:
        return next((role for role in ours if role in theirs), "")
    kinds = [role for role in ours if set(wider(role, company)) & set(theirs)]
    kinds += [role for role in theirs if set(wider(role, company)) & set(ours)]
    return next(iter(sorted(kinds, key=lambda role: not (role in ours and role in theirs))), "")


def wider(role: str, company: Company) -> list[str]:
    """A role and those that it is a kind of."""
    found: list[str] = []
    at: str | None = role
    while at is not None and at not in found:
        found.append(at)
        at = company.parties[at].kind_of if at in company.parties else None
    return found


def differ(first: Entry, second: Entry) -> bool:
    """Whether two permissions say different things; who approves counts where both name somebody."""
    one, other = first.fields, second.fields
    approvers = [set(one["approved-by"]), set(other["approved-by"])]
    both_named = one["allowed"] == APPROVED and all(approvers)
    return bool(one["allowed"] != other["allowed"] or (both_named and approvers[0] != approvers[1]))


def at_once(first: Entry, second: Entry) -> bool:
    """Whether both are in force on some day."""
    starts = max(first.starts or 0, second.starts or 0)
    return all(entry.ends is None or starts < entry.ends for entry in (first, second))


def shared_facts(first: Entry, second: Entry, group: Sequence[Entry], company: Company) -> Box | None:
    """Facts for which both hold and neither is the exception, nor another permission the exception to both."""
    if is_narrower(first, second, company) or is_narrower(second, first, company):
        return None
    settling = [
        entry for entry in group if all(is_narrower(entry, each, company) and shared_role(entry, each, company) for each in (first, second))
    ]
    cuts = [box for entry in settling for box in entry.region]
    both = (meet_boxes(one, other) for one in first.region for other in second.region)
    free = (prove_outside(box, cuts, company.domains) for box in both if box is not None)
    return next((box for box in free if box is not None), None)


def is_narrower(inner: Entry, outer: Entry, company: Company) -> bool:
    """Whether the conditions of one are strictly narrower than those of the other."""
    return region_within(inner.region, outer.region, company.domains) and not region_within(outer.region, inner.region, company.domains)


def numbers_in(entry: Entry) -> list[str]:
    """The numbers in the text of what may be done."""
    return [number.strip() for number in NUMBER.findall(entry.fields["may"])]


def is_compared(entry: Entry, company: Company) -> bool:
    """Whether a permission has a condition on a number."""
    return any(company.attributes[name].kind in NUMERIC for box in entry.region for name in box if name in company.attributes)


def contradiction(first: Entry, second: Entry, role: str, box: Box, company: Company) -> Problem:
    """The problem of two permissions that hold at once: an error where one role both may and may not."""
    said = {first.fields["allowed"], second.fields["allowed"]}
    above = next((each for entry in (first, second) for each in entry.fields["role"] if role not in entry.fields["role"]), "")
    facts = say_facts({name: one_value(values, company.attributes[name].lowest) for name, values in box.items()}, company)
    fix = 'narrow one of them under `when:`, or remove one; the upper end of a range such as "5 to 10" is not in it'
    return problem(
        "permission-differs" if above or said != {"yes", "no"} else "permission-conflict",
        second.place,
        f'"{first.id}" and "{second.id}" both hold for {role}{f" (a kind of {above})" if above else ""} with {facts} and disagree: '
        f"{say_verdict(first)} or {say_verdict(second)}",
        expected="one answer for any facts, or an exception with strictly narrower conditions",
        fix=f"say of {above} only what holds for every kind of it, or narrow one of the two under `when:`" if above else fix,
        also=[first.place],
    )


def say_verdict(entry: Entry) -> str:
    """Whether, and by whose leave."""
    by = " and ".join(entry.fields["approved-by"]) if entry.fields["allowed"] == APPROVED else ""
    return f"{entry.fields['allowed']} by {by}" if by else str(entry.fields["allowed"])


def told_apart_by_number(first: Entry, second: Entry) -> Problem:
    """The problem of two permissions that only a number in their text tells apart."""
    return problem(
        "limit-in-words",
        second.place,
        f'only a number in the text of "{first.id}" and "{second.id}" tells them apart, which is no condition, so that all are told both',
        expected="a limit that can be compared with the number in a question",
        fix="declare what it limits under `attributes:` and add it to both under `when:`",
        also=[first.place],
    )


def check_gaps(group: Sequence[Entry], beside: Sequence[Entry], company: Company) -> Iterator[Problem]:
    """The holes in the tiers of each role that no other permission on the subject fills, the same hole once for all roles that have it."""
    holes: dict[tuple[Place, ...], tuple[list[str], list[str]]] = {}
    for role in dict.fromkeys(role for entry in group for role in entry.fields["role"]):
        theirs, others = ([entry for entry in each if set(wider(role, company)) & set(entry.fields["role"])] for each in (group, beside))
        for places, said in find_gaps(theirs, others, company):
            roles, texts = holes.setdefault(places, ([], []))
            roles += [role] if role not in roles else []
            texts += [said] if said not in texts else []
    for places, (roles, texts) in holes.items():
        yield gap(places, roles, texts, next(entry for entry in group if entry.place == places[0]))


def find_gaps(entries: Sequence[Entry], others: Sequence[Entry], company: Company) -> Iterator[tuple[tuple[Place, ...], str]]:
    """The tiers that leave a hole between their lowest and their highest bound, and the hole in words."""
    boxes = [(entry, box) for entry in entries for box in entry.region]
    for name in dict.fromkeys(name for _, box in boxes for name in box if is_number(name, company)):
        cuts = [box for _, box in boxes] + [box for entry in others for box in entry.region if name in box]
        for rest in distinct(without(box, name) for _, box in boxes if name in box):
            tiers = [(entry, box[name]) for entry, box in boxes if name in box and box_within(rest, without(box, name), company.domains)]
            spans = union(values for _, values in tiers)
            places = tuple(sorted({entry.place for entry, _ in tiers}))
            if len(places) > 1 and len(spans) > 1 and isinstance(spans, tuple):
                around = {**rest, name: ((spans[0][0], spans[-1][1]),)}
                yield from ((places, say_facts(hole, company)) for hole in list_outside(around, cuts, company.domains, SHOWN))


def is_number(name: str, company: Company) -> bool:
    """Whether an attribute is one of numbers."""
    return name in company.attributes and company.attributes[name].kind in NUMERIC


def without(box: Box, name: str) -> Box:
    """The box without its condition on one attribute."""
    return {other: values for other, values in box.items() if other != name}


def distinct(boxes: Iterable[Box]) -> list[Box]:
    """The boxes, each once."""
    found: list[Box] = []
    for box in boxes:
        if box not in found:
            found.append(box)
    return found


def gap(places: Sequence[Place], roles: Sequence[str], holes: Sequence[str], entry: Entry) -> Problem:
    """The problem of tiers that leave a hole."""
    said = "; or ".join(holes[:SHOWN]) + (" …" if len(holes) > SHOWN else "")
    return problem(
        "permission-gap",
        places[0],
        f'between the tiers of {" and ".join(roles)} ("{entry.fields["may"][:60]}") nothing is said for: {said}',
        expected="tiers that follow on each other, because the upper end of a range is not in it",
        fix="move a bound, or add a permission for what is between",
        also=places[1 : SHOWN + 1],
    )
