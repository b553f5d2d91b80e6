"""The site: one address for Slack, one that says whether the process lives, one that says whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from bot.web.arriving import LARGEST


class Replied(Protocol):
    """What is said to a request."""

    @property
    def status(self) -> int:
        """The status."""

    @property
    def body(self) -> str:
        """The body."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers."""


Handle = Callable[[bytes, Mapping[str, str]], Replied]
Check = Callable[[], Mapping[str, str]]
"""What stands in the way of working, by what it is about; empty when nothing does."""


def make_site(handle: Handle, check: Check) -> Flask:
    """The application for a WSGI server."""
    site = Flask("rolecall", static_folder=None)
    site.config["MAX_CONTENT_LENGTH"] = LARGEST

    @site.post("/slack/events")
    def slack() -> Response:
        replied = handle(request.get_data(cache=False), dict(request.headers))
        return Response(replied.body, replied.status, dict(replied.headers))

    @site.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @site.get("/readyz")
    def readyz() -> tuple[Response, int]:
        wrong = check()
        return jsonify(status="not ready" if wrong else "ready", **({"wrong": dict(wrong)} if wrong else {})), 503 if wrong else 200

    @site.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name.lower()), error.code or 500

    return site
