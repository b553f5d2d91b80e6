"""What a button carries: the question that its message answers, sealed, so that it can be answered anew for whoever clicks.

Nothing is kept for it on our side, and nothing that was decided is carried: an answer is computed again at every click, with what the
person who clicks may see then.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

from bot.render.inert import size
from bot.slack.views.metadata import is_sealed, seal, unseal

ANYBODY = ""
"""Buttons are sealed for everybody who sees them; whether only the asker may use one is decided at the click."""
LONGEST = 1_400
"""Characters of a value: a message has several buttons, and all of them count against its size."""
WINDOW = 2_000
"""Characters of what a window carries."""
MOST_BEFORE = 8_000
"""Characters of what a thread was about, unpacked."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A question as it was asked: its words, by whom, from which point of view, after what."""

    question: str
    asker: str
    role: str | None = None
    segment: str | None = None
    before: dict[str, Any] | None = None
    """What the thread was about, as JSON."""
    choice: str = ""
    """What a button chooses."""

    def choosing(self, choice: str) -> Carried:
        """The same for a button that chooses."""
        return replace(self, choice=choice)


def carry(carried: Carried, key: bytes, most: int = LONGEST, **more: str) -> str | None:
    """A button's value; None where it is too long for a button. Windows take a bit more."""
    values = {
        "q": carried.question,
        "u": carried.asker,
        "r": carried.role or "",
        "s": carried.segment or "",
        "b": packed(carried.before),
        "c": carried.choice,
        **more,
    }
    try:
        value = seal({name: text for name, text in values.items() if text}, key, ANYBODY)
    except ValueError:
        return None
    return value if size(value) <= most else None


def carried_in(value: str, key: bytes) -> tuple[Carried, dict[str, str]] | None:
    """What a button carries, and everything in it by name; None where we did not make it."""
    try:
        values = unseal(value, key, ANYBODY)
    except ValueError:
        return None
    if values is None or "u" not in values:
        return None
    before = unpacked(values.get("b", ""))
    found = Carried(values.get("q", ""), values["u"], values.get("r"), values.get("s"), before, values.get("c", ""))
    return found, values


def asked_by(value: str, user: str, key: bytes) -> Carried | None:
    """What a button asks. On the Home tab and in help it is its value; what was sealed with another key asks nothing."""
    if (found := carried_in(value, key)) is not None:
        return found[0]
    return Carried(value, user) if value and not is_sealed(value) else None


def packed(before: dict[str, Any] | None) -> str:
    """What a thread was about, small enough for a button."""
    if before is None:
        return ""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(before, separators=(",", ":")).encode(), 9)).decode()


def unpacked(text: str) -> dict[str, Any] | None:
    """What was packed; None where that cannot be read."""
    if not text:
        return None
    try:
        unzip = zlib.decompressobj()
        found = json.loads(unzip.decompress(base64.urlsafe_b64decode(text), MOST_BEFORE))
    except (ValueError, zlib.error):
        return None
    return found if isinstance(found, dict) else None
