"""Who we are in Slack: asked once, then known. And whether our token still is one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock

from slack_sdk import WebClient

from bot.slack.client import REVOKED, Done, Later, Refused, call

AGAIN = 5.0
"""Seconds after which a question that failed is asked again."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as Slack knows it."""

    team: str
    """The workspace that everything is stored for; the organisation, where the app is installed on all of it."""
    enterprise: str
    user: str
    bot: str
    scopes: frozenset[str]

    def may(self, *scopes: str) -> bool:
        """Whether all of these scopes were granted; where Slack did not say, it is tried."""
        return not self.scopes or self.scopes.issuperset(scopes)


class UnknownError(Exception):
    """Slack does not say who we are: it cannot be reached, or the token is not good."""


class Identity:
    """Finds out who we are when it is first needed."""

    def __init__(self, client: WebClient) -> None:
        self.client = client
        self.found: Me | None = None
        self.last: Me | None = None
        """Who we were, once the token is no longer good."""
        self.revoked = ""
        """The error that says that the token is no longer good; empty while it is."""
        self.failed_at = 0.0
        self.turn = Lock()

    def me(self) -> Me:
        """Who we are. Raises UnknownError."""
        if self.found is None:
            with self.turn:
                self.found = self.last = self.found or self.ask()
        return self.found

    def ask(self) -> Me:
        """Asks Slack. Raises UnknownError; after a failure at once, for a few seconds, so that requests do not pile up."""
        if time.monotonic() - self.failed_at < AGAIN and self.failed_at:
            raise UnknownError
        match call(self.client, "auth.test"):
            case Done(said=said, scopes=granted) if said.get("user_id"):
                self.revoked = ""
                team, enterprise = str(said.get("team_id") or ""), str(said.get("enterprise_id") or "")
                scopes = frozenset(scope.strip() for scope in granted.split(",") if scope.strip())
                return Me(team or enterprise, enterprise, str(said["user_id"]), str(said.get("bot_id") or ""), scopes)
            case Refused(error=error):
                self.note(error)
            case Later() | Done():
                pass
        self.failed_at = time.monotonic()
        raise UnknownError

    def note(self, error: str) -> None:
        """Remembers that the token is no longer good, where an error says so."""
        if error in REVOKED:
            self.revoked = error

    def end(self, error: str) -> None:
        """The token is good for nothing from now on, unless Slack says otherwise when it is asked again."""
        with self.turn:
            self.found, self.revoked, self.failed_at = None, error, time.monotonic()
