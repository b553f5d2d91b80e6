"""What the industry's guidance says to a question: the findings on a topic, those about what was named first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.guidance import Finding
from bot.domain.questions import Frame
from bot.resolve.context import Context

SHOWN = 5
"""At most so many findings are told in one answer."""
FIRST = {"seed": 0, "survey": 1, "published": 2, "practitioner": 3, "vendor": 3, "trade": 4, "forum": 5}
"""Of findings that fit alike, those of the stronger source come first."""
TYPICAL = "typical"


def is_guided(frame: Frame, context: Context) -> bool:
    """Whether the guidance is asked: what is typical, a named company's practice, or no company at all."""
    return bool(frame.whose) or not context.company.name


def wanted_of(frame: Frame, context: Context) -> tuple[str, ...]:
    """The ids of what a question names, as findings use them: archetypes, jobs, motions, stakeholders, terms, segments.

    Asked what is typical, the archetype that the company gave a role does not count.
    """
    named = [id for kind, ids in frame.things.items() if kind in ("archetype", "term", "stakeholder") for id in ids]
    for role in frame.roles:
        party = context.company.parties.get(role)
        archetype = party.archetype if party and not frame.whose else None
        named += [role.removeprefix("job:")] if party is None else [id for id in (party.job, archetype) if id]
    named += [motion for id in frame.subjects for motion in (id, *context.company.subjects[id].of)]
    named += [frame.step] if frame.step else []
    named += [value for fact in frame.facts.values() if isinstance(fact.values, frozenset) for value in fact.values]
    return tuple(dict.fromkeys(named))


def find(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = ()) -> list[Finding]:
    """The findings on the topics, best first.

    First by whether they tell what the question names, then by the aspect that is asked, by the words that they share with the
    question, and by the strength of their source. Where something specific is named and known, the rest is left out.
    """
    wanted, ranked = set(wanted_of(frame, context)), frame.things.get("finding", ())
    company = frame.whose if frame.whose != TYPICAL else ""
    known = [finding for topic in topics for finding in context.company.guidance.on(topic) if not company or finding.company == company]
    about = [finding for finding in known if wanted & set(finding.of)] or [finding for finding in known if not finding.of] or known
    asked = [finding for finding in about if finding.aspect in aspects] or (about if not aspects else [])
    return sorted(asked, key=lambda finding: order_of(finding, wanted, aspects, ranked, context))


def order_of(finding: Finding, wanted: set[str], aspects: Sequence[str], ranked: Sequence[str], context: Context) -> tuple[int, ...]:
    """Where a finding stands among those that fit."""
    grade = min((FIRST.get(context.company.guidance.sources[id].grade, 9) for id in finding.sources), default=9)
    return (
        -len(wanted & set(finding.of)),
        aspects.index(finding.aspect) if finding.aspect in aspects else len(aspects),
        ranked.index(finding.id) // 3 if finding.id in ranked else len(ranked),
        grade,
    )


def resolve_topics(
    frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = (), more: Mapping[str, Any] | None = None
) -> Resolution:
    """What the guidance says on topics, or that it says nothing."""
    return tell(frame, context, find(frame, context, topics, aspects), more)


def tell(frame: Frame, context: Context, findings: Sequence[Finding], more: Mapping[str, Any] | None = None) -> Resolution:
    """The findings as an answer, with those that disagree with them."""
    shown = list(findings[:SHOWN])
    if not shown:
        return Resolution("not-defined", "guidance", {"frame": frame, "whose": whose_name(frame, context), "next": (), **(more or {})})
    told = {finding.id for finding in shown}
    other = [each for each in context.company.guidance.findings if each.id not in told and is_opposed(each, shown[0])]
    view = {"frame": frame, "findings": shown, "opposed": other[:2], "whose": whose_name(frame, context), "next": (), **(more or {})}
    sources = context.company.guidance.cite(tuple(id for finding in (*shown, *other[:2]) for id in finding.sources))
    return Resolution("answered", "guidance", view, Result("guidance", ()), None, "guidance", sources)


def is_opposed(one: Finding, other: Finding) -> bool:
    """Whether two findings say that they disagree."""
    return one.id in other.disagrees_with or other.id in one.disagrees_with


def whose_name(frame: Frame, context: Context) -> str:
    """The name of the company whose practice is asked; empty for what is typical."""
    source = context.company.guidance.sources.get(frame.whose)
    return source.practice_of if source else ""


def typically(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = ()) -> dict[str, Any]:
    """What is typical, to be told beside a model's silence: one or two findings and their sources."""
    found = find(frame, context, topics, aspects)[:2] if not frame.whose else []
    return {"typical": found}


def sources_of(findings: Iterable[Finding], context: Context) -> tuple[str, ...]:
    """How the sources of findings are named."""
    return context.company.guidance.cite(tuple(id for finding in findings for id in finding.sources))
