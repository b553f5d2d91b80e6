"""The best form and the spans -> a frame: what it is about, who, which facts, from whose point of view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.domain.company import Company
from bot.domain.questions import Mention
from bot.understand.amount_texts import Amount
from bot.understand.clauses import clause_around
from bot.understand.forms import Fit
from bot.understand.lexicon import Span
from bot.understand.matters import Match
from bot.understand.text import Token

T = TypeVar("T")
WEAK = ("account", "opportunity")
"""Subjects whose words are in every second question; they count only when nothing else is named."""
HAPPENED = ("ed", " left", " gone")
"""How words end that tell of what happened."""
DEAL = ("opportunity",)
THINGS = frozenset({"archetype", "signal", "term", "stakeholder", "process", "link", "pod", "stage", "level", "practice"})
"""Tags of names that are neither subjects nor steps, roles or facts."""
NAMES = frozenset({"subject", "step", "role", "position", "fact", "implies"}) | THINGS
CONTEXT = frozenset(
    {"at", "during", "near", "before", "after", "around", "within", "alongside", "by", "until", "towards", "toward", "into"}
)
"""A motion after one of these is when the other happens: "an upsell at renewal"."""
DETERMINERS = frozenset({"the", "a", "an", "their", "its", "our", "my", "this", "that", "to", "of"})


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a company's rules say about its own words: which steps and attributes its subjects use."""

    company: Company
    steps: Mapping[str, frozenset[str]]
    """Subject -> the steps ruled on it."""
    attributes: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Subject -> kind of attribute -> the attributes that its rules branch on; "" for all subjects."""
    ruled: frozenset[str]
    sole: Mapping[str, str]
    """Amount by which entries of one section alone go -> their subject, or nothing: whoever says "15% off" speaks of a discount."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The spans of one question with what was found around them."""

    tokens: list[Token]
    spans: list[Span]
    amounts: list[Amount]
    matches: Mapping[str, Match] = field(default_factory=dict)
    """The entries that the words speak of, by section."""
    worked: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of it, which several stages ask for; a reading with other spans begins anew."""

    def once(self, name: str, work: Callable[[], T]) -> T:
        """What comes of `work`, worked out when it is first asked for."""
        if name not in self.worked:
            self.worked[name] = work()
        found: T = self.worked[name]
        return found


def subjects_of(reading: Reading, fit: Fit, grounds: Grounds) -> tuple[str, ...]:
    """The subjects that the question is about."""
    company = grounds.company
    named, inner, context = named_subjects(reading, fit, grounds)
    if asked := asked_subjects(reading, fit, company):
        named, context = asked, [id for id in (*context, *named) if id not in asked and asked != list(DEAL)]
    strong = [id for id in named if id not in WEAK]
    exact = [id for id in strong if company.subjects[id].kind != "motion"]
    meant = implied(reading, company)
    if meant and set(meant) <= set(WEAK) and named and not strong and is_first(named[0], meant[0], reading, company):
        meant = []
        context = context or named[:1]
    if meant and set(meant) <= set(WEAK) and not set(context) <= set(WEAK):
        meant = []
    chosen = (exact if exact and not joined(reading) else strong) or meant or context or anchored(reading, company, named)
    chosen = chosen or ([] if named else from_stages(reading, fit, company))
    chosen = elsewhere(reading, meant, grounds) or chosen if chosen == meant else chosen
    steps = from_steps(reading, grounds) if set(inner) <= set(WEAK) else []
    chosen = chosen or steps or inner or from_steps(reading, grounds)
    chosen = chosen or from_stages(reading, fit, company) or named[:1]
    if set(chosen) <= set(WEAK) and (own := ruled_by_itself(reading, chosen, grounds)):
        chosen = own
    return tuple(dict.fromkeys(id for whole in chosen for id in narrowed(whole, meant, company)))


def asked_subjects(reading: Reading, fit: Fit, company: Company) -> list[str]:
    """What is named in the clause that asks who it is, where other clauses tell what else there is: "renewal is in May, who owns that
    upsell"."""
    asking = [span.position for span in reading.spans if "who" in span.tags]
    if fit.intent.id != "who" or len(asking) != 1:
        return []
    start, stop = clause_around(asking[0], reading.tokens)
    if all(start <= index < stop for index, token in enumerate(reading.tokens) if not token.is_stop):
        return []
    here = replace(reading, spans=[span for span in reading.spans if start <= span.position < stop])
    found = [id for span in here.spans if span.weight and (sense := span.sense("subject")) for id in sense.ids if is_motion(id, company)]
    told = {id for span in reading.spans if (sense := span.sense("subject")) for id in sense.ids}
    weak = [id for span in here.spans if span.weight and (sense := span.sense("subject")) for id in sense.ids if told <= set(WEAK)]
    deal = [id for span in here.spans if span.weight and (sense := span.sense("subject")) and sense.ids == DEAL for id in sense.ids]
    motions = [id for id in told if is_motion(id, company)]
    found = found or [id for id in implied(here, company) if is_motion(id, company)] or weak[:1] or ([] if motions else deal[:1])
    return list(dict.fromkeys(found))


def is_motion(id: str, company: Company) -> bool:
    """Whether a subject is a motion that says what is asked about."""
    return id not in WEAK and company.subjects[id].kind == "motion"


def is_first(named: str, meant: str, reading: Reading, company: Company) -> bool:
    """Whether the subject that is named stands before the value that implies another."""
    for span in reading.spans:
        subject, value = span.sense("subject"), span.sense("fact")
        if subject and named in subject.ids:
            return True
        choice = company.attributes[value.attribute].choices.get(value.ids[0]) if value and value.attribute else None
        if choice and choice.of == meant:
            return False
    return False


def narrowed(whole: str, meant: list[str], company: Company) -> tuple[str, ...]:
    """The motions that a motion is made of; where a value that belongs to one of them was mentioned, only that."""
    parts = company.subjects[whole].of or (whole,)
    return tuple(id for id in parts if id in meant) or parts


def named_subjects(reading: Reading, fit: Fit, grounds: Grounds) -> tuple[list[str], list[str], list[str]]:
    """The subjects named, those inside the name of a value, and motions that only say when another happens."""
    named: list[str] = []
    inner: list[str] = []
    context: list[str] = []
    for index, span in enumerate(reading.spans):
        sense = span.sense("subject")
        if sense is None or fit.used.get(index) == "role" or is_rather(span, "step", reading, fit, grounds):
            continue
        later = bool(named or implied(reading, grounds.company)) and (
            is_context(reading.tokens, span) or has_happened(span, sense.ids[0], grounds)
        )
        later = later or is_soft(span, sense.ids[0], fit, grounds.company)
        (context if later else named if span.weight else inner).extend(id for id in sense.ids if id not in (*named, *inner, *context))
    return named, inner, context


def is_soft(span: Span, subject: str, fit: Fit, company: Company) -> bool:
    """Whether words for a subject other than a motion may as well be a value ("red account") or a cue ("kick off") here."""
    cues = span.tags - NAMES
    return company.subjects[subject].kind != "motion" and ("fact" in span.tags or not cues.isdisjoint((*fit.form.needs, *fit.form.allows)))


def has_happened(span: Span, subject: str, grounds: Grounds) -> bool:
    """Whether words tell of what happened before: "they churned last year, and want back in"."""
    return grounds.company.subjects[subject].kind != "motion" and span.typed.lower().endswith(HAPPENED)


def is_context(tokens: list[Token], span: Span) -> bool:
    """Whether the words stand after "at", "during" and the like."""
    at = span.position - 1
    while at >= 0 and tokens[at].text in DETERMINERS:
        at -= 1
    return at >= 0 and tokens[at].text in CONTEXT


def joined(reading: Reading) -> bool:
    """Whether several things are asked for at once."""
    return any(token.text in ("and", "vs", "versus") for token in reading.tokens)


def implied(reading: Reading, company: Company) -> list[str]:
    """Subjects that a mentioned value belongs to: seats are an upsell."""
    found = []
    for span in reading.spans:
        sense = span.sense("fact")
        if sense and sense.attribute:
            subject = company.attributes[sense.attribute].choices.get(sense.ids[0])
            if subject and subject.of:
                found.append(subject.of)
    return found


def anchored(reading: Reading, company: Company, named: Sequence[str] = ()) -> list[str]:
    """The motion whose event a duration is counted to: "60 days before renewal, who?" is about the renewal; beside the account only where
    the event is what the motion is called: "the account 200 days after go-live" is not about adoption."""
    for amount in reading.amounts:
        for subject in company.subjects.values():
            if amount.anchor and amount.anchor in (subject.name, *(() if named else subject.aka)):
                return [subject.id]
    return []


def from_steps(reading: Reading, grounds: Grounds) -> list[str]:
    """The motions on which a mentioned step is ruled."""
    named = [span for span in reading.spans if span.sense("step")]
    named = [span for span in named if "procedure" not in span.tags] or named
    steps = {id for span in named if (sense := span.sense("step")) for id in sense.ids}
    found = [subject for subject, ruled in grounds.steps.items() if steps & ruled]
    return found or [id for step in steps for id in grounds.company.steps[step].of]


def elsewhere(reading: Reading, meant: list[str], grounds: Grounds) -> list[str]:
    """The one motion on which a named step is ruled, where a value speaks of others that do not have it: "who trains their users"."""
    found = [id for id in dict.fromkeys(from_steps(reading, grounds)) if id in grounds.steps]
    parts = {part for id in meant for part in (id, *grounds.company.subjects[id].of)}
    return found if len(found) == 1 and parts.isdisjoint(found) else []


def ruled_by_itself(reading: Reading, chosen: list[str], grounds: Grounds) -> list[str]:
    """What is named as a step and is ruled on by itself, where it is no step of what it stands beside: "save an account"."""
    steps = {id for span in reading.spans if (sense := span.sense("step")) for id in sense.ids}
    has = any(steps & grounds.steps.get(id, frozenset()) for id in chosen)
    names = {grounds.company.steps[id].name for id in steps}
    return [] if has else [id for id in grounds.ruled if id in grounds.company.subjects and grounds.company.subjects[id].name in names]


def from_stages(reading: Reading, fit: Fit, company: Company) -> list[str]:
    """The motions of a stage that a form is about: who owns "the first 90 days" owns what happens in them."""
    if fit.intent.id != "who" and "stage" not in fit.form.needs:
        return []
    named = {id for span in reading.spans if (sense := span.sense("stage")) for id in sense.ids}
    return [id for entry in company.section("stages") if entry.id in named for id in entry.fields["of"]]


def is_rather(span: Span, tag: str, reading: Reading, fit: Fit, grounds: Grounds) -> bool:
    """Whether words that name a subject and a step are the step here: another subject is named, and has that step."""
    step = span.sense(tag)
    if step is None:
        return False
    others = [
        id
        for other in reading.spans
        if other is not span and other.weight and (sense := other.sense("subject"))
        for id in sense.ids
        if id not in WEAK
    ]
    others += [id for other in reading.spans if "thread" in other.tags and (sense := other.sense("subject")) for id in sense.ids]
    return any(
        set(step.ids) & grounds.steps.get(id, frozenset()) for other in others for id in (grounds.company.subjects[other].of or (other,))
    )


def step_of(reading: Reading, fit: Fit, subjects: tuple[str, ...], grounds: Grounds) -> str | None:
    """The step that the question is about."""
    ruled = {id for subject in subjects for id in grounds.steps.get(subject, frozenset())}
    for index, span in enumerate(reading.spans):
        sense = span.sense("step")
        if sense is None:
            continue
        here = [id for id in sense.ids if id in ruled and "procedure" not in span.tags]
        also_subject = span.sense("subject")
        if also_subject and any(id in subjects for id in also_subject.ids):
            continue
        if {grounds.company.steps[id].name for id in sense.ids} & {grounds.company.subjects[id].name for id in subjects}:
            continue
        if here:
            return here[0]
        if fit.used.get(index) in (None, "step") and span.tags <= {"step", "fact"} and not is_told(index, reading, subjects, grounds):
            return sense.ids[0]
    return None


def is_told(index: int, reading: Reading, subjects: tuple[str, ...], grounds: Grounds) -> bool:
    """Whether a step that is not ruled on only belongs to the story: what is asked about, and ruled on, is named in another clause."""
    start, stop = clause_around(reading.spans[index].position, reading.tokens)
    named = [span.position for span in reading.spans if (sense := span.sense("subject")) and set(sense.ids) & set(subjects)]
    told = bool(grounds.ruled.intersection(subjects)) and all(at >= 0 and not start <= at < stop for at in named)
    return bool(named) and told


def roles_of(reading: Reading, fit: Fit, subjects: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The roles mentioned, each with all that its words fit; not those that only served as a subject."""
    found: list[tuple[str, ...]] = []
    for index, span in enumerate(reading.spans):
        sense = span.sense("role")
        if sense is None or fit.used.get(index, "role") != "role":
            continue
        subject = span.sense("subject")
        if index not in fit.used and ("role" not in fit.form.allows or (subject and any(id in subjects for id in subject.ids))):
            continue
        if sense.ids not in found:
            found.append(sense.ids)
    return found


def mentions_of(reading: Reading) -> tuple[Mention, ...]:
    """What was recognised, for `why`."""
    found = [
        Mention(span.typed, sense.tag, ", ".join(sense.ids), span.start, span.start + len(span.typed), span.repaired)
        for span in reading.spans
        for sense in span.senses
    ]
    found += [Mention(amount.fact.said, "fact", amount.fact.attribute, 0, 0) for amount in reading.amounts if amount.fact]
    return tuple(found)
