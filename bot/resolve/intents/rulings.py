"""boundary, transfer, alignment, faq: what the model says beside ownership; and who the one is that an answer named."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing, told
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.intents.coverage import resolve_coverage
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.role import resolve_role
from bot.resolve.narrow import Fit, as_ids, asked_roles, entries_for, has_role, is_on_subject, spoken_of, stands

NEGATIONS = frozenset({"negation", "not-done", "excluded"})
"""The cues of a question that asks what is not."""


def resolve_boundary(frame: Frame, context: Context) -> Resolution:
    """What is not a role's job, and whose it is."""
    asked = asked_roles(frame)
    if is_guided(frame, context):
        return resolve_topics(asked, context, ("boundary",), ("not-owns", "owns", "rule"))
    found = entries_for("boundaries", replace(asked, subjects=()), context, stands(asked.roles, context, "role"))
    said = spoken_of(found, frame)
    found = own_before_kinds(found, asked.roles, context, keep=bool(said))
    said = [entry for entry in said if entry in found]
    if asked.roles and frame.things.get("entry") and not said and not negates(frame):
        part = replace(asked, things={}, intent="does" if asked.subjects else "role")
        return resolve_does(part, context) if asked.subjects else resolve_role(part, context)
    if not found or not (asked.roles or said):
        return say_nothing("boundary", asked, context, ("boundary",), ("not-owns", "owns"))
    return answer_entries("boundary", found, asked, context, Telling(("instead",), as_cases=False), {"found": bool(said)})


def resolve_whether(frame: Frame, context: Context) -> Resolution:
    """Whether a role has a part in it; where no rule says so, that it is not the role's job."""
    answer = resolve_does(frame, context)
    if frame.key != "own" or not frame.roles or is_guided(frame, context):
        return answer
    if answer.basis == "company" and answer.template != "several":
        return with_bounds(answer, frame, context)
    found = bounds_of(frame, context)
    return answer_entries("boundary", found, frame, context, Telling(("instead",), as_cases=False), {"found": True}) if found else answer


def bounds_of(frame: Frame, context: Context) -> list[Entry]:
    """The boundaries of the roles that name what is asked about; of a step that none names, those that name the whole."""
    step = context.company.steps.get(frame.step or "")
    whole = [context.company.subjects[id].name for id in frame.subjects]
    asked = [[step.name], whole] if step else [whole]
    bound = entries_for("boundaries", replace(frame, subjects=()), context, stands(frame.roles, context, "role"))
    each = ([entry for entry in bound if any(name.lower() in entry.fields["not"].lower() for name in names)] for names in asked)
    return next((found for found in each if found), [])


def with_bounds(answer: Resolution, frame: Frame, context: Context) -> Resolution:
    """A no with what the model says beside: that just this is not the role's job, whose it is, and what is noted on it."""
    if answer.view.get("yes") or answer.view.get("maybe") or len(frame.roles) != 1:
        return answer
    own = own_before_kinds(bounds_of(frame, context), frame.roles, context, keep=False)[:1]
    return replace(answer, view={**answer.view, "bounds": told(own, frame, context)}) if own else answer


def own_before_kinds(found: list[Entry], roles: tuple[str, ...], context: Context, *, keep: bool) -> list[Entry]:
    """The boundaries of the roles themselves; those of their kinds alone, which bind no other, only where there are no others.

    None is kept by which a kind leaves something to the very role that is asked about.
    """
    bound = {id for role in roles for id in (role, *context.kinds(role))}
    own = [entry for entry in found if bound & set(as_ids(entry.fields["role"]))]
    left = [entry for entry in found if entry in own or not set(roles) & set(as_ids(entry.fields["instead"]))]
    return left if keep or not own else own


def negates(frame: Frame) -> bool:
    """Whether a question asks what is not; one that does not, and speaks of no boundary of the role, asks for its part."""
    return any(mention.kind in NEGATIONS for mention in frame.mentions)


def resolve_transfer(frame: Frame, context: Context) -> Resolution:
    """What happens when an account moves or somebody leaves."""
    aspects = {"leaver": ("leaver",), "holdover": ("holdover", "split")}.get(frame.key, ())
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("transfer",), aspects)
    roles = asked_roles(frame).roles
    said = frame.things.get("entry") and not any(is_on_subject(entry, frame) for entry in context.entries("transfers", frame, assume=False))
    frame = replace(frame, subjects=()) if said else frame
    found = entries_for("transfers", frame, context, lambda entry: is_such_a_transfer(entry, roles, frame, context))
    found = (naming(roles, found, context) if frame.key == "own" else []) or found
    if not found and covered_so(frame, context):
        return resolve_coverage(replace(frame, intent="coverage", key="own", roles=(), subjects=()), context)
    if not found:
        return say_nothing("transfer", frame, context, ("transfer",), aspects, view={"asked": roles})
    if frame.key == "holdover" and roles and all(has_role(entry, role, context, ("excludes",)) for entry in found for role in roles):
        return replace(answer_entries("transfer", found, frame, context, Telling(as_cases=False), {"several": True}), template="excluded")
    several = len(found) > 1 and not spoken_of(found, frame)
    answer = answer_entries("transfer", found, frame, context, Telling(("decided-by",), as_cases=not several), {"several": several})
    return by_reason(answer) if several and frame.key == "holdover" else answer


def naming(roles: tuple[str, ...], found: list[Entry], context: Context) -> list[Entry]:
    """The transfers whose reasons name a role that none is written for: an account that an SDR owns."""
    if not roles or any(entry.fields["role"] for entry in found):
        return []
    named = {f" by {name.lower()}{end} " for role in roles for name in names_of(role, context) for end in ("", "s")}
    told = [entry for entry in context.company.section("transfers") if context.is_visible(entry.audience) and not entry.fields["leaver"]]
    spoken = {entry.id: f" {' '.join(entry.fields['valid-reasons'])} ".lower().replace(",", " ") for entry in told}
    return [entry for entry in told if any(name in spoken[entry.id] for name in named)]


def names_of(role: str, context: Context) -> tuple[str, ...]:
    """What a role is called."""
    party = context.company.parties.get(role)
    return (party.name, *party.aka) if party else ()


def covered_so(frame: Frame, context: Context) -> bool:
    """Whether it is ruled on who covers in just such a case: while somebody is away nothing is transferred."""
    given = {name for name in frame.facts if context.company.attributes[name].kind == "yes-no"}
    return any(not given.isdisjoint(box) for entry in context.entries("coverage", frame) for box in entry.region)


def by_reason(answer: Resolution) -> Resolution:
    """The answer where the question gives no reason for which something moves, and several are ruled on."""
    return replace(answer, outcome="depends", result=None, view={**answer.view, "on": ("reason",)})


def is_such_a_transfer(entry: Entry, roles: tuple[str, ...], frame: Frame, context: Context) -> bool:
    """Whether a transfer is for the roles, and of the kind asked: of somebody who leaves, with a holdover, or any other."""
    fields = entry.fields
    if fields["role"] and roles and not any(has_role(entry, role, context, ("role",)) for role in roles):
        return False
    if frame.key == "holdover":
        return bool(fields["longest"] or fields["shares"])
    if entry.id in frame.things.get("entry", ()):
        return True
    return fields["leaver"] is (frame.key == "leaver") and (frame.key == "leaver" or not frame.subjects or is_on_subject(entry, frame))


def resolve_alignment(frame: Frame, context: Context) -> Resolution:
    """Who meets whom on the customer's side."""
    asked = replace(asked_roles(frame), subjects=())
    if is_guided(frame, context):
        return resolve_topics(asked_roles(frame), context, ("alignment",))
    found = entries_for("alignment", asked, context, meets(asked, context))
    stages = stages_of(frame, context)
    at = [entry for entry in found if not stages or entry.fields["stage"] in ("", *stages)]
    found = at if frame.things.get("stage") else at or found
    if not found:
        return say_nothing("alignment", frame, context, ("alignment",))
    if asked.roles and not frame.things.get("stakeholder"):
        return answer_entries("alignment", found, asked, context, Telling(("by",), shown=len(found), as_cases=False), {"by_stage": True})
    return answer_entries("alignment", found, frame, context, Telling(("by",), leading=2), {"by_stage": False})


def meets(frame: Frame, context: Context) -> Fit:
    """Whether an entry is on one of the stakeholders named, and on one of the roles."""
    wanted, of_roles = set(frame.things.get("stakeholder", ())), stands(frame.roles, context, "by")
    return lambda entry: (not wanted or bool(wanted & set(entry.fields["stakeholder"]))) and of_roles(entry)


def stages_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """The stages that are named, by id and by name, with the motions in them and the stages within these; else the motions named."""
    named = [entry for entry in context.company.section("stages") if entry.id in frame.things.get("stage", ())]
    inside = [motion for entry in named for motion in as_ids(entry.fields["of"])] if named else frame.subjects
    parts = [part for motion in inside for part in (motion, *context.company.subjects[motion].of)]
    every = [(entry, set(as_ids(entry.fields["of"]))) for entry in context.company.section("stages")]
    within = [entry for entry, of in every if of and (of < set(parts) or (of == set(parts) and not named))]
    return tuple(dict.fromkeys([*(word for entry in (*named, *within) for word in (entry.id, entry.fields["name"])), *parts]))


def resolve_faq(frame: Frame, context: Context) -> Resolution:
    """The answer of the company's own FAQ, as it was written."""
    entry = next((entry for entry in context.entries("faqs", frame) if entry.id in frame.things.get("entry", ())), None)
    if entry is None:
        return Resolution("not-understood", "not-understood", {"closest": frame.subjects, "reason": ""})
    view = {"frame": frame, "answer": entry.fields["answer"], "entry": entry.fields}
    sources = (entry.fields["source"],) if entry.fields["source"] else ()
    return Resolution("answered", "faq", view, Result("faq", ()), None, "faq", sources, audience=entry.audience, faq=entry.id)


def resolve_whois(frame: Frame, context: Context, before: Resolution) -> Resolution:
    """Who that is: the first role of the answer before."""
    roles = before.result.roles if before.result else ()
    if not roles:
        return Resolution("not-understood", "not-understood", {"closest": (), "reason": ""})
    return resolve_role(replace(frame, roles=(as_ids(roles)[0],), about=None), context)
