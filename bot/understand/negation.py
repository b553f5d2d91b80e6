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


SWITCHED = frozenset({"turned", "switched", "turn", "switch", "turning", "switching", "toggled", "set"})
"""Verbs that, with "off", deny what stands beside them."""
ENDING = frozenset({"and", "now", "so", "but", "who", "whose", "by", "since", "yesterday", "last", "today", "already", "then"})
"""Words behind which something else begins."""
DISABLED = frozenset({"disabled", "deactivated"})


def is_switched_off(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether words say that something does not hold any more: "they turned off auto-renew", "auto-renew is switched off"."""
    before = [token.text for token in tokens[max(0, start - 3) : start] if token.text not in BETWEEN]
    if before[-1:] == ["off"]:
        return not SWITCHED.isdisjoint(before[-2:-1])
    return bool(DISABLED.intersection(before[-1:])) or is_off_behind(tokens, stop)


def is_off_behind(tokens: list[Token], stop: int) -> bool:
    """Whether "is off", "turned off" or the like stands behind, and nothing behind that which is switched off instead."""
    while stop < len(tokens) and tokens[stop].text in BETWEEN:
        stop += 1
    words = [token.text for token in tokens[stop : stop + 2]]
    length = 2 if words[1:] == ["off"] and words[0] in SWITCHED else 1 if words[:1] == ["off"] or DISABLED.intersection(words[:1]) else 0
    following = tokens[stop + length] if stop + length < len(tokens) else None
    return length > 0 and (following is None or following.is_stop or following.text in ENDING)


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
