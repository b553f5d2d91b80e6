"""What nobody has to wait for: done in a thread of its own, many at once, and dropped where there is too much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from bot.logs import get_logger, kind_of
from bot.metrics import TROUBLES

log = get_logger(part="afterwards")
Thing = TypeVar("Thing")
MOST, AT_ONCE = 2_000, 200
GATHERED = 0.05
"""Seconds for which things are gathered: one transaction for all of them costs little more than one for each."""


class Afterwards(Generic[Thing]):
    """Answers to be counted and the like. The thread begins when it is first needed: threads do not live through a fork."""

    def __init__(self, do: Callable[[Sequence[Thing]], None]) -> None:
        self.do = do
        """Sees to things; what fails it has to say itself."""
        self.waiting: Queue[Thing] = Queue(MOST)
        self.thread: Thread | None = None
        self.turn = Lock()
        self.ending = Event()

    def add(self, thing: Thing) -> None:
        """Sees to it later."""
        if self.thread is None:
            self.start()
        try:
            self.waiting.put_nowait(thing)
        except Full:
            TROUBLES.labels("dropped").inc()

    def start(self) -> None:
        """Begins, once."""
        with self.turn:
            if self.thread is None:
                self.thread = Thread(target=self.work, name="afterwards", daemon=True)
                self.thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether something is left to do."""
        return self.waiting.unfinished_tasks > 0

    def work(self) -> None:
        """Does what there is, until it is told to end and nothing is left."""
        while True:
            try:
                things = [self.waiting.get(timeout=0.5)]
            except Empty:
                if self.ending.is_set():
                    return
                continue
            self.ending.wait(GATHERED)
            things += self.rest(AT_ONCE - 1)
            try:
                self.do(things)
            except Exception as error:  # the thread is the only one there is: it must not end with what it does
                TROUBLES.labels("bug").inc()
                log.error("broken", kind="afterwards", **kind_of(error))
            finally:
                for _ in things:
                    self.waiting.task_done()

    def rest(self, most: int) -> list[Thing]:
        """What else is waiting."""
        found: list[Thing] = []
        try:
            while len(found) < most:
                found.append(self.waiting.get_nowait())
        except Empty:
            pass
        return found

    def stop(self, patience: float = 5.0) -> None:
        """Does what is left, for so long."""
        self.ending.set()
        if self.thread is not None:
            self.thread.join(timeout=patience)
