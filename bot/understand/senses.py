"""Every phrase with what it can mean: cues of the language, names of the guidance, and the company's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.company import Company, Entry, Step, Subject
from bot.domain.language import Language
from bot.domain.regions import Values
from bot.understand.own_names import OwnNames
from bot.understand.sizes import as_called
from bot.understand.text import stem, words_of

OPENER = "opener"
"""The cue of words that begin a question; they mean nothing by themselves."""
PROCEDURE, PROCESS, STEPS = "procedure", "process", "steps"
"""The cue of words for a process, the tag of its name, and the cue of questions for its steps."""
STAGE = "stage"
"""The tag of names of stages: a word for one that belongs to one motion is a word for that as well."""
TERM = "term"
SHORT = 2
ARTICLE = re.compile(r"^(?:an?|the) ")
ENTRY_TAGS = {
    "stakeholders": "stakeholder",
    "processes": "process",
    "terms": "term",
    "links": "link",
    "pods": "pod",
    "stages": "stage",
    "escalations": "level",
}
"""Section -> the tag of its names."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that words can mean."""

    tag: str
    ids: tuple[str, ...]
    """Several when the words fit several, such as a job that three roles have."""
    attribute: str = ""
    values: Values | None = None


def all_senses(company: Company, language: Language) -> Iterator[tuple[str, Sense]]:
    """Every phrase with what it means."""
    names = OwnNames(company)
    yield from cue_senses(language)
    yield from ((name, Sense("here", ("here",))) for name in own_names(company.name))
    yield from party_senses(company)
    yield from job_senses(company, names)
    yield from work_senses(company, names)
    yield from fact_senses(company, language, names)
    yield from entry_senses(company, frozenset(language.cues.get(PROCEDURE, ())))
    yield from guidance_senses(company, names)


def work_senses(company: Company, names: OwnNames) -> Iterator[tuple[str, Sense]]:
    """Subjects and steps by all their names; what is built in and not spoken of here gives way to what the company rules on."""
    for subject in company.subjects.values():
        heir = names.heir(subject)
        for phrase in phrases_of("subject", subject, names):
            if heir:
                yield phrase, Sense(heir[0], (heir[1],))
            elif not names.yields(phrase, subject):
                yield phrase, Sense("subject", (subject.id,))
    for step in company.steps.values():
        yield from ((phrase, Sense("step", (step.id,))) for phrase in phrases_of("step", step, names))


def phrases_of(tag: str, thing: Subject | Step, names: OwnNames) -> Iterator[str]:
    """What a subject or step is called."""
    aka = (phrase for phrase in thing.aka if names.leaves(phrase, tag, thing.id) and not names.is_term(phrase, thing))
    return with_plurals((thing.name, thing.id.replace("-", " "), *aka))


def cue_senses(language: Language) -> Iterator[tuple[str, Sense]]:
    """The words of each cue."""
    for tag, says in language.cues.items():
        if tag != OPENER:
            yield from ((phrase, Sense(tag, (tag,))) for phrase in says)


def own_names(name: str) -> tuple[str, ...]:
    """What a company calls itself: its name, and the name without what stands in brackets."""
    return tuple(dict.fromkeys(filter(None, (name, name.partition("(")[0].strip()))))


def with_plurals(phrases: Iterable[str]) -> Iterator[str]:
    """The phrases, and the plurals of those that end in two letters, which no stem reaches: "missing POs"."""
    for phrase in phrases:
        yield phrase
        if len(phrase.split()[-1]) == SHORT:
            yield f"{phrase}s"


def party_senses(company: Company) -> Iterator[tuple[str, Sense]]:
    """Roles, teams and positions by all their names; a position is also the subject whose owner it is."""
    for party in company.parties.values():
        for phrase in with_plurals((party.name, party.id.replace("-", " "), *party.aka)):
            yield phrase, Sense("role", (party.id,))
            if party.from_subject:
                yield phrase, Sense("subject", (party.from_subject,))
                yield phrase, Sense("position", (party.id,))


def job_senses(company: Company, names: OwnNames) -> Iterator[tuple[str, Sense]]:
    """Standard jobs, where the company's own names do not already say it: through the roles that have the job."""
    own = {words_of(phrase) for phrase, _ in party_senses(company)}
    for job in company.guidance.jobs.values():
        roles = tuple(party.id for party in company.roles() if party.job == job.id)
        for phrase in (job.name, job.id.replace("-", " "), *job.aka):
            if words_of(phrase) not in own and names.leaves(phrase, "job", job.id):
                yield phrase, Sense("role", roles or (f"job:{job.id}",))


def fact_senses(company: Company, language: Language, names: OwnNames) -> Iterator[tuple[str, Sense]]:
    """Values of attributes, and yes-no attributes by their name; a value's id counts unless it is a common word or somebody's name."""
    plain = language.filler | language.known
    taken = {words_of(phrase) for phrase, _ in (*party_senses(company), *job_senses(company, names))} | {(stem(word),) for word in plain}
    for attribute in company.attributes.values():
        if attribute.kind == "enum":
            for choice in attribute.choices.values():
                bare = choice.id.replace("-", " ")
                common = words_of(bare) in taken
                aka = (phrase for phrase in choice.aka if names.leaves(phrase, attribute.id, choice.id))
                called = (choice.name, *(bared(choice.name) if choice.of else ()), *aka)
                placed = [f"in {bare}", f"in the {bare}", f"{bare} segment"] if attribute.id == "segment" else []
                called = tuple(as_called(called, language)) if attribute.id == "segment" else called
                for phrase in with_plurals((*called, *(placed if common else [bare]))):
                    yield phrase, Sense("fact", (choice.id,), attribute.id, attribute.leaves(choice.id))
                    if choice.of:
                        yield phrase, Sense("implies", (choice.of,))
        elif attribute.kind == "yes-no":
            aka = (phrase for phrase in attribute.aka if names.leaves(phrase, attribute.id, "yes"))
            for phrase in with_plurals((attribute.name, attribute.id.replace("-", " "), *aka)):
                yield phrase, Sense("fact", ("yes",), attribute.id, frozenset({"yes"}))


def bared(name: str) -> tuple[str, ...]:
    """A name of several words without its article: "new division wants in" is about a new division."""
    bare = ARTICLE.sub("", name)
    return (bare,) if bare != name and " " in bare else ()


def holds(words: tuple[str, ...], names: set[tuple[str, ...]]) -> bool:
    """Whether words hold one of the names: what a company calls its roles stands by itself."""
    return any(words[at : at + size] in names for size in range(1, len(words)) for at in range(len(words) - size + 1))


def entry_senses(company: Company, procedures: frozenset[str]) -> Iterator[tuple[str, Sense]]:
    """The names of a company's processes, terms, links, pods, stages and levels of escalation, and of stakeholders.

    A process whose name says that it is one ("at-risk process") is asked for its steps by its name alone.
    """
    for section, tag in ENTRY_TAGS.items():
        for entry in company.section(section):
            covered = covered_by(entry) if tag == TERM else None
            for phrase in with_plurals(names_in(entry)):
                yield phrase, Sense(tag, (entry.id,))
                if covered:
                    yield phrase, covered
                if tag == STAGE and len(entry.fields["of"]) == 1 and len(phrase.split()) == 1:
                    yield phrase, Sense("subject", tuple(entry.fields["of"]))
                if tag == PROCESS and not procedures.isdisjoint(phrase.lower().split()):
                    yield phrase, Sense(STEPS, (STEPS,))


def covered_by(entry: Entry) -> Sense | None:
    """The fact that a word gives by itself, where it stands for some customers: "in Commercial" is in one of two segments."""
    if len(entry.region) != 1 or len(entry.region[0]) != 1:
        return None
    ((attribute, values),) = entry.region[0].items()
    return Sense("fact", (entry.id,), attribute, values)


def names_in(entry: Entry) -> tuple[str, ...]:
    """What an entry is called."""
    fields = entry.fields
    called: str = fields.get("level") or fields.get("name") or entry.id.replace("-", " ")
    return tuple(dict.fromkeys((called, called.removeprefix("the ").removeprefix("a ").removeprefix("an "), *fields.get("aka", ()))))


def guidance_senses(company: Company, names: OwnNames) -> Iterator[tuple[str, Sense]]:
    """The names of archetypes, of what points to them, of the trade's terms, and of the companies whose practice is known."""
    guidance = company.guidance
    roles = {words_of(phrase) for phrase, sense in party_senses(company) if sense.tag == "role"}
    for archetype in guidance.archetypes.values():
        yield from ((phrase, Sense("archetype", (archetype.id,))) for phrase in (archetype.name, *archetype.aka))
    for signal in guidance.signals.values():
        values = (
            choice for name, ids in signal.fact.items() if (of := company.attributes.get(name)) for choice in map(of.choices.get, ids)
        )
        meant = (phrase for choice in values if choice for phrase in (choice.name, *choice.aka))
        phrases = (phrase for phrase in (signal.name, *signal.aka, *meant) if not holds(words_of(phrase), roles))
        yield from ((phrase, Sense("signal", (signal.id,))) for phrase in phrases)
    for source in guidance.sources.values():
        if source.practice_of and source.practice_of.lower() not in company.name.lower():
            yield from ((phrase, Sense("practice", (source.id,))) for phrase in (source.practice_of, *source.aka))
    own = {words_of(phrase) for entry in company.section("terms") for phrase in names_in(entry)}
    own |= {words_of(phrase) for phrase, _ in party_senses(company)}
    for term in guidance.terms.values():
        for phrase in with_plurals((term.name, *term.aka)):
            if words_of(phrase) not in own and names.leaves(phrase, "term", term.id):
                yield phrase, Sense("term", (term.id,))
