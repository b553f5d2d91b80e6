"""Direct messages to those who keep the model. They go by the inbox, as answers do: tried again for as long as Slack does not take them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from bot.logs import get_logger, kind_of
from bot.slack.client import Done, Later, call
from bot.slack.delivery import Plan
from bot.slack.desk import Desk
from bot.slack.identity import UnknownError
from bot.slack.outgoing import lines
from bot.slack.posting import ToPerson
from bot.store import Item, StoreError

TOLD, BROKEN = "maintainers", "broken-model"
"""The kinds of what they are told: in general, and that the model has errors, which can be over and come again."""
Accept = Callable[[str, str, Mapping[str, Any]], bool]

log = get_logger(part="maintainers")


class Maintainers:
    """Tells them something: from one of the instances, and the same but once a day."""

    def __init__(self, desk: Desk, accept: Accept) -> None:
        self.desk, self.accept = desk, accept
        self.untold: dict[str, str] = {}
        """What could not be stored yet, and of which kind it is."""
        self.turn = Lock()

    def tell(self, text: str, kind: str = TOLD) -> None:
        """Has them told, as soon as it can be stored."""
        with self.turn:
            self.untold[text] = kind
        self.go_on()

    def mended(self) -> None:
        """The model is without errors: the same ones, should they come again, are new. Where that cannot be stored it is left at that."""
        try:
            self.desk.store.release(BROKEN)
        except StoreError as error:
            log.warning("store_unreachable", reason=str(error))

    def go_on(self) -> None:
        """Stores what has not been stored yet; where that fails, it is a matter of the next time."""
        with self.turn:
            for text, kind in list(self.untold.items()):
                mark = f"{self.desk.now():%Y-%m-%d} {hashlib.sha256(text.encode()).hexdigest()}"
                try:
                    self.accept(f"maintainers {self.desk.me.team} {mark}", kind, {"text": text})
                except (StoreError, UnknownError) as error:
                    log.warning("maintainers_not_told", **kind_of(error))
                    return
                del self.untold[text]

    def plan_all(self, item: Item) -> Plan:
        """Who they are; each gets a message of their own, so that one who gets none does not keep it from the others."""
        users: set[str] = set()
        for listed in self.listed:
            if not listed.startswith("S"):
                users.add(listed)
                continue
            outcome = call(self.desk.client, "usergroups.users.list", usergroup=listed)
            if isinstance(outcome, Later):
                return Plan("maintainers", wait=outcome)
            found = outcome.said.get("users") if isinstance(outcome, Done) else None
            users.update(map(str, found) if isinstance(found, list) else ())
        for user in sorted(users):
            key = f"maintainer {user} of {item.id}"
            self.accept(key, "maintainer", {"user": user, "text": str(item.payload.get("text") or "")})
        return Plan("maintainers")

    def plan_one(self, item: Item) -> Plan:
        """The message to one of them."""
        return Plan("maintainer-told", lines(str(item.payload["text"])), (ToPerson(str(item.payload["user"])),), surface="maintainer")

    @property
    def listed(self) -> tuple[str, ...]:
        """Those whom the model lists; while none has been without errors, whom the files list as far as they can be read."""
        live = self.desk.live
        return tuple(live.engine.company.maintainers) if live.has_rules else tuple(live.keepers)
