"""The check of blocks finds everything that Slack would refuse, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.render.limits import check_blocks, weight

Block = dict[str, Any]


def plain(text: str = "x") -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(number: int = 1, text: str = "x", **more: Any) -> Block:
    return {"type": "button", "action_id": f"b{number}", "text": plain(text), **more}


def actions(*buttons: Block, **more: Any) -> Block:
    return {"type": "actions", "elements": [*buttons], **more}


def context(*texts: Block) -> Block:
    return {"type": "context", "elements": [*texts]}


def rich(*leaves: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*leaves]}]}


def leaf(text: str = "x", **more: Any) -> Block:
    return {"type": "text", "text": text, **more}


def bullets(style: str = "bullet", **more: Any) -> Block:
    item = {"type": "rich_text_section", "elements": [leaf()]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": style, "elements": [item], **more}]}


def cells(rows: int, columns: int, text: str = "x") -> list[list[Block]]:
    return [[{"type": "raw_text", "text": text} for _ in range(columns)] for _ in range(rows)]


def table(rows: list[list[Block]], **more: Any) -> Block:
    return {"type": "table", "rows": rows, **more}


def data_table(rows: list[list[Block]], **more: Any) -> Block:
    return {"type": "data_table", "rows": rows, "caption": "x", **more}


def container(*children: Block, **more: Any) -> Block:
    return {"type": "container", "title": plain(), "child_blocks": [*children], **more}


def feedback(text: str = "Good", **more: Any) -> Block:
    two = {"positive_button": {"text": plain(text), "value": "good"}, "negative_button": {"text": plain("Bad"), "value": "bad"}}
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "f", **two, **more}]}


HEADER = {"type": "header", "text": plain("x" * 150)}
DIVIDER = {"type": "divider"}


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3000)],
        [section("x", accessory=button(), expand=True)],
        [{"type": "section", "fields": [mrkdwn("x" * 1000)] * 10}],
        [HEADER, DIVIDER],
        [context(*[plain()] * 10)],
        [actions(*(button(number, "x" * 75, value="v", style="danger", url="https://x.example") for number in range(25)))],
        [rich(leaf(style={"bold": True}), {"type": "link", "url": "https://x.example", "text": "x"}, {"type": "user", "user_id": "U1"})],
        [bullets(indent=1, offset=2)],
        [table(cells(100, 20), column_settings=[{"is_wrapped": True}, {}, {"align": "right"}])],
        [table([[rich(leaf())]])],
        [data_table(cells(201, 20), page_size=100, row_header_column_index=19)],
        [container(*[section()] * 10, is_collapsible=True, default_collapsed=True, subtitle=mrkdwn())],
        [feedback("x" * 75)],
        [DIVIDER] * 50,
        [section("x" * 2900)] * 4,
    ],
)
def test_what_slack_takes_is_taken(blocks: list[Block]) -> None:
    assert check_blocks(blocks) == []


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([], "blocks: 0 blocks, at least 1"),
        ([DIVIDER] * 51, "blocks: 51 blocks, at most 50"),
        ([{"type": "alert", "text": plain()}], "blocks[0]: alert is not allowed here"),
        ([{"text": plain()}], "blocks[0]: None is not allowed here"),
        ([section("")], "blocks[0].text.text: 0 characters, at least 1"),
        ([section("x" * 3001)], "blocks[0].text.text: 3001 characters, at most 3000"),
        ([section("&" * 601)], "blocks[0].text.text: 3005 characters, at most 3000"),
        ([section("😀" * 1501)], "blocks[0].text.text: 3002 characters, at most 3000"),
        ([section("\ud83d")], "blocks[0].text.text: half of a pair of UTF-16"),
        ([{"type": "section"}], "blocks[0]: neither text nor fields"),
        ([{"type": "section", "fields": [plain()] * 11}], "blocks[0]: 11 fields, at most 10"),
        ([{"type": "section", "fields": [plain("x" * 2001)]}], "blocks[0].fields[0].text: 2001 characters, at most 2000"),
        ([section(colour="red")], "blocks[0]: colour is unknown"),
        ([section(block_id="a" * 256)], "blocks: block_id: 256 characters, at most 255"),
        ([section(block_id="a"), section(block_id="a")], "blocks: block_id 'a' is used 2 times"),
        ([section(accessory=None)], "blocks[0].accessory: null"),
        ([{"type": "header", "text": mrkdwn()}], "blocks[0].text: not plain_text"),
        ([{"type": "header", "text": plain("x" * 151)}], "blocks[0].text.text: 151 characters, at most 150"),
        ([context()], "blocks[0]: 0 elements, at least 1"),
        ([context(*[plain()] * 11)], "blocks[0]: 11 elements, at most 10"),
        ([context(leaf())], "blocks[0].elements[0]: not plain_text or mrkdwn"),
        ([actions(*(button(number) for number in range(26)))], "blocks[0]: 26 elements, at most 25"),
        ([actions({"type": "text"})], "blocks[0].elements[0]: not a button"),
        ([actions(button(1), button(1))], "blocks: action_id 'b1' is used 2 times"),
        ([actions(button()), actions(button())], "blocks: action_id 'b1' is used 2 times"),
        ([actions(button(text="x" * 76))], "blocks[0].elements[0].text.text: 76 characters, at most 75"),
        ([actions(button(value="x" * 2001))], "blocks[0].elements[0].value: 2001 characters, at most 2000"),
        ([actions(button(value=""))], "blocks[0].elements[0].value: 0 characters, at least 1"),
        ([actions(button(url="x" * 3001))], "blocks[0].elements[0].url: 3001 characters, at most 3000"),
        ([actions(button(style="loud"))], "blocks[0].elements[0].style: neither primary nor danger"),
        ([actions(button(accessibility_label="x" * 76))], "blocks[0].elements[0].accessibility_label: 76 characters, at most 75"),
        ([actions({**button(), "action_id": "x" * 256})], "blocks: action_id: 256 characters, at most 255"),
        ([feedback("x" * 76)], "blocks[0].elements[0].positive_button.text.text: 76 characters, at most 75"),
        ([{**feedback(), "elements": feedback()["elements"] * 6}], "blocks[0]: 6 elements, at most 5"),
        ([{"type": "context_actions", "elements": [button()]}], "blocks[0].elements[0]: not feedback_buttons"),
        ([rich(leaf(""))], "blocks[0].elements[0].elements[0].text: 0 characters, at least 1"),
        ([rich()], "blocks[0].elements[0]: 0 elements, at least 1"),
        ([rich({"type": "broadcast", "range": "channel"})], "blocks[0].elements[0].elements[0]: broadcast is not allowed here"),
        ([rich(leaf(style={"loud": True}))], "blocks[0].elements[0].elements[0].style: unknown"),
        ([rich({"type": "link", "url": "x" * 3001})], "blocks[0].elements[0].elements[0].url: 3001 characters, at most 3000"),
        ([bullets("stars")], "blocks[0].elements[0].style: neither bullet nor ordered"),
        ([{"type": "rich_text", "elements": [leaf()]}], "blocks[0].elements[0]: not rich_text_section or"),
        ([table([])], "blocks[0]: 0 rows, at least 1"),
        ([table(cells(101, 1))], "blocks[0]: 101 rows, at most 100"),
        ([table(cells(1, 21))], "blocks[0].rows[0]: 21 cells, at most 20"),
        ([table([*cells(1, 2), *cells(1, 3)])], "blocks[0]: rows of several widths"),
        ([table(cells(1, 1, ""))], "blocks[0].rows[0][0].text: 0 characters, at least 1"),
        ([table(cells(11, 10, "x" * 91))], "blocks[0]: 10010 characters in cells, at most 10000"),
        ([table(cells(1, 1), column_settings=[None])], "blocks[0].column_settings[0]: no settings"),
        ([table(cells(1, 1), column_settings=[{"align": "up"}])], "blocks[0].column_settings[0].align: neither left, center nor right"),
        ([table([[plain()]])], "blocks[0].rows[0][0]: neither raw_text nor rich_text"),
        ([table(cells(1, 1)), table(cells(1, 1))], "blocks: more than one table"),
        ([table(cells(1, 1)), data_table(cells(2, 1))], "blocks: more than one table"),
        ([table(cells(1, 1)), container(table(cells(1, 1)))], "blocks: more than one table"),
        ([data_table(cells(1, 1))], "blocks[0]: 1 rows, at least 2"),
        ([data_table(cells(202, 1))], "blocks[0]: 202 rows, at most 201"),
        ([data_table(cells(11, 20, "x" * 91))], "blocks[0]: 20020 characters in cells, at most 20000"),
        ([data_table([[rich(leaf())], *cells(1, 1)])], "blocks[0].rows[0]: rich_text in the head"),
        ([data_table(cells(2, 1), page_size=101)], "blocks[0]: 101 rows a page, at most 100"),
        ([data_table(cells(2, 1), row_header_column_index=1)], "blocks[0]: 1 as row header, at most 0"),
        ([{"type": "data_table", "rows": cells(2, 1)}], "blocks[0]: no caption"),
        ([container(*[DIVIDER] * 11)], "blocks[0]: 11 child_blocks, at most 10"),
        ([container(rich(leaf()))], "blocks[0].child_blocks[0]: rich_text is not allowed here"),
        ([container(DIVIDER, default_collapsed=True)], "blocks[0]: default_collapsed without is_collapsible"),
        ([section("x" * 2900)] * 5, "blocks: 15000 characters with 100 for each block, at most 12000"),
    ],
)
def test_what_slack_refuses_is_found_at_its_place(blocks: list[Block], said: str) -> None:
    found = check_blocks(blocks)

    assert any(line.startswith(said) for line in found), found


def test_a_surface_takes_only_its_blocks() -> None:
    assert check_blocks([feedback()], "home") == ["blocks[0]: context_actions is not allowed here"]
    assert check_blocks([table(cells(1, 1))], "modal") == ["blocks[0]: table is not allowed here"]
    assert check_blocks([DIVIDER] * 51, "home") == []


def test_cells_do_not_count_as_text_of_the_message() -> None:
    assert weight([table(cells(50, 20, "x" * 9))]) == 100
    assert weight([section("a & b")]) == 100 + len("a &amp; b")
