"""Which findings of the guidance fit a question best: by its words, and by whether they are on what these lean to."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from bot.understand.choose import whose_of
from bot.understand.frames import Reading
from bot.understand.prepare import Prepared

TOPICS = {
    "alignment": ("alignment",),
    "archetype": ("archetype", "types", "disagreement", "deployment"),
    "benchmark": ("retention", "types", "coverage", "compensation", "ownership", "practice"),
    "boundary": ("boundary", "ownership"),
    "choose": ("archetype", "deployment", "ownership"),
    "compare": ("boundary", "archetype", "disagreement", "pod"),
    "compensation": ("compensation",),
    "coverage": ("coverage", "pod"),
    "deploy": ("purpose", "deployment"),
    "dispute": ("dispute", "ownership", "transfer"),
    "does": ("boundary", "ownership", "permission", "typical"),
    "engagement": ("engagement", "pod"),
    "escalation": ("escalation",),
    "handoff": ("handoff", "transfer"),
    "permission": ("permission", "boundary", "dispute"),
    "role": ("boundary", "ownership", "purpose", "typical"),
    "sheet": ("engagement",),
    "steps": ("handoff", "engagement"),
    "talent": ("talent",),
    "transfer": ("transfer", "handoff", "compensation"),
    "when": ("handoff", "engagement", "escalation", "transfer", "coverage"),
    "who": ("ownership", "boundary", "alignment", "escalation", "dispute", "typical"),
    "why": ("ownership", "engagement", "disagreement", "purpose"),
}
"""Intent -> the topics of the findings that answer it."""
FITTING = 0.5
"""How much nearer a finding is that is on what a question surely leans to."""
OWNING, LEANS = frozenset({"who", "where"}), 0.5
NOT_OWNED = frozenset({"pod", "types", "deployment", "archetype", "purpose", "engagement", "coverage"})
"""Intents of who has what, the share from which on one is believed, and topics that do not say that."""
PARTS, LEANS_SOME = ("who", "does", "role", "where", "permission", "boundary"), 0.3
"""Intents that what is typical for a subject answers, and the share of them all from which on it may."""
TYPICAL = "typical"


class Fitting(NamedTuple):
    """A finding with how near it is to a question, by how much that counts more for what the question leans to, and what it has of it."""

    id: str
    near: float
    fits: float
    held: float

    @property
    def score(self) -> float:
        """How near it is in all."""
        return self.near * (1 + self.fits)


def fitting(reading: Reading, prepared: Prepared) -> list[Fitting]:
    """The findings with how near they are, by their words and by what the question leans to, nearest first."""
    whose = whose_of(reading)
    apart = not_asked(reading, prepared)
    share: dict[str, float] = defaultdict(float)
    for intent, leans in prepared.lean(reading):
        for topic in TOPICS.get(intent, ()):
            share[topic] += leans
    found = []
    for id, near, held in prepared.near_of(reading):
        finding = prepared.nearest.known[id]
        if finding.is_of(whose if whose != TYPICAL else "") and finding.topic not in apart:
            found.append(Fitting(id, near, FITTING * share[finding.topic], held))
    return sorted(found, key=lambda each: (-each.score, each.id))


def not_asked(reading: Reading, prepared: Prepared) -> frozenset[str]:
    """The topics of findings that do not say what is asked: who has something, or anything but that."""
    if asks_owner(reading, prepared):
        return NOT_OWNED
    leans = prepared.shares(reading)
    is_who = any("who" in span.tags for span in reading.spans)
    return frozenset() if is_who or sum(leans.get(intent, 0.0) for intent in PARTS) >= LEANS_SOME else frozenset({TYPICAL})


def asks_owner(reading: Reading, prepared: Prepared) -> bool:
    """Whether it is asked who has something."""
    tags = {tag for span in reading.spans for tag in span.tags}
    intent, share = prepared.lean(reading)[0]
    return {"who", "own"} <= tags or (intent in OWNING and share >= LEANS)
