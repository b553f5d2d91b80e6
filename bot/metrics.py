"""Figures for those who run the bot. No question, no name, no channel is in a label. The only door to prometheus_client."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app, multiprocess

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where several processes put their figures together; to be set before this module is imported."""
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)

REQUESTS = Counter("rolecall_requests_total", "Requests of Slack, by kind and by what was said to them.", ["kind", "status"])
DUPLICATES = Counter("rolecall_duplicates_total", "Events that had been accepted, or messages that had been answered already.")
ANSWERS = Counter("rolecall_answers_total", "Answers, by outcome and surface.", ["outcome", "surface"])
ANSWERING = Histogram("rolecall_answering_seconds", "From accepting a message to Slack's OK for its answer.", buckets=QUICK)
COMPUTING = Histogram("rolecall_computing_seconds", "From a question to its answer, in this process.", buckets=QUICK)
POSTS = Counter("rolecall_posts_total", "Attempts to post, by what came of them.", ["result"])
AGAIN = Counter("rolecall_posted_unsure_total", "Answers posted without being able to look whether they were there already.")
TROUBLES = Counter("rolecall_troubles_total", "What went wrong, by kind.", ["kind"])
WAITING = Gauge("rolecall_waiting", "Accepted and not yet answered.", multiprocess_mode="mostrecent")
OLDEST = Gauge("rolecall_oldest_seconds", "For how long the oldest of them has been waiting.", multiprocess_mode="mostrecent")
GIVEN_UP = Gauge("rolecall_given_up", "Accepted and given up.", multiprocess_mode="mostrecent")
PING_AGE = Gauge("rolecall_socket_ping_age_seconds", "Socket Mode: since Slack last answered a ping.", multiprocess_mode="mostrecent")
MODEL_OK = Gauge("rolecall_model_ok", "Whether the model's files are without errors: 1 or 0.", multiprocess_mode="mostrecent")


Page = Callable[[], tuple[int, str]]
"""Makes a status and a body, in JSON."""


class Quiet(WSGIRequestHandler):
    """Logs no requests, and waits for nobody for ever."""

    timeout = 5

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class Threads(ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True


def serve_figures(port: int, pages: Mapping[str, Page] | None = None) -> Callable[[], None]:
    """Serves the figures, and these pages beside them, to this machine alone; what is returned ends that.

    Raises OSError where the port is taken.
    """
    registry, folder = REGISTRY, os.environ.get(FOLDER)
    if folder:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    figures, told = make_wsgi_app(registry), pages or {}

    def answer(environ: Any, start: Any) -> Any:
        page = told.get(str(environ.get("PATH_INFO")))
        if page is None:
            return figures(environ, start)
        status, body = page()
        start(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", "application/json")])
        return [body.encode()]

    server = make_server("127.0.0.1", port, answer, Threads, Quiet)
    thread = Thread(target=server.serve_forever, name="figures", daemon=True)
    thread.start()

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)

    return end


def forget_process(pid: int) -> None:
    """Takes a process that has ended out of the figures that are about now."""
    folder = os.environ.get(FOLDER)
    if folder and Path(folder).is_dir():
        multiprocess.mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]
