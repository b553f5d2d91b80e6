"""`/roe` while Slack is slow or refuses: answered in time, to those alone who may see it, and what goes by direct message arrives."""

from __future__ import annotations

import time
from typing import Any

import pytest
from office import Office, until

from bot.slack.commands import read_command
from bot.slack.people import IN_TIME
from bot.store import StoreError

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

QUESTION = "who owns a 40k smb renewal?"
PLAN = "what is the csm comp plan?"
PLAN_TOLD = "Asked: what is the csm comp plan?\nThe Customer Success Manager: bonus plan, 80/20."
SECRET = "  - {id: secret-upsell, of: upsell, support: desk-csm, audience: board}\nplans:\n"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


@pytest.fixture
def grouped(empty_office: Office) -> Office:
    """Those who may see more are in groups, three of them."""
    office = empty_office
    ids = [office.slack.usergroup(name, members=[office.rita]) for name in ("pay", "leads", "board")]
    text = office.model.read_text().replace(f"compensation: {{who: [{office.rita.id}]}}", f"compensation: {{who: [{ids[0]}, {ids[1]}]}}")
    office.model.write_text(text.replace(f"board: {{who: [{office.bob.id}]}}", f"board: {{who: [{ids[2]}]}}"))
    office.starts()
    return office


def test_a_question_of_which_everybody_may_see_all_asks_nobody_about_groups(grouped: Office) -> None:
    for text in (QUESTION, "who owns renewal for enterprise?"):
        assert grouped.alice.types("/roe", text, "#deals").ack["text"]

    assert grouped.slack.calls("usergroups.users.list") == []


def test_groups_that_slack_is_slow_to_tell_of_hold_up_no_command_and_count_as_not_listed(
    grouped: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped.edge.desk.people.in_time = IN_TIME
    answer = grouped.slack.api.answer

    def slowly(name: str, *given: Any) -> Any:
        time.sleep(2.0 if name == "usergroups.users.list" else 0.0)
        return answer(name, *given)

    monkeypatch.setattr(grouped.slack.api, "answer", slowly)
    begun = time.monotonic()
    told = grouped.rita.types("/roe", PLAN, "#deals").ack["text"]

    assert time.monotonic() - begun < 2.0, "not one after the other, and not as long as Slack takes"
    assert "80/20" not in told
    assert not told.startswith("What only some may see")
    until(lambda: len(grouped.edge.desk.people.groups.known) == 3)
    assert grouped.rita.types("/roe", PLAN, "#deals").ack["text"].startswith("What only some may see")
    assert until(lambda: grouped.rita.sees(to=grouped.bot))[0].reads.startswith(PLAN_TOLD)


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 0}, {"status": 503}, {"drop": True}])
def test_an_answer_that_only_some_may_see_arrives_in_the_end(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postMessage", times=3, **how)
    office.rita.types("/roe", PLAN, "#deals")

    assert until(lambda: office.rita.sees(to=office.bot))[0].reads.startswith(PLAN_TOLD)
    assert len(office.rita.sees(to=office.bot)) == 1


def test_while_the_store_is_away_it_comes_all_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> Any:
        raise StoreError("The store is away.")

    for name in ("accept", "profile"):
        monkeypatch.setattr(office.store.__class__, name, gone)
    office.rita.types("/roe", PLAN, "#deals")

    assert until(lambda: office.rita.sees(to=office.bot))[0].reads.startswith(PLAN_TOLD)


def test_no_button_in_a_channel_asks_what_only_some_may_ask(empty_office: Office) -> None:
    office = empty_office
    office.model.write_text(office.model.read_text().replace("plans:\n", SECRET))
    office.starts()
    restricted = "Who supports upsell (SMB)?"
    assert restricted in office.bob.writes("who owns upsell for smb?", to=office.bot).answer.buttons
    office.bob.types("/roe", "who owns upsell for smb?", "#deals")
    said = office.bob.last_message()
    assert said.channel.name == "deals"
    assert restricted not in said.buttons

    asked = office.alice.writes("who owns upsell for smb?", "#deals")
    answered = office.bob.uses_shortcut("Answer this", on=asked).answer
    assert answered.channel.name == "deals"
    assert restricted not in answered.buttons


def test_a_command_that_does_not_say_whence_it_comes_is_answered_to_members_alone(office: Office) -> None:
    contoso = office.slack.team("Contoso")
    eve = office.slack.person("eve", team=contoso)
    office.slack.channel("#with-contoso", members=[office.alice, office.bot, eve], shared_with=[contoso])
    answers = {
        person: office.edge.commands.answer(read_command({"text": QUESTION, "user_id": person.id, "channel_id": "C1", "command": "/roe"}))
        for person in (office.alice, eve)
    }

    assert answers[office.alice]["text"].startswith("The Digital CSM owns renewal")
    assert answers[eve]["text"] == "Sorry, I answer only people of the workspace that I belong to."
