"""What nobody has to wait for: done one after the other in a thread of its own, and dropped where there is too much of it."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

from bot.metrics import TROUBLES

MOST = 2_000


class Afterwards:
    """Counts and the like, after an answer was given. The thread begins when it is first needed: threads do not live through a fork."""

    def __init__(self) -> None:
        self.waiting: Queue[Callable[[], None]] = Queue(MOST)
        self.thread: Thread | None = None
        self.turn = Lock()
        self.ending = Event()

    def add(self, what: Callable[[], None]) -> None:
        """Does it later; what raises has to say so itself."""
        with self.turn:
            if self.thread is None:
                self.thread = Thread(target=self.work, name="afterwards", daemon=True)
                self.thread.start()
        try:
            self.waiting.put_nowait(what)
        except Full:
            TROUBLES.labels("dropped").inc()

    @property
    def is_busy(self) -> bool:
        """Whether something is left to do."""
        return self.waiting.unfinished_tasks > 0

    def work(self) -> None:
        """Does what there is, until it is told to end and nothing is left."""
        while True:
            try:
                what = self.waiting.get(timeout=0.5)
            except Empty:
                if self.ending.is_set():
                    return
                continue
            try:
                what()
            finally:
                self.waiting.task_done()

    def stop(self, patience: float = 5.0) -> None:
        """Does what is left, for so long."""
        self.ending.set()
        if self.thread is not None:
            self.thread.join(timeout=patience)
