"""Socket Mode, with Bolt's own handler and the SDK's own client on the other side."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.people import Person
from fakeslack.running import connected
from fakeslack.tinybot import tiny_bot


@pytest.fixture
def alice(slack: FakeSlack, bot: Bot) -> Iterator[Person]:
    with connected(tiny_bot(bot), bot, ping_interval=0.1):
        yield slack.person("alice")


def until(check: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not check():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_everything_works_over_a_socket(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    assert alice.mentions(bot, in_="#deals", text="renewal").answer.reads == "You said: renewal"
    assert alice.types("/roe", "renewal").ack == {"text": "You asked: renewal"}
    assert alice.last_message().text == "You asked: renewal"
    alice.clicks("Ask me")
    modal = alice.modal
    alice.submits(modal, {"Question": "wrong"})
    assert modal.errors == {"question": "Not a question."}
    alice.submits(modal, {"Question": "who?"})
    assert alice.last_message().text == "You asked: who?"
    alice.opens_home(bot)
    assert alice.home.reads == "Your rules"
    assert slack.sockets.counts["hello"] == 1
    assert slack.sockets.counts["acks"] == slack.sockets.counts["events_api"] + slack.sockets.counts["slash_commands"] + 3


def test_pings_are_answered_on_both_sides(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    slack.sockets.ping()

    until(lambda: slack.sockets.counts["pongs"] == 1 and slack.sockets.counts["pings"] >= 2)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_client_that_is_told_to_go_comes_back(slack: FakeSlack, bot: Bot, alice: Person, reason: str) -> None:
    slack.sockets.disconnect(reason)
    until(lambda: slack.sockets.counts["hello"] == 2)

    assert slack.sockets.counts["disconnect"] == 1
    assert alice.writes(to=bot, text="again").answer.text == "You said: again"


def test_a_cut_line_loses_nothing_for_good(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    slack.sockets.drop()
    until(lambda: not slack.sockets.of(bot))
    said = alice.writes(to=bot, text="lost?")
    assert said.delivery.failures == ["connection_failed", "connection_failed"]
    slack.sockets.wait_for_connections(bot)
    slack.clock.advance(60)

    assert said.answers[0].text == "You said: lost?"


def test_a_deaf_socket_looks_connected(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    slack.ack_timeout = 0.05
    slack.sockets.deaf = True
    said = alice.writes(to=bot, text="hello?")

    assert slack.sockets.of(bot)
    assert said.delivery.failures == ["http_timeout", "http_timeout"]
    slack.sockets.deaf, slack.ack_timeout = False, 3.0
    slack.sockets.wait_for_connections(bot)
    slack.clock.advance(60)
    assert said.acked
    assert said.delivery.attempts[-1].number == 2


def test_long_messages_cross_the_socket(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    slack.ack_timeout = 5
    for length in (100, 125, 126, 3_000):
        assert alice.writes(to=bot, text="x" * length).answer.text == "You said: " + "x" * length


def test_a_link_that_is_disabled_ends(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    slack.sockets.disconnect("link_disabled")

    until(lambda: slack.sockets.counts["ended"] >= 1)
