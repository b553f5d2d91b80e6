"""archetype, choose, talent, deploy, engagement, benchmark: what the industry knows, beside what the company says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.domain.answers import Resolution, Result
from bot.domain.guidance import Archetype, Signal
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import find, resolve_topics, sources_of, tell, wanted_of
from bot.resolve.intents.who import resolve_typical

ASPECTS = {
    "list": ("define", "lineup"),
    "define": ("define", "does", "strategy"),
    "when": ("when",),
    "not-when": ("not-when", "risk"),
    "risk": ("risk", "not-when"),
    "story": ("story",),
    "common": ("common",),
}
"""The aspects of an archetype that tell what is asked of it."""


def resolve_archetype(frame: Frame, context: Context) -> Resolution:
    """The archetypes there are, one of them, or those of the company's roles."""
    if frame.key == "ours" and context.company.name:
        return resolve_ours(frame, context)
    if frame.key == "owns":
        return resolve_grid(frame, context)
    named = [context.company.guidance.archetypes[id] for id in frame.things.get("archetype", ())]
    if frame.key in ("list", "ours") or (not named and frame.key == "define"):
        return resolve_list(frame, context)
    topics = ("archetype", "deployment") if frame.key in ("story", "when") else ("archetype",)
    return resolve_topics(frame, context, topics, ASPECTS[frame.key], {"named": named})


def resolve_list(frame: Frame, context: Context) -> Resolution:
    """All archetypes, and how the sources count them."""
    every = list(context.company.guidance.archetypes.values())
    findings = find(frame, context, ("types", "archetype"), ("count", "lineup"))[:2]
    sources = context.company.guidance.cite(tuple(id for each in every for id in each.sources))
    view = {
        "frame": frame,
        "archetypes": every,
        "findings": findings,
        "next": tuple(f"When is the {each.name} used?" for each in every[1:3]),
    }
    return Resolution("answered", "archetypes", view, Result("archetypes", ()), None, "guidance", sources)


def resolve_grid(frame: Frame, context: Context) -> Resolution:
    """What an archetype owns and supports, stated and inferred told apart; or the archetypes that own what is asked."""
    named = frame.things.get("archetype", ())
    shown = [archetype for id, archetype in context.company.guidance.archetypes.items() if id in named or not named]
    motions = tuple(dict.fromkeys(part for id in frame.subjects if id not in named for part in (context.company.subjects[id].of or (id,))))
    sources = context.company.guidance.cite(tuple(id for each in shown for cell in each.cells.values() for id in cell.sources))
    view = {"frame": frame, "archetypes": shown, "motions": motions or tuple(shown[0].cells), "asked": motions, "next": ()}
    return Resolution("answered", "grid", view, Result("archetypes", ()), None, "guidance", sources)


def resolve_ours(frame: Frame, context: Context) -> Resolution:
    """The archetypes that the company's roles have."""
    wanted = set(frame.roles)
    rows = [
        (role, archetype)
        for role in context.company.roles()
        if (archetype := context.company.guidance.archetypes.get(role.archetype or "")) and (not wanted or role.id in wanted)
    ]
    if not rows:
        return Resolution("not-defined", "archetype", {"frame": frame, "next": ()})
    view = {"frame": frame, "rows": rows, "next": tuple(f"When is the {archetype.name} used?" for _, archetype in rows[:1])}
    return Resolution("answered", "ours", view, Result("archetypes", tuple(role.id for role, _ in rows)), None, "company")


def resolve_choose(frame: Frame, context: Context) -> Resolution:
    """The archetypes that the stated facts point to, with the reasons, and what else would decide."""
    guidance = context.company.guidance
    signals = signals_of(frame, context)
    score: Counter[str] = Counter()
    for signal in signals:
        score.update(signal.points_to)
        score.subtract(signal.against)
    best = [guidance.archetypes[id] for id, count in score.most_common() if count > 0]
    criteria = find(frame, context, ("deployment",), ("criteria",))[:3]
    cited = tuple(each.source for signal in signals for each in signal.cited)
    view = {
        "frame": frame,
        "best": best,
        "reasons": {archetype.id: [signal for signal in signals if archetype.id in signal.points_to] for archetype in best},
        "against": [(signal, [guidance.archetypes[id] for id in signal.against]) for signal in signals if signal.against],
        "criteria": criteria,
        "open": open_signals(signals, best, context),
        "next": tuple(f"When is the {archetype.name} used?" for archetype in best[:2]),
    }
    sources = tuple(dict.fromkeys((*guidance.cite(cited), *sources_of(criteria, context))))
    if not signals:
        return Resolution("answered", "criteria", view, Result("archetypes", ()), None, "guidance", sources)
    return Resolution("answered", "choose", view, Result("archetypes", ()), None, "guidance", sources)


def signals_of(frame: Frame, context: Context) -> list[Signal]:
    """The signals that a question names, by their words or by a fact that means the same."""
    named = frame.things.get("signal", ())
    return [
        signal
        for signal in context.company.guidance.signals.values()
        if signal.id in named or any(name in frame.facts and frame.facts[name].values <= values for name, values in signal.fact.items())  # type: ignore[operator]
    ]


def open_signals(given: Iterable[Signal], best: Iterable[Archetype], context: Context) -> list[Signal]:
    """What else would decide: signals that were not given and speak for other archetypes than those that lead."""
    known, leading = {signal.id for signal in given}, {archetype.id for archetype in best}
    others = [
        signal for signal in context.company.guidance.signals.values() if signal.id not in known and not leading & set(signal.points_to)
    ]
    first: dict[str, Signal] = {}
    for signal in others:
        for id in signal.points_to:
            first.setdefault(id, signal)
    return list(first.values())


def resolve_talent(frame: Frame, context: Context) -> Resolution:
    """Which skills a role needs: the industry's word, since models hold none; what all of its kind need is told in any case."""
    named = [party.archetype for id in frame.roles if (party := context.company.parties.get(id)) and party.archetype]
    note = [context.company.guidance.archetypes[id].name for id in named if id in context.company.guidance.archetypes]
    found = find(frame, context, ("talent",))
    if frame.roles and not any(set(finding.of) & set(wanted_of(frame, context)) for finding in found):
        return tell(frame, context, (), {"note": note})
    common = [finding for finding in found[1:] if finding.aspect == "all"]
    return tell(frame, context, [*found[:1], *common, *(each for each in found[1:] if each not in common)], {"note": note})


def resolve_deploy(frame: Frame, context: Context) -> Resolution:
    """Why companies have CSMs."""
    return resolve_topics(frame, context, ("purpose",), ("why", "equation", "job"))


def resolve_engagement(frame: Frame, context: Context) -> Resolution:
    """Why rules of engagement, and what belongs into them."""
    return resolve_topics(frame, context, ("engagement",), (frame.key, "stage", "design") if frame.key == "content" else ("why",))


def resolve_benchmark(frame: Frame, context: Context) -> Resolution:
    """What is normal: retention, how common an arrangement is, what is fed back to the seller."""
    if frame.key == "feedback":
        return resolve_topics(frame, context, ("feedback",))
    if frame.key == "norm":
        return resolve_topics(frame, context, ("retention",))
    if frame.key == "options":
        return resolve_topics(frame, context, ("ownership", "disagreement"), ("options", "rule", "prevalence"))
    about_pay = "compensation" if {"paid", "comp-plan"} & {mention.kind for mention in frame.mentions} else "ownership"
    findings = find(frame, context, (about_pay,), ("prevalence", "rule"))
    return tell(frame, context, findings or find(frame, context, ("compensation", "types", "archetype"), ("prevalence", "common", "trend")))


def resolve_guided(frame: Frame, context: Context) -> Resolution:
    """Questions on ownership that ask what is typical, or what a named company does."""
    if frame.whose and frame.whose != "typical":
        return resolve_topics(frame, context, ("practice",))
    if frame.intent in ("who", "does", "why") and frame.subjects:
        answer = resolve_typical(frame, context)
        return answer if answer.outcome == "answered" else resolve_topics(frame, context, ("ownership",))
    topics = {"role": ("boundary", "archetype"), "when": ("handoff", "ownership"), "steps": ("handoff", "engagement")}
    return resolve_topics(frame, context, topics.get(frame.intent, ("ownership",)))
