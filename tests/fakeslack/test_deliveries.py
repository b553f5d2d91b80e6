"""What Slack sends: signatures, retries, duplicates, several instances, events of every kind."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from fakeslack import FakeSlack, forged
from fakeslack.apps import Bot
from fakeslack.conftest import World, flask_of
from fakeslack.running import served
from fakeslack.tinybot import tiny_bot


class Ear:
    """A bot that listens and says what it is told to."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = [*statuses]
        self.heard: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}
        self.on_request: Any = lambda: None
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        with self.lock:
            self.heard.append({key[5:]: value for key, value in environ.items() if key.startswith("HTTP_X_SLACK")})
            status = self.statuses.pop(0) if self.statuses else 200
        self.on_request()
        start(f"{status} Said", [*self.headers.items()])
        return [b""]

    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(each.get("X_SLACK_RETRY_NUM"), each.get("X_SLACK_RETRY_REASON")) for each in self.heard]


def listens(bot: Bot, *statuses: int) -> Ear:
    """A bot that is an ear, and never has anything left to do."""
    ear = Ear(*statuses)
    bot.at(ear)
    bot.slack.watch(lambda: False)
    return ear


def test_a_bot_behind_http_hears_signed_requests(slack: FakeSlack, bot: Bot) -> None:
    app = tiny_bot(bot)
    slack.watch(app)
    alice = slack.person("alice")
    with served(flask_of(app)) as url:
        bot.at(url)

        assert slack.verifies(bot)
        assert alice.mentions(bot, in_="#deals", text="renewal").answer.reads == "You said: renewal"
        assert alice.types("/roe", "renewal").answer.text == "You asked: renewal"
        alice.clicks("Ask me")
        alice.submits(values={"Question": "who?"})
        assert alice.last_message().text == "You asked: who?"


def test_a_bot_that_is_not_watched_is_waited_for(slack: FakeSlack, bot: Bot) -> None:
    with served(flask_of(tiny_bot(bot))) as url:
        bot.at(url)

        assert slack.person("alice").mentions(bot, in_="#deals", text="renewal").answer.reads == "You said: renewal"
        slack.settle()


def test_a_wsgi_application_is_asked_in_this_process(slack: FakeSlack, bot: Bot) -> None:
    app = tiny_bot(bot)
    bot.at(flask_of(app))
    slack.watch(app)

    assert slack.person("alice").writes(to=bot, text="renewal").answer.reads == "You said: renewal"


@pytest.mark.parametrize("how", [how for how in forged() if how != "not a number"])
def test_a_wrong_signature_is_refused(world: World, how: str) -> None:
    with world.bot.signed(forged()[how]):
        act = world.alice.types("/roe", "renewal")

    assert (act.status, act.error) == (401, "dispatch_failed")
    assert world.alice.sees()[-1].text == '/roe failed with the error "dispatch_failed"'


def test_a_timestamp_in_words_arrives_as_it_is(slack: FakeSlack, bot: Bot) -> None:
    ear = listens(bot)
    with bot.signed(forged()["not a number"]):
        slack.person("alice").types("/roe")

    assert ear.heard[0]["X_SLACK_REQUEST_TIMESTAMP"] == "yesterday"
    assert bot.environment["SLACK_API_URL"] == f"{slack.server.url}/api/"


def test_an_event_comes_again_until_it_is_acknowledged(slack: FakeSlack, bot: Bot) -> None:
    ear = listens(bot, 500, 503, 404)
    act = slack.person("alice").writes(to=bot, text="hello")

    assert (act.times, act.acked) == (2, False)
    slack.clock.advance(59)
    assert act.times == 2
    slack.clock.advance(1)
    assert act.times == 3
    slack.clock.advance(300)
    assert (act.times, act.acked) == (4, True)
    assert ear.retries() == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


def test_after_three_retries_slack_gives_up(slack: FakeSlack, bot: Bot) -> None:
    listens(bot, *[500] * 9)
    act = slack.person("alice").writes(to=bot, text="hello")
    slack.clock.advance(3_600)

    assert (act.times, act.acked, slack.clock.waiting) == (4, False, 0)


def test_a_bot_can_ask_for_no_retry(slack: FakeSlack, bot: Bot) -> None:
    ear = listens(bot, 500)
    ear.headers = {"X-Slack-No-Retry": "1"}

    assert slack.person("alice").writes(to=bot, text="hello").times == 1


def test_an_answer_that_is_late_by_the_clock_of_slack_is_none(slack: FakeSlack, bot: Bot) -> None:
    ear = listens(bot)
    ear.on_request = lambda: slack.clock.advance(4) if len(ear.heard) == 1 else None
    act = slack.person("alice").writes(to=bot, text="hello")

    assert ear.retries() == [(None, None), ("1", "http_timeout")]
    assert act.acked
    ear.on_request = lambda: slack.clock.advance(4)
    assert slack.person("bob").types("/roe").error == "operation_timeout"


def test_a_bot_that_is_not_there_or_slow_is_tried_again(bot: Bot) -> None:
    slow, gate = listens(bot), threading.Event()
    slow.on_request = lambda: gate.wait(5)
    bot.slack.ack_timeout = 0.1
    with served(slow) as url:
        bot.at(url, "http://127.0.0.1:9/slack/events")
        act = bot.slack.person("alice").writes(to=bot, text="hello")
        gate.set()

    assert act.delivery.failures == ["http_timeout", "connection_failed"]


def test_commands_and_clicks_are_sent_once(slack: FakeSlack, bot: Bot) -> None:
    listens(bot, 500)
    act = slack.person("alice").types("/roe", "x")
    slack.clock.advance(3_600)

    assert (act.times, act.error) == (1, "dispatch_failed")


def test_instances_take_turns_and_may_both_get_the_same(slack: FakeSlack, bot: Bot) -> None:
    one, two = listens(bot), Ear()
    bot.at(one, two)
    alice = slack.person("alice")
    for _ in range(4):
        alice.writes(to=bot, text="hello")
    assert (len(one.heard), len(two.heard)) == (2, 2)
    bot.copies = 2
    act = alice.writes(to=bot, text="hello")

    assert (act.times, len(one.heard), len(two.heard)) == (2, 3, 3)


def test_the_same_event_can_come_twice_though_it_was_acknowledged(world: World) -> None:
    asked = world.alice.writes(to=world.bot, text="hello")
    world.slack.repeats(asked.delivery)

    assert (asked.times, len(asked.answers)) == (2, 2)  # Bolt does not look for duplicates
    assert asked.delivery.event_id.startswith("Ev")
