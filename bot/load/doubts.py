"""What cannot be judged because something else is wrong: so that one mistake is one problem.

A rule that could not be read whole leaves a hole, fails its examples, and no longer beats another. None of that is news. The
rules on its subject, and on subjects that refer to it, are therefore set aside: they keep their names and say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.company import Party, Subject
from bot.domain.guidance import Archetype
from bot.domain.rules import Held, Node, Rule, SameAs
from bot.load.layout import Folder, Part
from bot.load.shaping import Shaped
from bot.problems import Place, Problem


@dataclass(slots=True)
class Doubts:
    """Entries with something wrong, and the subjects on which they leave the rules incomplete."""

    entries: set[Place] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    everywhere: bool = False

    def note(self, entry: Shaped, found: Problem) -> None:
        """An entry has a problem; a warning takes nothing away."""
        if found.severity == "error":
            self.entries.add(entry.part.at())

    def on(self, entry: Shaped) -> bool:
        """Whether something is wrong in the entry."""
        return entry.broken or entry.part.at() in self.entries

    def set_aside(self, rules: Iterable[Rule], parties: Mapping[str, Party]) -> list[Rule]:
        """The rules, those on doubtful subjects without what they say."""
        listed = list(rules)
        subjects = {rule.subject for rule in listed} if self.everywhere else self.spread(listed, parties)
        return [silent(rule) if rule.subject in subjects else rule for rule in listed]

    def spread(self, rules: list[Rule], parties: Mapping[str, Party]) -> set[str]:
        """The doubtful subjects and all that refer to them."""
        found, before = set(self.subjects), -1
        while len(found) != before:
            before = len(found)
            found |= {rule.subject for rule in rules if not found.isdisjoint(referred(rule, parties))}
        return found


def silent(rule: Rule) -> Rule:
    """The rule without what it says."""
    return replace(rule, node=Node(rule.node.region, {}, place=rule.node.place), examples=())


def referred(rule: Rule, parties: Mapping[str, Party]) -> Iterator[str]:
    """The subjects that the rule refers to, by `{as: …}` or by a position."""
    for node in rule.node.walk():
        for says in node.says.values():
            if isinstance(says.ruling, SameAs):
                yield says.ruling.subject
            elif isinstance(says.ruling, Held):
                yield from filter(None, (parties[id].from_subject for id in says.ruling.holders if id in parties))


def doubt_role(entry: Shaped, archetypes: Mapping[str, Archetype], doubts: Doubts) -> None:
    """A role with something wrong may rule on other motions than it seems to."""
    if doubts.on(entry):
        archetype = archetypes.get(entry.shape.archetype)
        if archetype is None:
            doubts.everywhere = True
        else:
            doubts.subjects |= set(archetype.cells)


def lost_rules(folder: Folder, entries: Iterable[Shaped], subjects: Mapping[str, Subject], doubts: Doubts) -> Iterator[Rule]:
    """Rules too broken to be read: by name, so that others can still be `over` them."""
    read = {entry.part.at() for entry in entries}
    for part in folder.section("rules"):
        values = [part.value] if isinstance(part.value, dict) else part.value
        for index, value in enumerate(values if isinstance(values, list) else []):
            place = part.at() if values is not part.value else Part(part.document, (*part.path, index), value).at()
            if place in read:
                continue
            about = named_subjects(value, subjects)
            doubts.subjects |= set(about)
            doubts.everywhere |= not about
            id = value.get("id") if isinstance(value, dict) else None
            if isinstance(id, str):
                yield Rule(id, about[0] if about else "", Node((), {}), place)


def named_subjects(value: object, subjects: Mapping[str, Subject]) -> list[str]:
    """The subjects that a broken rule is about, where they can still be made out."""
    of = value.get("of") if isinstance(value, dict) else None
    names = [of] if isinstance(of, str) else of if isinstance(of, list) else []
    found = [subjects[name].of or (name,) for name in names if isinstance(name, str) and name in subjects]
    return [each for group in found for each in group] if len(found) == len(names) else []
