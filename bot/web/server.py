"""gunicorn as a library: threads that take requests, and hooks around each of its processes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from bot.web.reading import WholeRequests

GRACE = 30
"""Seconds that a process may take to end."""


@dataclass(frozen=True, slots=True)
class Process:
    """What a process serves, and what it does when it ends or is asked to read its model anew."""

    site: Flask
    stop: Callable[[], Any]
    reload: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Serving:
    """How it is served."""

    port: int
    processes: int
    threads: int
    begin: Callable[[], Process]
    """Makes what a process needs; called in each process, after it was forked."""
    ready: Callable[[], Any] = lambda: None
    ended: Callable[[int], Any] = lambda pid: None


class OurLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """What gunicorn says, in our log."""

    def setup(self, cfg: Any) -> None:
        """No stream of its own."""
        super().setup(cfg)
        self.error_log.handlers, self.error_log.propagate = [], True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A warning; one about a request by the kind of its error alone, for the rest would be what somebody sent."""
        error = sys.exc_info()[1]
        if error is None:
            super().warning(msg, *args, **kwargs)
        else:
            super().warning("A request was refused: %s.", type(error).__name__)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """What failed; without the address that was asked for."""
        super().exception("A request failed.")


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Serves until it is told to end."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.process: Process | None = None
        super().__init__()

    def load_config(self) -> None:
        """Settings of gunicorn; none of them come from files or the environment."""
        serving = self.serving
        settings = {
            "bind": f"0.0.0.0:{serving.port}",
            "workers": serving.processes,
            "worker_class": WholeRequests,
            "threads": serving.threads,
            "graceful_timeout": GRACE,
            "timeout": 60,
            "keepalive": 15,
            "accesslog": None,
            "logger_class": OurLog,
            "loglevel": "warning",
            "proc_name": "rolecall",
            "control_socket_disable": True,
            "post_worker_init": self.begun,
            "worker_exit": self.ending,
            "when_ready": self.ready,
            "child_exit": lambda server, worker: serving.ended(worker.pid),
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """What this process serves."""
        self.process = self.serving.begin()
        return self.process.site

    def begun(self, worker: Any) -> None:
        """A process has begun: from now on SIGHUP means to read the model anew."""
        process = self.process
        if process is not None:
            signal.signal(signal.SIGHUP, lambda *_: Thread(target=process.reload, name="reload", daemon=True).start())

    def ending(self, server: Any, worker: Any) -> None:
        """A process ends, once its requests are answered: what they asked for is seen to."""
        if self.process is not None:
            self.process.stop()

    def ready(self, server: Any) -> None:
        """All processes are about to be begun. SIGHUP goes on to them: they read the model anew, and none has to end for it."""
        server.handle_hup = lambda: [server.kill_worker(pid, signal.SIGHUP) for pid in list(server.WORKERS)]
        self.serving.ready()


def serve(serving: Serving) -> None:
    """Serves until it is told to end."""
    Server(serving).run()
