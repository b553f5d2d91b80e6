"""The company: everything loaded from one model, over the industry's guidance. Immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.domain.attributes import Attribute
from bot.domain.guidance import Guidance
from bot.domain.regions import EVERYTHING, Domains, Region
from bot.domain.rules import Rule
from bot.problems import NOWHERE, Place

SubjectKind = Literal["motion", "account", "opportunity", "activity", "request"]
PartyKind = Literal["role", "team", "system", "position"]


@dataclass(frozen=True, slots=True)
class Party:
    """Whoever can have a part: a role, a team, a system user or a position."""

    id: str
    name: str
    kind: PartyKind = "role"
    aka: tuple[str, ...] = ()
    kind_of: str | None = None
    """The wider role that it is a kind of."""
    job: str | None = None
    archetype: str | None = None
    reports_to: str = ""
    measured_on: tuple[str, ...] = ()
    not_to_be_confused_with: tuple[tuple[str, str], ...] = ()
    does: tuple[str, ...] = ()
    channel: str = ""
    from_subject: str | None = None
    """For positions: the subject whose owner stands in it (`account-owner`: account)."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be owned: a motion, an account, an opportunity, an activity, a kind of request."""

    id: str
    name: str
    kind: SubjectKind
    aka: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    """The motions it is made of: expand is upsell and cross-sell."""
    gloss: str = ""

    @property
    def phrase(self) -> str:
        """The name with an article where English wants one: "renewal", "the account", "bug reports"."""
        plural = self.kind == "request" and self.name.endswith("s")
        return self.name if self.kind == "motion" or plural or self.name.startswith("the ") else f"the {self.name}"


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work inside a motion."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment with its own definition; `region` is None where it is only a name."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    region: Region | None = None
    says: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Entry:
    """A ruling that is not a rule on ownership: a handoff, a transfer, a boundary, a plan … as plain values by key."""

    section: str
    id: str
    fields: Mapping[str, Any]
    place: Place
    audience: str = "public"
    region: Region = (EVERYTHING,)
    """For which facts it holds."""
    starts: int | None = None
    """First day in force, as a day number."""
    ends: int | None = None
    """First day no longer in force."""

    def in_force(self, day: int) -> bool:
        """Whether it holds on that day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Company:
    """One company's model, checked, with the guidance it stands on."""

    name: str
    currency: str
    parties: Mapping[str, Party]
    subjects: Mapping[str, Subject]
    steps: Mapping[str, Step]
    """The steps that are declared, and those that the rules name."""
    attributes: Mapping[str, Attribute]
    segments: Mapping[str, Segment]
    rules: tuple[Rule, ...]
    entries: tuple[Entry, ...]
    guidance: Guidance
    domains: Domains
    named_steps: Mapping[str, Step] = field(default_factory=dict)
    """The steps that are declared, without what the rules say of them."""
    audiences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maintainers: tuple[str, ...] = ()
    """Slack users and groups who keep the model."""
    is_example: bool = False

    def roles(self) -> tuple[Party, ...]:
        """The company's roles, in the order of the model."""
        return tuple(party for party in self.parties.values() if party.kind == "role")

    def section(self, name: str) -> tuple[Entry, ...]:
        """All entries of one section."""
        return tuple(entry for entry in self.entries if entry.section == name)

    def seen_by(self, audiences: frozenset[str]) -> Company:
        """The company as these audiences may see it: without the rules and entries that are meant for others, and their words."""
        rules = tuple(rule for rule in self.rules if rule.audience in audiences)
        entries = tuple(entry for entry in self.entries if entry.audience in audiences)
        return replace(self, rules=rules, entries=entries, steps=steps_with(self.named_steps, rules))

    def restricted_to(self) -> frozenset[str]:
        """The audiences, other than everybody, for which something is meant."""
        return frozenset({*(rule.audience for rule in self.rules), *(entry.audience for entry in self.entries)} - {"public"})


def steps_with(named: Mapping[str, Step], rules: Iterable[Rule]) -> dict[str, Step]:
    """The declared steps together with those that the rules name, and the words that the rules give them."""
    steps = dict(named)
    for words in dict.fromkeys(words for rule in rules for words in rule.step_words):
        known = steps.get(words.id, Step(words.id, words.id.replace("-", " ")))
        steps[words.id] = replace(known, name=words.name or known.name, aka=(*known.aka, *words.aka))
    return steps
