"""Whose phrase it is: a name goes before a byname, and what the company calls its roles, teams and segments before both.

What is built in and the company says nothing of gives way to what it rules on under another id: its words are the company's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.domain.company import Company, Step, Subject
from bot.understand.roots import root
from bot.understand.text import words_of

Words = tuple[str, ...]


WORK = frozenset({"subject", "step"})
"""What is done: a subject and a step may share words."""
WORKS = frozenset({"activity", "request"})
"""The kinds of built-in subject that may be another name of what a company rules on."""


class OwnNames:
    """The names of one company, by what they belong to."""

    def __init__(self, company: Company) -> None:
        self.owners: dict[Words, set[tuple[str, str]]] = defaultdict(set)
        for kind, id, phrase in names_of(company):
            self.owners[roots_of(phrase)].add((kind, id))
        self.given: dict[tuple[str, Words], set[str]] = defaultdict(set)
        """"subject" or "fact", and a byname that the company itself gives -> what it gives it to."""
        for kind, id, phrase in company.own_words:
            if kind != "step":
                self.given[group_of(kind), roots_of(phrase)].add(id if kind == "subject" else kind)
        self.own = company.own_words
        self.spoken = company.subjects_spoken_of()
        self.kept = self.spoken | company.declared
        """The subjects that give way to nothing."""
        self.declared = company.declared
        self.ruled: dict[Words, tuple[str, str]] = {}
        """Every name and byname of what the company rules on, by what it belongs to."""
        for kind, id, phrase in ruled_names(company, self.spoken):
            self.ruled.setdefault(roots_of(phrase), (kind, id))

        self.terms = {
            roots_of(phrase): frozenset(roots_of(entry.fields["means"]))
            for entry in company.section("terms")
            for phrase in (entry.fields.get("name") or entry.id.replace("-", " "), *entry.fields.get("aka", ()))
        }
        """The words that mean something of their own here -> the words by which the company explains them."""

    def is_term(self, phrase: str, thing: Subject | Step) -> bool:
        """Whether a byname of something built in means something else here: "commit" is no forecast where customers commit."""
        means = self.terms.get(roots_of(phrase)) if " " not in phrase else None
        is_own = isinstance(thing, Subject) and (thing.kind not in WORKS or thing.id in self.declared)
        return means is not None and not is_own and means.isdisjoint(roots_of(thing.name))

    def leaves(self, phrase: str, kind: str, id: str) -> bool:
        """Whether a byname of a thing stays: nothing else has it for a name, or by the company's word where it is built in here."""
        if (kind, id, phrase) not in self.own:
            given = self.given.get((group_of(kind), roots_of(phrase)), set())
            if given and (id if kind == "subject" else kind) not in given:
                return False
        others = (owner for owner in self.owners.get(roots_of(phrase), ()) if owner != (kind, id))
        return all(of in WORK and kind in WORK and (name == id or (of == "step" and kind == "subject")) for of, name in others)

    def heir(self, subject: Subject) -> tuple[str, str] | None:
        """What the company rules on under the name of a subject of which it says nothing: that has all its words."""
        is_idle = subject.kind in WORKS and subject.id not in self.kept
        return self.ruled.get(roots_of(subject.name)) if is_idle else None

    def yields(self, phrase: str, subject: Subject) -> bool:
        """Whether words of a subject of which the company says nothing are those of what it rules on, or put together from them."""
        if subject.kind not in WORKS or subject.id in self.kept:
            return False
        words = roots_of(phrase)
        return words in self.ruled or any(words[:at] in self.ruled and words[at:] in self.ruled for at in range(1, len(words)))


def group_of(kind: str) -> str:
    """The kind of thing whose words are told apart: steps and subjects may share theirs, and so may a subject and a value."""
    return kind if kind in WORK else "fact"


def ruled_names(company: Company, spoken: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """The names and bynames of the subjects that a company rules on, and of the steps that its rules alone name."""
    for subject in company.subjects.values():
        if subject.id in spoken and subject.kind in WORKS:
            yield from (("subject", subject.id, phrase) for phrase in (subject.name, subject.id.replace("-", " "), *subject.aka))
    for step in company.steps.values():
        if step.id not in company.named_steps:
            yield from (("step", step.id, phrase) for phrase in (step.name, step.id.replace("-", " "), *step.aka))


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
