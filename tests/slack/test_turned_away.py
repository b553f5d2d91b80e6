"""People of another organisation are told nothing, wherever they knock; members are not taken for outsiders when Slack is slow."""

from __future__ import annotations

import pytest
from fakeslack.people import Person
from office import Office

OUTSIDE = "Sorry, I answer only people of the workspace that I belong to."
NOT_NOW = "I cannot tell just now who may see what, because Slack does not answer me. Please try again in a moment."


def eve_of(office: Office) -> Person:
    """Somebody of another organisation, in a channel that is shared with it."""
    contoso = office.slack.team("Contoso")
    eve = office.slack.person("eve", team=contoso)
    office.slack.channel("#with-contoso", members=[office.alice, office.bot, eve], shared_with=[contoso])
    return eve


def test_home_shows_them_nothing_of_the_rules(office: Office) -> None:
    eve = eve_of(office)
    eve.opens_home(office.bot)
    office.alice.opens_home(office.bot)

    assert eve.home.reads == OUTSIDE
    assert eve.home.buttons == []
    assert "Acme" in office.alice.home.reads


def test_the_messages_tab_does_not_greet_them(office: Office) -> None:
    assert eve_of(office).opens_home(office.bot, tab="messages").answers == []


def test_their_direct_messages_are_refused_once_where_slack_lets_us(office: Office) -> None:
    eve = eve_of(office)
    for text in ("who owns renewal?", "please?", "hello?"):
        eve.writes(text, to=office.bot)
        office.slack.settle()
    tried = [call.args for call in office.slack.calls("chat.postMessage")]

    assert [args["text"] for args in tried] == [OUTSIDE]
    assert tried[0]["channel"].startswith("D")


def test_no_window_is_for_them(office: Office) -> None:
    eve = eve_of(office)
    eve.uses_shortcut("Ask Rolecall")

    assert eve.modal.reads == OUTSIDE


@pytest.mark.parametrize("fault", [{"status": 429, "retry_after": 1}, {"status": 503}])
def test_a_member_who_cannot_be_verified_just_now_is_asked_to_try_again(office: Office, fault: dict[str, int]) -> None:
    office.slack.fails("users.info", times=1, **fault)
    office.alice.uses_shortcut("Ask Rolecall")
    assert office.alice.modal.reads == NOT_NOW
    office.edge.desk.people.people.known.clear()
    office.alice.closes()
    office.alice.uses_shortcut("Ask Rolecall")

    assert "Your question" in office.alice.modal.reads


def test_a_window_is_answered_only_for_those_who_may_be_told(office: Office) -> None:
    office.alice.uses_shortcut("Ask Rolecall")
    office.edge.desk.people.people.known.clear()
    office.slack.fails("users.info", status=429, retry_after=1, times=1)
    office.alice.submits(values={"Your question": "who owns renewal for enterprise?"})

    assert office.alice.modal.reads == NOT_NOW
