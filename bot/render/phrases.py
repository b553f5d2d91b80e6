"""The English of kinds of owner and of coverage, and the words by which sentences are joined."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.company import Company
from bot.domain.questions import Fact

SHOWN = 4
"""At most so many outcomes are named in one cell of a table."""
NOT_RULED = "not ruled on"
KEY_NOUNS = {
    "own": "who owns",
    "executes": "who does the paperwork on",
    "first-contact": "who is the customer's first contact on",
    "credit": "who is credited for",
    "paid": "who is paid on",
    "support": "who supports",
    "informed": "who is kept informed of",
    "none": "who has no part in",
    "start": "when it starts:",
    "due": "when it is due:",
}
OPENERS = frozenset({"at", "after", "when", "once", "before", "on", "in", "during", "as", "from", "if", "with", "within", "whenever"})
"""Words that open a time or an occasion, so that it can follow a verb."""
SMALL = frozenset({"The", "A", "An", "It", "Whoever", "Up", "At", "No", "Nobody", "Each", "Every", "Only", "If", "When"})
"""Words that begin a sentence with a capital letter and are no names."""
COVERS = {
    "named": ("has named accounts", "have named accounts"),
    "pooled": ("works from a pool", "work from a pool"),
    "pod": ("works in a pod", "work in a pod"),
    "overlay": ("covers as an overlay", "cover as an overlay"),
    "territory": ("works by territory", "work by territory"),
    "digital": ("covers digitally", "cover digitally"),
    "none": ("has none of these customers", "have none of these customers"),
}
"""Basis of coverage -> what whoever covers does."""
KEY_VERBS = {
    "own": ("owns", "own"),
    "executes": ("does the paperwork on", "do the paperwork on"),
    "first-contact": ("is the customer's first contact on", "are the customer's first contacts on"),
    "credit": ("is credited for", "are credited for"),
    "paid": ("is paid on", "are paid on"),
    "support": ("supports", "support"),
    "informed": ("is kept informed of", "are kept informed of"),
    "none": ("has no part in", "have no part in"),
}


def is_said_wider(name: str, facts: Mapping[str, Fact], company: Company) -> bool:
    """Whether a fact on a role only follows from the same on its wider role: no CSM is no Mid-Market CSM."""
    party = company.parties.get(name.removesuffix("-on-account"))
    wider = facts.get(f"{party.kind_of}-on-account") if party and party.kind_of else None
    return wider is not None and wider.said == facts[name].said
