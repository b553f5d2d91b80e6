"""A clock that stands still until it is moved, and does what falls due on the way."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Clock:
    """The time in Slack. The bot's own clock is another one, which this does not move."""

    def __init__(self, now: float | None = None) -> None:
        self._now = time.time() if now is None else now
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._number = itertools.count()
        self._lock = threading.RLock()

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now

    def later(self, seconds: float, job: Callable[[], None]) -> None:
        """Does something when the clock has moved so far."""
        with self._lock:
            heapq.heappush(self._due, (self._now + seconds, next(self._number), job))

    def advance(self, seconds: float) -> None:
        """Moves the clock, and does what falls due, in order and each at its own time."""
        until = self._now + seconds
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > until:
                    break
                when, _, job = heapq.heappop(self._due)
                self._now = max(self._now, when)
            job()
        self._now = max(self._now, until)

    @property
    def waiting(self) -> int:
        """How many jobs are still to come."""
        return len(self._due)
