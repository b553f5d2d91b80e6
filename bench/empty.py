"""What Rolecall is compared with: a Bolt app that does nothing but acknowledge, served exactly as Rolecall is.

    python -m bench.empty bolt | direct | route | socket

All but `socket` take PORT and ROLECALL_THREADS as `rolecall serve` does, and run under the same gunicorn with the same settings, because it
is the same code (bot/web/server.py). `bolt` is Bolt as it is by itself: what listens runs in a thread of its own, and whether it has
acknowledged is looked at every 10 ms. `direct` has it run in the thread of the request, as Rolecall does (`process_before_response`).
`route` is Flask alone, to see what the load generator can do. Each request is logged.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Any

TEXT = "The Account Executive owns renewal."
log = logging.getLogger("empty")


def make_bolt(**more: Any) -> Any:
    """An app with one command and two kinds of events."""
    from slack_bolt import App  # noqa: PLC0415 - not in the route
    from slack_sdk import WebClient  # noqa: PLC0415

    token = os.environ["SLACK_BOT_TOKEN"]
    app = App(client=WebClient(token=token, base_url=os.environ["SLACK_API_URL"]), **more)

    @app.command("/roe")
    def roe(ack: Any, command: Any) -> None:
        log.info("command %s", command["command"])
        ack(TEXT)

    @app.event("app_mention")
    @app.event("message")
    def said(event: Any) -> None:
        log.info("event %s", event["type"])

    return app


def bolt_site(*, direct: bool = False) -> Any:
    """The app behind Flask, by Bolt's own adapter."""
    from flask import Flask, request  # noqa: PLC0415
    from slack_bolt.adapter.flask import SlackRequestHandler  # noqa: PLC0415

    site = Flask("empty", static_folder=None)
    app = make_bolt(signing_secret=os.environ["SLACK_SIGNING_SECRET"], process_before_response=direct)
    handler = SlackRequestHandler(app)
    site.post("/slack/events")(lambda: handler.handle(request))
    return ready(site)


def route_site() -> Any:
    """Flask alone."""
    from flask import Flask  # noqa: PLC0415

    site = Flask("route", static_folder=None)
    site.post("/slack/events")(lambda: TEXT)
    return ready(site)


def ready(site: Any) -> Any:
    """A site that says that it is there."""
    site.get("/readyz", endpoint="readyz")(lambda: "ready")
    return site


def serve(make: Callable[[], Any]) -> None:
    """Serves a site as `rolecall serve` does: see bot/cli/serve.py."""
    from bot.web.server import Process, Serving  # noqa: PLC0415
    from bot.web.server import serve as serve_http  # noqa: PLC0415

    nothing: Callable[[], None] = lambda: None  # noqa: E731
    port, threads = int(os.environ["PORT"]), int(os.environ["ROLECALL_THREADS"])
    serve_http(Serving(port, 1, threads, lambda: Process(make(), nothing, nothing)))


def listen() -> None:
    """Bolt's own Socket Mode."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415

    SocketModeHandler(make_bolt(), os.environ["SLACK_APP_TOKEN"]).start()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    sites: dict[str, Callable[[], Any]] = {"bolt": bolt_site, "direct": lambda: bolt_site(direct=True), "route": route_site}
    serve(sites[sys.argv[1]]) if sys.argv[1] in sites else listen()
