"""Slack as the one that calls: signed requests, each delivered once or, for events, again and again until it is acknowledged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from fakeslack.targets import Answer, Request, Target

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

ACK_WITHIN = 3.0
RETRIES = (0.0, 60.0, 300.0)
"""When an event that was not acknowledged comes again: at once, after a minute, after five."""
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Signing:
    """How requests are signed. The time is that of the bot's clock, which is the real one, unless it is given."""

    secret: str | None = None
    timestamp: str | None = None
    signature: str | None = None
    age: float = 0

    def headers(self, body: str, secret: str) -> dict[str, str]:
        """The two headers; nothing is sent for what is empty."""
        timestamp = self.timestamp if self.timestamp is not None else str(int(time.time() - self.age))
        signature = self.signature
        if signature is None:
            signature = SignatureVerifier(self.secret or secret).generate_signature(timestamp=timestamp, body=body)
        found = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}
        return {name: value for name, value in found.items() if value}


@dataclass
class Attempt:
    """One time that something was sent. It is acknowledged by 2xx within three seconds."""

    target: str
    number: int
    answer: Answer | None = None
    seconds: float = 0.0
    failure: str = ""

    @property
    def acked(self) -> bool:
        return not self.failure


@dataclass(eq=False, repr=False)
class Delivery:
    """Something sent to a bot: how often, to whom, and what came back."""

    bot: Bot
    kind: str
    payload: dict[str, Any]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def times(self) -> int:
        """How often it was sent so far."""
        return len(self.attempts)

    @property
    def acked(self) -> bool:
        """Whether the bot has acknowledged it."""
        return any(attempt.acked for attempt in self.attempts)

    @property
    def status(self) -> int | None:
        """The HTTP status of the last attempt, if there was an answer."""
        last = self.attempts[-1].answer if self.attempts else None
        return last.status if last else None

    @property
    def ack(self) -> Any:
        """What the bot said in its acknowledgement."""
        return next((attempt.answer.value for attempt in self.attempts if attempt.acked and attempt.answer), None)

    @property
    def failures(self) -> list[str]:
        """Why attempts were no acknowledgement, in Slack's words."""
        return [attempt.failure for attempt in self.attempts if attempt.failure]

    @property
    def event_id(self) -> str:
        return str(self.payload.get("event_id", ""))

    @property
    def event_type(self) -> str:
        """The type of the event, and its subtype."""
        event = self.payload.get("event", {})
        return ".".join(filter(None, (event.get("type"), event.get("subtype"))))


class Sender:
    """Sends what happens in Slack to the bots that want it."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.held: list[Delivery] | None = None

    def send(self, bot: Bot, kind: str, payload: dict[str, Any]) -> Delivery:
        """Sends an event, a command or an interaction, or keeps it while deliveries are held."""
        delivery = Delivery(bot, kind, payload)
        bot.deliveries.append(delivery)
        if self.held is not None and kind == "event":
            self.held.append(delivery)
        else:
            self.deliver(delivery)
        return delivery

    def deliver(self, delivery: Delivery, number: int = 0, reason: str = "") -> None:
        """Sends it now to as many instances as the bot is set to get it; an event that fails comes again."""
        targets = delivery.bot.next_targets()
        jobs = [partial(self.attempt, delivery, target, number, reason) for target in targets]
        with self.slack.activity.going_on():
            attempts = at_once(jobs)
        delivery.attempts += attempts
        failed = next((attempt for attempt in attempts if attempt.failure), None)
        if failed is None or any(attempt.acked for attempt in attempts) or delivery.kind != "event" or number == len(RETRIES):
            return
        if failed.answer and (failed.answer.headers or {}).get("x-slack-no-retry") == "1":
            return
        again = partial(self.deliver, delivery, number + 1, failed.failure)
        if RETRIES[number]:
            self.slack.clock.later(RETRIES[number], again)
        else:
            again()

    def attempt(self, delivery: Delivery, target: Target, number: int, reason: str) -> Attempt:
        """Sends it once."""
        attempt = Attempt(str(target), number)
        clock, began = self.slack.clock, time.monotonic()
        since = clock.now()
        try:
            attempt.answer = target.post(self.request(delivery, number, reason))
        except TimeoutError:
            attempt.failure = "http_timeout"
        except OSError:
            attempt.failure = "connection_failed"
        moved, passed = clock.now() - since, time.monotonic() - began
        attempt.seconds = max(moved, passed)
        if attempt.answer is not None and not 200 <= attempt.answer.status < 300:
            attempt.failure = "http_error"
        elif attempt.answer is not None and (moved > ACK_WITHIN or passed > self.slack.ack_timeout):
            attempt.failure = "http_timeout"
        return attempt

    def request(self, delivery: Delivery, number: int, reason: str) -> Request:
        """The request for a delivery, signed."""
        bot, payload = delivery.bot, delivery.payload
        if delivery.kind == "event":
            body, content = json.dumps(payload), JSON
        else:
            body, content = urlencode(payload if delivery.kind == "command" else {"payload": json.dumps(payload)}), FORM
        headers = {"Content-Type": content, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"}
        headers |= bot.signing.headers(body, bot.signing_secret)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return Request(delivery.kind, payload, body, headers, self.slack.ack_timeout)

    def again(self, delivery: Delivery) -> None:
        """A duplicate: the same event, with the headers of a retry, though it was acknowledged."""
        self.deliver(delivery, 1, "http_timeout")

    @contextmanager
    def holding(self) -> Iterator[Held]:
        """Keeps the events of a while; what was not released by its end is then delivered in order."""
        self.held = []
        held = Held(self, self.held)
        try:
            yield held
        finally:
            self.held = None
            held.release()


class Held:
    """Events that were kept back."""

    def __init__(self, sender: Sender, deliveries: list[Delivery]) -> None:
        self.sender, self.deliveries = sender, deliveries

    def release(self, order: Callable[[list[Delivery]], Any] = list) -> None:
        """Delivers what was kept, in some order: `reversed`, say."""
        waiting = [*order(self.deliveries)]
        self.deliveries.clear()
        for delivery in waiting:
            self.sender.deliver(delivery)


def at_once(jobs: Sequence[Callable[[], Attempt]]) -> list[Attempt]:
    """Sends to several at the same time."""
    if len(jobs) < 2:
        return [job() for job in jobs]
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


def forged(**how: Any) -> Mapping[str, Signing]:
    """Ways to get a signature wrong, by what is wrong with them."""
    return {
        "wrong secret": Signing(secret="not-the-secret"),
        "wrong signature": Signing(signature="v0=" + "0" * 64),
        "no signature": Signing(signature=""),
        "too old": Signing(age=301),
        "from the future": Signing(age=-400),
        "not a number": Signing(timestamp="yesterday"),
        "no timestamp": Signing(timestamp="", signature="v0=" + "0" * 64),
        **how,
    }
