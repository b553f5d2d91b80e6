"""Everything that can be pressed, chosen from and filled in sends what Slack sends for it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.people import Person
from fakeslack.samples import actions, button, card, carousel, container, feedback, input_, menu, option, plain, section, text_input
from fakeslack.targets import Answer, Request


class Acknowledging:
    """A bot that acknowledges everything and keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def post(self, request: Request) -> Answer:
        self.heard.append(dict(request.payload))
        return Answer(200)


@pytest.fixture
def alice(slack: FakeSlack, bot: Bot) -> Person:
    bot.at(Acknowledging())
    return slack.person("alice")


def shows(bot: Bot, person: Person, *blocks: dict[str, Any], text: str = "x") -> None:
    """Puts blocks before somebody."""
    WebClient(token=bot.token, base_url=bot.slack.api_url).chat_postMessage(channel=person.id, text=text, blocks=[*blocks])


def first(act: Any) -> dict[str, Any]:
    return dict(act.delivery.payload["actions"][0])


def test_feedback_says_which_of_the_two(bot: Bot, alice: Person) -> None:
    shows(bot, alice, section("x"), feedback())
    good, bad = first(alice.clicks("Good")), first(alice.clicks("Bad answer"))

    assert (good["type"], good["value"], bad["value"]) == ("feedback_buttons", "good", "bad")
    assert good["block_id"]


def test_buttons_are_found_wherever_they_stand(bot: Bot, alice: Person) -> None:
    shows(
        bot,
        alice,
        section("x", accessory=button(1, "beside")),
        container(actions(button(2, "inside", value="2"))),
        card(title=plain("x"), actions=[button(3, "on a card")]),
        carousel(card(title=plain("x"), actions=[button(4, "in a row")])),
    )

    for number, label in enumerate(("beside", "inside", "on a card", "in a row"), 1):
        assert first(alice.clicks(label))["action_id"] == f"b{number}"


@pytest.mark.parametrize(
    ("element", "said", "key", "value"),
    [
        (menu("SMB", "Mid"), "Mid", "selected_option", option("Mid")),
        ({"type": "overflow", "action_id": "m", "options": [option("Share")]}, "Share", "selected_option", option("Share")),
        ({"type": "radio_buttons", "action_id": "m", "options": [option("yes"), option("no")]}, "no", "selected_option", option("no")),
        (
            {"type": "checkboxes", "action_id": "m", "options": [option("a"), option("b")]},
            "a",
            "selected_options",
            [option("a")],
        ),
        ({"type": "datepicker", "action_id": "m"}, "2026-11-22", "selected_date", "2026-11-22"),
        ({"type": "users_select", "action_id": "m"}, "U1", "selected_user", "U1"),
    ],
)
def test_a_choice_is_sent_as_its_element_sends_it(
    bot: Bot, alice: Person, element: dict[str, Any], said: Any, key: str, value: Any
) -> None:
    shows(bot, alice, actions(element))
    act = alice.selects("m", said)
    kept = act.delivery.payload["state"]["values"]

    assert first(act)[key] == value
    assert (kept == {}) == (element["type"] == "overflow")


def test_a_choice_of_several_stands_beside_a_text(bot: Bot, alice: Person) -> None:
    shows(bot, alice, section("Segments", accessory=menu("SMB", "Mid", type="multi_static_select")), text="Segments")
    act = alice.selects("Segments", ["SMB", "Mid"])

    assert [each["value"] for each in first(act)["selected_options"]] == ["SMB", "Mid"]


def test_an_input_tells_at_once_only_where_it_says_so(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    trigger = alice.types("/roe").delivery.payload["trigger_id"]
    blocks = [
        input_(text_input(action_id="now"), label=plain("Now"), dispatch_action=True),
        input_(text_input(action_id="later", initial_value="as it was"), label=plain("Later")),
        input_({"type": "users_select", "action_id": "who"}, label=plain("Who"), optional=True),
    ]
    view = {"type": "modal", "title": plain("Ask"), "submit": plain("Ask"), "blocks": blocks}
    WebClient(token=bot.token, base_url=slack.api_url).views_open(trigger_id=trigger, view=view)

    assert first(alice.selects("Now", "typed"))["value"] == "typed"
    assert alice.selects("Later", "other") is None
    sent = alice.submits(values={"Who": alice})
    values = [held for block in sent.delivery.payload["view"]["state"]["values"].values() for held in block.values()]
    assert values == [
        {"type": "plain_text_input", "value": "typed"},
        {"type": "plain_text_input", "value": "other"},
        {"type": "users_select", "selected_user": alice.id},
    ]


def test_what_is_ephemeral_is_used_by_whom_it_is_for(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    bob = slack.person("bob")
    deals = slack.channel("#deals", members=[alice, bob, bot])
    client = WebClient(token=bot.token, base_url=slack.api_url)
    client.chat_postEphemeral(channel=deals.id, user=alice.id, text="x", blocks=[actions(button(1, "Share"))])

    with pytest.raises(AssertionError, match="nothing is called 'Share'"):
        bob.clicks("Share")
    act = alice.clicks("Share")
    assert act.delivery.payload["container"]["is_ephemeral"]
    alice.reloads()
    with pytest.raises(AssertionError, match="nothing is called 'Share'"):
        alice.clicks("Share")


def test_conversations_of_several_people_and_private_channels(slack: FakeSlack, bot: Bot, alice: Person) -> None:
    bob = slack.person("bob")
    group, secret = slack.group_dm(alice, bob, bot), slack.channel("#secret", members=[alice, bot], private=True)
    said = [alice.writes("x", in_=group), alice.mentions(bot, in_=group, text="x"), alice.mentions(bot, in_=secret, text="x")]

    assert [act.events for act in said] == [["message"], ["app_mention", "message"], ["app_mention", "message"]]
    assert [act.deliveries[-1].payload["event"]["channel_type"] for act in said] == ["mpim", "mpim", "group"]
    assert alice.types("/roe", in_=secret).delivery.payload["channel_name"] == "privategroup"
    with pytest.raises(AssertionError, match="bob is not in #secret"):
        bob.writes("x", in_=secret)
