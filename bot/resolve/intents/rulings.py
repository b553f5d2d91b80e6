"""permission, boundary, handoff, transfer, alignment, escalation, dispute, where, faq: what the model says beside ownership."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import answer_entries, as_ids, entries_for, has_role, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.role import resolve_role
from bot.resolve.intents.who import resolve_who


def asked_roles(frame: Frame) -> tuple[str, ...]:
    """The roles asked about: those named, or the asker's own."""
    return frame.roles or ((frame.as_role,) if frame.mine and frame.as_role else ())


def resolve_permission(frame: Frame, context: Context) -> Resolution:
    """Whether a role may, or who approves; a model without a word on it may still rule who owns it."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("permission", "boundary"))
    frame = replace(frame, roles=asked_roles(frame))
    spoken = replace(frame, roles=(), subjects=() if frame.things.get("entry") else frame.subjects)
    about = entries_for("permissions", spoken, context)
    found = entries_for("permissions", replace(spoken, roles=frame.roles), context)
    if found and (frame.things.get("entry") or (frame.roles and not frame.subjects)):
        return permitted(found, frame, context)
    if frame.subjects and context.book.is_ruled(frame.subjects[0]):
        ruled = replace(frame, things={})
        return resolve_does(replace(ruled, intent="does"), context) if frame.roles else resolve_who(replace(ruled, intent="who"), context)
    others = about if frame.things.get("entry") else []
    return say_nothing("permission", frame, context, ("permission", "boundary"), view={"others": [entry.fields for entry in others[:3]]})


def permitted(found: Sequence[Entry], frame: Frame, context: Context) -> Resolution:
    """Whether, and by whose leave; asked without a role, who may."""
    first = found[0].fields
    allowed = [entry for entry in found if entry.fields["allowed"] != "no"]
    if not frame.roles and frame.key == "may" and allowed:
        found, first = [*allowed, *(entry for entry in found if entry not in allowed)], allowed[0].fields
    answer = answer_entries("permission", found, frame, context)
    if answer.outcome == "depends":
        return answer
    if first["approved-by"]:
        who = first["approved-by"]
    else:
        who = frame.roles or tuple(dict.fromkeys(role for entry in allowed or found for role in entry.fields["role"]))
    return replace(answer, result=Result("permission", who, first["allowed"]))


def resolve_boundary(frame: Frame, context: Context) -> Resolution:
    """What is not a role's job, and whose it is."""
    frame = replace(frame, roles=asked_roles(frame))
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("boundary",), ("not-owns", "owns", "rule"))
    found = entries_for("boundaries", replace(frame, subjects=()), context, ("role",))
    if not found:
        return say_nothing("boundary", frame, context, ("boundary",), ("not-owns", "owns"))
    view = {"found": bool(frame.things.get("entry"))}
    return answer_entries("boundary", found, frame, context, holders=("instead",), view=view)


def resolve_handoff(frame: Frame, context: Context) -> Resolution:
    """Who hands over to whom, when, with what; who introduces, who may push back, what stays."""
    frame = replace(frame, roles=asked_roles(frame))
    aspects = {"introduces": ("introduction",), "when": ("clock", "trigger"), "ready": ("gate", "artefact"), "push-back": ("push-back",)}
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("handoff",), aspects.get(frame.key, {"stays": ("stays",)}.get(frame.key, ())))
    found = handoffs_of(frame, context) or handoffs_of(replace(frame, subjects=()), context)
    needed = {"introduces": "introduces", "push-back": "push-back", "ready": "ready-when", "stays": "stays"}.get(frame.key)
    told = [entry for entry in found if not needed or entry.fields.get(needed) or (needed == "stays" and entry.fields.get("returns"))]
    if not told:
        return say_nothing(
            "handoff", frame, context, ("handoff",), aspects.get(frame.key, ()), {"known": [each.fields for each in found[:3]]}
        )
    holders = ("introduces",) if frame.key == "introduces" else ("from-role", "to-role")
    return answer_entries("handoff", told, frame, context, holders=holders)


def handoffs_of(frame: Frame, context: Context) -> list[Entry]:
    """The handoffs between the roles named, in the order named; with one role those to it, before those from it."""
    found = entries_for("handoffs", frame, context, ("from-role", "to-role"))
    if len(frame.roles) > 1:
        ordered = [entry for entry in found if has_role(entry, frame.roles[0], context, ("from-role",))]
        return [entry for entry in ordered if has_role(entry, frame.roles[1], context, ("to-role",))] or found
    for role in frame.roles if not frame.mine else ():
        to = [
            entry for entry in found if has_role(entry, role, context, ("to-role",)) and not has_role(entry, role, context, ("from-role",))
        ]
        others = [entry for entry in to if role != entry.fields["introduces"]] if frame.key == "introduces" else to
        found = others or to or found
    return found


def resolve_transfer(frame: Frame, context: Context) -> Resolution:
    """What happens when an account moves or somebody leaves."""
    aspects = {"leaver": ("leaver",), "holdover": ("holdover", "split")}.get(frame.key, ())
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("transfer",), aspects)
    spoken = replace(frame, roles=())
    found = entries_for("transfers", spoken, context) or entries_for("transfers", replace(spoken, subjects=()), context)
    for role in asked_roles(frame):
        found = [entry for entry in found if not entry.fields["role"] or has_role(entry, role, context, ("role",))]
    if frame.key == "leaver" and not frame.things.get("entry"):
        found = [entry for entry in found if entry.fields["leaver"]]
    if frame.key == "holdover":
        found = [entry for entry in found if entry.fields["longest"] or entry.fields["shares"]]
    if not found:
        return say_nothing("transfer", frame, context, ("transfer",), aspects)
    return answer_entries("transfer", found, frame, context, holders=("decided-by",))


def resolve_alignment(frame: Frame, context: Context) -> Resolution:
    """Who meets whom on the customer's side."""
    frame = replace(frame, roles=asked_roles(frame))
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("alignment",))
    found = entries_for("alignment", replace(frame, subjects=()), context, ("by",))
    stages = stages_of(frame, context)
    found = [entry for entry in found if not stages or entry.fields["stage"] in ("", *stages)]
    if not found:
        return say_nothing("alignment", frame, context, ("alignment",))
    return answer_entries("alignment", found, frame, context, holders=("by",))


def stages_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """The stages that are named, by id and by name, with the motions that happen in them, and the motions named."""
    named = [entry for entry in context.company.section("stages") if entry.id in frame.things.get("stage", ())]
    inside = [motion for entry in named for motion in as_ids(entry.fields["of"])]
    parts = [part for motion in (*inside, *frame.subjects) for part in (motion, *context.company.subjects[motion].of)]
    return tuple(dict.fromkeys([*(word for entry in named for word in (entry.id, entry.fields["name"])), *parts]))


def resolve_escalation(frame: Frame, context: Context) -> Resolution:
    """The levels of escalation, or the one that is named."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("escalation",))
    named = (*frame.things.get("level", ()), *frame.things.get("entry", ()))
    every = context.entries("escalations", frame)
    found = [entry for entry in every if entry.id in named] or ([] if frame.things.get("word") else every)
    if not found:
        known = [entry.fields["level"] for entry in every[:6]]
        return say_nothing("escalation", frame, context, ("escalation",), view={"known": known})
    return answer_entries("escalation", found, frame, context, holders=("lead",))


def resolve_dispute(frame: Frame, context: Context) -> Resolution:
    """Who decides when two claim the same; who grants an exception."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("dispute",))
    spoken = frame.things.get("entry", ())
    kinds = [entry for entry in context.entries("disputes", frame) if entry.fields["kind"] == frame.key or entry.id in spoken]
    found = [entry for entry in kinds if entry.id in spoken] or ([] if frame.things.get("word") else kinds)
    if not found:
        return say_nothing("dispute", frame, context, ("dispute",), view={"known": [entry.fields["about"] for entry in kinds[:4]]})
    return answer_entries("dispute", found, frame, context, holders=("decided-by",))


def resolve_where(frame: Frame, context: Context) -> Resolution:
    """The system, form or channel of what is asked: a link, a route, a process, a team's channel."""
    links = [
        entry for entry in context.entries("links", frame) if entry.id in (*frame.things.get("link", ()), *frame.things.get("entry", ()))
    ]
    if links:
        return answer_entries("where", links, frame, context, view={"channel": None})
    routes = [entry for entry in context.entries("routes", frame) if entry.fields["request"] in frame.subjects]
    if routes:
        return answer_entries("route", routes, frame, context, holders=("to",))
    processes = [entry for entry in context.entries("processes", frame) if is_of(entry, frame)]
    placed = [entry for entry in processes if any(step.get("where") for step in entry.fields["steps"])]
    if placed:
        return answer_entries("places", placed, frame, context)
    party = next((party for id in frame.roles if (party := context.company.parties.get(id)) and party.channel), None)
    if party:
        view = {"frame": frame, "rows": [], "channel": party, "next": ()}
        return Resolution("answered", "where", view, Result("where", (party.id,)), None, "company")
    holders = owners_of(frame, context)
    return say_nothing("where", frame, context, (), view={"holders": holders})


def is_of(entry: Entry, frame: Frame) -> bool:
    """Whether a process is named, or belongs to what is asked about."""
    return entry.id in frame.things.get("process", ()) or entry.fields["of"] in frame.subjects


def owners_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """Whom to ask where the model does not say where: who owns it."""
    if not frame.subjects:
        return ()
    decided = context.decided(frame, frame.subjects[0], "own")
    return context.holders(decided, context.facts(frame).box)[:2]


def resolve_faq(frame: Frame, context: Context) -> Resolution:
    """The answer of the company's own FAQ, as it was written."""
    entry = next(entry for entry in context.entries("faqs", frame) if entry.id in frame.things["entry"])
    view = {"frame": frame, "answer": entry.fields["answer"], "entry": entry.fields, "next": ()}
    sources = (entry.fields["source"],) if entry.fields["source"] else ()
    return Resolution("answered", "faq", view, Result("faq", ()), None, "faq", sources, audience=entry.audience, faq=entry.id)


def resolve_whois(frame: Frame, context: Context, before: Resolution) -> Resolution:
    """Who that is: the first role of the answer before."""
    roles = before.result.roles if before.result else ()
    if not roles:
        return Resolution("not-understood", "not-understood", {"closest": (), "reason": ""})
    return resolve_role(replace(frame, roles=(as_ids(roles)[0],), about=None), context)
