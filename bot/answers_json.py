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
        "faq": None,
        "basis": resolution.basis,
        "text": answer.text,
        "sources": list(resolution.sources),
        "confidence": frame.confidence if frame else 0.0,
        "micros": answer.micros,
    }


def slots_of(frame: Frame, company: Company) -> dict[str, Any]:
    """What was understood."""
    slots: dict[str, Any] = {}
    if frame.subjects:
        slots["subject"] = list(frame.subjects)
        motions = [id for id in frame.subjects if company.subjects[id].kind == "motion"]
        if motions:
            slots["motion"] = motions
    if frame.step:
        slots["step"] = frame.step
    if frame.roles:
        slots["roles"] = list(frame.roles)
    if frame.as_role:
        slots["as"] = frame.as_role
    facts = {}
    for name, fact in frame.facts.items():
        exact = (
            sorted(fact.values)
            if isinstance(fact.values, frozenset)
            else [say_values(company.attributes[name], fact.values, company.currency)]
        )
        if name == "segment":
            slots["segment"] = exact[0] if len(exact) == 1 else exact
        else:
            facts[name] = exact[0] if len(exact) == 1 else exact
    if facts:
        slots["facts"] = facts
    return slots
