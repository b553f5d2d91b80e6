"""choose: which archetypes the stated facts of a business point to, with the reasons, and what else would decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.guidance import Archetype, Finding, Signal
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import find, sources_of

REASONS = 4
"""At most so many reasons are told, shared out among the archetypes that the facts point to."""
HINTS = 3
"""At most so many facts are named that would point to an archetype."""


def resolve_choose(frame: Frame, context: Context) -> Resolution:
    """The archetypes that the stated facts point to, with the reasons, and what else would decide."""
    guidance, signals = context.company.guidance, signals_of(frame, context)
    score: Counter[str] = Counter()
    for signal in signals:
        score.update(signal.points_to)
        score.subtract(signal.against)
    best = [guidance.archetypes[id] for id, count in score.most_common() if count > 0]
    against = [(signal, [guidance.archetypes[id] for id in signal.against]) for signal in signals if signal.against]
    criteria = find(replace(frame, roles=(), things={}, subjects=(), facts={}), context, ("deployment",), ("criteria",))[:2]
    caution = caution_on(best, context)
    view = {
        "frame": frame,
        "best": best,
        "clear": len(best) < 2 or score[best[0].id] > score[best[1].id],
        "reasons": reasons_for(best, signals),
        "against": against,
        "caution": caution,
        "criteria": criteria,
        "open": [(each, hints(each, signals, context)) for each in guidance.archetypes.values() if score[each.id] == 0],
        "next": tuple(f"When is the {each.name} used?" for each in best[:2]) or ("Which kinds of CSM are there?",),
    }
    cited = tuple(each.source for signal in signals for each in signal.cited)
    sources = tuple(dict.fromkeys((*guidance.cite(cited), *sources_of((*caution, *criteria), context))))
    return Resolution("answered", "choose" if signals else "criteria", view, Result("archetypes", ()), None, "guidance", sources)


def signals_of(frame: Frame, context: Context) -> list[Signal]:
    """The signals that a question names, by their words or by a fact that means the same."""
    named = frame.things.get("signal", ())
    return [
        signal
        for signal in context.company.guidance.signals.values()
        if signal.id in named or any(name in frame.facts and frame.facts[name].values <= values for name, values in signal.fact.items())  # type: ignore[operator]
    ]


def reasons_for(best: Sequence[Archetype], signals: Iterable[Signal]) -> list[tuple[Archetype, list[Signal]]]:
    """Why the facts point to each archetype."""
    each = max(1, REASONS // max(1, len(best)))
    return [(archetype, [signal for signal in signals if archetype.id in signal.points_to][:each]) for archetype in best]


def caution_on(best: Sequence[Archetype], context: Context) -> list[Finding]:
    """What to be careful with in the archetype that the facts point to first."""
    risks = [finding for finding in context.company.guidance.on("archetype") if finding.aspect == "risk"]
    return [finding for archetype in best[:1] for finding in risks if archetype.id in finding.of][:1]


def hints(archetype: Archetype, given: Iterable[Signal], context: Context) -> list[Signal]:
    """Facts not given that would point to an archetype: the first that each place of the sources names."""
    first: dict[object, Signal] = {}
    for signal in context.company.guidance.signals.values():
        if archetype.id in signal.points_to and signal not in given:
            first.setdefault(signal.cited[0], signal)
    return list(first.values())[:HINTS]
