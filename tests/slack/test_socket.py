"""Socket Mode is watched by its pings: a line that is cut or has gone deaf is replaced, and one that cannot be ends the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from fakeslack.running import hang_up
from office import Office

from bot.slack.socket import Listening

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The SDK leaves the answers of a server that fails to the garbage collector."""

PATIENT = 60.0
"""Seconds that a machine may take that is busy with other tests."""


def until(check: Callable[[], object], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def listening(office: Office) -> Iterator[Listening]:
    """The bot, connected."""
    office.bot.over_socket()
    made = Listening(office.instances[0].app, office.bot.app_token, ping=0.1, silent=1.0, deaf=PATIENT)
    thread = Thread(target=made.run, daemon=True)
    thread.start()
    until(lambda: office.slack.sockets.of(office.bot))
    yield made
    made.stop()
    thread.join(5)
    office.slack.sockets.deaf = False
    hang_up(made.handler, office.bot)


def test_everything_works_over_a_socket(office: Office, listening: Listening) -> None:
    asked = office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?")
    assert asked.answer.reads.startswith("The Digital CSM owns renewal")
    assert office.alice.types("/roe", "who owns renewal for enterprise?", "#deals").ack["text"].startswith("The Account Executive")
    office.alice.clicks("Why?", on=asked.answer)
    assert "kept by RevOps" in office.alice.last_message().reads
    until(lambda: listening.age < 1.0)


def test_a_line_that_is_cut_is_replaced(office: Office, listening: Listening) -> None:
    office.slack.sockets.drop()
    until(lambda: office.slack.sockets.counts["hello"] >= 2)

    assert office.alice.writes("who owns renewal for enterprise?", to=office.bot).answer.reads.startswith("The Account Executive")


def test_a_line_that_is_cut_is_replaced_at_once_whatever_the_pings_say(office: Office) -> None:
    office.bot.over_socket()
    made = Listening(office.instances[0].app, office.bot.app_token)
    thread = Thread(target=made.run, daemon=True)
    thread.start()
    until(lambda: office.slack.sockets.of(office.bot))
    for cuts in (1, 2):
        office.slack.sockets.drop()
        until(lambda seen=cuts: office.slack.sockets.counts["hello"] > seen, 6.0)  # type: ignore[misc]
        time.sleep(1.5)
    assert office.slack.sockets.counts["hello"] == 3, "one new connection for each that was cut"

    assert office.alice.writes("who owns renewal for enterprise?", to=office.bot).answer.reads.startswith("The Account Executive")
    made.stop()
    thread.join(5)
    hang_up(made.handler, office.bot)


def test_a_line_that_has_gone_deaf_is_replaced(office: Office, listening: Listening) -> None:
    until(lambda: listening.stamp is not None)
    before, tried = office.slack.sockets.counts["hello"], listening.tried_at
    office.slack.sockets.deaf = True
    until(lambda: listening.tried_at > tried, PATIENT)  # it is heard again only once the bot itself has noticed, however late that is
    office.slack.sockets.deaf = False
    until(lambda: office.slack.sockets.counts["hello"] > before and listening.age < listening.silent, PATIENT)

    assert office.alice.writes("who owns renewal for enterprise?", to=office.bot).answer.reads.startswith("The Account Executive")


def test_one_that_stays_deaf_ends_the_process(office: Office) -> None:
    office.bot.over_socket()
    office.slack.sockets.deaf = True
    made = Listening(office.instances[0].app, office.bot.app_token, ping=0.1, silent=1.0, deaf=2.5)

    assert made.run() is False
    office.slack.sockets.deaf = False
    hang_up(made.handler, office.bot)


def test_without_a_slack_to_connect_to_the_process_ends(office: Office) -> None:
    office.slack.fails("apps.connections.open", status=503, times=None)
    made = Listening(office.instances[0].app, office.bot.app_token, ping=0.1, silent=0.5, deaf=2.5)

    assert made.run() is False
    hang_up(made.handler, office.bot)
