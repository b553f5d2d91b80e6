"""The end of an installation: what is kept of a workspace goes when it removes the bot, and no token is used that is good for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.logs import get_logger
from bot.slack.desk import Desk
from bot.slack.people import mapping

log = get_logger(part="lifecycle")


class Lifecycle:
    """Sees to removed apps and revoked tokens."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def uninstalled(self, body: Mapping[str, Any]) -> None:
        """The workspace removed the app: everything of it is deleted. Raises StoreError, so that Slack tells us again.

        An organisation that has the app on all its workspaces is told of by one of these, while everything is stored for the organisation.
        """
        first: Any = next(iter(listed(body.get("authorizations"))), {})
        of_all = body.get("is_enterprise_install") is True or mapping(first).get("is_enterprise_install") is True
        known = self.desk.identity.last
        teams = {str(body.get("team_id") or ""), known.team if known else "", str(body.get("enterprise_id") or "") if of_all else ""}
        for team in sorted(teams - {""}):
            self.desk.store.forget_team(team)
        self.desk.identity.end("app_uninstalled")
        log.warning("uninstalled")

    def revoked(self, body: Mapping[str, Any]) -> None:
        """Tokens were revoked: ours, if our bot is among them."""
        tokens = mapping(mapping(body.get("event")).get("tokens"))
        bots = tokens.get("bot")
        known = self.desk.identity.found
        if isinstance(bots, list) and bots and (known is None or known.user in bots):
            self.desk.identity.end("token_revoked")
            log.warning("token_revoked")


def listed(value: Any) -> list[Any]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []
