"""define, compare, model: what words mean, two things side by side, and who keeps what is answered from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry, Segment
from bot.domain.questions import Frame
from bot.domain.rules import Held
from bot.resolve.context import PARTS, Context, share_of
from bot.resolve.findings import is_guided, tell
from bot.resolve.intents.industry import resolve_card, tell_grid
from bot.resolve.intents.role import resolve_role
from bot.resolve.sayings import say_box, spelled_out

COMPARED = ("archetype", "boundary")
"""The topics whose findings tell two things apart, where they are about both."""
COMPARED_ROWS = 8
"""In so many subjects at most two roles are told apart; the others are named."""
ABBREVIATION = 4
"""A term of at most so many letters that has no name is an abbreviation."""
DAYS_BACK = 92
"""What changed in so many days is lately: a quarter."""
CUSTOMER = frozenset({"account"})
"""The subject that a "Growth account" is, which says nothing of what is asked."""
SEGMENTS = "segments"
"""The key of questions which segments there are, and which one a customer is in."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word: where it holds, and what else is told."""

    name: str
    means: str
    here: bool
    at: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """What else the name or its abbreviation means in other fields."""


def resolve_define(frame: Frame, context: Context) -> Resolution:
    """What a word means: here first, then in the trade."""
    segments = segments_of(frame, context)
    if frame.key == SEGMENTS and segments:
        return told_segments(segments, frame, context)
    meanings = [*here_of(frame, context), *subjects_of(frame, context), *trade_of(frame, context)]
    if "segment" in frame.facts and (not meanings or (set(frame.subjects) <= CUSTOMER and not frame.things.get("term"))):
        meanings = segments or meanings
    archetypes = frame.things.get("archetype", ())
    if len(archetypes) == 1 and not (frame.roles or frame.things.get("term")):
        return resolve_card(context.company.guidance.archetypes[archetypes[0]], frame, context)
    if is_guided(frame, context):
        meanings = [each for each in meanings if not each.here] or meanings
    if not meanings:
        return resolve_role(frame, context) if frame.roles else Resolution("not-defined", "define", {"frame": frame})
    ours = [each for each in meanings if each.here]
    shown = (ours or meanings)[:6]
    sources = tuple(dict.fromkeys(source for each in shown for source in each.sources))
    view = {
        "frame": frame,
        "meanings": shown,
        "elsewhere": [each for each in meanings if not each.here and each.at] if ours else [],
    }
    return Resolution("answered", "define", view, Result("term", frame.roles), None, "company" if ours else "guidance", sources)


def segments_of(frame: Frame, context: Context) -> list[Meaning]:
    """The segments that the facts leave, in the model's order, by the facts that make a customer one of them."""
    left = context.facts(frame).given.get("segment")
    found = [each for each in context.company.segments.values() if left is None or each.id in left]
    known = [each for each in found if each.region]
    rest = all(each.region for each in context.company.segments.values() if each not in found) and len(found) - len(known) <= 1
    return [Meaning(each.name, said_segment(each, context), True) for each in found if each.region or rest]


def said_segment(segment: Segment, context: Context) -> str:
    """What makes a customer one of a segment."""
    boxes = [say_box(context.company, box) for box in segment.region or ()]
    return "; or ".join(boxes) if boxes else "everybody who is in none of the others"


def told_segments(segments: list[Meaning], frame: Frame, context: Context) -> Resolution:
    """All segments, or the one of a customer of whom facts are given."""
    every = len(context.company.segments)
    view = {"frame": frame, "meanings": segments, "is_all": len(segments) == every}
    return Resolution("answered", "segments", view, Result("term", ()), None, "company")


def here_of(frame: Frame, context: Context) -> Iterable[Meaning]:
    """The company's own terms, and its roles."""
    for entry in context.entries("terms", frame):
        if entry.id in frame.things.get("term", ()):
            fields = entry.fields
            beside = tuple(fields["not-to-be-confused-with"].items())
            yield Meaning(
                fields["name"] or written(entry.id, context),
                fields["means"],
                True,
                "",
                beside,
                (fields["source"],) if fields["source"] else (),
            )
    for id in frame.roles:
        party = context.company.parties.get(id)
        if party and party.does:
            yield Meaning(party.name, "; ".join(party.does), True, "", party.not_to_be_confused_with)


def written(id: str, context: Context) -> str:
    """How a term without a name of its own is written: as the trade writes it, or as an abbreviation where it is one short word."""
    term = context.company.guidance.terms.get(id)
    return term.name if term else id.upper() if len(id) <= ABBREVIATION and "-" not in id else id.replace("-", " ")


def named_subjects(frame: Frame, context: Context) -> list[str]:
    """The subjects that the words themselves name: not those that a term holds or implies, and a whole rather than its parts."""
    terms = [(each.start, each.end) for each in frame.mentions if each.kind == "term"]
    named = [
        id
        for each in frame.mentions
        if each.kind == "subject"
        and not any(start <= each.start and each.end <= end and (start, end) != (each.start, each.end) for start, end in terms)
        for id in each.id.split(", ")
        if id in context.company.subjects
    ]
    strong = [id for id in dict.fromkeys(named) if context.company.subjects[id].gloss]
    return strong or ([] if frame.things.get("term") else list(frame.subjects))


def subjects_of(frame: Frame, context: Context) -> Iterable[Meaning]:
    """Motions and the like by their gloss, stakeholders by theirs, the company's own or the trade's; jobs by what they own."""
    defined = context.company.defined
    for id in named_subjects(frame, context):
        subject = context.company.subjects[id]
        if subject.gloss:
            yield Meaning(subject.name, subject.gloss, id in defined)
    for entry in context.company.section("stakeholders"):
        if entry.id in frame.things.get("stakeholder", ()) and entry.fields["means"]:
            yield Meaning(entry.fields["name"] or entry.id, entry.fields["means"], entry.id in defined)
    for role in frame.roles:
        job = context.company.guidance.jobs.get(role.removeprefix("job:"))
        if job and job.owns:
            owns = f"usually owns {', '.join(job.owns)}" + (f"; not {', '.join(job.not_owns)}" if job.not_owns else "")
            yield Meaning(job.name, owns, False, "", (), context.company.guidance.cite(job.sources), job.stands_for)


def trade_of(frame: Frame, context: Context) -> Iterable[Meaning]:
    """The trade's meanings, several where the word is a false friend; archetypes by what they do."""
    guidance = context.company.guidance
    for id in frame.things.get("term", ()):
        term = guidance.terms.get(id)
        if term is None:
            continue
        cited = guidance.cite(term.sources)
        if term.means:
            yield Meaning(spelled_out(term.name, term.aka), term.means, False, "", (), cited)
        for each in term.meanings:
            source = guidance.sources.get(each["at"])
            yield Meaning(term.name, each["means"], False, (source.practice_of or source.cite) if source else "elsewhere", (), cited)
    for id in frame.things.get("archetype", ()):
        archetype = guidance.archetypes[id]
        yield Meaning(archetype.name, "; ".join(archetype.does), False, "", (), guidance.cite(archetype.sources))


def resolve_compare(frame: Frame, context: Context) -> Resolution:
    """Two things side by side: archetypes, roles, jobs, or words."""
    guidance = context.company.guidance
    archetypes = [guidance.archetypes[id] for id in frame.things.get("archetype", ())]
    if len(archetypes) > 1:
        return tell_grid(archetypes, (), frame, context)
    roles = [role for role in frame.roles if role in context.company.parties]
    if len(roles) > 1 and not is_guided(frame, context):
        view = {"frame": frame, "roles": roles, "parties": [context.company.parties[id] for id in roles]}
        view.update(differences(frame, roles, context))
        view["words"] = list(here_of(replace(frame, roles=()), context))
        return Resolution("answered", "compare", view, Result("compare", tuple(roles)), None, "company")
    jobs = [job for role in frame.roles if (job := job_of(role, context))]
    about = {*(each.id for each in archetypes), *(job.id for job in jobs)}
    both = [each for each in guidance.findings if each.topic in COMPARED and len(about) > 1 and about <= set(each.of)]
    if archetypes and both:
        return tell(frame, context, both)
    if len(jobs) > 1:
        sources = guidance.cite(tuple(id for each in (*jobs, *both[:1]) for id in each.sources))
        view = {"frame": frame, "jobs": jobs, "both": both[:1]}
        return Resolution("answered", "compare-jobs", view, Result("compare", ()), None, "guidance", sources)
    return resolve_words(frame, context)


def differences(frame: Frame, roles: list[str], context: Context) -> dict[str, Any]:
    """The subjects in which roles have different parts, motions first, then what they surely have; and those in which they are alike."""
    rows = [(subject, [part_in(role, frame, subject, context, roles) for role in roles]) for subject in context.book.keys]
    differ = [(subject, parts) for subject, parts in rows if len(set(parts)) > 1]
    kinds = context.company.subjects
    differ.sort(key=lambda row: (kinds[row[0]].kind != "motion", not any(part and not part.startswith("sometimes") for part in row[1])))
    alike = [subject for subject, parts in rows if any(parts) and len(set(parts)) == 1]
    return {"told": differ[:COMPARED_ROWS], "others": [subject for subject, _ in differ[COMPARED_ROWS:]], "alike": alike}


def resolve_words(frame: Frame, context: Context) -> Resolution:
    """Two words side by side, those with several meanings told as such; where one is not known, there is nothing to compare."""
    meanings: dict[str, list[Meaning]] = {}
    ours = list(here_of(frame, context))
    beside = replace(frame, roles=()) if ours else frame
    for each in (*ours, *subjects_of(beside, context), *trade_of(frame, context)):
        meanings.setdefault(each.name, []).append(each)
    if len(meanings) == 1 and len(words := same_words(frame, context)) > 1:
        return resolve_same(frame, words, next(iter(meanings.values()))[0])
    if len(meanings) < 2:
        return Resolution("not-defined", "compare-words", {"frame": frame, "known": tuple(meanings)})
    sources = tuple(dict.fromkeys(source for group in meanings.values() for each in group for source in each.sources))
    view = {"frame": frame, "groups": list(meanings.items())}
    return Resolution("answered", "compare-words", view, Result("compare", ()), None, "company" if ours else "guidance", sources)


def same_words(frame: Frame, context: Context) -> tuple[str, ...]:
    """Two different words of a question for one and the same term, as the trade writes them."""
    term = context.company.guidance.terms.get(next(iter(frame.things.get("term", ())), ""))
    if term is None or len(frame.things["term"]) > 1:
        return ()
    said = {(each.repaired or each.words).lower() for each in frame.mentions if each.kind == "term"}
    names = [name for name in (term.name, *term.aka) if name.lower() in said or said == {""}]
    return tuple(name.upper() if len(name) <= ABBREVIATION else name for name in names)


def resolve_same(frame: Frame, words: tuple[str, ...], meaning: Meaning) -> Resolution:
    """Two words for one thing."""
    view = {"frame": frame, "words": words, "meaning": meaning}
    result = Result("compare", ())
    return Resolution("answered", "compare-same", view, result, None, "company" if meaning.here else "guidance", meaning.sources)


def job_of(role: str, context: Context) -> Any:
    """The standard job of a role, or that which was named itself."""
    party = context.company.parties.get(role)
    return context.company.guidance.jobs.get(party.job or "" if party else role.removeprefix("job:"))


def part_in(role: str, frame: Frame, subject: str, context: Context, beside: Iterable[str] = ()) -> str:
    """A role's part in a subject, in a word; beside the wider role of which it is a kind, what it has by its own name."""
    if set(beside) & set(context.kinds(role)):
        return own_part(role, frame, subject, context)
    share = share_of(role, frame, subject, context)
    if share.part:
        return share.part
    return f"sometimes {share.sometimes}" if share.sometimes in PARTS[:3] else ""


def own_part(role: str, frame: Frame, subject: str, context: Context) -> str:
    """The strongest part that a rule gives a role by its own name, and not as a kind of a wider role."""
    for key in PARTS[:3]:
        held = [isinstance(piece.ruling, Held) and role in piece.ruling.holders for piece in context.every(frame, subject, key)]
        if any(held):
            return key if all(held) else f"sometimes {key}"
    return ""


def resolve_model(frame: Frame, context: Context) -> Resolution:
    """Who keeps the model or a part of it, what came into force or was verified lately, how fresh it is."""
    rules = [rule for rule in context.company.rules if rule.basis == "company" and context.is_visible(rule.audience)]
    rules = [rule for rule in rules if not frame.subjects or rule.subject in frame.subjects]
    keepers: dict[str, list[str]] = {}
    for rule in rules:
        if rule.kept_by:
            keepers.setdefault(rule.kept_by, []).append(rule.subject)
    days = sorted((rule.verified.on, rule.id, rule.subject) for rule in rules if rule.verified)
    today = context.moment.day
    lately = [rule for rule in rules if rule.starts is not None and today - DAYS_BACK <= rule.starts <= today]
    coming = [rule for rule in rules if rule.starts is not None and rule.starts > today]
    view = {
        "frame": frame,
        "key": frame.key,
        "channels": {id: party.channel for id in keepers if (party := context.company.parties.get(id)) and party.channel},
        "keepers": {keeper: tuple(dict.fromkeys(subjects)) for keeper, subjects in keepers.items()},
        "oldest": days[0] if days else None,
        "newest": days[-1] if days else None,
        "lately": lately,
        "coming": coming[:5],
        "entries": changed_entries(context, today),
    }
    if not rules or (frame.key == "keeper" and not keepers) or (frame.key == "fresh" and not days):
        return Resolution("not-defined", "model", view)
    return Resolution("answered", "model", view, Result("model", tuple(keepers)), None, "company")


def changed_entries(context: Context, today: int) -> list[Entry]:
    """The rulings beside ownership that came into force lately."""
    return [
        entry
        for entry in context.company.entries
        if entry.starts is not None and today - DAYS_BACK <= entry.starts <= today and context.is_visible(entry.audience)
    ][:5]
