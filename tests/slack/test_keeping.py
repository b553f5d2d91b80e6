"""What those who keep the model are told, and what happens to the Home tab when Slack does not take it: nothing is silently lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from office import RULES, Office, idle, until

from bot.store import StoreError

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
BROKEN = "have errors, so I go on with those from before"
TEAMS = "cannot, because I cannot post in their channels"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


def told(office: Office, words: str) -> list[str]:
    return [each.reads for each in office.rita.sees(to=office.bot) if words in each.reads]


def breaks(office: Office, name: str = "nobody-we-know") -> None:
    office.model.write_text(office.model.read_text().replace("own: ae\n", f"own: {name}\n"))
    office.edge.reload()


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 1}, {"status": 503}])
def test_a_message_to_maintainers_is_tried_until_slack_takes_it_and_sent_once(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postMessage", times=2, **how)
    breaks(office)
    assert "company.yaml:" in until(lambda: told(office, BROKEN))[0]
    office.edge.reload()
    until(lambda: idle(office))
    assert len(told(office, BROKEN)) == 1


def test_maintainers_are_told_when_a_broken_model_is_mended_and_once(office: Office) -> None:
    sound = office.model.read_text()
    breaks(office)
    until(lambda: told(office, BROKEN))
    office.model.write_text(sound)
    office.edge.reload()
    assert "company.yaml:" in until(lambda: told(office, "have no errors any more"))[0]
    office.edge.reload()
    until(lambda: idle(office))

    assert len(told(office, "have no errors any more")) == 1


def test_a_message_to_maintainers_waits_for_the_store(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.edge.workers.chores = ()
    office.edge.maintainers.accept = failing_first(office.edge.accept)
    breaks(office)
    assert office.edge.maintainers.untold
    assert "company.yaml:" in capsys.readouterr().out, "the log says which errors"
    office.edge.maintainers.go_on()
    until(lambda: told(office, BROKEN))
    assert not office.edge.maintainers.untold


def failing_first(accept: Callable[..., bool]) -> Callable[..., bool]:
    """Fails at first, as a store that is away."""
    left = [1]

    def tried(*given: Any) -> bool:
        if left:
            left.pop()
            raise StoreError("away")
        return accept(*given)

    return tried


def test_the_members_of_a_group_are_told_once_slack_says_who_they_are(empty_office: Office) -> None:
    office = empty_office
    group = office.slack.usergroup("keepers", members=[office.rita, office.bob])
    office.model.write_text(office.model.read_text().replace(f"maintainers: [{office.rita.id}]", f"maintainers: [{group}]"))
    office.starts()
    office.slack.fails("usergroups.users.list", status=429, retry_after=1, times=1)
    breaks(office)
    until(lambda: told(office, BROKEN))
    until(lambda: [each for each in office.bob.sees(to=office.bot) if BROKEN in each.reads])


def test_a_start_with_a_broken_model_tells_those_whom_the_files_list(empty_office: Office) -> None:
    office = empty_office
    office.starts()
    live = office.edge.desk.live
    live.answering, live.version = None, ""
    breaks(office)
    assert "none of them counts" in until(lambda: told(office, "none of them counts"))[0]

    office.model.write_text(RULES % {"rita": office.rita.id, "board": office.bob.id})
    office.edge.reload()
    assert office.alice.types("/roe", "who owns renewal for enterprise?").ack["text"].startswith("The Account Executive")


def test_teams_are_looked_at_again_after_a_rate_limit_and_after_the_model_was_read(office: Office) -> None:
    edge = office.edge
    office.slack.fails("conversations.list", status=429, retry_after=0, times=1)
    edge.check_teams()
    until(lambda: idle(office))
    assert not told(office, TEAMS)
    until(lambda: edge.check_teams() or told(office, TEAMS))
    assert not edge.teams_due

    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.model.write_text(
        office.model.read_text().replace("deal-desk: {name: Deal Desk}", 'deal-desk: {name: Deal Desk, channel: "#gone"}')
    )
    edge.reload()
    edge.check_teams()
    assert "Deal Desk (#gone)" in until(lambda: told(office, "#gone"))[0]


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 1}, {"status": 503}, {"drop": True}])
def test_a_home_that_slack_does_not_take_now_is_shown_soon_after(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("views.publish", times=2, **how)
    office.alice.opens_home(office.bot)
    until(lambda: idle(office))
    assert "Yes, Account Executive" in office.alice.home.buttons
    office.slack.fails("views.publish", times=1, **how)
    office.alice.clicks("Yes, Account Executive", on=office.alice.home)
    until(lambda: idle(office))
    assert "Yes, Account Executive" not in office.alice.home.buttons


@pytest.mark.parametrize("how", [{"status": 500, "times": 5}, {"error": "invalid_arguments", "times": 1}])
def test_a_home_that_slack_never_takes_is_told_with_a_reference(
    office: Office, how: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    office.slack.fails("views.publish", **how)
    office.alice.opens_home(office.bot)
    said = until(lambda: office.alice.sees(to=office.bot))[0].reads
    assert said.startswith("I could not show you my Home tab")
    assert re.search(r"R-[2-9A-HJ-NP-Z]{6}", said)[0] in capsys.readouterr().out  # type: ignore[index]


def test_an_end_waits_for_what_is_soon_tried_again_and_leaves_the_rest(office: Office) -> None:
    office.slack.fails("chat.postMessage", status=429, retry_after=2, times=1)
    office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?")
    office.slack.wait_for(lambda: office.slack.calls("chat.postMessage"))
    begun = time.monotonic()
    assert office.edge.workers.stop(20.0)
    assert time.monotonic() - begun < 8
    assert office.alice.sees("#deals")[-1].reads.startswith("The Digital CSM owns renewal")


def test_an_end_does_not_wait_for_what_is_tried_again_much_later(office: Office) -> None:
    office.slack.fails("chat.postMessage", status=429, retry_after=50, times=1)
    office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?")
    office.slack.wait_for(lambda: office.slack.calls("chat.postMessage"))
    begun = time.monotonic()
    assert office.edge.workers.stop(20.0)
    assert time.monotonic() - begun < 8
    assert office.store.backlog().waiting == 1
