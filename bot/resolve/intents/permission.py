"""permission: what a role may do, whether that needs an approval, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Fact, Frame
from bot.domain.rules import Held
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.intents.approvals import approval_step, asks_approvals, resolve_approvals
from bot.resolve.intents.does import resolve_does
from bot.resolve.intents.who import owner_of, resolve_who
from bot.resolve.narrow import as_ids, asked_roles, entries_for, given_sure, is_on_subject, spoken_of, stands

SEVERAL = 2
BY_ONESELF = "by-oneself"
"""The cue of words for what needs nobody's leave: "on my own"."""
CUSTOMER = frozenset({"account"})
"""What a question is about that names no more than a customer: whoever owns that may not do anything with it."""
APPROVER = "approver"
"""The key of questions whose leave is needed."""
WHO = "who"
"""The key of questions who may, after it was told that somebody may not."""


def resolve_permission(frame: Frame, context: Context) -> Resolution:
    """Whether a role may, or who approves; a model without a word on it may still rule who owns it."""
    if is_guided(frame, context):
        return resolve_topics(frame, context, ("permission", "boundary"))
    if asks_approvals(frame):
        return resolve_approvals(frame, context)
    if step := approval_step(frame, context):
        return resolve_who(replace(frame, intent="who", key="own", step=step, things={}), context)
    asked = replace(frame, roles=(), key="may") if frame.key == WHO else asked_roles(frame)
    found = permissions_of(asked, context)
    if (told := with_figures(asked, found, context)) is not asked:
        asked, found = told, permissions_of(told, context)
    if not found and (given := given_by(asked, context)):
        return permitted(given, replace(asked, roles=(), key=APPROVER), context)
    if not found and (stood := [entry for entry in named_permissions(asked, context) if may_stand_in(entry, asked, context)]):
        return permitted(stood, replace(asked, roles=()), context)
    return permitted(found, asked, context) if found else unwritten(asked, context)


def permissions_of(frame: Frame, context: Context) -> list[Entry]:
    """The permissions that a question is about: what it names, for the roles it names; with roles alone, all of theirs."""
    of_roles = stands(frame.roles, context, "role")
    named = named_permissions(frame, context)
    theirs = narrowest([entry for entry in named if of_roles(entry)], frame.roles)
    if not theirs and (frame.mine or not frame.roles):
        theirs = [entry for entry in named if names_itself(entry, frame, context)]
    if theirs or not frame.roles:
        return given_sure(theirs, frame, context) or theirs
    every = entries_for("permissions", frame, context, of_roles)
    sure = given_sure(every, frame, context)
    if sure:
        return sure
    if frame.key == APPROVER:
        return named
    return [] if named or frame.subjects or frame.things.get("word") else every


def with_figures(frame: Frame, found: Sequence[Entry], context: Context) -> Frame:
    """The frame with the number that is asked about, where the permissions go by one attribute alone that it can be of: 60 days of
    payment terms. The frame itself, where that is open. How long it is until something is no number of what is asked for: "by friday, in 2
    days"."""
    attributes = context.company.attributes
    looked_at = {name for entry in found for box in entry.region for name in box} - frame.facts.keys()
    for figure in frame.figures:
        names = [name for name in sorted(looked_at) if attributes[name].kind == figure.kind and not attributes[name].is_until]
        if len(names) == 1 and sum(each.kind == figure.kind for each in frame.figures) == 1:
            return replace(frame, facts={**frame.facts, names[0]: Fact(names[0], figure.values, figure.said)}, figures=())
    return frame


def narrowest(found: list[Entry], roles: Sequence[str]) -> list[Entry]:
    """The permissions of a role, without those of a wider one on whatever its own are on: what an inside farmer may is not what a farmer
    may."""
    own = {entry.fields["of"] for entry in found if not set(roles).isdisjoint(entry.fields["role"])} - {""}
    return [entry for entry in found if entry.fields["of"] not in own or not set(roles).isdisjoint(entry.fields["role"])]


def may_stand_in(entry: Entry, frame: Frame, context: Context) -> bool:
    """Whether a permission is of a position that a role asked about holds in some cases: the account manager is now and then the renewal
    owner."""
    positions = [context.company.parties[id].from_subject for id in entry.fields["role"] if id in context.company.parties]
    held = (context.pieces(replace(frame, step=None), subject, "own") for subject in positions if subject)
    who = {id for pieces in held for piece in pieces if isinstance(piece.ruling, Held) for id in piece.ruling.holders}
    return any(context.is_among(role, who) for role in frame.roles)


def given_by(frame: Frame, context: Context) -> list[Entry]:
    """The permissions that a question names and that need the leave of the role it asks about: whoever may give it, gives it to others."""
    approves = stands(frame.roles, context, "approved-by")
    found = [entry for entry in named_permissions(frame, context) if entry.fields["allowed"] == "with-approval" and approves(entry)]
    return (given_sure(found, frame, context) or found) if frame.roles else []


def names_itself(entry: Entry, frame: Frame, context: Context) -> bool:
    """Whether the roles of a question stand in what may be done, so that nobody is named who does it: "may I assign it to Sales Admin"."""
    parties = [context.company.parties[id] for id in frame.roles if id in context.company.parties]
    may = f" {entry.fields['may'].lower()} "
    ours = f"{context.company.name.split()[0]} "
    names = [[name.removeprefix(ours).lower() for name in (party.name, *party.aka)] for party in parties]
    return bool(names) and all(any(f" {name} " in may for name in each) for each in names)


def named_permissions(frame: Frame, context: Context) -> list[Entry]:
    """The permissions that the words speak of, with all others on the same subject; else those that belong to the frame's subject."""
    every = context.entries("permissions", frame, assume=False)
    said = spoken_of(every, frame)
    subjects = {entry.fields["of"] for entry in said if entry.fields["of"]}
    if not said:
        return [entry for entry in every if is_on_subject(entry, frame)]
    return [entry for entry in every if entry in said or entry.fields["of"] in subjects] if subjects else said


def permitted(found: Sequence[Entry], frame: Frame, context: Context) -> Resolution:
    """Whether, and by whose leave; asked without a role, who may."""
    found = [of_this_case(entry, frame, context) for entry in found]
    if any(mention.kind == BY_ONESELF for mention in frame.mentions):
        found = [entry for entry in found if entry.fields["allowed"] == "yes"] or found
    if frame.key == APPROVER:
        found = [entry for entry in found if entry.fields["approved-by"]] or found
    allowed = [entry for entry in found if entry.fields["allowed"] != "no"]
    if not frame.roles and allowed:
        found = [*allowed, *(entry for entry in found if entry not in allowed)]
    answer = answer_entries("permission", found, frame, context, Telling())
    if answer.outcome == "depends":
        return answer
    first = answer.view["rows"][0].fields
    who = first["approved-by"] or frame.roles or tuple(dict.fromkeys(role for entry in allowed or found for role in entry.fields["role"]))
    return replace(answer, result=Result("permission", who, first["allowed"]))


def of_this_case(entry: Entry, frame: Frame, context: Context) -> Entry:
    """A permission with the one approver of the case that is asked about, where the rules on its subject say who approves when."""
    subject = entry.fields["of"]
    if not subject or not frame.facts or entry.fields["allowed"] != "with-approval" or len(as_ids(entry.fields["approved-by"])) < SEVERAL:
        return entry
    plain = replace(frame, facts={}, step=None)
    decided = context.verdict(replace(frame, step=None), subject, "own").decided
    is_by_case = context.verdict(plain, subject, "own").decided is None
    if not is_by_case or decided is None or not isinstance(decided.ruling, Held):
        return entry
    return replace(entry, fields={**entry.fields, "approved-by": decided.ruling.holders})


def unwritten(frame: Frame, context: Context) -> Resolution:
    """Where no permission is written down: yes for whoever owns it, what the company leaves open on it, else that it is not ruled on.

    In a model that writes no permissions at all, ownership is what there is to say.
    """
    ruled = replace(frame, key="own", things={})
    said = spoken_of(context.entries("permissions", frame, assume=False), frame)
    is_spoken = bool(said and frame.roles) and set(frame.subjects) <= CUSTOMER
    if not is_spoken and frame.subjects and context.book.is_ruled(frame.subjects[0]):
        does = resolve_does(replace(ruled, intent="does"), context) if frame.roles else None
        if does and (does.view.get("yes") or not any(entry.section == "permissions" for entry in context.company.entries)):
            return does
        answer = resolve_who(replace(ruled, intent="who"), context)
        if answer.outcome == "not-defined" and not frame.roles:
            return answer
    view = {"others": [entry.fields for entry in named_permissions(frame, context)[:2]], "owner": owner_of(frame, context)}
    return say_nothing("permission", frame, context, ("permission", "boundary"), view=view)
