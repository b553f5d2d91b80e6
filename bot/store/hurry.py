"""How long the database may take: little where somebody waits for an acknowledgement, and nothing at all where it is known to be away.

Slack waits for three seconds. A request that waits longer for the database fails anyway, and keeps a thread from those that need none.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

HURRY = 1.0
"""Seconds that the database may take while Slack waits."""
PATIENCE = 30.0
"""Seconds otherwise: whoever waits longer waits for a database that hangs."""
AWAY = 10.0
"""Seconds for which a database that did not answer is taken to be away by those in a hurry; the others find out when it is back."""

ALLOWED: ContextVar[float | None] = ContextVar("allowed", default=PATIENCE)
UNTIL: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def hurried(seconds: float = HURRY) -> Iterator[None]:
    """In here the database may take so long for each thing it is asked for."""
    token = ALLOWED.set(seconds)
    try:
        yield
    finally:
        ALLOWED.reset(token)


@contextmanager
def unhurried() -> Iterator[None]:
    """In here it may take as long as it needs."""
    token = ALLOWED.set(None)
    try:
        yield
    finally:
        ALLOWED.reset(token)


def is_hurried() -> bool:
    """Whether somebody waits."""
    allowed = ALLOWED.get()
    return allowed is not None and allowed < PATIENCE


@contextmanager
def timed() -> Iterator[None]:
    """From now on the time counts."""
    allowed = ALLOWED.get()
    token = UNTIL.set(None if allowed is None else time.monotonic() + allowed)
    try:
        yield
    finally:
        UNTIL.reset(token)


def left() -> float | None:
    """Seconds that are left; None where there is no end."""
    until = UNTIL.get()
    return None if until is None else max(0.0, until - time.monotonic())


@dataclass
class Away:
    """Until when the database is taken to be away."""

    until: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether it need not be asked."""
        return time.monotonic() < self.until

    def note(self) -> None:
        """It did not answer."""
        self.until = time.monotonic() + AWAY

    def back(self) -> None:
        """It answered."""
        self.until = 0.0
