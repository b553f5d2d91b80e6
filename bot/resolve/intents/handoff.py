"""handoff: who hands over to whom, when, with what; who introduces, who may push back, what stays."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.answers import Resolution
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided, resolve_topics
from bot.resolve.narrow import as_ids, asked_roles, entries_for, has_role, spoken_of, stands

ASPECTS = {
    "introduces": ("introduction",),
    "when": ("clock", "trigger"),
    "ready": ("gate", "artefact"),
    "push-back": ("push-back",),
    "stays": ("stays",),
}
"""The aspects of the guidance's findings that tell what is asked."""
REFUSES = "push-back"
"""The key of who may push back, and the cue of words for that."""
OTHER = "swap"
"""The cue of "another"."""
PIECES = ("activity", "request")
"""The kinds of subject that are a piece of work."""
NEEDED = {"introduces": ("introduces",), "push-back": ("push-back",), "ready": ("ready-when",), "stays": ("stays", "returns")}
"""The keys of which a handoff has to say one for what is asked."""


def resolve_handoff(frame: Frame, context: Context) -> Resolution:
    """The handoffs that a question is about, or what they leave open."""
    aspects = ASPECTS.get(frame.key, ())
    if is_guided(frame, context):
        return resolve_topics(asked_roles(frame), context, ("handoff",), aspects)
    found = handoffs_of(frame, context)
    told = [entry for entry in found if says(entry, frame.key)]
    asked = asked_roles(frame)
    if not told:
        return say_nothing("handoff", asked, context, ("handoff",), aspects, known=found[:1])
    holders = ("introduces",) if frame.key == "introduces" else ("from-role", "to-role")
    return answer_entries("handoff", told, asked, context, Telling(holders))


def says(entry: Entry, asked: str) -> bool:
    """Whether a handoff says what is asked of it."""
    needed = NEEDED.get(asked, ())
    return not needed or any(entry.fields[key] for key in needed)


def handoffs_of(frame: Frame, context: Context) -> list[Entry]:
    """The handoffs between the roles named, in the order named; with one role those to it, before those from it."""
    asked = asked_roles(frame)
    ends = ("from-role", "to-role")
    if len(asked.roles) == 1 and is_said_twice(asked.roles[0], frame) and not is_spoken(frame, asked.roles[0], context):
        return entries_for("handoffs", asked, context, lambda entry: goes(entry, (*asked.roles, *asked.roles), context))
    found = entries_for("handoffs", asked, context, stands(asked.roles, context, *ends, together=True))
    found = found or entries_for("handoffs", asked, context, stands(asked.roles, context, *ends, "introduces", together=True))
    found = found or spoken_of(entries_for("handoffs", asked, context), asked)
    if frame.key == REFUSES:
        found = [entry for entry in found if says(entry, frame.key)] or found
    elif len(frame.roles) > 1:
        found = [entry for entry in found if goes(entry, frame.roles, context)] or found
    elif frame.roles:
        found = towards(frame, found, context)
    found = [entry for entry in found if is_of_the_whole(entry, asked, context)] or found if asked.roles else found
    if back := [entry for entry in found if may_refuse(entry, frame, context)]:
        return back
    if len(frame.roles) > 1:
        return [entry for entry in found if goes(entry, frame.roles, context)] or found
    return towards(frame, found, context) if frame.roles else found


def may_refuse(entry: Entry, frame: Frame, context: Context) -> bool:
    """Whether a handoff goes to whoever is said to push back, from the others named: "can the AE push back on what the CSM sends"."""
    at = min((mention.start for mention in frame.mentions if mention.kind == REFUSES), default=-1)
    if frame.key != REFUSES or at < 0:
        return False
    before = {mention.id for mention in frame.mentions if mention.kind == "role" and mention.start < at}
    named = [role for role in frame.roles if role in before] or ([frame.as_role] if frame.mine and frame.as_role else [])
    others = [role for role in frame.roles if role not in named]
    return len(named) == 1 and bool(others) and goes(entry, (others[0], named[0]), context)


def is_of_the_whole(entry: Entry, frame: Frame, context: Context) -> bool:
    """Whether a handoff moves a motion, an account or a deal, and not only a piece of work that the question does not name."""
    subjects = [context.company.subjects[id] for id in as_ids(entry.fields["of"])]
    named = entry.id in frame.things.get("entry", ()) or any(subject.id in frame.subjects for subject in subjects)
    return named or not any(subject.kind in PIECES for subject in subjects)


def is_said_twice(role: str, frame: Frame) -> bool:
    """Whether a question names a role at two places, or another one of it: from CSM to CSM, from another CSM."""
    ends = {mention.start for mention in frame.mentions if mention.kind == "role" and mention.id == role}
    if any(mention.kind == OTHER and mention.end + 1 in ends for mention in frame.mentions):
        return True
    return len({mention.start for mention in frame.mentions if mention.kind == "role" and mention.id == role}) > 1


def is_spoken(frame: Frame, role: str, context: Context) -> bool:
    """Whether the words speak of one handoff of a role, whatever the other one is."""
    spoken = spoken_of(context.entries("handoffs", frame, assume=False), frame)
    return len(spoken) == 1 and has_role(spoken[0], role, context, ("from-role", "to-role"))


def goes(entry: Entry, roles: Sequence[str], context: Context) -> bool:
    """Whether a handoff goes from the first of two roles to the second."""
    return has_role(entry, roles[0], context, ("from-role",)) and has_role(entry, roles[1], context, ("to-role",))


def towards(frame: Frame, found: list[Entry], context: Context) -> list[Entry]:
    """The handoffs to the one role named, where there are any; who introduces it is somebody else."""
    role = frame.roles[0]
    to = [entry for entry in found if has_role(entry, role, context, ("to-role",)) and not has_role(entry, role, context, ("from-role",))]
    others = [entry for entry in to if role != entry.fields["introduces"]] if frame.key == "introduces" else to
    return others or to or found
