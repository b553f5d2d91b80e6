"""What the industry's guidance says to a question: the findings about what is named, those that tell what is asked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.guidance import Finding, Guidance
from bot.domain.questions import Frame
from bot.resolve.context import Context

SHOWN, BESIDE = 4, 2
"""At most so many findings are told in one answer, and beside an answer that does not consist of them."""
EXACT, KIN = 2, 1
"""What a finding counts for about the thing that is named, and about a wider or narrower one."""
NEAR = 1
"""Findings that count so much less than the best are still told with it."""
SEED = "seed"
"""The grade of the two documents."""
WEAK = frozenset({"practitioner", "vendor", "forum"})
"""Grades of sources whose figures nobody has checked."""
ASKED = {
    "when": ("clock", "cadence"),
    "decides": ("decides",),
    "introduces": ("introduction",),
    "levels": ("level",),
    "archetypes": ("alignment",),
}
"""Words of a question, by their tag -> the aspects that answer them."""
WORDED = frozenset({"talent"})
"""Intents whose findings are about the same and differ in their words alone: those that have the words of the question come first."""
TYPICAL = "typical"
CUSTOMER = frozenset({"account", "opportunity"})
"""Subjects whose words stand in every second question."""
CSM = "csm"
"""The job that the guidance is about."""
CONTESTED = "disagreement"
CARD, CARD_ASPECTS = "archetype", frozenset({"define", "does", "strategy", "when", "lineup"})
"""What tells what an archetype is, and the aspects that do; who asks for a risk in words that nobody foresaw asks for something else."""
MINE, OURS_TOO, USUAL = frozenset({"mine", "is-mine"}), frozenset({"our", "we", "us"}), frozenset({"good", "typical"})
"""Kinds of what is somebody's own, the words of it that may mean everybody, and kinds of what is asked of others."""
OURS = "ours"
"""The key of questions that only a company can answer."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, as findings use it: archetypes, jobs, stakeholders, and everything else."""

    archetypes: frozenset[str]
    jobs: frozenset[str]
    stakeholders: frozenset[str]
    others: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Everything that is named."""
        return self.archetypes | self.jobs | self.stakeholders | self.others


def is_guided(frame: Frame, context: Context) -> bool:
    """Whether the guidance is asked: what is typical, a named company's practice, or no company at all."""
    return bool(frame.whose) or not context.company.name


def named_in(frame: Frame, context: Context) -> Named:
    """What a question names; a role of the company stands for its job, and for its archetype where this company is asked."""
    archetypes, jobs = set(frame.things.get("archetype", ())), set()
    for role in frame.roles:
        party = context.company.parties.get(role)
        jobs.add((party.job or "") if party else role.removeprefix("job:"))
        if party and party.archetype and not frame.whose:
            archetypes.add(party.archetype)
    guidance = context.company.guidance
    others = {*frame.things.get("term", ())} | {motion for id in frame.subjects for motion in (id, *context.company.subjects[id].of)}
    others |= {frame.step or ""} | set(frame.facts)
    others |= {value for fact in frame.facts.values() if isinstance(fact.values, frozenset) for value in fact.values}
    jobs -= {guidance.archetypes[id].job for id in archetypes if id in guidance.archetypes}
    return Named(frozenset(archetypes), frozenset(jobs - {""}), frozenset(frame.things.get("stakeholder", ())), frozenset(others - {""}))


def kin_of(id: str, context: Context) -> frozenset[str]:
    """What is wider or narrower than a thing: the job of an archetype and the archetypes of a job, a motion and its parts."""
    archetypes, subjects = context.company.guidance.archetypes, context.company.subjects
    found = {each.id for each in archetypes.values() if each.job == id}
    if id in archetypes:
        found.add(archetypes[id].job)
    if id in subjects:
        found |= {*subjects[id].of, *(each.id for each in subjects.values() if id in each.of)}
    return frozenset(found)


def is_about_others(finding: Finding, named: Named, people: frozenset[str], guidance: Guidance) -> bool:
    """Whether a finding is about jobs, archetypes or stakeholders, `people` being all that there are, and a question names others."""
    about, archetypes = set(finding.of), guidance.archetypes
    types, jobs, met = about & archetypes.keys(), about & guidance.jobs.keys(), about & people
    if any(wanted and found and not found & wanted for wanted, found in ((named.archetypes, types), (named.stakeholders, met))):
        return True
    wanted = named.jobs | {archetypes[id].job for id in named.archetypes if id in archetypes}
    held = jobs | {archetypes[id].job for id in types}
    return bool(wanted and held) and not held & wanted


def find(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = ()) -> list[Finding]:
    """The findings on the topics, best first, those of the aspects alone where some are given.

    First by how much of what the question names they are about, then by the aspect asked, a whole before its details, and the two
    documents before others; then as they are written. What is about much less than the best is left out, and so are other jobs.
    """
    return [finding for _, finding in scored(frame, context, topics, aspects)]


def overview(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = ()) -> list[Finding]:
    """The same, but one finding of each aspect before a second of any."""
    first: dict[tuple[int, str, str], Finding] = {}
    found = scored(frame, context, topics, aspects)
    for score, finding in found:
        first.setdefault((score, finding.topic, finding.aspect), finding)
    heads = {finding.id for finding in first.values()}
    spoken = frozenset(worded(frame))
    return [finding for _, finding in sorted(found, key=lambda each: (each[1].id not in spoken, -each[0], each[1].id not in heads))]


def scored(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str]) -> list[tuple[int, Finding]]:
    """The findings in order, each with how much of what is named it is about."""
    guidance, named, asked = context.company.guidance, named_in(frame, context), asked_aspects(frame)
    company = frame.whose if frame.whose != TYPICAL else ""
    kin = {id: kin_of(id, context) for id in named.all}
    people = frozenset(entry.id for entry in context.company.section("stakeholders"))
    found = [
        (sum(EXACT if id in finding.of else KIN * bool(kin[id] & set(finding.of)) for id in named.all), finding)
        for topic in topics
        for finding in guidance.on(topic)
        if (not company or finding.company == company)
        and (not aspects or finding.aspect in aspects)
        and not is_about_others(finding, named, people, guidance)
    ]
    least = max((score for score, _ in found), default=0) - NEAR

    spoken = {id: place for place, id in enumerate(worded(frame))}

    def order(each: tuple[int, Finding]) -> tuple[int, ...]:
        score, finding = each
        at = aspects.index(finding.aspect) if aspects else 0
        return (
            spoken.get(finding.id, len(spoken)),
            -score,
            finding.aspect not in asked,
            at,
            bool(finding.within),
            not is_seed(finding, guidance),
        )

    return sorted((each for each in found if each[0] >= least or each[1].id in spoken), key=order)


def worded(frame: Frame) -> tuple[str, ...]:
    """The findings that come first for their words, where what is named does not choose among them."""
    if frame.things.get("archetype"):
        return ()
    own = frame.findings if frame.intent in WORDED else ()
    return (*own, *(id for id in frame.alike if id not in own))


def asked_aspects(frame: Frame) -> frozenset[str]:
    """The aspects that the words of a question ask for."""
    return frozenset(aspect for mention in frame.mentions for aspect in ASKED.get(mention.kind, ()))


def is_seed(finding: Finding, guidance: Guidance) -> bool:
    """Whether a finding comes from one of the two documents in the first place."""
    first = guidance.sources.get(next(iter(finding.sources), ""))
    return first is not None and first.grade == SEED


def chosen(found: Iterable[Finding]) -> list[Finding]:
    """As many as an answer tells; none that one before it sums up."""
    told: list[Finding] = []
    for finding in found:
        if finding.within not in {each.id for each in told} and finding not in told:
            told.append(finding)
    return told[:SHOWN]


def resolve_topics(
    frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = (), more: Mapping[str, Any] | None = None
) -> Resolution:
    """What the guidance says on topics, or that it says nothing; where no aspect is asked, something of each."""
    return tell(frame, context, (find if aspects else overview)(frame, context, topics, aspects), more)


def tell(frame: Frame, context: Context, findings: Iterable[Finding], more: Mapping[str, Any] | None = None) -> Resolution:
    """The findings as an answer, with one that disagrees with the first."""
    shown, guidance = chosen(findings), context.company.guidance
    view = {"frame": frame, "whose": whose_name(frame, context), **(more or {})}
    if not shown:
        return Resolution("not-defined", "guidance", view)
    opposed = opposed_to(shown, guidance)
    view = {**view, "findings": shown, "opposed": opposed, "grades": weak_grades(shown[0], guidance)}
    return Resolution("answered", "guidance", view, Result("guidance", ()), None, "guidance", sources_of((*shown, *opposed), context))


def near_in(frame: Frame, context: Context) -> list[Finding]:
    """The findings that are nearest to a question in their words."""
    found = {finding.id: finding for finding in context.company.guidance.spoken} if frame.near else {}
    return [found[id] for id in frame.near if id in found]


def with_near(answer: Resolution, frame: Frame, context: Context) -> Resolution:
    """An answer with the findings that are nearest to the question, where it does not tell them; they take the place of none."""
    near = near_in(frame, context)
    if not near or "near" in answer.view or not is_guided(frame, context):
        return answer
    is_other = answer.outcome == "answered" and answer.template == CARD and near[0].aspect not in CARD_ASPECTS
    if (
        is_other
        or (answer.outcome == "not-defined" and frame.key != OURS)
        or (answer.outcome == "not-allowed" and (not is_own(frame) or is_market(near, context)))
    ):
        return tell(frame, context, near)
    if answer.outcome != "answered" or answer.basis != "guidance":
        return answer
    told = answer.view.get("findings", ())
    names = {name for finding in told for name in (finding.id, finding.within) if name}
    said = {each.says for each in answer.view.get(TYPICAL, ())}
    more = [each for each in near if each.id not in names and each.within not in names and each.says not in said][:BESIDE]
    sources = tuple(dict.fromkeys((*answer.sources, *sources_of(more, context))))
    return replace(answer, view={**answer.view, "near": more}, sources=sources) if more else answer


def is_market(near: Sequence[Finding], context: Context) -> bool:
    """Whether what is usual in pay answers what is asked of one's own: no company is there whose plans could be meant."""
    return not context.company.name and near[0].topic == "compensation"


def is_own(frame: Frame) -> bool:
    """Whether somebody's own pay is asked for, and not what is usual: "our CSMs" may be anybody's."""
    kinds = {mention.kind for mention in frame.mentions}
    return (
        frame.mine and kinds.isdisjoint(USUAL) and any(each.kind in MINE and each.words.lower() not in OURS_TOO for each in frame.mentions)
    )


def opposed_to(shown: Sequence[Finding], guidance: Guidance) -> list[Finding]:
    """A finding that disagrees with the first one told, and is not told itself: one that names both sides, if there is one."""
    first, told = shown[0], {finding.id for finding in shown}
    if first.topic == CONTESTED:
        return []
    other = [each for each in guidance.findings if each.id in first.disagrees_with or first.id in each.disagrees_with]
    if any(each.id in told for each in other):
        return []
    return sorted(other, key=lambda each: each.topic != CONTESTED)[:1]


def spoken_of(frame: Frame, context: Context) -> list[Finding]:
    """The findings that say all that the question says; a company's practice answers for that company alone."""
    found = {finding.id: finding for finding in context.company.guidance.findings}
    company = frame.whose if frame.whose != TYPICAL else ""
    spoken = (found[id] for id in frame.findings if id in found)
    return [each for each in spoken if each.company == company]


def on_named(findings: Iterable[Finding], frame: Frame, context: Context) -> list[Finding]:
    """The findings about what is named beside the CSM, which nearly all are about; where nothing is, all of them."""
    named = named_in(replace(frame, subjects=tuple(id for id in frame.subjects if id not in CUSTOMER)), context)
    wanted = (named.all - {CSM}) | {kin for id in named.others for kin in kin_of(id, context)}
    return [each for each in findings if not wanted or wanted & set(each.of) or each.id in frame.findings]


def weak_grades(finding: Finding, guidance: Guidance) -> tuple[str, ...]:
    """The grades of the sources of a figure, where all of them are weak; nothing otherwise."""
    grades = tuple(dict.fromkeys(guidance.sources[id].grade for id in finding.sources if id in guidance.sources))
    return grades if finding.figure and WEAK.issuperset(grades) else ()


def whose_name(frame: Frame, context: Context) -> str:
    """The name of the company whose practice is asked; empty for what is typical."""
    source = context.company.guidance.sources.get(frame.whose)
    return source.practice_of if source else ""


def typically(frame: Frame, context: Context, topics: Iterable[str], aspects: Sequence[str] = ()) -> dict[str, Any]:
    """What is typical, to be told beside a model's silence: one or two findings and their sources."""
    found = (find if aspects else overview)(frame, context, topics, aspects) if not frame.whose else []
    return {"typical": chosen(found)[:2]}


def sources_of(findings: Iterable[Finding], context: Context) -> tuple[str, ...]:
    """How the sources of findings are named."""
    return context.company.guidance.cite(tuple(id for finding in findings for id in finding.sources))
