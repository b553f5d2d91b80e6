"""Threads that answer what was accepted. One of them looks for work at a time; each item is taken by one, on all instances."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from bot.logs import get_logger, kind_of
from bot.store import Item, Store, StoreError

LEASE = timedelta(seconds=60)
"""Longer than the longest wait for Slack: see `Inbox.claim`."""
POLL = 1.0
"""Seconds between looks at the inbox: another instance may have accepted something, or a retry be due."""
TROUBLED = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds to wait while the store cannot be reached."""
LINGER = 10.0
"""Seconds for which, at the end, something is waited for that is to be tried again soon."""
ALIVE = 30.0
"""Seconds after which threads that have not looked and are not at work are taken for dead."""

log = get_logger(part="workers")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds."""

    name: str
    every: float
    do: Callable[[], None]


class Workers:
    """The threads of one process, begun when they are first needed: threads do not live through a fork."""

    def __init__(
        self, store: Store, handle: Callable[[Item], None], now: Callable[[], datetime], count: int = 4, chores: tuple[Chore, ...] = ()
    ) -> None:
        self.store, self.handle, self.now, self.count, self.chores = store, handle, now, count, chores
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.threads: list[Thread] = []
        self.news, self.ending, self.ended = Event(), Event(), Event()
        self.turn, self.begun = Lock(), Lock()
        self.busy, self.looking = 0, False
        self.counting = Lock()
        self.looked_at = self.ends_at = time.monotonic()

    def start(self) -> None:
        """Begins, once."""
        with self.begun:
            if self.threads or self.ending.is_set():
                return
            self.looked_at = time.monotonic()
            named = [(f"worker-{number}", self.work) for number in range(self.count)] + ([("chores", self.see_to)] if self.chores else [])
            self.threads = [Thread(target=target, name=name, daemon=True) for name, target in named]
            for thread in self.threads:
                thread.start()

    def wake(self) -> None:
        """Tells that there is something to do."""
        self.start()
        self.news.set()

    @property
    def is_alive(self) -> bool:
        """Whether what is accepted gets answered."""
        begun = any(thread.is_alive() for thread in self.threads)
        return begun and (self.busy > 0 or time.monotonic() - self.looked_at < ALIVE)

    @property
    def is_busy(self) -> bool:
        """Whether something is being answered or waits to be looked at: asked in the order in which it goes from one to the next."""
        if self.ended.is_set():
            return self.busy > 0  # what comes now is left to others
        return self.news.is_set() or self.looking or self.busy > 0 or self.news.is_set()

    def work(self) -> None:
        """The life of a thread: takes an item, answers it; ends once it is told to and nothing is due."""
        while not self.ended.is_set():
            try:
                item = self.take()
            except Exception as error:  # a thread that dies here would not be missed until all are gone
                log.error("inbox_unreadable", **kind_of(error))
                time.sleep(POLL)
                continue
            if item is None:
                return
            try:
                self.handle(item)
            except Exception as error:
                log.error("item_unhandled", item=item.id, kind=item.kind, **kind_of(error))
            finally:
                self.count_busy(-1)

    def take(self) -> Item | None:
        """The next item, once there is one; None when it is time to end."""
        failures = 0
        with self.turn:
            while not self.ended.is_set():
                self.looked_at = time.monotonic()
                self.looking = self.news.is_set()
                self.news.clear()
                try:
                    found = self.store.claim(self.name, self.now(), LEASE)
                    failures = 0
                except StoreError as error:
                    log.warning("store_unreachable", reason=str(error))
                    self.ended.wait(TROUBLED[min(failures, len(TROUBLED) - 1)])
                    failures += 1
                    continue
                if found:
                    self.count_busy(1)
                    self.news.set()  # there may be more: the next thread looks at once
                    return found[0]
                self.looking = False
                if self.ending.is_set() and not self.is_worth_waiting():
                    return None
                self.news.wait(POLL)
        return None

    def is_worth_waiting(self) -> bool:
        """Whether something will be due before the end: Slack, say, has asked for some seconds before it is tried again."""
        left = self.ends_at - time.monotonic()
        try:
            return left > 0 and self.store.is_due(self.now() + timedelta(seconds=left))
        except StoreError:
            return False

    def count_busy(self, change: int) -> None:
        """Counts what is being answered."""
        with self.counting:
            self.busy += change

    def see_to(self) -> None:
        """Does the chores, each in its time."""
        due = dict.fromkeys(self.chores, 0.0)
        while not self.ending.wait(1.0):
            for chore in self.chores:
                if time.monotonic() >= due[chore]:
                    due[chore] = time.monotonic() + chore.every
                    self.do(chore)

    def do(self, chore: Chore) -> None:
        """Does one chore; what fails is done again in its time."""
        try:
            chore.do()
        except Exception as error:
            log.warning("chore_failed", chore=chore.name, **kind_of(error))

    def stop(self, patience: float = 20.0) -> bool:
        """Answers what is due, or soon will be, then ends; whether all ended in time. What is left waits for the next to start."""
        self.ends_at = time.monotonic() + min(LINGER, patience)
        self.ending.set()
        self.news.set()
        until = time.monotonic() + patience
        for thread in self.threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))
        self.ended.set()
        return not any(thread.is_alive() for thread in self.threads)
