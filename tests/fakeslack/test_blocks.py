"""The validator finds everything that Slack would refuse, at its limits, and lets through what Slack takes."""

from __future__ import annotations

from typing import Any

import pytest

from fakeslack.blocks import check_blocks, check_view
from fakeslack.samples import (
    BLOCKS,
    DIVIDER,
    actions,
    alert,
    button,
    card,
    carousel,
    chart,
    container,
    context,
    feedback,
    image,
    input_,
    menu,
    mrkdwn,
    option,
    plain,
    plan,
    rich,
    section,
    table,
    text_input,
    view,
)

Blocks = list[dict[str, Any]]


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_every_kind_of_block_is_taken_somewhere(block: dict[str, Any]) -> None:
    surfaces = [surface for surface in ("message", "home", "modal") if not check_blocks([block], surface)]  # type: ignore[arg-type]

    wide, narrow = ("container", "table", "data_table", "carousel", "data_visualization"), ("message", "home")
    ours = dict.fromkeys(wide, narrow) | dict.fromkeys(("context_actions", "file", "markdown", "plan", "task_card"), ("message",))
    assert tuple(surfaces) == (ours | {"alert": ("modal",)}).get(block["type"], ("message", "home", "modal"))


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ("nonsense", "blocks: not a list of blocks"),
        ([{"type": "nonsense"}], "blocks[0]: nonsense is not allowed here"),
        ([{"text": plain()}], "blocks[0]: None is not allowed here"),
        ([DIVIDER] * 51, "blocks: 51 blocks, at most 50"),
        ([section("x" * 3_001)], "blocks[0].text.text: 3001 characters, at most 3000"),
        ([section("")], "blocks[0].text.text: 0 characters, at least 1"),
        ([section(), section(block_id="a"), section(block_id="a")], "blocks: block_id 'a' is used 2 times"),
        ([section(block_id="x" * 256)], "blocks[0].block_id: 256 characters, at most 255"),
        ([section(accessory=text_input())], "blocks[0].accessory: plain_text_input is not allowed here"),
        ([section(accessory=image(alt_text=""))], "blocks[0].accessory.alt_text: 0 characters, at least 1"),
        ([section(accessory={"type": "image", "alt_text": "x"})], "blocks[0].accessory: needs image_url or slack_file"),
        ([section("x" * 2_900)] * 5, "blocks: 15000 characters with 100 for each block, at most 12000"),
        ([actions(*(button(number) for number in range(26)))], "blocks[0]: 26 elements, at most 25"),
        ([actions(button(1), button(1))], "blocks[0]: action_id 'b1' is used 2 times"),
        ([actions(button(text="x" * 76))], "blocks[0].elements[0].text.text: 76 characters, at most 75"),
        ([actions(button(value="x" * 2_001))], "blocks[0].elements[0].value: 2001 characters, at most 2000"),
        ([actions(button(url="x" * 3_001))], "blocks[0].elements[0].url: 3001 characters, at most 3000"),
        ([actions(button(action_id="x" * 256))], "blocks[0].elements[0].action_id: 256 characters, at most 255"),
        ([actions(button(style="loud"))], "blocks[0].elements[0].style: neither primary nor danger"),
        ([actions(button(agent_prompt="x" * 4_001))], "blocks[0].elements[0].agent_prompt: 4001 characters, at most 4000"),
        (
            [actions(button(visible_to_user_ids=["U1"] * 11))],
            "blocks[0].elements[0].visible_to_user_ids: 11 visible_to_user_ids, at most 10",
        ),
        (
            [actions(button(confirm={"title": plain("x" * 101), "text": plain(), "confirm": plain(), "deny": plain()}))],
            "blocks[0].elements[0].confirm.title.text: 101 characters, at most 100",
        ),
        ([actions(menu())], "blocks[0].elements[0].options: 0 options, at least 1"),
        ([actions(menu(*(str(number) for number in range(101))))], "blocks[0].elements[0].options: 101 options, at most 100"),
        ([actions(menu("a", type="overflow"))], "blocks[0].elements[0]: placeholder is unknown"),
        (
            [actions({"type": "overflow", "options": [option(str(number)) for number in range(6)]})],
            "blocks[0].elements[0].options: 6 options, at most 5",
        ),
        (
            [actions({"type": "radio_buttons", "options": [option(str(number)) for number in range(11)]})],
            "blocks[0].elements[0].options: 11 options, at most 10",
        ),
        ([actions(menu("a", options=[option("x" * 76)]))], "blocks[0].elements[0].options[0].text.text: 76 characters, at most 75"),
        (
            [actions(menu(options=[{**option("a"), "value": "x" * 151}]))],
            "blocks[0].elements[0].options[0].value: 151 characters, at most 150",
        ),
        ([actions(menu("a", "a"))], "blocks[0].elements[0]: two options of one value"),
        ([actions(menu("a", initial_option=option("b")))], "blocks[0].elements[0]: the initial option 'b' is none of the options"),
        ([actions(menu("a", placeholder=plain("x" * 151)))], "blocks[0].elements[0].placeholder.text: 151 characters, at most 150"),
        ([actions(menu("a", type="multi_static_select"))], "blocks[0].elements[0]: multi_static_select is not allowed here"),
        ([context(*[plain()] * 11)], "blocks[0]: 11 elements, at most 10"),
        ([context(image(image_url="x" * 3_001))], "blocks[0].elements[0].image_url: 3001 characters, at most 3000"),
        ([image(alt_text="")], "blocks[0].alt_text: 0 characters, at least 1"),
        ([{"type": "image", "image_url": "https://x.example"}], "blocks[0]: no alt_text"),
        ([image(title=plain("x" * 2_001))], "blocks[0].title.text: 2001 characters, at most 2000"),
        ([input_(text_input(), label=plain("x" * 2_001))], "blocks[0].label.text: 2001 characters, at most 2000"),
        ([input_(button())], "blocks[0].element: button is not allowed here"),
        ([input_(text_input(max_length=3_001))], "blocks[0].element.max_length: 3001 max_length, at most 3000"),
        ([input_(text_input(min_length=5, max_length=4))], "blocks[0].element: min_length 5 is more than max_length 4"),
        ([input_(text_input(max_length=2, initial_value="abc"))], "blocks[0].element.initial_value: longer than max_length 2"),
        (
            [input_(text_input(dispatch_action_config={"trigger_actions_on": ["x"]}))],
            "blocks[0].element.dispatch_action_config: x is unknown",
        ),
        (
            [input_({"type": "datepicker", "initial_date": "3 March"})],
            "blocks[0].element.initial_date: '3 March' is not written as Slack wants it",
        ),
        ([input_(text_input(focus_on_load=True)), input_(text_input(focus_on_load=True))], "blocks: focus_on_load more than once"),
        ([{"type": "header", "text": plain("x" * 151)}], "blocks[0].text.text: 151 characters, at most 150"),
        ([{"type": "markdown", "text": "x" * 7_000}] * 2, "blocks: 14000 characters of markdown, at most 12000"),
        ([feedback("x" * 76)], "blocks[0].elements[0].positive_button.text.text: 76 characters, at most 75"),
        ([feedback(action_id="x" * 256)], "blocks[0].elements[0].action_id: 256 characters, at most 255"),
        ([{**feedback(), "elements": feedback()["elements"] * 6}], "blocks[0]: 6 elements, at most 5"),
        ([rich({"type": "text", "text": ""})], "blocks[0].elements[0].elements[0].text: 0 characters, at least 1"),
        ([rich({"type": "emoji"})], "blocks[0]: emoji: no name"),
        ([table(101, 1)], "blocks[0]: 101 rows, at most 100"),
        ([table(1, 21)], "blocks[0].rows[0]: 21 cells, at most 20"),
        ([table(1, 1, text="")], "blocks[0].rows[0][0].text: 0 characters, at least 1"),
        ([table(10, 10, text="x" * 101)], "blocks[0]: 10100 characters in cells, at most 10000"),
        ([table(1, 1, column_settings=[None])], "blocks[0].column_settings[0]: no settings"),
        ([table(1, 1), table(2, 1, type="data_table", caption="x")], "blocks: more than one table"),
        ([table(1, 1), container(table(1, 1))], "blocks: more than one table"),
        ([table(1, 1, type="data_table", caption="x")], "blocks[0]: 1 rows, at least 2"),
        ([table(2, 1, type="data_table")], "blocks[0]: no caption"),
        ([container(*[DIVIDER] * 11)], "blocks[0]: 11 child_blocks, at most 10"),
        ([container(rich({"type": "text", "text": "x"}))], "blocks[0].child_blocks[0]: rich_text is not allowed here"),
        ([container(actions(button(text="x" * 76)))], "blocks[0].child_blocks[0].elements[0].text.text: 76 characters, at most 75"),
        ([container(DIVIDER, is_collapsible=True, has_header_divider=True)], "blocks[0]: has_header_divider with is_collapsible"),
        ([{"type": "container", "child_blocks": [DIVIDER]}], "blocks[0]: no title"),
        ([card(body=plain("x" * 201))], "blocks[0].body.text: 201 characters, at most 200"),
        ([card(actions=[button(number) for number in range(4)])], "blocks[0]: 4 actions, at most 3"),
        ([{"type": "card"}], "blocks[0]: an empty card"),
        ([carousel(*[card()] * 11)], "blocks[0]: 11 cards, at most 10"),
        ([chart("pie", segments=[{"label": "a", "value": 0}])], "blocks[0].chart.segments.value: not above 0"),
        (
            [chart("bar", series=[{"name": "a", "data": []}], axis_config={"categories": ["x"]})],
            "blocks[0].chart.series[0]: not one point for",
        ),
        ([chart("pie", segments=[{"label": "a", "value": 1}])] * 3, "blocks: more than two charts"),
        ([plan("one", "one")], "blocks[0]: two tasks of one id"),
        ([{"type": "task_card", "task_id": "a", "title": "x", "status": "pending"}], "blocks[0].status: pending is not allowed here"),
        ([section(nonsense=1)], "blocks[0]: nonsense is unknown"),
        ([{"type": "actions", "elements": 5}], "blocks[0]: not of the shape that Slack knows"),
        ([section(), {"type": "table", "rows": [None]}], "blocks[1]: not of the shape that Slack knows"),
        ([section(accessory=None)], "blocks[0].accessory: null"),
    ],
)
def test_what_slack_refuses_is_found_at_its_place(blocks: Blocks, said: str) -> None:
    found = check_blocks(blocks)

    assert any(line.startswith(said) for line in found), found


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3_000)],
        [actions(*(button(number, "x" * 75, value="x" * 100) for number in range(25)))],
        [actions(button(1)), actions(button(1))],
        [actions(menu(*(str(number) for number in range(100))))],
        [
            actions(
                button(
                    confirm={"title": plain("x" * 100), "text": plain("x" * 300), "confirm": plain(), "deny": plain(), "style": "danger"}
                )
            )
        ],
        [section(accessory=menu("a", "b", type="multi_static_select", max_selected_items=2))],
        [context(image(), mrkdwn(), plain())],
        [rich({"type": "emoji", "name": "wave"}, {"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "here"})],
        [table(100, 20)],
        [{**table(1, 2), "rows": [[{"type": "raw_number", "value": 3, "text": "3"}, {"type": "raw_text", "text": " "}]]}],
        [{"type": "markdown", "text": "x" * 11_000}],
        [DIVIDER] * 50,
    ],
)
def test_what_slack_takes_is_taken(blocks: Blocks) -> None:
    assert check_blocks(blocks) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"type": "message"}, "view: neither modal nor home"),
        (view(title=plain("x" * 25)), "view.title.text: 25 characters, at most 24"),
        (view(title=mrkdwn("x")), "view.title: not plain_text"),
        (view(submit=plain("x" * 25)), "view.submit.text: 25 characters, at most 24"),
        (view(private_metadata="x" * 3_001), "view.private_metadata: 3001 characters, at most 3000"),
        (view(callback_id="x" * 256), "view.callback_id: 256 characters, at most 255"),
        (view(blocks=[DIVIDER] * 101), "blocks: 101 blocks, at most 100"),
        (view(blocks=[table(1, 1)]), "blocks[0]: table is not allowed here"),
        (view(blocks=[input_(text_input())]), "view: input without submit"),
        ({"type": "modal", "blocks": [DIVIDER]}, "view: no title"),
        ({"type": "home", "blocks": [DIVIDER], "title": plain()}, "view: title is unknown"),
        ({"type": "home", "blocks": [alert()]}, "blocks[0]: alert is not allowed here"),
        ({"type": "home", "blocks": [section("x" * 2_900)] * 90}, "view: 2"),
    ],
)
def test_a_view_is_held_to_its_limits(given: dict[str, Any], said: str) -> None:
    found = check_view(given)

    assert any(line.startswith(said) for line in found), found


def test_a_view_at_its_limits_is_taken() -> None:
    assert check_view(view(submit=plain("x" * 24), blocks=[input_(text_input()), alert()], private_metadata="x" * 3_000)) == []
    assert check_view({"type": "home", "blocks": [section("x" * 2_000)] * 100, "private_metadata": ""}) == []
    assert check_view({"type": "home", "blocks": []}) == []
