"""Where the clauses of a question begin and end: people tell a story and ask at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understand.text import Token

PARTING = frozenset({"but", "because", "so", "since", "while", "though", "although", "if"})
"""Words with which another clause begins."""


def clause_around(position: int, tokens: Sequence[Token]) -> tuple[int, int]:
    """Where the clause of a word begins and ends."""
    parts = [0, *parting(tokens), len(tokens)]
    return max(part for part in parts if part <= position), min(part for part in parts if part > position)


def parting(tokens: Sequence[Token]) -> Iterable[int]:
    """Where clauses begin."""
    return (index for index, token in enumerate(tokens) if token.is_stop or token.text in PARTING)
