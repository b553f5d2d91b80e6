"""Running a bot in a test: behind HTTP, or connected by Socket Mode. What Flask, werkzeug and Bolt need to end quickly stands here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fakeslack.apps import Bot
from fakeslack.targets import PATH


@contextmanager
def served(application: Any) -> Iterator[str]:
    """Serves a WSGI application on the loopback; gives the URL for `bot.at`."""
    from werkzeug.serving import make_server  # noqa: PLC0415 - only those who serve need it

    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def connected(app: Any, bot: Bot, **more: Any) -> Iterator[Any]:
    """Connects a Bolt app by Socket Mode, and waits for its hello; gives Bolt's handler."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415

    slack = bot.slack
    slack.watch(app)
    bot.over_socket()
    handler = SocketModeHandler(app, bot.app_token, **more)
    handler.connect()
    slack.sockets.wait_for_connections(bot)
    try:
        yield handler
    finally:
        slack.settle()
        hang_up(handler, bot)


def hang_up(handler: Any, bot: Bot) -> None:
    """Ends a connection for good. The client waits for something to read and for something to do, so it gets both."""
    client = handler.client
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.closed = True
    bot.slack.sockets.close()
    client.enqueue_message("{}")
    handler.close()
