"""onward(): what to ask next, two to four questions that the model answers, nearest to what was asked first. They are made here alone.

What an answer from the guidance offers itself (`next` in its view) comes before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from bot.domain.answers import Resolution
from bot.domain.company import Subject
from bot.domain.questions import Fact, Frame
from bot.domain.rules import Held
from bot.resolve.context import Context
from bot.resolve.narrow import as_ids
from bot.resolve.sayings import say_box

MOST = 4
SHORT = 40
"""Facts of so many characters stand on a button beside the question; longer ones are left out."""
NAME = 70
"""The longest question that a button shows whole."""
ENDED = frozenset({"ask-back", "declined", "not-allowed"})
"""Outcomes after which nothing is offered: a choice is waited for, or the matter is none for Rolecall."""
BROAD = frozenset({"motion", "account", "opportunity"})
"""The kinds of subject beside which others are worth a question."""
WHOLE = frozenset({"sheet", "model"})
"""The intents that are about the rules as a whole."""
KEPT = {"sheet": ("Who keeps these rules?",), "model": ("Show me the rules of engagement",)}
HANDED = frozenset({"handoff", "transfer"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and what the answer names."""

    frame: Frame
    context: Context
    subject: Subject | None
    """What it is about, where the model rules on that."""
    roles: tuple[str, ...]
    """The roles that were asked about, and those that the answer names."""

    @property
    def given(self) -> str:
        """The facts given, to stand behind a subject; empty where they are long."""
        facts, attributes = {name: fact.values for name, fact in self.frame.facts.items()}, self.context.company.attributes
        named = say_box(self.context.company, {name: values for name, values in facts.items() if attributes[name].kind == "enum"})
        said = say_box(self.context.company, facts) if facts else ""
        readable = not any(map(str.isdigit, named))  # "pooled at rank 1 or 1.5" would be read as an amount
        return f" ({said})" if said and len(said) <= SHORT and readable else ""


def with_onward(resolution: Resolution, frame: Frame, context: Context) -> Resolution:
    """The resolution with what to ask next."""
    own = tuple(resolution.view.get("next", ()))
    if resolution.outcome in ENDED or not context.company.name or (frame.whose and frame.whose != "typical"):
        return replace(resolution, view={**resolution.view, "next": own})
    asked = Asked(frame, context, subject_of(frame, context), roles_of(resolution, frame, context))
    found: dict[str, None] = {}
    for question in chain(own, nearest(asked)):
        if len(question) <= NAME or question in own:
            found[question] = None
        if len(found) == MOST:
            break
    return replace(resolution, view={**resolution.view, "next": tuple(found)})


def subject_of(frame: Frame, context: Context) -> Subject | None:
    """The first subject of a question that is ruled on."""
    return next((context.company.subjects[id] for id in frame.subjects if context.book.is_ruled(id)), None)


def roles_of(resolution: Resolution, frame: Frame, context: Context) -> tuple[str, ...]:
    """The roles of the question, then those of the answer; of teams those of which the model says what they do."""
    named = (*frame.roles, *(resolution.result.roles if resolution.result else ()))
    parties = [party for id in dict.fromkeys(named) if (party := context.company.parties.get(id))]
    return tuple(party.id for party in parties if party.kind == "role" or (party.kind == "team" and party.does))


def nearest(asked: Asked) -> Iterator[str]:
    """Questions near to what was asked: the other sides of the subject and those of the roles in turn, then what comes after it."""
    pairs = zip_longest(about_subject(asked), about_roles(asked))
    yield from (question for pair in pairs for question in pair if question)
    yield from about_others(asked)


def about_subject(asked: Asked) -> Iterator[str]:
    """The other sides of what was asked about: its owner, who supports, when it starts, its steps, other segments, its handoff."""
    frame, context, subject = asked.frame, asked.context, asked.subject
    if subject is None:
        return
    keys = context.book.keys.get(subject.id, ())
    name = subject.phrase + asked.given
    if frame.step or frame.intent not in ("who", "does", "why", "part") or frame.key != "own":
        yield f"Who owns {name}?"
    if (frame.key != "support" or frame.step) and context.book.on(subject.id, "support"):
        yield f"Who supports {name}?"
    yield from in_other_segments(asked, subject)
    if frame.intent != "when" and not frame.step and any(key.endswith((".start", ".due")) for key in keys):
        yield f"When does {name} start?"
    if frame.intent != "steps" and context.book.steps(subject.id):
        yield f"What are the steps of {name}?"


def in_other_segments(asked: Asked, subject: Subject) -> Iterator[str]:
    """The same in the first other segment for which something else is ruled."""
    given = asked.frame.facts.get("segment")
    if given is None or not isinstance(given.values, frozenset) or len(given.values) != 1:
        return
    whole = replace(asked.frame, step=None)
    here = asked.context.decided(whole, subject.id, "own")
    for segment in asked.context.company.segments.values():
        there = replace(whole, facts={**whole.facts, "segment": Fact("segment", frozenset({segment.id}), segment.name)})
        decided = asked.context.decided(there, subject.id, "own")
        if here and decided and isinstance(decided.ruling, Held) and decided.ruling != here.ruling:
            yield f"Who owns {subject.phrase} for {segment.name}?"
            return


def about_roles(asked: Asked) -> Iterator[str]:
    """What else there is to say of the roles and teams: what they do, what is not theirs, who hands over to them, where they are."""
    company, frame = asked.context.company, asked.frame
    for id in asked.roles[:2]:
        party = company.parties[id]
        name = party.name if party.kind == "team" or party.name.startswith("the ") else f"the {party.name}"
        if frame.intent != "role" or asked.subject is not None:
            yield f"What does {name} do?"
        if frame.intent != "boundary" and any(id in as_ids(entry.fields["role"]) for entry in asked.context.entries("boundaries", frame)):
            yield f"What is not {name}'s job?"
        handed = asked.context.entries("handoffs", frame)
        if frame.intent not in HANDED and any(id in as_ids(entry.fields["to-role"]) for entry in handed):
            yield f"Who hands over to {name}?"
        if frame.intent != "where" and party.kind == "team" and party.channel:
            yield f"Which channel is {name} in?"
        if frame.intent == "role" and asked.subject is None:
            yield from (f"What does {name} do in {company.subjects[subject].name}?" for subject in motions_of(id, asked)[:2])


def motions_of(role: str, asked: Asked) -> list[str]:
    """The motions in which a role holds something by its own name."""
    book = asked.context.book
    motions = [id for id in book.keys if id in book.company.subjects and book.company.subjects[id].kind == "motion"]

    def names(id: str) -> bool:
        lines = (line for key in ("own", "support") for line in book.on(id, key))
        return any(isinstance(line.says.ruling, Held) and role in line.says.ruling.holders for line in lines)

    return [id for id in motions if names(id)]


def about_others(asked: Asked) -> Iterator[str]:
    """The motions that come after the one asked about, then those before it; of an account and a deal, those they are for; of the
    whole, its parts."""
    company, book = asked.context.company, asked.context.book
    motions = [id for id, subject in company.subjects.items() if subject.kind == "motion" and book.is_ruled(id)]
    if asked.frame.intent in WHOLE:
        yield from (f"Show me the rules of engagement for {segment.name}" for segment in [*company.segments.values()][:2])
        yield from KEPT[asked.frame.intent]
    if asked.subject is not None and asked.subject.kind in BROAD:
        at = motions.index(asked.subject.id) if asked.subject.id in motions else -1
        yield from (f"Who owns {company.subjects[id].name}?" for id in (*motions[at + 1 :], *reversed(motions[: max(at, 0)])))


def instead(closest: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """What may have been meant by a question that was not understood; without a hint, what is asked most."""
    company, book = context.company, context.book
    meant = [id for id in closest if id in company.subjects]
    if meant or not company.name:
        return tuple(f"Who owns {company.subjects[id].phrase}?" for id in meant[:MOST])
    ruled = [subject.name for id, subject in company.subjects.items() if subject.kind == "motion" and book.is_ruled(id)]
    roles = [f"What does the {role.name} do?" for role in company.roles()[:1]]
    return (*(f"Who owns {name}?" for name in ruled[-1:]), *roles, *(f"Who owns {name}?" for name in ruled[:1]))
