"""archetype, talent, deploy, engagement, benchmark: what the industry knows, beside what the company says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.guidance import Archetype, Finding
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import (
    CONTESTED,
    CUSTOMER,
    TYPICAL,
    chosen,
    find,
    near_in,
    on_named,
    opposed_to,
    overview,
    resolve_topics,
    sources_of,
    spoken_of,
    tell,
)
from bot.resolve.intents.others import resolve_compensation, resolve_declined, resolve_paid
from bot.resolve.intents.who import resolve_typical

ASPECTS = {
    "when": ("when", "not-when", "risk"),
    "not-when": ("not-when", "risk", "story"),
    "risk": ("risk", "story", "not-when"),
    "story": ("case", "story"),
    "common": ("common", "count"),
}
"""The aspects of an archetype that tell what is asked of it."""
CARD = ("define", "does", "strategy", "when")
"""The aspects of which one finding each says what an archetype is."""
PAY = frozenset({"paid", "comp-plan", "at-risk"})
"""Cues with which it is asked how common a kind of pay is."""
PAY_KEYS = {"pay-mix": "mix", "pay-measures": "measures", "pay-level": "level", "at-risk": "at-risk", "comp-plan": "", "paid": ""}
"""Cues of pay -> what of it is asked with them."""
NORM = "good"
"""The cue with which a normal figure is asked for."""
NORMAL = ("coverage", "handoff", "escalation")
"""Topics with figures beside retention."""
WIDESPREAD = ("prevalence", "norm")
TREND = ("trend", "age", "common", "count", "prevalence")
"""The aspects that tell how common a thing is: where a motion or a measure is named, and where none is."""
PRACTICE = {
    "compensation": ("compensation",),
    "coverage": ("coverage",),
    "handoff": ("handoff", "transfer"),
    "transfer": ("transfer", "handoff"),
    "dispute": ("dispute",),
    "escalation": ("escalation",),
    "talent": ("talent",),
    "alignment": ("alignment",),
}
"""Intent -> the aspects of a named company's practice that answer it."""
OWNERSHIP = ("ownership", "handoff", "transfer", "coverage", "dispute", "escalation", "talent")
"""The aspects that answer what a company does in a motion, with an account, or altogether."""
NOT_PRACTICE = frozenset({"declined", "help", "faq", "model", "where"})


def resolve_archetype(frame: Frame, context: Context) -> Resolution:
    """The archetypes there are, one of them, or those of the company's roles."""
    if frame.key == "ours":
        return resolve_ours(frame, context)
    if frame.key == "owns":
        return resolve_grid(frame, context)
    named = [context.company.guidance.archetypes[id] for id in frame.things.get("archetype", ())]
    if frame.key == "list" or (not named and frame.key == "define"):
        return resolve_list(frame, context)
    if frame.key == "define":
        return resolve_card(named[0], frame, context)
    if frame.key == "common":
        every = replace(frame, roles=(), things={**frame.things, "archetype": ()})
        return resolve_topics(every, context, ("archetype", "types"), ASPECTS["common"])
    topics = ("archetype", "deployment") if frame.key == "story" else ("archetype",)
    return resolve_topics(frame, context, topics, ASPECTS.get(frame.key, CARD))


def resolve_card(archetype: Archetype, frame: Frame, context: Context) -> Resolution:
    """What an archetype is, what it does beside that, when it fits, and where the sources differ."""
    one = replace(frame, things={"archetype": (archetype.id,)}, roles=(), subjects=())
    found = [find(one, context, ("archetype",), (aspect,)) for aspect in CARD]
    findings = chosen(each for group in found for each in [finding for finding in group if not finding.within][:1])
    opposed = opposed_to(findings, context.company.guidance)
    view = {
        "frame": frame,
        "archetype": archetype,
        "findings": findings,
        "opposed": opposed,
        "next": (f"When is the {archetype.name} used?", f"What are the risks of the {archetype.name}?"),
    }
    return Resolution("answered", "archetype", view, Result("archetypes", ()), None, "guidance", sources_of((*findings, *opposed), context))


def resolve_list(frame: Frame, context: Context) -> Resolution:
    """All archetypes, and how the sources count them; asked how many companies have, that first."""
    every = list(context.company.guidance.archetypes.values())
    if frame.whose == TYPICAL:
        return resolve_topics(frame, context, ("types",), ("count",))
    whole = replace(frame, roles=(), findings=())
    findings = chosen(find(whole, context, ("types",), ("count",)))
    lineup = find(whole, context, ("archetype",), ("lineup",))[:1]
    opposed = opposed_to(lineup, context.company.guidance) if lineup else []
    sources = context.company.guidance.cite(tuple(id for each in every for id in each.sources))
    view = {
        "frame": frame,
        "archetypes": every,
        "findings": [*findings[:1], *opposed],
        "next": tuple(f"When is the {each.name} used?" for each in every[1:3]),
    }
    return Resolution("answered", "archetypes", view, Result("archetypes", ()), None, "guidance", sources)


def resolve_grid(frame: Frame, context: Context) -> Resolution:
    """What an archetype owns and supports, stated and inferred told apart; or the archetypes that own what is asked."""
    named = frame.things.get("archetype", ())
    shown = [archetype for id, archetype in context.company.guidance.archetypes.items() if id in named or not named]
    motions = tuple(dict.fromkeys(part for id in frame.subjects if id not in named for part in (context.company.subjects[id].of or (id,))))
    motions = tuple(motion for motion in motions if any(motion in each.cells for each in shown))
    return tell_grid(shown, motions, frame, context)


def tell_grid(shown: list[Archetype], asked: tuple[str, ...], frame: Frame, context: Context) -> Resolution:
    """The parts of archetypes in motions: those asked, or all."""
    motions = asked or tuple(shown[0].cells)
    owned = {each.id: {motion for motion in motions if motion in each.cells and each.cells[motion].part == "own"} for each in shown}
    owners = [each for each in shown if owned[each.id] == set(motions)]
    view = {
        "frame": frame,
        "archetypes": shown,
        "motions": motions,
        "asked": asked,
        "owners": owners,
        "shared": tuple(motion for motion in motions if all(motion in owned[each.id] for each in shown)),
        "notes": [note for each in (owners if asked and len(shown) > 1 else shown) for note in notes_of(each, motions)],
    }
    cited = [
        id
        for each in shown
        for motion in motions
        if motion in each.cells and each.cells[motion].stated
        for id in each.cells[motion].sources
    ]
    return Resolution("answered", "grid", view, Result("archetypes", ()), None, "guidance", context.company.guidance.cite(tuple(cited)))


def notes_of(archetype: Archetype, motions: Iterable[str]) -> list[tuple[Archetype, str, list[str]]]:
    """What is said beside an archetype's parts, with the motions that it is said of."""
    found: dict[str, list[str]] = {}
    for motion in motions:
        if motion in archetype.cells and archetype.cells[motion].note:
            found.setdefault(archetype.cells[motion].note, []).append(motion)
    return [(archetype, note, said) for note, said in found.items()]


def resolve_ours(frame: Frame, context: Context) -> Resolution:
    """The archetypes that the company's roles have."""
    wanted = set(frame.roles)
    rows = [
        (role, archetype)
        for role in context.company.roles()
        if (archetype := context.company.guidance.archetypes.get(role.archetype or "")) and (not wanted or role.id in wanted)
    ]
    if not rows:
        return Resolution("not-defined", "archetype", {"frame": frame, "next": ("Which kinds of CSM are there?",)})
    view = {"frame": frame, "rows": rows, "next": tuple(f"When is the {archetype.name} used?" for _, archetype in rows[:1])}
    return Resolution("answered", "ours", view, Result("archetypes", tuple(role.id for role, _ in rows)), None, "company")


def resolve_deploy(frame: Frame, context: Context) -> Resolution:
    """Why companies have CSMs."""
    return resolve_topics(replace(frame, roles=()), context, ("purpose",), ("equation", "why", "job"))


def resolve_engagement(frame: Frame, context: Context) -> Resolution:
    """Why rules of engagement, and what belongs into them."""
    whole = replace(frame, roles=(), subjects=())
    return resolve_topics(whole, context, ("engagement",), ("content", "stage", "design") if frame.key == "content" else ("why",))


def resolve_benchmark(frame: Frame, context: Context) -> Resolution:
    """What is normal: retention, how common an arrangement is, what is fed back to the seller."""
    kinds = {mention.kind for mention in frame.mentions}
    match frame.key:
        case "nearest":
            return tell(frame, context, near_in(frame, context))
        case "found":
            return (
                resolve_norm(frame, context)
                if NORM in kinds
                else tell(frame, context, (*near_in(frame, context), *spoken_of(frame, context)))
            )
        case "age":
            return resolve_topics(replace(frame, roles=()), context, ("types",), ("age", "trend"))
        case "feedback":
            return resolve_topics(frame, context, ("feedback",))
        case "best-practice":
            return resolve_topics(replace(frame, roles=()), context, ("deployment",), ("best-practice", "criteria"))
        case "options":
            return resolve_topics(frame, context, ("ownership",), ("options", "rule", "prevalence"))
        case "norm":
            return resolve_norm(frame, context)
    if PAY & kinds:
        return resolve_compensation(replace(frame, key="widespread"), context)
    named = bool(set(frame.subjects) - CUSTOMER or frame.things.get("term"))
    topics = ("ownership", "retention", "types") if named else ("types", "archetype")
    found = find(frame, context, topics, WIDESPREAD if named else TREND)
    if named:
        found = on_named(found, frame, context) or spoken_of(frame, context)
    return tell(frame, context, sorted(found, key=lambda each: each.figure is None) if named else found)


def normal(frame: Frame, context: Context) -> list[Finding]:
    """The findings with the words of the question that give a normal figure."""
    return [each for each in spoken_of(frame, context) if each.figure and each.topic in ("retention", *NORMAL)]


def resolve_norm(frame: Frame, context: Context) -> Resolution:
    """The normal figure of what is named, wherever it belongs; that of nothing else."""
    kinds = {mention.kind for mention in frame.mentions}
    if asked := next((key for tag, key in PAY_KEYS.items() if tag in kinds), ""):
        return resolve_compensation(replace(frame, key=asked), context)
    terms = set(frame.things.get("term", ()))
    found = [each for each in find(frame, context, ("retention",)) if terms & set(each.of)]
    found = found or [each for each in normal(frame, context) if not terms or terms & set(each.of)]
    found = found or [each for each in find(frame, context, NORMAL) if terms & set(each.of)]
    if not found and not terms and (frame.roles or frame.things.get("archetype")):
        return resolve_compensation(replace(frame, key="measures"), context)
    return tell(frame, context, sorted(found, key=lambda each: each.figure is None))


def resolve_guided(frame: Frame, context: Context) -> Resolution:
    """Questions on ownership that ask what is typical, or what a named company does."""
    if frame.whose and frame.whose != TYPICAL:
        return resolve_practice(frame, context)
    if frame.key in ("paid", "credit"):
        return resolve_paid(frame, context)
    if frame.subjects and set(frame.subjects) <= CUSTOMER and (spoken := spoken_of(frame, context)):
        return tell(frame, context, spoken)
    if frame.intent in ("who", "does", "why", "role") and frame.subjects:
        answer = resolve_typical(frame, context)
        return add_contested(answer, frame, context) if answer.outcome == "answered" else resolve_topics(frame, context, ("ownership",))
    if frame.intent == "when" and any(mention.kind == "how-often" for mention in frame.mentions):
        cadence = find(frame, context, ("engagement", "escalation", "coverage"), ("cadence",))
        named = set(frame.subjects) - CUSTOMER
        return tell(frame, context, spoken_of(frame, context) or (on_named(cadence, frame, context) if named else []))
    if frame.intent == "when":
        clocks = find(frame, context, ("engagement", "handoff", "escalation", "dispute"), ("clock", "stage", "cadence"))
        return tell(frame, context, on_named(clocks, frame, context) or near_in(frame, context))
    if frame.intent == "role":
        return resolve_topics(frame, context, ("boundary",), ("owns", "not-owns", "rule"))
    found = overview(frame, context, {"steps": ("handoff", "engagement")}.get(frame.intent, ("ownership",)))
    return tell(frame, context, on_named(found, frame, context) or spoken_of(frame, context))


def add_contested(answer: Resolution, frame: Frame, context: Context) -> Resolution:
    """What is typical, with where the sources differ on who owns it."""
    asked = replace(frame, roles=(), things={}, facts={}, step=None)
    subjects = set(frame.subjects)
    found = [each for each in find(asked, context, (CONTESTED,), ("ownership",)) if subjects & set(each.of)] if frame.key == "own" else []
    sources = tuple(dict.fromkeys((*answer.sources, *sources_of(found[:1], context))))
    return replace(answer, view={**answer.view, "contested": found[:1]}, sources=sources)


def resolve_practice(frame: Frame, context: Context) -> Resolution:
    """What a named company published about itself; what it did not publish is not answered with anything else."""
    if frame.intent in NOT_PRACTICE:
        return resolve_declined(frame, context)
    pays = frame.intent == "compensation" or frame.key in ("paid", "credit")
    if not (frame.subjects or frame.roles or frame.things.get("term") or frame.intent in PRACTICE) and frame.intent in ("who", "does"):
        return Resolution("not-understood", "not-understood", {"closest": (), "reason": ""})
    about = {part for id in frame.subjects for part in (id, *context.company.subjects[id].of)}
    about |= {each.id for each in context.company.subjects.values() if about & set(each.of)}
    aspects = PRACTICE.get("compensation" if pays else frame.intent, OWNERSHIP)
    told = [find(frame, context, ("practice",), (aspect,)) for aspect in aspects]
    if about and aspects == OWNERSHIP:
        told = [[finding for finding in found if about & set(finding.of)] for found in told]
    return tell(frame, context, next((found for found in told if found), []))
