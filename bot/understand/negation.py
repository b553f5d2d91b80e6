"""Words that deny what stands behind them: "not SMB", "without a CSM"; "isn't SMB …?" only opens a question."""

from __future__ import annotations

from bot.understand.text import Token

NEGATIONS = frozenset(
    {"no", "not", "without", "non", "never", "lacks", "except", "excluding", "outside", "besides", "unless", "neither", "nor", "ain't"}
    | {"isn't", "isnt", "aren't", "arent", "doesn't", "doesnt", "don't", "dont", "wasn't", "excepting", "excl", "minus"}
)
CONTRACTED = frozenset({"isn't", "isnt", "aren't", "arent", "doesn't", "doesnt", "don't", "dont", "wasn't"})
"""Verbs that negate what follows, but only ask where they open a question."""
BETWEEN = frozenset(
    {
        "a",
        "an",
        "the",
        "any",
        "in",
        "for",
        "on",
        "of",
        "from",
        "through",
        "via",
        "with",
        "it",
        "it's",
        "its",
        "is",
        "are",
        "be",
        "by",
        "being",
    }
    | {"been", "to", "at", "their", "our", "have", "has", "assigned"}
)
"""Words that may stand between a negation and what it negates."""


def is_negated(tokens: list[Token], position: int) -> bool:
    """Whether a negation stands before, with nothing between that it could negate instead; "isn't SMB …?" opens a question."""
    for index in range(position - 1, -1, -1):
        text = tokens[index].text
        if tokens[index].is_stop:
            return False
        if text in NEGATIONS:
            return text not in CONTRACTED or (index > 0 and not tokens[index - 1].is_stop)
        if text not in BETWEEN:
            return False
    return False
