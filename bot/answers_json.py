"""An answer as the JSON object that other tools rely on."""

from __future__ import annotations

from typing import Any

from bot.domain.answers import Answer
from bot.domain.attributes import say_values
from bot.domain.company import Company
from bot.domain.questions import Frame


def answer_as_json(answer: Answer, company: Company) -> dict[str, Any]:
    """The answer's fields, named by the words of the model."""
    resolution, frame = answer.resolution, answer.frame
    result = resolution.result
    return {
        "question": answer.question.text,
        "outcome": resolution.outcome,
        "intent": frame.intent if frame else None,
        "slots": slots_of(frame, company) if frame else {},
        "result": {"kind": result.kind, "roles": list(result.roles), "part": result.part, "lead": result.lead} if result else None,
        "rule": resolution.rule,
        "faq": resolution.faq,
        "basis": resolution.basis,
        "text": answer.text,
        "sources": list(resolution.sources),
        "confidence": frame.confidence if frame else 0.0,
        "micros": answer.micros,
    }


def slots_of(frame: Frame, company: Company) -> dict[str, Any]:
    """What was understood."""
    motions = [id for id in frame.subjects if company.subjects[id].kind == "motion"]
    slots: dict[str, Any] = {
        "subject": list(frame.subjects),
        "motion": motions,
        "step": frame.step,
        "roles": list(frame.roles),
        **{kind: list(ids) for kind, ids in frame.things.items() if kind not in ("entry", "word")},
        "key": frame.key if frame.key != "own" else "",
        "whose": frame.whose,
        "as": frame.as_role,
        **facts_of(frame, company),
    }
    return {name: value for name, value in slots.items() if value}


def facts_of(frame: Frame, company: Company) -> dict[str, Any]:
    """The facts given, the segment apart."""
    said: dict[str, Any] = {}
    for name, fact in frame.facts.items():
        values = fact.values
        exact = sorted(values) if isinstance(values, frozenset) else [say_values(company.attributes[name], values, company.currency)]
        said[name] = exact[0] if len(exact) == 1 else exact
    segment = {"segment": said.pop("segment")} if "segment" in said else {}
    return {**segment, "facts": said}
