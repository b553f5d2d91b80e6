"""serve, socket: the bot in Slack."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

import click

from bot.cli.opening import leave, read_or_leave, today
from bot.config import Settings, share_metrics
from bot.memory import share_arena

if TYPE_CHECKING:
    from bot.slack.edge import Edge
    from bot.slack.socket import Listening
    from bot.web.server import Process

PATIENCE = 40.0
"""Seconds that a process that is begun waits for its store."""


@click.command(short_help="Be the bot in Slack, over HTTP.")
def serve() -> None:
    """Be the bot in Slack, over HTTP on PORT: /slack/events, /healthz, /readyz.

    Needs SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET; ROLECALL_COMPANY is the folder of your model.
    """
    settings = settings_with("slack_bot_token", "slack_signing_secret")
    if settings.web_concurrency > 1 and not on_postgres(settings):
        leave("WEB_CONCURRENCY is more than one, and that needs a PostgreSQL. Set DATABASE_URL, or leave WEB_CONCURRENCY out.")
    share_arena()
    share_metrics()
    from bot.logs import set_up_logs  # noqa: PLC0415 - after the folder of the figures is known
    from bot.metrics import forget_process, serve_figures  # noqa: PLC0415
    from bot.web.server import Serving  # noqa: PLC0415
    from bot.web.server import serve as serve_http  # noqa: PLC0415

    set_up_logs(level=settings.rolecall_log_level, personal=settings.rolecall_log_text)
    port = settings.rolecall_metrics_port
    serve_http(
        Serving(
            settings.port,
            settings.web_concurrency,
            settings.rolecall_threads,
            lambda: begin(settings),
            lambda: serve_figures(port) if port is not None else None,
            forget_process,
        )
    )


@click.command(short_help="Be the bot in Slack, over Socket Mode.")
def socket() -> None:
    """Be the bot in Slack over Socket Mode, where nothing from outside can reach you.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; ROLECALL_COMPANY is the folder of your model.
    """
    settings = settings_with("slack_bot_token", "slack_app_token")
    share_arena()
    from bot.logs import set_up_logs  # noqa: PLC0415 - Slack's libraries are loaded by this command alone
    from bot.metrics import serve_figures  # noqa: PLC0415
    from bot.slack.app import make_app  # noqa: PLC0415
    from bot.slack.socket import Listening  # noqa: PLC0415

    set_up_logs(level=settings.rolecall_log_level, personal=settings.rolecall_log_text)
    begun: list[tuple[Edge, Listening]] = []
    if settings.rolecall_metrics_port is not None:
        serve_figures(settings.rolecall_metrics_port, {"/healthz": healthz, "/readyz": lambda: readyz(begun)})
    edge = open_edge(settings)
    assert settings.slack_app_token is not None
    listening = Listening(make_app(settings, edge), settings.slack_app_token.get_secret_value())
    begun.append((edge, listening))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: listening.stop())
    signal.signal(signal.SIGHUP, lambda *_: Thread(target=edge.reload, name="reload", daemon=True).start())
    well = listening.run()
    listening.close()
    edge.stop()
    sys.stdout.flush()
    os._exit(0 if well else 1)  # a thread that hangs must not keep the supervisor from starting us anew


def healthz() -> tuple[int, str]:
    """Says that the process lives."""
    return 200, json.dumps({"status": "ok"})


def readyz(begun: list[tuple[Edge, Listening]]) -> tuple[int, str]:
    """Whether the bot can do its work in Socket Mode."""
    wrong = {"process": "It has not begun to work yet."}
    for edge, listening in begun:
        wrong = dict(wrong_with(edge))
        if listening.is_silent or not listening.is_connected:
            wrong["socket"] = f"Slack has not been heard for {round(listening.age)} seconds. A new connection is being made."
    return 503 if wrong else 200, json.dumps({"status": "not ready", "wrong": wrong} if wrong else {"status": "ready"})


def settings_with(*needed: str) -> Settings:
    """The settings, if those that are needed are there; leaves with what is missing."""
    settings = read_or_leave()
    missing = [name.upper() for name in needed if getattr(settings, name) is None]
    if missing:
        leave(f"Set {' and '.join(missing)}, in the environment or in a file .env. `rolecall manifest` tells where they come from.")
    from bot.store import SettingError  # noqa: PLC0415 - not for every command
    from bot.store.open import read_url  # noqa: PLC0415

    try:
        read_url(settings)
    except SettingError as error:
        leave(str(error))
    return settings


def on_postgres(settings: Settings) -> bool:
    """Whether the store is a PostgreSQL."""
    return settings.database_url is not None and settings.database_url.get_secret_value().startswith("postgres")


def open_edge(settings: Settings) -> Edge:
    """The Slack edge of this process, at work. Leaves where the store cannot be opened."""
    from bot.live import Live  # noqa: PLC0415 - not for every command
    from bot.logs import get_logger  # noqa: PLC0415
    from bot.slack.edge import Edge  # noqa: PLC0415
    from bot.store import SettingError, StoreError, open_store  # noqa: PLC0415

    live = Live(settings.rolecall_company, today)
    loading = live.load()
    log, until = get_logger(part="serve"), time.monotonic() + PATIENCE
    while True:
        try:
            store = open_store(settings)
            break
        except StoreError as error:
            if isinstance(error, SettingError) or time.monotonic() > until:
                log.error("store_not_opened", reason=str(error))
                sys.stdout.flush()
                raise SystemExit(1) from None
            log.warning("store_unreachable", reason=str(error))
            time.sleep(2.0)
    edge = Edge(settings, store, live)
    edge.start()
    edge.reloaded(loading)
    return edge


def begin(settings: Settings) -> Process:
    """What a process of the server works with."""
    from bot.slack.app import make_app  # noqa: PLC0415 - after the fork
    from bot.slack.doorway import Doorway  # noqa: PLC0415
    from bot.web.server import Process  # noqa: PLC0415
    from bot.web.site import make_site  # noqa: PLC0415

    assert settings.slack_signing_secret is not None
    edge = open_edge(settings)
    doorway = Doorway(make_app(settings, edge), settings.slack_signing_secret.get_secret_value())
    return Process(make_site(doorway.handle, lambda: wrong_with(edge)), edge.stop, edge.reload)


def wrong_with(edge: Edge) -> Mapping[str, str]:
    """What stands in the way of answering."""
    from bot.store import StoreError, hurried  # noqa: PLC0415

    wrong: dict[str, str] = {}
    try:
        with hurried():
            edge.desk.store.ping()
    except StoreError:
        wrong["store"] = "The database does not answer as it should. The log says more."  # where it is, is nobody's business out there
    live = edge.desk.live
    if not live.last.ok and not live.has_rules:
        wrong["model"] = live.last.summary
    if not edge.workers.is_alive:
        wrong["workers"] = "Nothing that is accepted gets answered."
    if edge.desk.identity.revoked:
        wrong["slack"] = f"Slack no longer takes our token ({edge.desk.identity.revoked})."
    return wrong
