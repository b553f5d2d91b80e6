"""Slack takes no more for a while, or nothing at all for minutes: answers come late rather than never, once, and nobody is left waiting."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from office import Office, idle, until

from bot.store.inbox import ATTEMPTS

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

QUESTION = "who owns a 40k smb renewal?"
OWNS = "The Digital CSM owns renewal (SMB, ARR $40k)."
REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{6}")
LIMIT: dict[str, Any] = {"status": 429, "retry_after": 0}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.delivery.SPREAD", 0.05)
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


def answers(office: Office) -> list[Any]:
    """What the bot has posted in the channel for all."""
    return [each for each in office.alice.sees("#deals") if each.bot_id and not each.ephemeral_to]


def asks(office: Office) -> None:
    office.alice.mentions(office.bot, "#deals", QUESTION)


def test_a_busy_channel_is_answered_late_rather_than_never(office: Office) -> None:
    office.slack.fails("chat.postMessage", times=4 * ATTEMPTS, **LIMIT)
    asks(office)
    until(lambda: idle(office))

    assert [each.reads.startswith(OWNS) for each in answers(office)] == [True]
    assert office.store.backlog().dead == 0


@pytest.mark.parametrize("method", ["conversations.info", "users.info"])
def test_a_look_at_who_may_see_it_waits_as_long(office: Office, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.guard.UNKNOWN", 0.0)
    monkeypatch.setattr("bot.slack.people.UNKNOWN", 0.0)
    office.slack.fails(method, times=2 * ATTEMPTS, **LIMIT)
    if method == "conversations.info":
        asks(office)
        until(lambda: [each for each in answers(office) if each.reads.startswith(OWNS)])
    else:
        assert office.alice.writes(QUESTION, to=office.bot)
        until(lambda: [each for each in office.alice.sees(to=office.bot) if each.reads.startswith(OWNS)])


def test_what_slack_asks_for_is_waited_for(office: Office) -> None:
    office.slack.fails("chat.postMessage", status=429, retry_after=150)
    asks(office)
    until(lambda: office.slack.calls("chat.postMessage"))
    until(lambda: not office.edge.workers.is_busy)
    now = office.edge.desk.now()

    assert not office.store.is_due(now + timedelta(seconds=140))
    assert office.store.is_due(now + timedelta(seconds=200))


def test_a_limit_that_never_ends_is_told_in_a_direct_message(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.slack.delivery.LIMITED_FOR", timedelta(0))
    office.slack.fails("chat.postMessage", channel="#deals", times=None, **LIMIT)
    asks(office)
    told = until(lambda: office.alice.sees(to=office.bot))

    assert [bool(REFERENCE.search(each.reads)) for each in told] == [True]
    assert REFERENCE.search(told[0].reads)[0] in capsys.readouterr().out  # type: ignore[index]
    assert answers(office) == []


def test_who_asked_is_told_once_slack_is_back_after_a_long_time(office: Office) -> None:
    away = office.slack.fails("chat.postMessage", status=503, times=None)
    asks(office)
    until(lambda: office.store.backlog().dead == 1)
    time.sleep(0.5)
    assert office.store.backlog().waiting == 1
    away.times = 0
    until(lambda: idle(office))

    assert REFERENCE.search(until(lambda: answers(office))[0].reads)


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 0}, {"status": 503}, {"drop": True}, {"error": "internal_error"}])
def test_a_look_that_fails_for_the_moment_does_not_make_an_answer_twice(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postMessage", drop=True, afterwards=True)
    office.slack.fails("conversations.replies", times=2, **how)
    asks(office)
    until(lambda: idle(office))

    assert len(answers(office)) == 1


def test_a_look_that_never_works_is_told_and_not_answered_twice(office: Office) -> None:
    office.slack.fails("chat.postMessage", drop=True, afterwards=True)
    office.slack.fails("conversations.replies", status=503, times=ATTEMPTS - 1)
    asks(office)
    until(lambda: idle(office))
    said, told = answers(office)

    assert said.reads.startswith(OWNS)
    assert told.reads.startswith("I cannot tell whether my answer reached you.")
    assert REFERENCE.search(told.reads)


def test_an_answer_that_may_be_there_is_looked_for_after_other_waits_as_well(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.guard.BELIEVED", 0.0)
    office.slack.fails("chat.postMessage", drop=True, afterwards=True, hang=0.3)
    asks(office)
    until(lambda: office.slack.calls("conversations.info"))
    office.slack.fails("conversations.info", status=429, retry_after=0)
    until(lambda: idle(office))

    assert len(answers(office)) == 1
    assert len(office.slack.calls("chat.postMessage")) == 1


def test_what_kills_every_process_that_takes_it_is_told_with_a_reference(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = office.edge.workers.handle
    office.edge.workers.handle = lambda item: None if item.kind == "said" else handle(item)  # dies, and takes what it knew with it
    monkeypatch.setattr("bot.slack.workers.LEASE", timedelta(seconds=0.05))
    asks(office)
    until(lambda: office.store.backlog().dead == 2)  # the mention and the message
    monkeypatch.undo()
    until(lambda: idle(office))
    (told,) = [each for each in office.alice.sees("#deals") if each.bot_id]

    assert told.ephemeral_to == office.alice.id
    assert told.reads.startswith("Something went wrong on my side")
    assert REFERENCE.search(told.reads)[0] in capsys.readouterr().out  # type: ignore[index]
