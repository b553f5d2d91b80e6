"""Slack, the store or we ourselves fail: there is always an answer, or a reason with a reference that stands in the log as well."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from office import Office

from bot.slack.delivery import Delivery, Plan
from bot.slack.outgoing import words
from bot.slack.posting import ToPerson
from bot.store import Item, StoreError

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The SDK leaves the answers of a server that fails to the garbage collector."""

QUESTION = "who owns a 40k smb renewal?"
OWNS = "The Digital CSM owns renewal (SMB, ARR $40k)."
REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{6}")


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


def until(check: Callable[[], Any], seconds: float = 8.0) -> Any:
    """What there is, once there is something."""
    end = time.monotonic() + seconds
    while not (found := check()) and time.monotonic() < end:
        time.sleep(0.02)
    assert found, "it did not happen in time"
    return found


def answers(office: Office) -> list[Any]:
    """What the bot has posted in the channel for all."""
    return [each for each in office.alice.sees("#deals") if each.bot_id and not each.ephemeral_to]


def asks(office: Office) -> None:
    """Alice asks in the channel."""
    office.alice.mentions(office.bot, "#deals", QUESTION)


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "invalid_attachments", "invalid_blocks_format"])
def test_blocks_that_slack_refuses_are_said_in_text(office: Office, error: str) -> None:
    office.slack.fails("chat.postMessage", error)
    asks(office)
    said = until(lambda: answers(office))[0]

    assert said.blocks == []
    assert said.text.startswith(OWNS)


@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "is_archived", "restricted_action"])
def test_what_cannot_be_said_in_the_channel_comes_as_a_direct_message(office: Office, error: str) -> None:
    office.slack.fails("chat.postMessage", error)
    asks(office)
    said = until(lambda: office.alice.sees(to=office.bot))[0]

    assert said.reads.startswith(f"I cannot write in the channel where you asked.\n{OWNS}")
    assert answers(office) == []


@pytest.mark.parametrize("how", [{"error": "ratelimited"}, {"status": 500}, {"status": 503}, {"drop": True}, {"error": "internal_error"}])
def test_what_fails_for_the_moment_is_tried_again(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postMessage", times=2, **how)
    asks(office)

    assert until(lambda: answers(office), 15)[0].reads.startswith(OWNS)
    assert len(answers(office)) == 1


def test_an_answer_that_arrived_though_slack_did_not_say_so_is_not_given_twice(office: Office) -> None:
    office.slack.fails("chat.postMessage", afterwards=True, drop=True)
    asks(office)
    until(lambda: answers(office) and office.store.backlog().waiting == 0)

    assert len(answers(office)) == 1


def test_where_one_may_not_look_an_answer_is_rather_given_twice_than_not(office: Office) -> None:
    office.bot.scopes = {"app_mentions:read", "chat:write", "commands", "im:history", "users:read", "channels:read"}
    office.slack.fails("chat.postMessage", drop=True, afterwards=True)
    asks(office)
    until(lambda: office.store.backlog().waiting == 0 and answers(office))

    assert len(answers(office)) == 2


def test_after_the_last_attempt_there_is_a_reference_in_private(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.slack.fails("chat.postMessage", status=500, times=5)
    asks(office)
    said = until(lambda: [each for each in office.alice.sees("#deals") if each.bot_id])[0]

    assert REFERENCE.search(said.reads)
    assert office.store.backlog().dead == 1


def test_an_error_of_ours_is_told_with_a_reference(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("with words of alice")

    monkeypatch.setattr("bot.slack.replies.answer_to", broken)
    asks(office)
    told = until(lambda: [each for each in office.alice.sees("#deals") if each.bot_id])[0]
    command = office.alice.types("/roe", QUESTION, "#deals").ack["text"]
    printed = capsys.readouterr().out

    assert told.ephemeral_to == office.alice.id
    for text in (told.reads, command):
        assert REFERENCE.search(text)[0] in printed  # type: ignore[index]
    assert "with words of alice" not in printed
    assert "ZeroDivisionError" in printed


def test_what_came_before_may_fail_without_the_answer_failing(office: Office) -> None:
    first = office.alice.mentions(office.bot, "#deals", "how does the quarterly realignment go?")
    assert first.answer
    office.store.remember_thread(
        office.bot.team.id,
        first.message.channel.id,
        first.root,
        office.edge.desk.person(office.alice.id),
        {"v": 99},
        office.edge.desk.now(),
    )

    assert office.alice.mentions(office.bot, "#deals", QUESTION, thread=first).answer.reads.startswith(OWNS)


def test_a_process_that_dies_before_it_posts_loses_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_in(office, monkeypatch, "sending")
    assert answers(office) == []
    another_takes_over(office, monkeypatch)

    assert until(lambda: answers(office))[0].reads.startswith(OWNS)
    assert len(answers(office)) == 1


def test_a_process_that_dies_after_it_posted_does_not_make_it_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_in(office, monkeypatch, "done")
    assert len(answers(office)) == 1
    another_takes_over(office, monkeypatch)
    until(lambda: office.store.backlog().waiting == 0)

    assert len(answers(office)) == 1


def dies_in(office: Office, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """The thread that answers is gone in the middle, and with it what it knew."""
    died = threading.Event()

    def die(*_: Any, **__: Any) -> bool:
        died.set()
        threading.Event().wait(4)
        return False

    monkeypatch.setattr(office.store.__class__, where, die)
    office.slack.activity.patience = 1.0  # what is dead stays busy for ever
    asks(office)
    assert died.wait(5)
    office.edge.workers.ended.set()
    time.sleep(0.1)


def another_takes_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process, after the lease of the first has ended."""
    monkeypatch.undo()
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)
    office.starts()
    later = office.instances[-1].edge.desk.now
    office.instances[-1].edge.workers.now = lambda: later() + timedelta(seconds=120)
    office.instances[-1].edge.desk.now = lambda: later() + timedelta(seconds=120)


def test_while_the_store_is_away_slack_is_told_to_come_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    away = {"now": True}
    accept, claim = office.store.__class__.accept, office.store.__class__.claim

    def gone(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if away["now"]:
                raise StoreError("The store is away.")
            return real(*args, **kwargs)

        return call

    monkeypatch.setattr(office.store.__class__, "accept", gone(accept))
    monkeypatch.setattr(office.store.__class__, "claim", gone(claim))
    asked = office.alice.mentions(office.bot, "#deals", QUESTION)
    assert not asked.acked
    assert asked.status == 503
    away["now"] = False
    office.slack.clock.advance(61)

    assert until(lambda: answers(office))[0].reads.startswith(OWNS)
    assert len(answers(office)) == 1


def test_while_the_store_is_away_a_command_is_answered_all_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> Any:
        raise StoreError("The store is away.")

    monkeypatch.setattr(office.store.__class__, "profile", gone)

    assert office.alice.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)


def test_a_click_that_cannot_be_stored_is_told_about(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(office)
    said = until(lambda: answers(office))[0]

    def gone(*_: Any, **__: Any) -> Any:
        raise StoreError("The store is away.")

    monkeypatch.setattr(office.store.__class__, "accept", gone)
    clicked = office.alice.clicks("Why?", on=said)

    assert clicked.acked
    assert REFERENCE.search(clicked.answer.reads)


def test_a_window_that_does_not_open_is_told_about(office: Office) -> None:
    office.slack.fails("views.open", "expired_trigger_id")
    office.alice.types("/roe", QUESTION, "#deals")
    office.alice.clicks("Ask a human")

    assert office.alice.last_message().reads.startswith("I could not open the window.")


def test_that_a_window_does_not_open_is_told_once_slack_takes_it(office: Office) -> None:
    office.slack.fails("views.open", "expired_trigger_id")
    office.slack.fails("chat.postEphemeral", times=2, status=503)
    office.slack.fails("chat.postMessage", times=2, status=503)
    office.alice.types("/roe", QUESTION, "#deals")
    office.alice.clicks("Ask a human")

    assert until(lambda: [each for each in office.alice.sees("#deals") if each.reads.startswith("I could not open the window.")])


def test_slack_that_hangs_does_not_hold_up_others(office: Office) -> None:
    office.slack.fails("chat.postMessage", hang=3.0, channel="#deals")
    asks(office)
    began = time.monotonic()
    assert office.bob.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)

    assert time.monotonic() - began < 2.0


def test_a_delivery_whose_lease_has_ended_is_left_to_others(office: Office) -> None:
    assert office.edge.workers.stop()  # else one of them may take it first
    store, now = office.store, office.edge.desk.now()
    store.accept("x", "said", {}, now)
    item: Item = store.claim("me", now, timedelta(seconds=-1))[0]
    Delivery(office.edge.desk).carry_out(item, Plan("x", words("x"), (ToPerson(office.alice.id),)))

    assert office.slack.calls("chat.postMessage") == []


def test_until_slack_says_who_we_are_nothing_is_accepted_and_nothing_is_lost(empty_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.identity.AGAIN", 0.0)
    office = empty_office
    office.starts()
    office.slack.fails("auth.test", status=503, times=4)
    asked = office.alice.mentions(office.bot, "#deals", QUESTION)
    assert asked.status == 503
    office.slack.clock.advance(61)

    assert until(lambda: answers(office))[0].reads.startswith(OWNS)


def test_a_command_that_comes_before_is_told_with_a_reference(empty_office: Office) -> None:
    empty_office.starts()
    empty_office.slack.fails("auth.test", status=503)

    assert REFERENCE.search(empty_office.alice.types("/roe", QUESTION, "#deals").ack["text"])
