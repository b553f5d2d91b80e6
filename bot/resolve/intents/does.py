"""does: whether a role has a part in a subject, or which of two has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import Decided, Resolution, Result, Verdict
from bot.domain.questions import Frame
from bot.domain.rules import Disputed, Held, join_key
from bot.resolve.context import PARTS, Context, RolePart, part_of
from bot.resolve.decide import Piece, decide, decided_by
from bot.resolve.intents.who import SECRET_KEYS, basis_of, is_same, outcome_of, resolve_who, sources_of, view_of
from bot.resolve.sayings import say_box

UNDER_KEY = {
    "own": ("own", "co-own"),
    "support": ("support", "own", "co-own"),
    "informed": ("informed", "support", "own", "co-own"),
}
"""The parts that make the answer yes, by the part that was asked about."""

STEPS = 4
"""At most so many steps of it are told beside."""


def resolve_does(frame: Frame, context: Context) -> Resolution:
    """Yes, no, together, or neither; and who instead."""
    if frame.key in SECRET_KEYS and not context.is_visible("compensation"):
        return Resolution("not-allowed", "compensation")
    roles = tuple(role for role in frame.roles if not role.startswith("job:"))
    verdicts = tuple(context.verdict(frame, subject, frame.key) for subject in frame.subjects)
    if not roles or (len(verdicts) > 1 and not is_same(verdicts)):
        missing = tuple(role for role in frame.roles if role.startswith("job:"))
        answer = resolve_who(replace(frame, intent="who"), context)
        return replace(answer, view={**answer.view, "missing": missing})
    parts = tuple(part_of(role, frame, frame.subjects[0], context) for role in roles)
    yes = tuple(part.role for part in parts if part.part in UNDER_KEY.get(frame.key, ()) or holds(part.role, verdicts[0], frame, context))
    maybe = tuple(part.role for part in parts if part.role not in yes and may_hold(part, verdicts[0], frame, context))
    if yes:
        return answer_of(frame, context, parts, yes, verdicts[0])
    if verdicts[0].decided is None:
        return may_depend(frame, context, parts, maybe, verdicts[0]) if maybe else never_holds(frame, context, parts, verdicts[0])
    if outcome_of(verdicts[0])[0] == "not-defined":
        return resolve_who(replace(frame, intent="who"), context)
    return by_position(frame, context, maybe, verdicts[0]) if maybe else answer_of(frame, context, parts, yes, verdicts[0])


def holds(role: str, verdict: Verdict, frame: Frame, context: Context) -> bool:
    """Whether the role holds the key asked about for all the facts that are left."""
    return context.is_among(role, context.holders(verdict.decided, context.facts(frame).box))


def may_hold(part: RolePart, verdict: Verdict, frame: Frame, context: Context) -> bool:
    """Whether the role holds it in some of the cases that are left, or is said to in one that is disputed."""
    box = context.facts(frame).box
    return is_claimed(part.role, verdict, context) or any(
        context.is_among(part.role, context.may_hold(decided, box)) for decided in cells_of(verdict)
    )


def cells_of(verdict: Verdict) -> list[Decided]:
    """Everything that a verdict leaves possible."""
    return [*([verdict.decided] if verdict.decided else []), *(decided for case in verdict.cases for decided in case.decided)]


def is_claimed(role: str, verdict: Verdict, context: Context) -> bool:
    """Whether it is disputed in some case, and one of the statements says that it is this role's."""
    disputes = [decided.ruling for decided in cells_of(verdict) if isinstance(decided.ruling, Disputed)]
    return any(said.own and context.is_among(role, (said.own,)) for ruling in disputes for said in ruling.statements)


def may_depend(frame: Frame, context: Context, parts: tuple[RolePart, ...], maybe: tuple[str, ...], verdict: Verdict) -> Resolution:
    """On what it depends for the roles that hold it in some of the cases, with the cases."""
    claimed = tuple(role for role in maybe if is_claimed(role, verdict, context))
    view = {**view_of(frame, verdict, context), "parts_of_roles": parts, "maybe": maybe, "claimed": claimed}
    return Resolution("depends", "does", view, None, None, "company", verdicts=(verdict,))


def by_position(frame: Frame, context: Context, maybe: tuple[str, ...], verdict: Verdict) -> Resolution:
    """A position holds it, and who stands in that depends: the cases of the position."""
    assert verdict.decided is not None
    assert isinstance(verdict.decided.ruling, Held)
    position = next(id for id in verdict.decided.ruling.holders if is_open(id, context))
    subject = context.company.parties[position].from_subject or ""
    cases = context.verdict(replace(frame, step=None), subject, "own")
    view = {**view_of(frame, verdict, context), "held": verdict, "position": position, "roles": maybe, "undecided": cases.undecided}
    return Resolution("depends", "position", view, None, verdict.decided.rule.id if verdict.decided.rule else None, "company", (), (cases,))


def is_open(id: str, context: Context) -> bool:
    """Whether this is a position whose holder the model rules on."""
    party = context.company.parties.get(id)
    return party is not None and bool(party.from_subject)


def is_anybodys(id: str, context: Context) -> bool:
    """Whether this is a position of which no rule says who holds it, so that it may be anybody."""
    party = context.company.parties[id]
    return party.kind == "position" and not (party.from_subject and context.book.is_ruled(party.from_subject))


def never_holds(frame: Frame, context: Context, parts: tuple[RolePart, ...], verdict: Verdict) -> Resolution:
    """No, in all of the cases on which it depends; and where else it does, when what is assumed does not hold."""
    elsewhere = tuple((part.role, cases) for part in parts if (cases := cases_of(part.role, frame, context)))
    view = {**view_of(frame, verdict, context), "parts_of_roles": parts, "roles": frame.roles, "elsewhere": elsewhere}
    cells = [decided.ruling for case in verdict.cases for decided in case.decided]
    holders = tuple(dict.fromkeys(id for ruling in cells if isinstance(ruling, Held) for id in ruling.holders))
    result = Result(frame.key, holders, parts[0].part or "none")
    return Resolution("answered", "does-not", view, result, None, "company", verdicts=(verdict,))


def cases_of(role: str, frame: Frame, context: Context) -> tuple[tuple[str, Decided], ...]:
    """Where a role does hold the key asked about, nothing assumed: the conditions, with the segments, and what is ruled there."""
    subject, key = frame.subjects[0], join_key(frame.step, frame.key)
    given = context.facts(frame, subject).given
    segments = [] if "segment" in given else list(context.company.segments)
    found: dict[int, tuple[Piece, list[str]]] = {}
    for id in segments or [""]:
        facts = {**given, "segment": frozenset({id})} if id else given
        for piece in decide(context.book, subject, key, facts, context.moment):
            if context.is_among(role, context.may_hold(decided_by(key, piece), facts)):
                found.setdefault(id_of(piece), (piece, []))[1].append(id)
    return tuple(
        (", ".join(filter(None, (where_of(ids, segments, piece, context), context.say_region(piece)))), decided_by(key, piece))
        for piece, ids in found.values()
    )


def id_of(piece: Piece) -> int:
    """What tells the lines that win apart."""
    return id(piece.line)


def where_of(ids: Sequence[str], segments: Sequence[str], piece: Piece, context: Context) -> str:
    """The segments in which a line wins, where it does not say so itself and it is not all of them."""
    says = piece.line is not None and any("segment" in box for line in piece.lines for box in line.region)
    return "" if says or len(ids) == len(segments) or not segments else say_box(context.company, {"segment": frozenset(ids)})


def steps_of(role: str, frame: Frame, context: Context) -> tuple[str, ...]:
    """The steps that a role owns of what is not its own: the CSM finds the upsell."""
    steps = [(subject, step) for subject in frame.subjects for step in context.book.steps(subject)]
    box = context.facts(frame).box
    held = (
        step
        for subject, step in steps
        if context.is_among(role, context.holders(context.decided(replace(frame, step=step), subject, "own"), box))
    )
    return tuple(dict.fromkeys(held))[:STEPS]


def answer_of(frame: Frame, context: Context, parts: tuple[RolePart, ...], yes: tuple[str, ...], asked: Verdict) -> Resolution:
    """The resolution where it is ruled; where a role has more than the part asked about, that is what is told."""
    owners = [part for part in parts if part.role in yes and part.part in ("own", "co-own")]
    more = owners[0] if owners and frame.key in ("support", "informed") else None
    verdict = more.verdict if more and more.verdict else asked
    box = context.facts(frame).box
    ruling = verdict.decided.ruling if verdict.decided else None
    named = ruling.holders if isinstance(ruling, Held) else ()
    view = {
        **view_of(frame, verdict, context),
        "roles": tuple(part.role for part in parts),
        "yes": yes,
        "more": more is not None,
        "parts_of_roles": parts,
        "positions": tuple(id for id in named if not context.stands_for(id, box) and is_anybodys(id, context)),
        "steps_held": () if yes or frame.step else steps_of(parts[0].role, frame, context),
        "mine": frame.as_role is not None and frame.as_role in [part.role for part in parts],
    }
    part = parts[0].part if frame.key in PARTS else (frame.key if parts[0].role in yes else "none")
    result = Result(frame.key, named, part or "none", ruling.lead if isinstance(ruling, Held) else None)
    rule = verdict.decided.rule if verdict.decided else None
    return Resolution(
        "answered", "does", view, result, rule.id if rule else None, basis_of(verdict), sources_of(verdict, context), (verdict,)
    )
