"""who: who holds a part in a subject, and which kind of owner was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.answers import AnswerBasis, Decided, Outcome, Resolution, Result, Verdict
from bot.domain.guidance import Job
from bot.domain.questions import Frame
from bot.domain.rules import CLOCK_KEYS, Clock, Disputed, Held, Nobody, Undefined
from bot.resolve.context import Context
from bot.resolve.entries import Told, told
from bot.resolve.narrow import as_ids, given_sure

EXECUTES = "executes"
BEHIND = (EXECUTES, "support")
"""The parts that humans have in what a system owns."""
BESIDE = ("support", "informed")
"""The parts that a question may ask for beside the owner: "who owns it, and who backs them up"."""
INFORMED = "informed"
CLAIMED = ("account", "opportunity")
"""The kinds of subject that a question names where it is about the customer as a whole."""
MOST_LEAVE = 3
"""So many permissions that need somebody's leave are told beside whose it is."""
SECRET_KEYS = frozenset({"paid"})
"""Keys that are compensation."""
WHEN, MANY_TIMED = "when", 4
"""The cue of words for a time, and how many steps are told with theirs."""
LASTING = frozenset({"motion", "account", "opportunity"})
"""The kinds of subject that are no single piece of work, and whose times are told only where they are asked for."""
OF_ROLES = frozenset({"role", "does"})
"""Intents that ask for the part of somebody who is named."""


def resolve_who(frame: Frame, context: Context) -> Resolution:
    """Who it is, for each subject."""
    if frame.key in SECRET_KEYS and not context.is_visible("compensation"):
        return Resolution("not-allowed", "compensation")
    if frame.whose or not context.company.name:
        return resolve_typical(frame, context)
    frame = told_elsewhere(frame, context)
    verdicts = tuple(context.verdict(frame, subject, frame.key) for subject in frame.subjects)
    if len(verdicts) > 1 and not is_same(verdicts):
        return resolve_several(frame, verdicts, context)
    return resolve_one(frame, verdicts[0], context)


def told_elsewhere(frame: Frame, context: Context) -> Frame:
    """The frame on the subject whose rules look at the facts given, where it is asked who is told of an account and no rule says that."""
    of_account = all(context.company.subjects[id].kind in CLAIMED for id in frame.subjects)
    if frame.key != INFORMED or not frame.facts or not of_account or any(informs(id, frame, context) for id in frame.subjects):
        return frame
    found = (id for id in context.company.subjects if context.book.is_ruled(id) and looks_at_facts(id, frame, context))
    return replace(frame, subjects=next(((id,) for id in found), frame.subjects))


def informs(subject: str, frame: Frame, context: Context) -> bool:
    """Whether a rule says who is kept informed of a subject."""
    decided = context.decided(frame, subject, INFORMED)
    return decided is None or decided.rule is not None


def looks_at_facts(subject: str, frame: Frame, context: Context, key: str = INFORMED) -> bool:
    """Whether what the facts given decide on a subject is who is told of it, or another part."""
    decided = context.decided(frame, subject, key)
    return bool(decided and decided.rule and any(name in box for box in decided.region for name in frame.facts))


def is_same(verdicts: tuple[Verdict, ...]) -> bool:
    """Whether all subjects have one and the same ruling."""
    rulings = {verdict.decided.ruling if verdict.decided else None for verdict in verdicts}
    return len(rulings) == 1 and all(verdict.decided and verdict.decided.ruling for verdict in verdicts)


def resolve_one(frame: Frame, verdict: Verdict, context: Context) -> Resolution:
    """The resolution for one verdict."""
    view = view_of(frame, verdict, context)
    decided = verdict.decided
    if decided is None:
        return Resolution("depends", "who", view, None, None, "company", verdicts=(verdict,))
    outcome, part = outcome_of(verdict)
    if decided.rule is None:
        view["owner"] = owner_elsewhere(frame, context)
        typical = context.typical(frame.subjects, frame.key if not frame.step else "step")
        return Resolution(
            outcome,
            "who",
            {**view, "typical": typical},
            None,
            None,
            "none",
            cite(context, *[s for t in typical for s in t.sources]),
            (verdict,),
        )
    result = (
        Result(frame.key, decided.ruling.holders, part, decided.ruling.lead)
        if isinstance(decided.ruling, Held)
        else Result(frame.key, (), part)
    )
    return Resolution(outcome, "who", view, result, decided.rule.id, basis_of(verdict), sources_of(verdict, context), (verdict,))


def resolve_several(frame: Frame, verdicts: tuple[Verdict, ...], context: Context) -> Resolution:
    """The resolution where the subjects differ: one line for each."""
    parts = tuple(resolve_one(Frame(**{**fields(frame), "subjects": (verdict.subject,)}), verdict, context) for verdict in verdicts)
    outcomes = {part.outcome for part in parts}
    outcome: Outcome = "answered" if "answered" in outcomes else parts[0].outcome
    if "depends" in outcomes:
        outcome = "depends"
    first = next((part for part in parts if part.rule), parts[0])
    holders = tuple(dict.fromkeys(id for part in parts if part.result for id in part.result.roles))
    view = {**view_of(frame, verdicts[0], context), "groups": grouped(parts)}
    result = Result(frame.key, holders) if outcome == "answered" else None
    return Resolution(outcome, "several", view, result, first.rule, first.basis, first.sources, verdicts)


def grouped(parts: tuple[Resolution, ...]) -> list[dict[str, Any]]:
    """The subjects that have one and the same ruling together; those that depend each alone."""
    groups: dict[object, dict[str, Any]] = {}
    for index, part in enumerate(parts):
        decided = part.verdicts[0].decided
        at = decided.ruling if decided else index
        group = groups.setdefault(at, {"subjects": [], "verdict": part.verdicts[0], "stands": part.view["stands"]})
        group["subjects"].append(part.view["subject"])
    return list(groups.values())


def fields(frame: Frame) -> dict[str, Any]:
    """The frame's fields by name."""
    return {name: getattr(frame, name) for name in frame.__dataclass_fields__}


def view_of(frame: Frame, verdict: Verdict, context: Context) -> dict[str, Any]:
    """What the templates say it from."""
    box = context.facts(frame).box
    holders = verdict.decided.ruling.holders if verdict.decided and isinstance(verdict.decided.ruling, Held) else ()
    return {
        "frame": frame,
        "subject": verdict.subject,
        "subjects": frame.subjects,
        "step": frame.step,
        "key": frame.key,
        "verdict": verdict,
        "holders": holders,
        "stands": {holder: context.stands_for(holder, box) for holder in holders},
        "mine": frame.as_role is not None and context.is_among(frame.as_role, context.holders(verdict.decided, box)),
        "beside": behind_system(frame, verdict.subject, holders, context),
        "whole": whole_of(frame, verdict, context),
        "also": told_by_facts(frame, verdict, context),
        "timed": timed_of(frame, verdict.subject, context),
        "leave": leave_for(frame, verdict.subject, context),
        **clocks_of(frame, verdict.subject, context),
    }


def behind_system(frame: Frame, subject: str, holders: Iterable[str], context: Context) -> tuple[Decided, ...]:
    """Who does the work and who helps, where what owns it is a system: whoever asks mostly looks for a human; who helps
    with a step; and whose part is asked for as well."""
    kinds = {context.company.parties[id].kind for id in holders if id in context.company.parties}
    if frame.key != "own":
        return ()
    asked = [key for key in BESIDE if any(mention.kind == key for mention in frame.mentions)]
    done = [EXECUTES] if frame.facts and looks_at_facts(subject, frame, context, EXECUTES) else []
    keys = dict.fromkeys([*(BEHIND if kinds == {"system"} else BEHIND[1:] if frame.step else ()), *done, *asked])
    decided = (context.decided(frame, subject, key) for key in keys)
    return tuple(each for each in decided if each and each.rule and is_human(each.ruling, holders))


def whole_of(frame: Frame, verdict: Verdict, context: Context) -> Decided | None:
    """Whose the whole is, where two are asked for and the first answer is on a step: "who spots it, and then who sells it"."""
    if not frame.step or frame.key != "own" or sum(mention.kind == "who" for mention in frame.mentions) < 2:
        return None
    decided = context.decided(replace(frame, step=None), verdict.subject, "own")
    told = verdict.decided.ruling if verdict.decided else None
    return decided if decided and decided.rule and decided.ruling != told else None


def told_by_facts(frame: Frame, verdict: Verdict, context: Context) -> str:
    """The reason of who helps, where the facts given decide that and not whose it is: an uptier's technical side is the SA's."""
    decided = context.decided(frame, verdict.subject, "support") if frame.key == "own" and frame.facts and not frame.step else None
    looks = {name for box in decided.region for name in box} if decided and decided.rule else set()
    main = verdict.decided.because if verdict.decided else ""
    return decided.because if decided and looks & set(frame.facts) and decided.because not in main else ""


def is_human(ruling: object, systems: Iterable[str]) -> bool:
    """Whether a ruling names somebody beside the systems, or says that there is nobody."""
    return isinstance(ruling, Nobody) or (isinstance(ruling, Held) and not set(ruling.holders) & set(systems))


def leave_for(frame: Frame, subject: str, context: Context) -> list[Told]:
    """Whose leave is needed on a subject by the facts that are given: "who handles a refund of 1.8k"."""
    if frame.key != "own" or frame.step or not frame.facts:
        return []
    asked = replace(frame, roles=(), things={})
    on_subject = [entry for entry in context.entries("permissions", asked, assume=False) if subject in as_ids(entry.fields["of"])]
    needed = [entry for entry in given_sure(on_subject, asked, context) if entry.fields["approved-by"]]
    return told(needed[:MOST_LEAVE], asked, context)


def clocks_of(frame: Frame, subject: str, context: Context) -> dict[str, Any]:
    """When the step starts and when it is due, where that is ruled."""
    decided = {key: context.decided(frame, subject, key) if frame.step else None for key in CLOCK_KEYS}
    return {key: each.ruling if each and isinstance(each.ruling, Clock) else None for key, each in decided.items()}


def timed_of(frame: Frame, subject: str, context: Context) -> tuple[tuple[str, Decided | None, Clock], ...]:
    """The steps that have to be done by a time, each with whose it is: "who has to react to a dip, and by when"."""
    is_asked = any(mention.kind == WHEN for mention in frame.mentions)
    is_work = context.company.subjects[subject].kind not in LASTING and bool(frame.facts)
    if frame.key != "own" or frame.step or not (is_asked or is_work):
        return ()
    found = []
    for step in context.book.steps(subject):
        at = replace(frame, step=step)
        due, own = context.decided(at, subject, "due"), context.decided(at, subject, "own")
        if due and isinstance(due.ruling, Clock) and not (own and isinstance(own.ruling, Nobody)):
            found.append((step, own if own and own.ruling else None, due.ruling))
    return tuple(found[:MANY_TIMED])


def outcome_of(verdict: Verdict) -> tuple[Outcome, str | None]:
    """The outcome of one ruling, and the part of who holds it."""
    match verdict.decided.ruling if verdict.decided else None:
        case Held(holders=holders):
            name = verdict.key.rpartition(".")[2]
            return "answered", ("co-own" if len(holders) > 1 else "own") if name == "own" else name
        case Nobody():
            return "answered", "none"
        case Undefined() | Disputed() | None:
            return "not-defined", None
        case _:
            return "answered", None


def basis_of(verdict: Verdict) -> AnswerBasis:
    """Whether the company ruled, or an archetype did."""
    return verdict.decided.rule.basis if verdict.decided and verdict.decided.rule else "none"


def sources_of(verdict: Verdict, context: Context) -> tuple[str, ...]:
    """Where the deciding rule was published."""
    rule = verdict.decided.rule if verdict.decided else None
    source = (verdict.decided.source if verdict.decided else "") or (rule.source if rule else "")
    if rule is None or not source:
        return ()
    return cite(context, *source.split(", ")) if rule.basis == "derived" else (source,)


def cite(context: Context, *ids: str) -> tuple[str, ...]:
    """How sources are named."""
    return context.company.guidance.cite(ids)


def owner_elsewhere(frame: Frame, context: Context) -> Verdict | None:
    """What is ruled near a hole: the owner of the motion when a step or another key is not ruled."""
    if not frame.step and frame.key == "own":
        return None
    return owner_of(frame, context)


def owner_of(frame: Frame, context: Context) -> Verdict | None:
    """Who owns what a question names, to be told where what it asks is not written down."""
    if not frame.subjects or not context.book.is_ruled(frame.subjects[0]):
        return None
    verdict = context.verdict(Frame(**{**fields(frame), "step": None}), frame.subjects[0], "own")
    return verdict if verdict.decided and isinstance(verdict.decided.ruling, Held) else None


def resolve_typical(frame: Frame, context: Context) -> Resolution:
    """What is typical, from the guidance alone."""
    typical, jobs = context.typical(frame.subjects, frame.key), jobs_named(frame, context)
    if typical and frame.key == "own" and frame.intent in OF_ROLES and frame.roles:
        typical += context.typical(frame.subjects, "support")
    view = {
        "subjects": frame.subjects,
        "subject": frame.subjects[0],
        "step": frame.step,
        "key": frame.key,
        "typical": typical,
        "jobs": jobs,
    }
    if not typical:
        return Resolution("not-defined", "typical", view)
    sources = [source for each in typical for source in each.sources] + [source for job in jobs for source in job.sources]
    return Resolution("answered", "typical", view, None, None, "guidance", cite(context, *sources))


def jobs_named(frame: Frame, context: Context) -> list[Job]:
    """The jobs whose part is asked for, where no company says what they are: what each has anyway is told too."""
    known = context.company.guidance.jobs
    wanted = frame.roles[:2] if frame.intent in OF_ROLES and not context.company.name else ()
    return [known[id] for role in wanted if (id := role.removeprefix("job:")) in known and known[id].owns]
