"""Things that go wrong on purpose: errors of the API, of its server, of the network; in the order in which they were scripted."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong, for as many calls as `times` says (None: all from now on)."""

    method: str
    error: str = ""
    status: int = 200
    times: int | None = 1
    channel: str = ""
    retry_after: int = 1
    hang: float = 0.0
    drop: bool = False
    afterwards: bool = False
    """The call does its work, and the answer is lost."""
    more: dict[str, Any] = field(default_factory=dict)
    hits: int = 0

    def matches(self, method: str, channel: str) -> bool:
        """Whether this is what goes wrong now."""
        meant = self.method in ("*", method) and self.channel in ("", channel)
        return meant and (self.times is None or self.hits < self.times)

    @property
    def answer(self) -> tuple[int, dict[str, str], dict[str, Any]]:
        """What Slack says: the status, headers, and the body."""
        if self.error == "ratelimited" or self.status == 429:
            return 429, {"Retry-After": str(self.retry_after)}, {"ok": False, "error": "ratelimited"}
        if self.error:
            return self.status, {}, {"ok": False, "error": self.error, **self.more}
        return self.status, {}, {}


class Faults:
    """All faults of a Slack."""

    def __init__(self) -> None:
        self.scripted: list[Fault] = []
        self.over = threading.Event()
        """Set at the end, so that nothing hangs any longer."""

    def script(self, fault: Fault) -> Fault:
        """One more."""
        self.scripted.append(fault)
        return fault

    def next(self, method: str, channel: str) -> Fault | None:
        """What goes wrong with this call, if anything."""
        for fault in self.scripted:
            if fault.matches(method, channel):
                fault.hits += 1
                return fault
        return None

    @property
    def unused(self) -> list[Fault]:
        """Those that nothing ever ran into: a test with one of them has not tested what it says."""
        return [fault for fault in self.scripted if not fault.hits]
