"""What every part of the Slack edge works with: the store, the model, the calls of Slack, the clock. Made once for each process."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from slack_sdk import WebClient

from bot.config import Settings
from bot.live import Live
from bot.pipeline import Engine
from bot.slack.answering import PUBLIC, Asked
from bot.slack.client import make_client
from bot.slack.guard import Guard, Scene, Standing
from bot.slack.identity import Identity, Me, UnknownError
from bot.slack.people import People
from bot.slack.posting import Poster
from bot.slack.teams import Teams
from bot.slack.views.here import Asker, Here, asker_in
from bot.store import PersonKey, Profile, Store

PATIENT, QUICK = 10, 2
"""Seconds: how long a worker waits for Slack, and how long may pass before a click is acknowledged."""


@dataclass
class Desk:
    """Everything that handlers share. Threads use it together; what changes in it is replaced as a whole."""

    store: Store
    live: Live
    client: WebClient
    quick: WebClient
    identity: Identity
    people: People
    guard: Guard
    teams: Teams
    poster: Poster
    key: bytes
    """What buttons are sealed with."""
    keeps_text: bool
    logs_text: bool
    now: Callable[[], datetime]
    today: Callable[[], date]
    shown: Here | None = None

    @property
    def engine(self) -> Engine:
        """What answers now."""
        return self.live.engine

    @property
    def me(self) -> Me:
        """The bot. Raises UnknownError where Slack does not say."""
        return self.identity.me()

    @property
    def here(self) -> Here:
        """What everybody may see of the company today; made anew with the model and the day."""
        engine, today, shown = self.live.engine, self.today(), self.shown
        if shown is None or shown.engine is not engine or shown.today != today:
            shown = self.shown = Here(engine, today)
        return shown

    def person(self, user: str) -> PersonKey:
        """The key of a person in the store."""
        return self.store.person(self.me.team, user)

    def known(self, user: str) -> PersonKey | None:
        """The same where Slack says who we are; nobody's else."""
        try:
            return self.person(user)
        except UnknownError:
            return None

    def profile(self, user: str) -> Profile | None:
        """What a person has told of themselves."""
        return self.store.profile(self.person(user), self.now())

    def asker(self, user: str) -> Asker:
        """From whose point of view a person asks, as far as the model still knows it."""
        profile = self.profile(user)
        return asker_in(self.here, profile.role, profile.segment) if profile else Asker()

    def audiences(self, user: str, *, private: bool) -> frozenset[str]:
        """What a person may see: in a channel what everybody may; the model is asked anew at every click."""
        return self.people.audiences(user, self.here.engine.company, self.restricted) if private else PUBLIC

    @property
    def restricted(self) -> frozenset[str]:
        """The audiences for which something is meant that is not for everybody: every rule says for whom it is."""
        return self.here.once("restricted", self.here.engine.company.restricted_to)

    @property
    def lists_groups(self) -> bool:
        """Whether it takes Slack to know who is in these audiences."""
        audiences = self.engine.company.audiences
        return any(id.startswith("S") for name in self.restricted for id in audiences.get(name, ()))

    def asked(self, text: str, user: str, *, private: bool, asker: Asker | None = None) -> Asked:
        """A question of a person."""
        return Asked(text, user, self.asker(user) if asker is None else asker, self.audiences(user, private=private))

    def may_share(self, scene: Scene) -> bool:
        """Whether sharing is offered in a channel: not where it is known that people of another organisation read along. Where the bot sees
        no channel, the window says to invite it."""
        if scene.is_direct:
            return False
        return self.guard.standing(scene, self.me) is Standing.OPEN or not self.guard.is_invited(scene.channel)

    def is_maintainer(self, user: str) -> bool:
        """Whether the model lists a person among those who keep it."""
        return self.people.is_listed(user, self.engine.company.maintainers)


def make_desk(settings: Settings, store: Store, live: Live) -> Desk:
    """The desk of this process. The settings have a bot token."""
    assert settings.slack_bot_token is not None
    token = settings.slack_bot_token.get_secret_value()
    client, quick = (make_client(token, settings.slack_api_url, timeout) for timeout in (PATIENT, QUICK))
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else token
    people = People(quick)
    return Desk(
        store=store,
        live=live,
        client=client,
        quick=quick,
        identity=Identity(quick),
        people=people,
        guard=Guard(quick, people),
        teams=Teams(client, quick),
        poster=Poster(client),
        key=hmac.new(secret.encode(), b"rolecall buttons", hashlib.sha256).digest(),
        keeps_text=settings.rolecall_keep_question_text,
        logs_text=settings.rolecall_log_text,
        now=lambda: datetime.now(UTC),
        today=date.today,
    )
