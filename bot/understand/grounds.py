"""What a company's rules and entries go by: which steps and attributes its subjects use, and what an amount alone is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.domain.company import Company
from bot.domain.rules import split_key
from bot.understand.frames import Grounds

COUNTED = frozenset({"money", "count", "percent"})
"""The kinds of attribute of which an amount may be without a word for it."""
SEVERAL = 2


def ground(company: Company) -> Grounds:
    """Which steps and attributes the rules use, by subject."""
    steps: dict[str, set[str]] = defaultdict(set)
    attributes: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for rule in company.rules:
        for node in rule.node.walk():
            steps[rule.subject].update(step for key in node.says if (step := split_key(key)[0]))
            for name in {name for box in node.region for name in box}:
                for subject in (rule.subject, ""):
                    attributes[subject][company.attributes[name].kind][name] = None
    used = {subject: {kind: tuple(names) for kind, names in kinds.items()} for subject, kinds in attributes.items()}
    ruled = frozenset(rule.subject for rule in company.rules)
    return Grounds(company, {id: frozenset(names) for id, names in steps.items()}, used, ruled, sole_subjects(company, used.get("", {})))


def sole_subjects(company: Company, ruled: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The subject of each attribute by which no rule goes, only entries of one section on it; empty where those name none."""
    taken = {name for names in ruled.values() for name in names}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in company.entries:
        for name in {name for box in entry.region for name in box} - taken:
            found[name].add((entry.section, entry.fields.get("of") or ""))
    return {
        name: subject
        for name, pairs in found.items()
        if len({section for section, _ in pairs}) == 1 and len(named := {of for _, of in pairs} - {""}) < SEVERAL
        for subject in (*named, "")[:1]
        if company.attributes[name].kind in COUNTED
    }
