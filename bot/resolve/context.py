"""What every resolver gets: the rule book, the moment, the asker; and what they all ask of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.domain.answers import Decided, Verdict
from bot.domain.company import Company, Entry
from bot.domain.guidance import Typical
from bot.domain.questions import Frame
from bot.domain.regions import EVERYTHING, Box, meet_boxes, meet_regions, overlaps
from bot.domain.rules import Held, Rule, join_key
from bot.resolve.book import RuleBook
from bot.resolve.decide import Moment, Piece, decide, decided_by, one_each, possible
from bot.resolve.facts import Facts, facts_of
from bot.resolve.sayings import say_box
from bot.resolve.tables import open_attributes
from bot.resolve.verdicts import reach_verdict

Found = TypeVar("Found")
PARTS = ("own", "support", "informed", "none")
"""The keys that give a role a part, strongest first."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What may be decided on a key, and everybody who has a part by it."""

    decided: Decided
    sure: frozenset[str]
    maybe: frozenset[str]
    """Everybody who can have it: who stands in a position may depend on facts not given."""


@dataclass(frozen=True, slots=True)
class Context:
    """One question's surroundings."""

    book: RuleBook
    moment: Moment
    declines: dict[str, str] = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been found for this question already: a sheet asks the same many times."""

    @property
    def company(self) -> Company:
        """The company that is asked about."""
        return self.book.company

    def once(self, at: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds, found only once for this question."""
        if at not in self.known:
            self.known[at] = find()
        found: Found = self.known[at]
        return found

    def lately(self, at: tuple[Hashable, ...], frame: Frame, find: Callable[[], Found]) -> Found:
        """What `find` finds from the facts of a frame and nothing else of it, remembered for the questions after this one."""
        return self.book.once((*at, self.moment, *frame.facts.values()), find)

    def facts(self, frame: Frame, subject: str = "") -> Facts:
        """The facts of a frame, about its first subject or the one named."""
        about = subject or next(iter(frame.subjects), "")
        at = ("facts", about, *frame.facts.values())
        return self.once(at, lambda: facts_of(frame, about, self.company, self.book.background))

    def pieces(self, frame: Frame, subject: str, key: str) -> Sequence[Piece]:
        """One piece for each ruling that is possible on a key of a subject, of the frame's step where it has one."""
        whole = join_key(frame.step, key)
        at = ("pieces", subject, whole)
        return self.lately(at, frame, lambda: one_each(self.book, subject, whole, self.facts(frame, subject).box, self.moment))

    def every(self, frame: Frame, subject: str, key: str) -> Sequence[Piece]:
        """One piece for each ruling that is possible when nothing is assumed."""
        at = ("every", subject, key)
        return self.lately(at, frame, lambda: one_each(self.book, subject, key, self.facts(frame, subject).given, self.moment))

    def verdict(self, frame: Frame, subject: str, key: str) -> Verdict:
        """What the model says on a key of a subject, of the frame's step where it has one."""
        whole = join_key(frame.step, key)
        at = ("verdict", subject, whole, *frame.facts.values())
        return self.once(at, lambda: reach_verdict(self.book, subject, whole, self.facts(frame, subject), self.moment))

    def decided(self, frame: Frame, subject: str, key: str) -> Decided | None:
        """The one ruling on a key of a subject; None when it depends."""
        pieces = self.pieces(frame, subject, key)
        return decided_by(join_key(frame.step, key), pieces[0]) if len(pieces) == 1 else None

    def open_names(self, frame: Frame, subject: str, key: str) -> tuple[str, ...]:
        """On what a key of a subject depends, by name, without the table of cases."""
        facts = self.facts(frame, subject)
        pieces = decide(self.book, subject, join_key(frame.step, key), facts.box, self.moment)
        return tuple(self.company.attributes[name].name for name in open_attributes(pieces, facts.box, self.company))

    def say_region(self, piece: Piece, given: Box = EVERYTHING) -> str:
        """Where a line holds, in words; without the ways to meet it that the facts given rule out."""
        if piece.line is None:
            return say_box(self.company, piece.box)
        region = piece.line.region
        for line in piece.via:
            region = meet_regions(region, line.region)
        met = [
            ({name: values for name, values in both.items() if name in box})
            for box in region
            if (both := meet_boxes(box, given)) is not None
        ]
        return "; or ".join(dict.fromkeys(say_box(self.company, box) if box else "otherwise" for box in met or region))

    def typical(self, subjects: Iterable[str], key: str = "own") -> tuple[Typical, ...]:
        """What is typical for the subjects."""
        wanted = tuple(subjects)
        return tuple(typical for typical in self.company.guidance.typical if typical.subject in wanted and typical.key == key)

    def typical_step(self, step: str) -> tuple[Typical, ...]:
        """What is typical for a step, of whichever subject it is."""
        return tuple(typical for typical in self.company.guidance.typical if step in typical.steps)

    def entries(self, section: str, frame: Frame, *, assume: bool = True) -> tuple[Entry, ...]:
        """The entries of a section that the asker may see, in force, and that can hold under the frame's facts and what is assumed."""
        facts = self.facts(frame)
        box = facts.box if assume else facts.given
        return self.book.once(("entries", section, self.moment, *box.items()), lambda: tuple(self.holding(section, box)))

    def holding(self, section: str, box: Box) -> Iterator[Entry]:
        """The entries of a section that the asker may see, in force, and that can hold under facts."""
        for entry in self.company.section(section):
            if self.is_visible(entry.audience) and entry.in_force(self.moment.day) and any(overlaps(box, each) for each in entry.region):
                yield entry

    def is_visible(self, audience: str) -> bool:
        """Whether the asker may see what is meant for an audience."""
        return audience in self.moment.audiences

    def stands_for(self, holder: str, box: Box, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The roles that a position is held by under the facts, through further positions; empty when it is not ruled or depends."""
        party = self.company.parties.get(holder)
        if party is None or not party.from_subject or holder in seen:
            return ()
        at = ("stands", holder, *box.items())
        distinct = self.once(at, lambda: possible(self.book, party.from_subject or "", "own", box, self.moment))
        ruling = distinct[0].ruling if len(distinct) == 1 else None
        if not isinstance(ruling, Held):
            return ()
        found = [id for each in ruling.holders for id in self.stands_for(each, box, seen | {holder}) or (each,)]
        return tuple(id for id in dict.fromkeys(found) if id != holder)

    def holders(self, decided: Decided | None, box: Box) -> tuple[str, ...]:
        """Everybody who holds what was decided, the holders of positions included."""
        if decided is None or not isinstance(decided.ruling, Held):
            return ()
        return tuple(dict.fromkeys(id for holder in decided.ruling.holders for id in (holder, *self.stands_for(holder, box))))

    def is_among(self, role: str, holders: Iterable[str]) -> bool:
        """Whether a role is one of the holders, a kind of one, or the wider role of one; two kinds of one role are not each other."""
        known = set(holders)
        return role in known or not known.isdisjoint(self.kinds(role)) or any(role in self.kinds(id) for id in known)

    def may_hold(self, decided: Decided | None, box: Box) -> frozenset[str]:
        """Everybody who can hold what was decided: who stands in a position may depend on facts not given."""
        if decided is None or not isinstance(decided.ruling, Held):
            return frozenset()
        found = set(self.holders(decided, box))
        for holder in decided.ruling.holders:
            party = self.company.parties.get(holder)
            if party and party.from_subject:
                pieces = possible(self.book, party.from_subject, "own", box, self.moment)
                found.update(id for piece in pieces if isinstance(piece.ruling, Held) for id in piece.ruling.holders)
        return frozenset(found)

    def among(self, holders: Iterable[str]) -> frozenset[str]:
        """Everybody who is among some holders, as `is_among` says; never other for one company."""
        known = tuple(holders)
        candidates = (*self.company.parties, *known)
        return self.book.once(("among", known), lambda: frozenset(id for id in candidates if self.is_among(id, known)))

    def sharing(self, frame: Frame, subject: str, key: str) -> tuple[Sharing, ...]:
        """Each ruling that is possible on a key of a subject, with who has a part by it; every role is looked for in the same."""
        at = ("sharing", subject, key, frame.step, *frame.subjects[:1], *frame.facts.values())
        return self.once(at, lambda: tuple(self.share(key, self.pieces(frame, subject, key), self.facts(frame).box)))

    def ever_sharing(self, frame: Frame, subject: str, key: str) -> tuple[Sharing, ...]:
        """The same when nothing is assumed, of all steps."""
        at = ("ever sharing", subject, key, *frame.facts.values())
        return self.once(at, lambda: tuple(self.share(key, self.every(frame, subject, key), self.facts(frame, subject).given)))

    def share(self, key: str, pieces: Iterable[Piece], box: Box) -> Iterator[Sharing]:
        """Pieces with who has a part by each."""
        for piece in pieces:
            decided = decided_by(key, piece)
            yield Sharing(decided, self.among(self.holders(decided, box)), self.among(sorted(self.may_hold(decided, box))))

    def kinds(self, id: str) -> tuple[str, ...]:
        """The wider roles that a role is a kind of."""
        found: list[str] = []
        party = self.company.parties.get(id)
        while party and party.kind_of and party.kind_of not in found:
            found.append(party.kind_of)
            party = self.company.parties.get(party.kind_of)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RolePart:
    """The part of one role in one subject, and the verdict it comes from."""

    role: str
    part: str | None
    """own, co-own, support, informed, none; None when no rule gives it one."""
    key: str = "own"
    """The key that says so."""
    verdict: Verdict | None = None
    leads: bool = False
    """Whether it leads among co-owners."""
    sometimes: str = ""
    """The part that it has in some of the cases only, when that depends on facts not given."""
    rule: Rule | None = None
    """The rule that gives it the part, when there is one for all cases."""


def share_of(role: str, frame: Frame, subject: str, context: Context) -> RolePart:
    """The strongest part of a role in a subject under the frame's facts, without the verdict."""
    for key in PARTS:
        sharing = context.sharing(frame, subject, key)
        held = [role in each.sure for each in sharing]
        decided = sharing[0].decided
        ruling = decided.ruling
        if held == [True] and isinstance(ruling, Held):
            shared = key == "own" and len(ruling.holders) > 1
            return RolePart(role, "co-own" if shared else key, key, leads=ruling.lead == role, rule=decided.rule)
        if any(held) or any(role in each.maybe for each in sharing):
            return RolePart(role, None, key, sometimes=key)
    return RolePart(role, None, "own")


def ever_of(role: str, frame: Frame, subject: str, context: Context) -> str:
    """The strongest part that a role has in a subject for any facts that were not given, assumptions dropped; empty without one."""
    for key in PARTS[:3]:
        if any(role in each.maybe for each in context.ever_sharing(frame, subject, key)):
            return key
    return ""


def is_in_all(role: str, key: str, frame: Frame, subject: str, context: Context) -> bool:
    """Whether a role has a part in each of the cases that are left, whoever else has it in some."""
    return all(role in each.sure for each in context.sharing(frame, subject, key))


def part_of(role: str, frame: Frame, subject: str, context: Context) -> RolePart:
    """The strongest part of a role in a subject under the frame's facts."""
    share = share_of(role, frame, subject, context)
    if share.sometimes in PARTS[1:] and is_in_all(role, share.key, frame, subject, context):
        share = replace(share, part=share.key, sometimes="")
    return replace(share, verdict=context.verdict(frame, subject, share.key))
