"""How everything beside answers looks in Slack, to be read in review; `--update` writes it anew. All of it is within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakeslack import blocks as second
from fakeslack import house
from readable import readable
from views_made import VIEWS

from bot.render.limits import check_blocks
from bot.render.limits_views import check_view

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_as_it_was_approved(name: str, request: pytest.FixtureRequest) -> None:
    shown = readable(VIEWS[name]()) + "\n"
    file = GOLDEN / f"{name}.json"

    if request.config.getoption("--update"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
    assert json.loads(shown) == VIEWS[name]()


def test_no_golden_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(VIEWS)


def payloads(name: str) -> Iterator[dict[str, Any]]:
    made = VIEWS[name]()
    yield from (each for each in (made if isinstance(made, list) else [made]) if "blocks" in each)


@pytest.mark.parametrize("name", VIEWS)
def test_slack_would_take_it(name: str) -> None:
    for payload in payloads(name):
        assert check_view(payload) == [] if "type" in payload else check_blocks(payload["blocks"]) == []


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_in_it_is_markup_and_every_button_can_be_named(name: str) -> None:
    for payload in payloads(name):
        nodes = [*nodes_of(payload)]
        kinds = {node.get("type") for node in nodes}
        assert not kinds & {"mrkdwn", "markdown", "broadcast", "user", "emoji", "usergroup"}
        assert all(node["emoji"] is False for node in nodes if node.get("type") == "plain_text")
        assert all(any(map(str.isalnum, node["text"]["text"])) for node in nodes if node.get("type") == "button")
        assert all("placeholder" in node for node in nodes if node.get("type") == "static_select")
        assert all(len(node["elements"]) <= 5 for node in nodes if node.get("type") == "actions")
        assert not {"<!channel>", "<!here>", "@here"} & set(str(payload.get("text", "")).split())


def nodes_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_of(inner)


@pytest.mark.parametrize("name", VIEWS)
def test_a_second_check_of_slacks_limits_and_the_rules_of_the_house_find_nothing(name: str) -> None:
    allowed = house.Allowed()
    allowed.add("C0DEALS1")
    for payload in payloads(name):
        if "type" in payload:
            assert second.check_view(payload) == []
            assert [*house.wrong_view(payload, allowed)] == []
        else:
            assert second.check_blocks(payload["blocks"]) == []
            assert [*house.wrong_message(payload, allowed)] == []
