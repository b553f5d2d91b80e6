"""The Bolt `App`, the same for HTTP and Socket Mode: what Slack sends is stored and acknowledged, or answered in the acknowledgement."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse

from bot.config import Settings
from bot.logs import get_logger, kind_of
from bot.metrics import TROUBLES
from bot.slack.clicks import Clicked, read_click, read_shortcut
from bot.slack.commands import read_command
from bot.slack.delivery import SORRY, new_reference
from bot.slack.edge import Edge
from bot.slack.heard import read_event
from bot.slack.identity import UnknownError
from bot.slack.in_window import ANSWERED_THERE
from bot.slack.lifecycle import Lifecycle
from bot.slack.names import Action, Shortcut
from bot.slack.outgoing import words
from bot.slack.people import mapping
from bot.slack.posting import ToPerson, ToResponse, Way
from bot.slack.signing import SIGNATURE, TIMESTAMP, is_signed
from bot.slack.views.sheets import chosen_by_menus
from bot.slack.windows import notice
from bot.store import StoreError, hurried

ALL = re.compile(r"")
EVENTS = ("app_mention", "message", "app_home_opened", "app_uninstalled", "tokens_revoked", "channel_shared", "channel_unshared")
"""The events that something is done about; others are acknowledged."""
VERIFIED = "rolecall_verified"
ALONE = frozenset({Action.SHARE, Action.HUMAN, Action.PICK_ROLE, Action.OPEN_ASK, Action.OPEN_ME, Action.OPEN_CHANNEL, Action.SHEET_SHARE})
"""The clicks that open a window and do nothing else."""

Body = dict[str, Any]

log = get_logger(part="app")


class Signed(Middleware):
    """Whether a request is from Slack. In place of Bolt's own, which fails on odd timestamps and logs what was sent."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Goes on with what is signed; by socket nothing is."""
        if req.mode == "socket_mode" or req.context.get(VERIFIED) is True:
            return next()
        timestamp, signature = (next_of(req.headers.get(name)) for name in (TIMESTAMP, SIGNATURE))
        if is_signed(req.raw_body.encode("utf-8", "surrogatepass"), timestamp, signature, self.secret, time.time()):
            return next()
        return BoltResponse(status=401, body={"error": "invalid request"})


class Prompt(App):
    """An app that does not wait long for the store, because Slack waits for the app."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answers a request."""
        with hurried():
            return super().dispatch(req)


def next_of(values: Any) -> str | None:
    """The first value of a header."""
    return str(values[0]) if values else None


class Listeners:
    """What is done with each kind of request. Each ends in an acknowledgement, or in an error upon which Slack sends an event again."""

    def __init__(self, edge: Edge) -> None:
        self.edge, self.desk = edge, edge.desk
        self.lifecycle = Lifecycle(edge.desk)

    def register(self, app: App) -> None:
        """Makes an app send us what it gets. Bolt asks one after the other whether it is meant: what people wait for comes first."""
        app.command(ALL)(self.command)
        for name in ("app_mention", "message"):
            app.event(name)(self.said)
        app.event("app_home_opened")(self.opened)
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.revoked)
        app.event("channel_shared")(self.shared)
        app.event("channel_unshared")(self.shared)
        app.function(ALL)(self.step)
        app.event(ALL)(self.passed_over)
        app.action(ALL)(self.click)
        app.view(ALL)(self.view)
        app.global_shortcut(Shortcut.ASK.value)(self.ask)
        app.message_shortcut(Shortcut.ANSWER.value)(self.answer_this)
        app.shortcut(ALL)(self.passed_over)
        app.options(ALL)(self.passed_over)
        app.error(self.failed)

    def said(self, body: Body) -> None:
        """Something was said. Raises StoreError or UnknownError: Slack then sends it again."""
        heard = read_event(body, self.desk.me, self.desk.now().timestamp())
        if heard is not None and self.edge.questions.is_wanted(heard):
            fresh = self.edge.accept(f"event {body.get('event_id')}", "said", heard.to_payload(), heard.user)
            log.info("accepted", kind="said", fresh=fresh, user=heard.user, channel=heard.channel, text=heard.text)

    def opened(self, body: Body) -> None:
        """Somebody opened the app."""
        event = mapping(body.get("event"))
        payload = {name: str(event.get(name) or "") for name in ("user", "tab", "channel")}
        self.edge.accept(f"event {body.get('event_id')}", "home", payload, payload["user"])

    def uninstalled(self, body: Body) -> None:
        """The app was removed."""
        self.lifecycle.uninstalled(body)

    def revoked(self, body: Body) -> None:
        """Tokens were revoked."""
        self.lifecycle.revoked(body)

    def shared(self, body: Body) -> None:
        """A channel was shared with another organisation, or no longer is."""
        self.desk.guard.forget(str(mapping(body.get("event")).get("channel") or ""))

    def step(self, body: Body, client: Any) -> None:
        """A workflow asks. Raises StoreError."""
        self.edge.steps.run(mapping(body.get("event")), client)

    def passed_over(self, ack: Any) -> None:
        """What nothing is done about."""
        ack()

    def command(self, body: Body) -> BoltResponse:
        """A slash command, answered at once."""
        typed = read_command(body)
        log.info("command", user=typed.user, channel=typed.channel, text=typed.text)
        return BoltResponse(status=200, body=self.edge.commands.answer(typed))

    def click(self, body: Body, ack: Any) -> None:
        """A click: what concerns a window is done at once; the rest is stored and seen to after."""
        clicked = read_click(body)
        trigger = str(body.get("trigger_id") or "")
        there = clicked.view_kind == "modal" and clicked.what in ANSWERED_THERE
        if there:
            self.edge.windows.change(clicked, self.edge.in_window.clicked(clicked))
        elif (make := self.edge.windows.wanted(clicked)) is not None:
            self.edge.windows.open_for(clicked, make, trigger)
        if clicked.what not in ALONE and not there:
            sheet = chosen_by_menus(body, self.desk.here).value
            self.edge.accept(clicked.key, "click", clicked.to_payload() | {"sheet": sheet}, clicked.user)
        ack()

    def view(self, body: Body, ack: Any) -> None:
        """A window was sent. Raises StoreError."""
        if body.get("type") != "view_submission":
            ack()
            return
        done = self.edge.submissions.read(body)
        view, user = mapping(body.get("view")), str(mapping(body.get("user")).get("id") or "")
        if done.kind:
            self.edge.accept(f"view {view.get('id')} {view.get('hash')}", done.kind, done.payload or {}, user)
        ack(response_action="update", view=done.view) if done.view is not None else ack()

    def ask(self, body: Body, ack: Any) -> None:
        """The global shortcut opens the window to ask in."""
        user = str(mapping(body.get("user")).get("id") or "")
        clicked = Clicked(Action.OPEN_ASK.value, "", user, str(mapping(body.get("user")).get("team_id") or ""))
        self.edge.windows.open_for(clicked, lambda pressed: self.edge.windows.ask(pressed.user), str(body.get("trigger_id") or ""))
        ack()

    def answer_this(self, body: Body, ack: Any) -> None:
        """The shortcut on a message. Raises StoreError."""
        pressed = read_shortcut(body)
        self.edge.accept(pressed.key, "shortcut", pressed.to_payload(), pressed.user)
        ack()

    def failed(self, error: Exception, body: Body) -> BoltResponse:
        """What failed: an event is sent again by Slack, if that can help; a person who waits is told with a reference."""
        reference = new_reference()
        TROUBLES.labels("store" if isinstance(error, StoreError) else "slack" if isinstance(error, UnknownError) else "bug").inc()
        log.error("request_failed", type=str(body.get("type") or "command"), reference=reference, **kind_of(error))
        if body.get("command"):
            return BoltResponse(status=200, body={"response_type": "ephemeral", **words(SORRY.format(reference)).payload()})
        if body.get("type") == "event_callback":
            return BoltResponse(status=503 if isinstance(error, StoreError | UnknownError) else 200, body="")
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body={"response_action": "update", "view": notice("Sorry", SORRY.format(reference))})
        self.tell(body, SORRY.format(reference))
        return BoltResponse(status=200, body="")

    def tell(self, body: Body, text: str) -> None:
        """Tells a person who clicked something, by whatever way there is."""
        clicked = read_click(body)
        ways: tuple[Way, ...] = (ToResponse(clicked.response_url),) if clicked.response_url else ()
        self.desk.poster.send((*ways, ToPerson(clicked.user)), words(text))


def make_app(settings: Settings, edge: Edge) -> App:
    """The Bolt app of this process."""

    def authorize() -> AuthorizeResult:
        me = edge.desk.me
        token = edge.desk.client.token
        return AuthorizeResult(
            enterprise_id=me.enterprise or None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot or None, bot_token=token
        )

    silent = logging.Logger("slack_bolt", logging.CRITICAL + 1)
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    app = Prompt(
        name="rolecall",
        logger=silent,
        client=edge.desk.quick,
        signing_secret=secret or "-",
        authorize=authorize,
        before_authorize=Signed(secret),
        process_before_response=True,
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    Listeners(edge).register(app)
    return app
