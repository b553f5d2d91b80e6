"""What a question was taken to mean, as JSON: so that a thread can be gone on with in another process, hours later.

None of the asker's words are in it. It is read against a company as an audience sees it, and what does not fit there is not read at
all: a name that was taken out of the model, a ruling that this person may not see, a form that a newer version writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.attributes import say_values
from bot.domain.company import Company
from bot.domain.language import Language
from bot.domain.questions import Ambiguous, Fact, Figure, Frame, Mention, NotUnderstood, Option, Several, Understood
from bot.domain.regions import Spans, Values
from bot.understand.facts import of_kinds

VERSION = 1
FIGURES = frozenset({"duration", "count", "money"})
"""The kinds of numbers that are no facts yet."""
DEEPEST = 3
"""A frame may be about the one before it, and that about another; not for ever."""
JOB = "job:"
WORDS = "word"
"""The kind of things that are the asker's own words; that there were some is all that matters later."""


class UnreadableError(ValueError):
    """What was written is not for this company, this audience or this version."""


def understood_as_json(understood: Understood) -> dict[str, Any] | None:
    """What was understood; None where that was nothing."""
    match understood:
        case NotUnderstood():
            return None
        case Several(parts=parts):
            return {"v": VERSION, "several": [part_as_json(part) for part in parts]}
        case Frame() | Ambiguous():
            return {"v": VERSION, **part_as_json(understood)}


def part_as_json(part: Frame | Ambiguous) -> dict[str, Any]:
    """One question."""
    if isinstance(part, Frame):
        return {"frame": frame_as_json(part)}
    options = [{"label": option.label, "frame": frame_as_json(option.frame)} for option in part.options]
    return {"about": part.about, "frame": frame_as_json(part.frame), "options": options}


def frame_as_json(frame: Frame) -> dict[str, Any]:
    """A frame, without what is as usual and without the words that were recognised."""
    said: dict[str, Any] = {
        "intent": frame.intent,
        "subjects": [*frame.subjects],
        "step": frame.step,
        "key": "" if frame.key == "own" else frame.key,
        "roles": [*frame.roles],
        "facts": {name: values_as_json(fact.values) for name, fact in frame.facts.items()},
        "as": frame.as_role,
        "mine": frame.mine,
        "things": {kind: ["…"] if kind == WORDS and ids else [*ids] for kind, ids in frame.things.items()},
        "whose": frame.whose,
        "figures": [[figure.kind, values_as_json(figure.values)] for figure in frame.figures],
        "findings": [*frame.findings],
        "near": [*frame.near],
        "alike": [*frame.alike],
        "before": frame_as_json(frame.about) if frame.about else None,
        "topic": frame.topic,
        "as_of": frame.as_of.isoformat() if frame.as_of else None,
        "sure": None if frame.confidence == 1.0 else round(frame.confidence, 3),
        "mentions": [[mention.kind, mention.id, mention.start] for mention in frame.mentions],
    }
    return {name: value for name, value in said.items() if value}


def values_as_json(values: Values) -> list[Any]:
    """Choices in order, or spans."""
    return sorted(values) if isinstance(values, frozenset) else [[*span] for span in values]


def understood_from_json(written: Any, company: Company, language: Language) -> Understood | None:
    """What was written, where it fits the company as it is seen now; None otherwise."""
    try:
        return Reader(company, language).understood(written)
    except (UnreadableError, KeyError, TypeError, ValueError, AttributeError):
        return None


class Reader:
    """Reads frames against one company as one audience sees it."""

    def __init__(self, company: Company, language: Language) -> None:
        self.company = company
        self.intents = {intent.id for intent in language.intents}
        self.topics = {"", *language.declines}
        self.roles = {*company.parties, *(JOB + id for id in company.guidance.jobs)}
        self.entries = {entry.id for entry in company.entries}
        guidance = company.guidance
        self.known: Mapping[str, set[str]] = {
            "archetype": {*guidance.archetypes},
            "term": {*guidance.terms, *self.entries},
            "signal": {*guidance.signals},
            "finding": {finding.id for finding in guidance.spoken},
            "level": self.entries,
            **dict.fromkeys(("entry", "stakeholder", "process", "link", "pod", "stage"), self.entries),
        }

    def understood(self, written: Any) -> Understood:
        """All that was understood. Raises UnreadableError, or what Python raises at values of a wrong shape."""
        if written["v"] != VERSION:
            raise UnreadableError("another version")
        if "several" in written:
            return Several(tuple(self.part(part) for part in every_part(written["several"])))
        return self.part(written)

    def part(self, written: Any) -> Frame | Ambiguous:
        """One question."""
        frame = self.frame(written["frame"])
        if "options" not in written:
            return frame
        options = tuple(Option(text_of(option["label"]), self.frame(option["frame"])) for option in written["options"])
        return Ambiguous(text_of(written["about"]), options, frame)

    def frame(self, written: Any, depth: int = 0) -> Frame:
        """A frame, each name of which is known."""
        if depth > DEEPEST:
            raise UnreadableError("too deep")
        before = written.get("before")
        read = Frame(
            one_of(written["intent"], self.intents),
            every_of(written.get("subjects", ()), self.company.subjects),
            one_of(written["step"], self.company.steps) if "step" in written else None,
            text_of(written.get("key", "own")),
            every_of(written.get("roles", ()), self.roles),
            self.facts(written.get("facts", {})),
            one_of(written["as"], self.roles) if "as" in written else None,
            bool(written.get("mine", False)),
            {kind: self.things(kind, ids) for kind, ids in written.get("things", {}).items()},
            one_of(written.get("whose", ""), {"", "typical", *self.company.guidance.sources}),
            self.frame(before, depth + 1) if before else None,
            one_of(written.get("topic", ""), self.topics),
            float(written.get("sure", 1.0)),
            figures=tuple(Figure(one_of(kind, FIGURES), spans_of(spans), "") for kind, spans in written.get("figures", ())),
            findings=every_of(written.get("findings", ()), self.known["finding"]),
            as_of=date.fromisoformat(written["as_of"]) if "as_of" in written else None,
            near=every_of(written.get("near", ()), self.known["finding"]),
            alike=every_of(written.get("alike", ()), self.known["finding"]),
        )
        mentions = tuple(Mention("", text_of(kind), text_of(id), int(at), int(at)) for kind, id, at in written.get("mentions", ()))
        return replace(read, mentions=mentions)

    def things(self, kind: str, ids: Any) -> tuple[str, ...]:
        """What else is named; of kinds that are words and not names, as it stands."""
        return every_of(ids, self.known[kind]) if kind in self.known else tuple(map(text_of, ids))

    def facts(self, written: Mapping[str, Any]) -> dict[str, Fact]:
        """The facts; those that follow from others are said as these are."""
        facts = {name: self.fact(name, values) for name, values in written.items()}
        follow = of_kinds(facts, self.company)
        return {name: follow.get(name, fact) for name, fact in facts.items()}

    def fact(self, name: str, written: Any) -> Fact:
        """A fact, in the words that the model has for it."""
        attribute = self.company.attributes[name]
        domain = attribute.domain
        values: Values
        values = frozenset(every_of(written, domain)) if isinstance(domain, frozenset) else spans_of(written)
        if not values:
            raise UnreadableError("no value")
        return Fact(name, values, say_values(attribute, values, self.company.currency))


def spans_of(written: Any) -> Spans:
    """Spans of numbers."""
    return tuple((int(low), int(high)) for low, high in written)


def every_part(written: Any) -> list[Any]:
    """The questions of a message, of which there is one at least."""
    if not isinstance(written, list) or not written:
        raise UnreadableError("no questions")
    return written


def text_of(value: Any) -> str:
    """A text, and nothing else."""
    if not isinstance(value, str):
        raise UnreadableError("not a text")
    return value


def one_of(value: Any, known: Any) -> str:
    """A name that is known."""
    if not isinstance(value, str) or value not in known:
        raise UnreadableError("not known")
    return value


def every_of(values: Any, known: Any) -> tuple[str, ...]:
    """Names that are all known."""
    return tuple(one_of(value, known) for value in values)
