"""What this house does not want in a message, though Slack takes it; and how a test ends that had something of it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.house import Allowed, wrong_message, wrong_view
from fakeslack.samples import DIVIDER, actions, button, container, feedback, mrkdwn, plain, rich, section, table, view
from fakeslack.tinybot import answer

LEAF = {"type": "text", "text": "The CSM owns renewal."}
LINK = {"type": "link", "url": "https://x.example"}


def allowed(*targets: str) -> Allowed:
    found = Allowed()
    found.add(*targets)
    return found


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"blocks": [section("x")]}, "text: missing, so that notifications and screen readers have nothing"),
        ({"text": "  ", "blocks": [section("x")]}, "text: missing, so that notifications and screen readers have nothing"),
        ({"text": "You have a new answer", "blocks": [rich(LEAF)]}, "text: a stub; the blocks begin with 'The CSM owns renewal.'"),
        (
            {"text": "x", "blocks": [section("x"), section("many words that nobody would hear")]},
            "text: says 1 of the 7 words of the blocks",
        ),
        ({"text": "x" * 4_001}, "text: 4001 characters, Slack recommends 4000"),
        ({"text": "<!channel> hello"}, "markup that is not allowed: <!channel>"),
        ({"text": "hello <!subteam^S1>"}, "markup that is not allowed: <!subteam^S1>"),
        ({"text": "hello <@U1>"}, "markup that is not allowed: <@U1>"),
        ({"text": "see <https://x.example|this>"}, "markup that is not allowed: <https://x.example|this>"),
        ({"text": "see https://x.example."}, "an address that is not allowed: https://x.example."),
        ({"text": "a < b"}, "markup that is not allowed: < b"),
        ({"text": "@channel hello"}, "a call: @channel"),
        ({"text": "x", "link_names": True}, "link_names: names in a text would become mentions"),
        ({"text": "x", "parse": "full"}, "parse: names in a text would become mentions"),
        ({"text": "<@U1>", "blocks": [section("<@U1>")]}, "markup that is not allowed: <@U1>"),
        ({"text": "x", "blocks": [rich({"type": "user", "user_id": "U1"})]}, "a user that is not allowed: U1"),
        ({"text": "x", "blocks": [rich({"type": "broadcast", "range": "here"})]}, "a broadcast that is not allowed: here"),
        ({"text": "x", "blocks": [rich(LINK)]}, "a link that is not allowed: https://x.example"),
        ({"text": "x", "blocks": [actions(*(button(number) for number in range(6)))]}, "6 buttons in a row, at most 5"),
        ({"text": "x", "blocks": [container(actions(*(button(number) for number in range(6))))]}, "6 buttons in a row, at most 5"),
        ({"text": "x", "blocks": [actions(button(text="👍"))]}, "a button of signs alone without accessibility_label: 👍"),
        (
            {
                "text": "x",
                "blocks": [{"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}]}],
            },
            "an icon without accessibility_label: Delete",
        ),
        (
            {"text": "x", "blocks": [feedback(positive_button={"text": plain("Good"), "value": "x"})]},
            "feedback without accessibility_label: Good",
        ),
    ],
)
def test_what_is_not_wanted_is_found(message: dict[str, Any], said: str) -> None:
    assert said in [*wrong_message(message, allowed())]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "The CSM owns renewal.", "blocks": [rich(LEAF), actions(*(button(number, "Why?") for number in range(5)))]},
        {"text": "*The CSM* owns renewal.", "blocks": [section("The _CSM_ owns renewal.")]},
        {"text": "R&amp;D &lt;owns&gt; it", "blocks": [rich({"type": "text", "text": "R&D <owns> it"})]},
        {"text": "x: a b; x: c d", "blocks": [table(2, 2)]},
        {"text": "x", "blocks": [actions(button(text="👍", accessibility_label="Good answer"))]},
        {"text": "x" * 3_500, "blocks": [section("another text, of which this is but the beginning")]},
        {"text": "me@here.example"},
        {"text": "x", "parse": "none", "link_names": False},
    ],
)
def test_what_is_wanted_is_let_through(message: dict[str, Any]) -> None:
    assert [*wrong_message(message, allowed())] == []


def test_mentions_and_links_are_let_through_where_they_are_allowed() -> None:
    message = {
        "text": "<@U1> see <https://docs.example.com/roe|this>, https://docs.example.com/roe.",
        "blocks": [section("<@U1> see <https://docs.example.com/roe|this>"), rich({"type": "user", "user_id": "U1"}), DIVIDER],
    }

    assert [*wrong_message(message, allowed("U1", "https://docs.example.com/*"))] == []
    assert [*wrong_message({"text": "<!here>"}, allowed("*"))] == ["markup that is not allowed: <!here>"]
    assert [*wrong_view(view(blocks=[section("<@U1>")]), allowed())] == ["markup that is not allowed: <@U1>"]


def say(slack: FakeSlack, bot: Bot, **message: Any) -> None:
    alice = slack.person("alice")
    WebClient(token=bot.token, base_url=slack.api_url).chat_postMessage(channel=alice.id, **message)


def test_a_test_fails_at_its_end_for_what_a_bot_sent() -> None:
    with pytest.raises(AssertionError, match=r"chat\.postMessage: markup that is not allowed: <!here>"), FakeSlack() as slack:
        say(slack, slack.installs(), text="<!here>")


def test_what_slack_refuses_is_refused_and_kept(slack: FakeSlack, bot: Bot) -> None:
    slack.expects("invalid_blocks: blocks")
    with pytest.raises(SlackApiError) as found:
        say(slack, bot, text="x", blocks=[section("x" * 3_001)])

    assert found.value.response["error"] == "invalid_blocks"
    assert "3001 characters" in found.value.response["response_metadata"]["messages"][0]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
@pytest.mark.filterwarnings("ignore:Additionally, the attachment-level")
@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": [table(1, 1), table(1, 1)]}, "invalid_attachments"),
        ({"text": "x", "blocks": "["}, "invalid_blocks_format"),
        ({"text": "x", "attachments": [{"blocks": [{"type": "nonsense"}]}]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    ],
)
def test_slack_has_an_error_for_each(slack: FakeSlack, bot: Bot, message: dict[str, Any], error: str) -> None:
    slack.expects(error)
    with pytest.raises(SlackApiError) as found:
        say(slack, bot, **message)

    assert found.value.response["error"] == error


def test_what_is_expected_has_to_occur() -> None:
    with pytest.raises(AssertionError, match="expected, and did not occur: invalid_blocks"), FakeSlack() as slack:
        slack.expects("invalid_blocks")


def test_what_fails_anyway_says_so_besides() -> None:
    with pytest.raises(ValueError, match="something else") as found, FakeSlack() as slack:  # noqa: PT012
        say(slack, slack.installs(), text="<!here>")
        raise ValueError("something else")

    assert "markup that is not allowed" in found.value.__notes__[0]


def test_acknowledgements_and_response_urls_are_looked_at_as_well(slack: FakeSlack, bot: Bot) -> None:
    alice = slack.person("alice")
    slack.responses.acknowledged(
        bot, alice.user, alice.place(None, bot), {"text": "<!channel>", "blocks": [section("<!channel>"), mrkdwn_free()]}
    )

    slack.expects("acknowledgement: markup that is not allowed: <!channel>")


def mrkdwn_free() -> dict[str, Any]:
    return answer("x")[0] | {"block_id": mrkdwn()["text"]}
