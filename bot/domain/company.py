"""The company: everything loaded from one model, over the industry's guidance. Immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.domain.attributes import Attribute
from bot.domain.guidance import Guidance
from bot.domain.pay import COMPENSATION, states_pay, without_pay
from bot.domain.regions import EVERYTHING, Domains, Region
from bot.domain.rules import Example, Held, Rule, SameAs
from bot.domain.versions import reopened
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
    audience: str = "public"
    """Who may know of it."""
    talent: tuple[str, ...] = ()
    """What it takes."""


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
    audience: str = "public"
    """Who may know of it."""

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
    audience: str = "public"
    """Who may know of it."""


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
    until: int | None = None
    """When it ends by its own words, whatever version comes later."""
    examples: tuple[Example, ...] = ()
    """Questions that it has to answer."""

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
    uncertain: frozenset[str] = frozenset()
    """Subjects on which not every rule could be read, so that nothing follows from what the others leave open."""
    defined: frozenset[str] = frozenset()
    """The motions, activities, requests and stakeholders whose meaning the company itself puts into words."""
    declared: frozenset[str] = frozenset()
    """The motions, activities and requests that the company itself lists; all others are built in."""
    own_words: frozenset[tuple[str, str, str]] = frozenset()
    """Every other word that the company itself gives: "subject", "step" or an attribute; the id, or the value; the word."""

    def roles(self) -> tuple[Party, ...]:
        """The company's roles, in the order of the model."""
        return tuple(party for party in self.parties.values() if party.kind == "role")

    def section(self, name: str) -> tuple[Entry, ...]:
        """All entries of one section."""
        return tuple(entry for entry in self.entries if entry.section == name)

    def seen_by(self, audiences: frozenset[str]) -> Company:
        """The company as these audiences may see it: without what is meant for others, and without the words that only that brings in."""
        pay = COMPENSATION in audiences
        read = [(rule, (rule if pay else without_pay(rule)) if rule.audience in audiences else None) for rule in self.rules]
        rules = reopened((kept for _, kept in read if kept), (rule for rule, kept in read if kept is None), lambda rule: rule.id)
        shown = (entry for entry in self.entries if entry.audience in audiences)
        shut = (entry for entry in self.entries if entry.audience not in audiences)
        entries = reopened(shown, shut, lambda entry: (entry.section, entry.id))
        return replace(self, rules=tuple(rules), entries=tuple(entries)).known_to(audiences)

    def known_to(self, audiences: frozenset[str]) -> Company:
        """The same without the parties, subjects and steps of which others alone may know; what is still spoken of stays."""
        ruled = {step for rule in self.rules for step in rule.node.steps()}
        steps = {id: step for id, step in self.named_steps.items() if step.audience in audiences or id in ruled}
        told = [subject for subject in self.subjects.values() if subject.audience in audiences]
        parts = (*(subject.of for subject in told), *(step.of for step in steps.values()))
        spoken = self.subjects_spoken_of().union(*parts)
        subjects = {id: subject for id, subject in self.subjects.items() if subject in told or id in spoken}
        held = self.parties_spoken_of()
        parties = {id: party for id, party in self.parties.items() if party.audience in audiences or id in held}
        attributes = {id: each for id, each in self.attributes.items() if each.role is None or each.role in parties}
        return replace(
            self, parties=parties, attributes=attributes, subjects=subjects, named_steps=steps, steps=steps_with(steps, self.rules)
        )

    def restricted_to(self) -> frozenset[str]:
        """The audiences, other than everybody, for which something is meant."""
        marked: tuple[Rule | Entry | Party | Subject | Step, ...] = (
            *self.rules,
            *self.entries,
            *self.parties.values(),
            *self.subjects.values(),
            *self.named_steps.values(),
        )
        pay = {COMPENSATION} if any(map(states_pay, self.rules)) else set()
        return frozenset({*(each.audience for each in marked), *pay} - {"public"})

    def parties_spoken_of(self) -> frozenset[str]:
        """The parties that rulings on ownership name."""
        rulings = (says.ruling for rule in self.rules for node in rule.node.walk() for says in node.says.values())
        return frozenset(holder for ruling in rulings if isinstance(ruling, Held) for holder in ruling.holders)

    def subjects_spoken_of(self) -> frozenset[str]:
        """The subjects that rulings are about or refer to, and those to which positions and values of attributes belong."""
        rulings = (says.ruling for rule in self.rules for node in rule.node.walk() for says in node.says.values())
        referred = (ruling.subject for ruling in rulings if isinstance(ruling, SameAs))
        about = (entry.fields.get(key) or () for entry in self.entries for key in ("of", "request"))
        listed = (id for ids in about for id in ((ids,) if isinstance(ids, str) else ids))
        owned = (party.from_subject for party in self.parties.values() if party.from_subject)
        values = (choice.of for attribute in self.attributes.values() for choice in attribute.choices.values() if choice.of)
        return frozenset({*(rule.subject for rule in self.rules), *referred, *listed, *owned, *values})


def steps_with(named: Mapping[str, Step], rules: Iterable[Rule]) -> dict[str, Step]:
    """The declared steps together with those that the rules name, and the words that the rules give them."""
    steps = dict(named)
    for words in dict.fromkeys(words for rule in rules for words in rule.step_words):
        known = steps.get(words.id, Step(words.id, words.id.replace("-", " ")))
        steps[words.id] = replace(known, name=words.name or known.name, aka=(*known.aka, *words.aka))
    return steps
