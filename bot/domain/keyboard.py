"""Which keys are beside which, on the keyboard that most people have."""

from __future__ import annotations

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of the keyboard; each stands half a key further right than the one above."""


def keys_around(letter: str) -> str:
    """The keys around a letter's; empty for letters that the keyboard has not."""
    for number, row in enumerate(KEYS):
        at = row.find(letter)
        if at >= 0:
            above = KEYS[number - 1][at : at + 2] if number else ""
            below = KEYS[number + 1][max(0, at - 1) : at + 1] if number + 1 < len(KEYS) else ""
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2] + above + below
    return ""
