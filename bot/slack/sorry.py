"""Who waits for an item, how they are told that nothing will come of it, and the messages that only have to arrive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.logs import get_logger
from bot.metrics import TROUBLES
from bot.slack.clicks import Clicked, OnMessage
from bot.slack.delivery import SIGNS, SORRY, Plan
from bot.slack.desk import Desk
from bot.slack.heard import Heard
from bot.slack.notes import NOTE, ways_in
from bot.slack.outgoing import words
from bot.slack.posting import ToOne, ToPerson, Way
from bot.slack.steps import STEP, STEP_FAILED, Steps
from bot.store import Item

FOR_ONE = frozenset({"human", "share", "home", "directly"})
"""What is seen to for one person, wherever it leads."""

log = get_logger(part="sorry")


def plan_note(item: Item) -> Plan:
    """A message that stands for itself."""
    return Plan("told", words(str(item.payload["text"])), ways_in(item.payload), lasting=True, surface="note")


class Losses:
    """Plans for items whose workers all died. The items themselves are not looked into: that may be what killed them."""

    def __init__(self, desk: Desk, steps: Steps) -> None:
        self.desk, self.steps = desk, steps

    def plan(self, item: Item) -> Plan:
        """What is said: that there is no answer, with a reference; once, where one message made several items. Raises StoreError."""
        kind, payload = str(item.payload.get("kind") or ""), item.payload.get("payload") or {}
        reference = reference_of(item)
        TROUBLES.labels("given_up").inc()
        log.error("given_up", item=item.payload.get("item"), kind=kind, reason="the workers that took it died", reference=reference)
        if kind == NOTE:
            return plan_note(replace(item, payload=payload))
        if kind in (STEP, STEP_FAILED):
            return self.steps.plan_failed(replace(item, payload={"execution": payload["execution"], "reference": reference}))
        user, ways = waiting(kind, payload)
        if not user or (kind == "said" and not self.is_first(Heard.from_payload(payload), item)):
            return Plan("lost")
        return Plan("told", words(SORRY.format(reference)), ways, lasting=True, surface="sorry")

    def is_first(self, heard: Heard, item: Item) -> bool:
        """Whether a message is not told of already. Raises StoreError."""
        return self.desk.store.take_message(self.desk.me.team, f"lost {heard.channel}", heard.ts, self.desk.now(), item)


def reference_of(item: Item) -> str:
    """A reference that is the same however often the item is taken up."""
    digest = hashlib.sha256(f"{item.id} {item.accepted_at.timestamp()}".encode()).digest()
    return "R-" + "".join(SIGNS[each % len(SIGNS)] for each in digest[:6])


def waiting(kind: str, payload: Mapping[str, Any]) -> tuple[str, tuple[Way, ...]]:
    """Who waits for an item, and the ways to tell them alone; nobody where it was only overheard."""
    match kind:
        case "said" | "confirm":
            heard = Heard.from_payload(payload)
            ways: tuple[Way, ...] = (ToOne(heard.channel, heard.user, heard.thread or None), ToPerson(heard.user))
            return (heard.user, ways) if heard.is_addressed else ("", ())
        case "click":
            clicked = Clicked.from_payload(payload)
            return clicked.user, (ToPerson(clicked.user),)
        case "shortcut":
            pressed = OnMessage.from_payload(payload)
            return pressed.user, (ToPerson(pressed.user),)
    user = str(payload.get("user") or "") if kind in FOR_ONE else ""
    return user, (ToPerson(user),) if user else ()
