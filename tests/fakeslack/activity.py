"""Waiting without guessing: what is under way between Slack and a bot is counted, and a test goes on when nothing is any more."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

SHORT, CALM = 0.02, 1.0
"""For how many seconds nothing may happen until it is called quiet: with a bot whose work is counted, and with one that is not."""


class Activity:
    """Deliveries, API calls and the work of bots that are watched. `patience` is the longest that anybody waits, in real seconds."""

    def __init__(self, patience: float, unseen: Callable[[], bool]) -> None:
        self.patience = patience
        self.unseen = unseen
        """Whether there is a bot whose work is not counted."""
        self.watched: list[Callable[[], bool]] = []
        self._watching = False
        self._under_way = 0
        self._last = time.monotonic()
        self._change = threading.Condition()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Something is under way."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def watch(self, thing: Any) -> None:
        """Counts the work of a Bolt app or an executor, or asks a callable whether there is work left."""
        runner = getattr(thing, "listener_runner", None)
        executor = runner.listener_executor if runner is not None else thing
        if isinstance(executor, Executor):
            self._watch_executor(executor)
        else:
            self.watched.append(executor)
        self._watching = True

    def _watch_executor(self, executor: Any) -> None:
        """Counts what an executor is given to do."""
        if getattr(executor, "is_watched", False):
            return
        submit = executor.submit

        def counted(*args: Any, **named: Any) -> Future[Any]:
            self._count(1)
            future: Future[Any] = submit(*args, **named)
            future.add_done_callback(lambda _: self._count(-1))
            return future

        executor.submit, executor.is_watched = counted, True

    def _count(self, change: int) -> None:
        with self._change:
            self._under_way += change
            self._last = time.monotonic()
            self._change.notify_all()

    def is_quiet(self) -> bool:
        """Whether nothing is under way, and has not been for a moment."""
        with self._change:
            idle = self._under_way == 0 and not any(busy() for busy in self.watched)
            calm = SHORT if self._watching or not self.unseen() else CALM
            return idle and time.monotonic() - self._last >= calm

    def wait_for(self, check: Callable[[], T]) -> T:
        """What there is, as soon as there is something, or when nothing can come any more."""
        until = time.monotonic() + self.patience
        while True:
            found = check()
            if found or time.monotonic() > until:
                return found
            if self.is_quiet():
                return check()
            with self._change:
                self._change.wait(SHORT / 2)

    def settle(self) -> None:
        """Waits until nothing is under way."""
        self.wait_for(lambda: False)
