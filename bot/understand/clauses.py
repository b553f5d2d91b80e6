"""Where the clauses of a question begin and end: people tell a story and ask at its end."""

from __future__ import annotations

from collections.abc import Iterable

from bot.understand.frames import Reading

PARTING = frozenset({"but", "because", "so", "since", "while", "though", "although", "if"})
"""Words with which another clause begins."""


def clause_around(position: int, reading: Reading) -> tuple[int, int]:
    """Where the clause of a word begins and ends."""
    parts = [0, *parting(reading), len(reading.tokens)]
    return max(part for part in parts if part <= position), min(part for part in parts if part > position)


def parting(reading: Reading) -> Iterable[int]:
    """Where clauses begin."""
    return (index for index, token in enumerate(reading.tokens) if token.is_stop or token.text in PARTING)
