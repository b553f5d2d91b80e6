"""From what is to be said to Slack's OK: marked before it is sent, looked for after a crash, tried again, and never just dropped.

Who asked learns of what cannot be said: by a reference that stands in the log as well.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.logs import get_logger, kind_of
from bot.metrics import AGAIN, ANSWERING, ANSWERS, POSTS, TROUBLES
from bot.slack.client import Later, Refused
from bot.slack.desk import Desk
from bot.slack.outgoing import Outgoing, words
from bot.slack.posting import Sent, ToChannel, ToPerson, Way
from bot.store import Item, StoreError

PAUSES = (2.0, 10.0, 60.0, 300.0)
"""Seconds before each further attempt: the last comes after Slack, or the network, had some minutes to recover."""
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs of a reference that nobody reads wrongly."""
SORRY = "Something went wrong on my side, so I have no answer. Please ask again later. If it keeps happening, give this reference: {}."

log = get_logger(part="delivery")


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of an item: what is said, where, and what is done once it was said."""

    outcome: str
    out: Outgoing | None = None
    ways: tuple[Way, ...] = ()
    after: Callable[[Sent], None] | None = None
    otherwise: Callable[[Refused], Plan] | None = None
    """What is said instead where Slack allows none of the ways."""
    user: str = ""
    """Who waits for it; told where it cannot be said. Empty where nobody does."""
    sorry: str = SORRY
    """What they are told, with a reference."""
    surface: str = ""
    wait: Later | Refused | None = None
    """Why nothing can be said or shown yet, or at all: what came of a call that had to be made first."""


def new_reference() -> str:
    """A reference for the person and the log."""
    return "R-" + "".join(secrets.choice(SIGNS) for _ in range(6))


class Delivery:
    """Carries out plans."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def carry_out(self, item: Item, plan: Plan) -> None:
        """Says what is to be said and finishes the item, or gives it back for another attempt. Raises StoreError."""
        store, now = self.desk.store, self.desk.now
        if isinstance(plan.wait, Later):
            self.again(item, plan, plan.wait)
        elif plan.wait is not None:
            self.refused(item, plan, plan.wait.error)
        elif plan.out is None:
            store.done(item, now(), plan.outcome)
        elif not store.sending(item, now()):
            log.info("lease_lost", item=item.id)
        else:
            self.send(item, plan, plan.out)

    def send(self, item: Item, plan: Plan, out: Outgoing) -> None:
        """Posts, unless it was posted before."""
        result = self.found(item, plan) or self.desk.poster.send(plan.ways, out, mark=str(item.id))
        POSTS.labels(type(result).__name__.lower()).inc()
        match result:
            case Sent():
                self.finish(item, plan, result)
            case Later():
                self.again(item, plan, result)
            case Refused(error=error):
                self.refused(item, plan, error)

    def found(self, item: Item, plan: Plan) -> Sent | None:
        """The answer that an earlier attempt posted, where there was one and we may look."""
        if item.sending_since is None:
            return None
        found = self.desk.poster.find(plan.ways, str(item.id), item.sending_since)
        if found == "unknown":
            AGAIN.inc()
            log.warning("posted_unsure", item=item.id)
        return found if isinstance(found, Sent) else None

    def finish(self, item: Item, plan: Plan, sent: Sent) -> None:
        """Does what follows, and finishes the item. What follows may fail without the answer being given twice."""
        self.desk.identity.revoked = ""  # the token is good after all
        if plan.after is not None:
            try:
                plan.after(sent)
            except Exception as error:
                log.warning("not_remembered", item=item.id, **kind_of(error))
        self.desk.store.done(item, self.desk.now(), plan.outcome)
        ANSWERS.labels(plan.outcome, plan.surface).inc()
        ANSWERING.observe(max(0.0, (self.desk.now() - item.accepted_at).total_seconds()))

    def again(self, item: Item, plan: Plan, later: Later) -> None:
        """Gives the item back; after the last attempt says so to who waits."""
        if item.last:
            self.give_up(item, plan, later.reason)
            return
        pause = max(later.seconds, 0.0 if later.reason == "ratelimited" else PAUSES[min(item.attempts, len(PAUSES)) - 1])
        log.info("later", item=item.id, kind=item.kind, reason=later.reason, seconds=pause, attempt=item.attempts)
        self.desk.store.failed(item, self.desk.now(), self.desk.now() + timedelta(seconds=pause), later.reason, maybe_sent=later.maybe)

    def refused(self, item: Item, plan: Plan, error: str) -> None:
        """Slack allows none of the ways."""
        self.desk.identity.note(error)
        if plan.otherwise is not None:
            self.carry_out(item, plan.otherwise(Refused(error)))
        else:
            self.give_up(item, plan, error)

    def give_up(self, item: Item, plan: Plan, reason: str) -> None:
        """Gives the item up. Who waits is told with a reference, by whatever way is left."""
        reference = new_reference()
        TROUBLES.labels("given_up").inc()
        log.error("given_up", item=item.id, kind=item.kind, reason=reason, reference=reference)
        if plan.user:
            self.desk.poster.send((*plan.ways, ToPerson(plan.user)), words(plan.sorry.format(reference)))
        self.desk.store.failed(item, self.desk.now(), None, f"{reference} {reason}")

    def broken(self, item: Item, error: Exception, user: str, ways: tuple[Way, ...]) -> None:
        """An error of ours: who waits is told at once, for trying again would end the same."""
        reference = new_reference()
        TROUBLES.labels("bug").inc()
        log.error("broken", item=item.id, kind=item.kind, reference=reference, **kind_of(error))
        plan = Plan("broken", words(SORRY.format(reference)), ways, user=user, surface="sorry") if user else Plan("broken")
        self.carry_out(item, plan)


def ways_back(user: str, channel: str, thread: str | None) -> tuple[Way, ...]:
    """Into the conversation, else to the person."""
    return ToChannel(channel, thread), ToPerson(user, "I cannot write in the channel where you asked.")


def store_trouble(error: StoreError) -> None:
    """The store could not be reached: the item stays with us until its lease ends, and is then taken up again."""
    TROUBLES.labels("store").inc()
    log.warning("store_unreachable", reason=str(error))
