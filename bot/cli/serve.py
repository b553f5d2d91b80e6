"""serve, socket: the bot in Slack."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

import click

from bot.cli.opening import leave, today
from bot.config import Settings, read_settings, share_metrics

if TYPE_CHECKING:
    from bot.slack.edge import Edge
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
    from bot.logs import set_up_logs  # noqa: PLC0415 - Slack's libraries are loaded by this command alone
    from bot.metrics import serve_figures  # noqa: PLC0415
    from bot.slack.app import make_app  # noqa: PLC0415
    from bot.slack.socket import Listening  # noqa: PLC0415

    set_up_logs(level=settings.rolecall_log_level, personal=settings.rolecall_log_text)
    if settings.rolecall_metrics_port is not None:
        serve_figures(settings.rolecall_metrics_port)
    edge = open_edge(settings)
    assert settings.slack_app_token is not None
    listening = Listening(make_app(settings, edge), settings.slack_app_token.get_secret_value())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: listening.stop())
    signal.signal(signal.SIGHUP, lambda *_: Thread(target=edge.reload, name="reload", daemon=True).start())
    well = listening.run()
    listening.close()
    edge.stop()
    sys.stdout.flush()
    os._exit(0 if well else 1)  # a thread that hangs must not keep the supervisor from starting us anew


def settings_with(*needed: str) -> Settings:
    """The settings, if those that are needed are there; leaves with what is missing."""
    try:
        settings = read_settings()
    except ValueError as error:
        leave("\n".join(line.strip() for line in str(error).splitlines() if "Value error" in line) or f"The settings are wrong: {error}")
    missing = [name.upper() for name in needed if getattr(settings, name) is None]
    if missing:
        leave(f"Set {' and '.join(missing)}, in the environment or in a file .env. `rolecall manifest` tells where they come from.")
    return settings


def on_postgres(settings: Settings) -> bool:
    """Whether the store is a PostgreSQL."""
    return settings.database_url is not None and settings.database_url.get_secret_value().startswith("postgres")


def open_edge(settings: Settings) -> Edge:
    """The Slack edge of this process, at work. Leaves where the store cannot be opened."""
    from bot.live import Live  # noqa: PLC0415 - not for every command
    from bot.slack.edge import Edge  # noqa: PLC0415
    from bot.store import StoreError, open_store  # noqa: PLC0415

    live = Live(settings.rolecall_company, today)
    loading = live.load()
    until = time.monotonic() + PATIENCE
    while True:
        try:
            store = open_store(settings)
            break
        except StoreError as error:
            if time.monotonic() > until:
                leave(str(error), code=1)
            click.echo(str(error), err=True)
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
    from bot.store import StoreError  # noqa: PLC0415

    wrong: dict[str, str] = {}
    try:
        edge.desk.store.ping()
    except StoreError as error:
        wrong["store"] = str(error)
    live = edge.desk.live
    if not live.last.ok and not live.has_rules:
        wrong["model"] = live.last.wrong
    if not edge.workers.is_alive:
        wrong["workers"] = "Nothing that is accepted gets answered."
    if edge.desk.identity.revoked:
        wrong["slack"] = f"Slack no longer takes our token ({edge.desk.identity.revoked})."
    return wrong
