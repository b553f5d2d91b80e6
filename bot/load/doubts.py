"""What cannot be judged because something else is wrong: so that one mistake is one problem.

A rule that could not be read whole is set aside: it keeps its name and its condition, as far as that could be read, and says nothing.
The others are still compared with each other, but where it may have decided between two of them (`checks/overlaps.py`). What follows
from what is not ruled, holes and examples, is not told on its subject and on those that refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.company import Party, Subject
from bot.domain.guidance import Archetype
from bot.domain.rules import ANYTHING, Held, Node, Rule, SameAs
from bot.load.layout import Folder, Part
from bot.load.shaping import Shaped
from bot.load.translate import keys_of, meant_key
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

    def note_subjects(self, entry: Shaped, subjects: Mapping[str, Subject]) -> None:
        """A rule on a misspelt subject is missing on the one that is meant."""
        named = entry.shape.of if entry.section == "rules" else ()
        for name in named:
            meant = name if name in subjects else meant_key(name, subjects)
            self.subjects |= set(subjects[meant].of or (meant,)) if meant in subjects else set()

    def on(self, entry: Shaped) -> bool:
        """Whether something is wrong in the entry."""
        return entry.broken or entry.part.at() in self.entries

    def set_aside(self, rules: Iterable[Rule], parties: Mapping[str, Party]) -> tuple[list[Rule], frozenset[str]]:
        """The rules, the doubtful ones without what they say, and the subjects on which nothing follows from what is not ruled."""
        listed = list(rules)
        subjects = {rule.subject for rule in listed} if self.everywhere else self.spread(listed, parties)
        kept = [silent(rule) if rule.doubtful else rule for rule in listed]
        return [replace(rule, examples=()) if rule.subject in subjects else rule for rule in kept], frozenset(subjects)

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
    """A role of which the archetype could not be read may rule on any motion that some archetype rules on."""
    if doubts.on(entry) and "archetype" in left_out(entry):
        doubts.subjects |= {subject for archetype in archetypes.values() for subject in archetype.cells}


def left_out(entry: Shaped) -> frozenset[str]:
    """The keys of an entry that were left out of its shape, as they are meant; the archetype also where there is none of that name."""
    raw = entry.part.value if isinstance(entry.part.value, dict) else {}
    known = keys_of(type(entry.shape))
    read = {known[index] for index, name in enumerate(type(entry.shape).model_fields) if name in entry.shape.model_fields_set}
    named = {"archetype"} if "archetype" in raw else set()
    return frozenset({meant_key(key, known) for key in raw if key not in read} | named)


def unread_in(entry: Shaped, names: Iterable[str]) -> frozenset[str]:
    """The attributes on which a doubtful rule has conditions that could not be read; any, where its condition was left out whole."""
    return frozenset({*names, *([ANYTHING] if entry.section in ("rules", "routes") and {"when", "over"} & left_out(entry) else [])})


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
                yield Rule(id, about[0] if about else "", Node((), {}), place, doubtful=True)


def named_subjects(value: object, subjects: Mapping[str, Subject]) -> list[str]:
    """The subjects that a broken rule is about, where they can still be made out."""
    of = value.get("of") if isinstance(value, dict) else None
    names = [of] if isinstance(of, str) else of if isinstance(of, list) else []
    found = [subjects[name].of or (name,) for name in names if isinstance(name, str) and name in subjects]
    return [each for group in found for each in group] if len(found) == len(names) else []
