"""From what is to be said to Slack's OK: marked before it is sent, looked for after a crash, tried again, and never just dropped.

Who asked learns of what cannot be said: by a reference that stands in the log as well.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.logs import get_logger, kind_of
from bot.metrics import AGAIN, ANSWERING, ANSWERS, POSTS, TROUBLES
from bot.slack.client import LIMITED, Later, Refused
from bot.slack.desk import Desk
from bot.slack.notes import note
from bot.slack.outgoing import Outgoing, words
from bot.slack.posting import Sent, ToChannel, ToPerson, Way
from bot.store import Item, Next, StoreError

PAUSES = (2.0, 10.0, 60.0, 300.0)
"""Seconds before each further attempt: the last comes after Slack, or the network, had some minutes to recover."""
LIMITED_FOR = timedelta(minutes=10)
"""For so long it uses up no attempt that Slack takes no more for the moment: a busy channel is answered late rather than never."""
LASTING_FOR = timedelta(days=1)
"""For so long what only has to arrive is tried."""
SPREAD = 10.0
"""Seconds at most over which what waits for the same limit is spread, so that not all of it comes back at once."""
SOON = (0.2, 0.5, 1.0)
"""Seconds after which what has to follow a message is stored, where it could not be at once."""
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs of a reference that nobody reads wrongly."""
SORRY = "Something went wrong on my side, so I have no answer. Please ask again later. If it keeps happening, give this reference: {}."
UNSURE = "I cannot tell whether my answer reached you. If you do not see it, please ask again. My reference for it: {}."

log = get_logger(part="delivery")


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of an item: what is said, where, and what is done once it was said."""

    outcome: str
    out: Outgoing | None = None
    ways: tuple[Way, ...] = ()
    after: Callable[[Sent], None] | None = None
    """What is remembered of it; where that fails, the message was given all the same."""
    otherwise: Callable[[Refused], Plan] | None = None
    """What is said instead where Slack allows none of the ways."""
    then: Callable[[Sent], Sequence[Next]] | None = None
    """What has to follow, stored together with the end of the item. What it stores itself has to bear being stored twice."""
    user: str = ""
    """Who waits for it; told where it cannot be said. Empty where nobody does."""
    sorry: str = SORRY
    """What they are told, with a reference."""
    back: tuple[Way, ...] = ()
    """The ways to tell them; by the same as the message where there are none."""
    lasting: bool = False
    """Whether it only has to arrive, by any way, and however long that takes."""
    surface: str = ""
    wait: Later | Refused | None = None
    """Why nothing can be said or shown yet, or at all: what came of a call that had to be made first."""


def new_reference() -> str:
    """A reference for the person and the log."""
    return "R-" + "".join(secrets.choice(SIGNS) for _ in range(6))


Earlier = Sent | Later | Literal["none", "absent", "unknown"]
"""What came of looking for the message of an earlier attempt; none where there was no such attempt."""


class Delivery:
    """Carries out plans."""

    def __init__(self, desk: Desk, wake: Callable[[], None] = lambda: None) -> None:
        self.desk, self.wake = desk, wake
        """`wake` tells the workers that something new is in the inbox."""

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
        earlier = self.earlier(item, plan)
        if isinstance(earlier, Later):
            self.again(item, replace(plan, sorry=UNSURE), earlier)
            return
        found = earlier if isinstance(earlier, Sent) else None
        result = found or self.desk.poster.send(plan.ways, out, mark=str(item.id), by_any=plan.lasting)
        POSTS.labels(type(result).__name__.lower()).inc()
        match result:
            case Sent():
                self.finish(item, plan, result)
            case Later():
                self.again(item, plan, result, maybe_sent=result.maybe or earlier == "unknown")
            case Refused(error=error):
                self.refused(item, plan, error)

    def earlier(self, item: Item, plan: Plan) -> Earlier:
        """The message that an earlier attempt posted, where there was one and we may look."""
        if item.sending_since is None:
            return "none"
        found = self.desk.poster.find(plan.ways, str(item.id), item.sending_since)
        if found == "unknown":
            AGAIN.inc()
            log.warning("posted_unsure", item=item.id)
        return found

    def finish(self, item: Item, plan: Plan, sent: Sent) -> None:
        """Does what follows, and finishes the item.

        What is only remembered may fail without the answer being given twice. Where it is what has to follow that cannot be stored, the
        item stays as it is: whoever takes it over finds the message, and goes on from there. Raises StoreError.
        """
        self.desk.identity.revoked = ""  # the token is good after all
        follows = following(plan, sent)
        if plan.after is not None:
            try:
                plan.after(sent)
            except Exception as error:
                log.warning("not_remembered", item=item.id, **kind_of(error))
        self.desk.store.done(item, self.desk.now(), plan.outcome, follows)
        if follows:
            self.wake()
        ANSWERS.labels(plan.outcome, plan.surface).inc()
        ANSWERING.observe(max(0.0, (self.desk.now() - item.accepted_at).total_seconds()))

    def again(self, item: Item, plan: Plan, later: Later, *, maybe_sent: bool = True) -> None:
        """Gives the item back; after the last attempt says so to who waits. Where nothing was tried, nothing is known of earlier posts."""
        now = self.desk.now()
        age, limited = now - item.accepted_at, later.reason == LIMITED
        counts = age > (LASTING_FOR if plan.lasting else LIMITED_FOR) or not (limited or plan.lasting)
        if counts and item.last:
            self.give_up(item, plan, later.reason)
            return
        pause = pause_before(item, later, age.total_seconds(), counts=counts)
        log.info("later", item=item.id, kind=item.kind, reason=later.reason, seconds=round(pause, 1), attempt=item.attempts)
        until = now + timedelta(seconds=pause)
        self.desk.store.failed(item, now, until, later.reason, maybe_sent=maybe_sent, counts=counts)

    def refused(self, item: Item, plan: Plan, error: str) -> None:
        """Slack allows none of the ways."""
        self.desk.identity.note(error)
        if plan.otherwise is not None:
            self.carry_out(item, plan.otherwise(Refused(error)))
        else:
            self.give_up(item, plan, error)

    def give_up(self, item: Item, plan: Plan, reason: str) -> None:
        """Gives the item up. Who waits is told with a reference, by whatever way is left, for as long as that takes."""
        reference = new_reference()
        TROUBLES.labels("given_up").inc()
        log.error("given_up", item=item.id, kind=item.kind, reason=reason, reference=reference)
        ways = plan.back or (*plan.ways, ToPerson(plan.user))
        sorry = (note(f"sorry {item.id}", ways, plan.sorry.format(reference), self.desk.known(plan.user)),) if plan.user else ()
        self.desk.store.failed(item, self.desk.now(), None, f"{reference} {reason}", then=sorry)
        self.wake()

    def broken(self, item: Item, error: Exception, user: str, ways: tuple[Way, ...]) -> None:
        """An error of ours: who waits is told at once, for trying again would end the same."""
        reference = new_reference()
        TROUBLES.labels("bug").inc()
        log.error("broken", item=item.id, kind=item.kind, reference=reference, **kind_of(error))
        plan = Plan("broken", words(SORRY.format(reference)), ways, user=user, surface="sorry") if user else Plan("broken")
        self.carry_out(item, plan)


def following(plan: Plan, sent: Sent) -> Sequence[Next]:
    """What has to follow a message. A store that is away for a moment is asked again. Raises StoreError."""
    if plan.then is None:
        return ()
    for seconds in SOON:
        try:
            return plan.then(sent)
        except StoreError as error:
            log.warning("store_unreachable", reason=str(error))
            time.sleep(seconds)
    return plan.then(sent)


def pause_before(item: Item, later: Later, age: float, *, counts: bool) -> float:
    """Seconds until the next attempt: what Slack asks for, and more for what has been waiting for long."""
    tries = PAUSES[min(item.attempts, len(PAUSES)) - 1]
    if counts:
        return max(later.seconds, tries)
    if later.reason == LIMITED:
        return later.seconds + secrets.randbelow(1_000) / 1_000 * min(SPREAD, (later.seconds + age) / 4)
    return max(later.seconds, min(max(PAUSES[0], age / 4), PAUSES[2]))


def ways_back(user: str, channel: str, thread: str | None) -> tuple[Way, ...]:
    """Into the conversation, else to the person."""
    return ToChannel(channel, thread), ToPerson(user, "I cannot write in the channel where you asked.")


def store_trouble(error: StoreError) -> None:
    """The store could not be reached: the item stays with us until its lease ends, and is then taken up again."""
    TROUBLES.labels("store").inc()
    log.warning("store_unreachable", reason=str(error))
