"""Whose phrase it is: a name goes before a byname, and what the company calls its roles, teams and segments before both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.domain.company import Company
from bot.understand.roots import root
from bot.understand.text import words_of

Words = tuple[str, ...]


WORK = frozenset({"subject", "step"})
"""What is done: a subject and a step may share words."""


class OwnNames:
    """The names of one company, by what they belong to."""

    def __init__(self, company: Company) -> None:
        self.owners: dict[Words, set[tuple[str, str]]] = defaultdict(set)
        for kind, id, phrase in names_of(company):
            self.owners[roots_of(phrase)].add((kind, id))

    def leaves(self, phrase: str, kind: str, id: str) -> bool:
        """Whether a byname of a thing stays: nothing else has it for a name."""
        others = (owner for owner in self.owners.get(roots_of(phrase), ()) if owner != (kind, id))
        return all(of in WORK and kind in WORK and (name == id or (of == "step" and kind == "subject")) for of, name in others)


def roots_of(phrase: str) -> Words:
    """A phrase by the roots of its words: who has "qualify" for a name has "qualifies" too."""
    return tuple(root(word) for word in words_of(phrase))


def names_of(company: Company) -> Iterator[tuple[str, str, str]]:
    """Every name with the kind and the id of what it belongs to."""
    for party in company.parties.values():
        if party.kind != "position":
            yield from (("party", party.id, phrase) for phrase in (party.name, party.id.replace("-", " "), *party.aka))
    for segment in company.segments.values():
        yield from (("segment", segment.id, phrase) for phrase in (segment.name, segment.id.replace("-", " "), *segment.aka))
    for subject in company.subjects.values():
        yield from (("subject", subject.id, phrase) for phrase in (subject.name, subject.id.replace("-", " ")))
    for step in company.steps.values():
        yield from (("step", step.id, phrase) for phrase in (step.name, step.id.replace("-", " ")))
    for process in company.section("processes"):
        of = process.fields.get("of")
        yield from (
            ("subject", of, phrase) for phrase in (process.fields.get("name") or "", *process.fields.get("aka", ())) if of and phrase
        )
    for attribute in company.attributes.values():
        if attribute.id != "segment":
            yield from ((attribute.id, choice.id, choice.name) for choice in attribute.choices.values() if not choice.of)
