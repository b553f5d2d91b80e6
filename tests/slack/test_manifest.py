"""The manifests are such as Slack takes, ask for no more than is used, and explain all of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calls import events_handled, methods_called
from click.testing import CliRunner
from companies import here_at
from jsonschema import Draft7Validator

import bot.slack
from bot.cli import main
from bot.domain.questions import Question
from bot.pipeline import answer
from bot.slack.manifest import make_manifest, wrong_url
from bot.slack.names import COMMAND, Given, Shortcut, Step
from bot.slack.scopes import (
    AGENT_EVENTS,
    AGENT_FEATURES,
    APP_METHODS,
    EVENTS,
    FEATURES,
    METHODS,
    SCOPES,
    lacking,
    scopes_for,
)

FORMS = [(agent, url) for agent in (False, True) for url in ("", "https://rolecall.example.com")]


def text(longest: int, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": longest}


def only(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def listed(items: dict[str, Any], most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most, "minItems": least}


YES_NO = {"type": "boolean"}
ADDRESS = {"type": "string", "pattern": "^https://", "maxLength": 3_000}
PARAMETERS = only(
    {
        "properties": {
            "type": "object",
            "maxProperties": 20,
            "additionalProperties": only({"type": {"const": "string"}, "title": text(100), "description": text(500)}, "type"),
        },
        "required": listed(text(50), 20),
    },
    "properties",
)
FEATURES_SHAPE = {
    "app_home": only({f"{tab}_enabled": YES_NO for tab in ("home_tab", "messages_tab", "messages_tab_read_only")}),
    "bot_user": only({"display_name": text(80), "always_online": {"type": "boolean"}}, "display_name"),
    "shortcuts": listed(
        only(
            {"name": text(24), "type": {"enum": ["message", "global"]}, "callback_id": text(255), "description": text(150)},
            *("name", "type", "callback_id", "description"),
        ),
        10,
        1,
    ),
    "slash_commands": listed(
        only(
            {
                "command": {"type": "string", "pattern": "^/", "maxLength": 32},
                "url": ADDRESS,
                "description": text(2_000),
                "usage_hint": text(1_000),
                "should_escape": {"type": "boolean"},
            },
            *("command", "description"),
        ),
        50,
        1,
    ),
    "agent_view": only(
        {
            "agent_description": text(300),
            "suggested_prompts": listed(only({"title": text(75), "message": text(4_000)}, "title", "message"), 4),
        }
    ),
}
SETTINGS_SHAPE = {
    "event_subscriptions": only({"request_url": ADDRESS, "bot_events": {**listed(text(50), 100), "uniqueItems": True}}),
    "interactivity": only({"is_enabled": {"type": "boolean"}, "request_url": ADDRESS}, "is_enabled"),
    **{f"{what}_enabled": YES_NO for what in ("org_deploy", "socket_mode", "token_rotation")},
    "function_runtime": {"const": "remote"},
}
SHAPE = only(
    {
        "_metadata": only({"major_version": {"const": 2}, "minor_version": {"type": "integer"}}),
        "display_information": only(
            {
                "name": text(35),
                "description": text(140),
                "long_description": text(4_000, 175),
                "background_color": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
            },
            "name",
        ),
        "features": only(FEATURES_SHAPE),
        "oauth_config": only({"scopes": only({kind: listed(text(50), 255) for kind in ("bot", "bot_optional")})}),
        "settings": only(SETTINGS_SHAPE),
        "functions": {
            "type": "object",
            "maxProperties": 50,
            "additionalProperties": only(
                {"title": text(100), "description": text(500), "input_parameters": PARAMETERS, "output_parameters": PARAMETERS},
                *("title", "description", "input_parameters", "output_parameters"),
            ),
        },
    },
    "display_information",
)
"""What Slack's schema 2.0.0 says of the parts that are used here (slackapi/manifest-schema), and nothing else is allowed."""


@pytest.mark.parametrize(("agent", "url"), FORMS)
@pytest.mark.parametrize("company", ["acme", "every-feature", "none", "hostile", "huge"])
def test_slack_would_take_the_manifest(company: str, agent: bool, url: str) -> None:
    made = make_manifest(here_at(company), agent=agent, url=url)

    assert [error.message for error in Draft7Validator(SHAPE).iter_errors(made)] == []
    scopes = made["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) < set(scopes["bot"]), "optional scopes stand in both lists"
    assert made["settings"]["socket_mode_enabled"] is not bool(url)
    assert ("functions" in made) == ("agent_view" in made["features"]) == (made["settings"].get("function_runtime") == "remote") == agent
    addresses = json.dumps(made).count("/slack/events")
    assert addresses == (3 if url else 0)


@pytest.mark.parametrize("company", ["acme", "none"])
def test_the_prompts_of_the_agent_are_answered(company: str) -> None:
    here = here_at(company)
    prompts = make_manifest(here, agent=True)["features"]["agent_view"]["suggested_prompts"]

    assert prompts
    for prompt in prompts:
        assert answer(Question(prompt["message"], here.today), here.engine).resolution.outcome in ("answered", "depends")


def needed(agent: bool) -> set[str]:
    """The scopes that some method, event or feature needs."""
    tables = [METHODS, EVENTS, FEATURES, *([AGENT_EVENTS, AGENT_FEATURES] if agent else [])]
    return {scope for table in tables for scopes in table.values() for scope in scopes}


@pytest.mark.parametrize("agent", [False, True])
def test_no_scope_is_unused_and_none_is_missing(agent: bool) -> None:
    made = make_manifest(here_at("none"), agent=agent)

    assert set(made["oauth_config"]["scopes"]["bot"]) == needed(agent)
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == {*EVENTS, *(AGENT_EVENTS if agent else ())}


def test_the_table_holds_every_method_that_is_called_and_no_other() -> None:
    assert methods_called() == {*METHODS, *APP_METHODS}


def test_the_table_holds_every_event_that_is_handled_and_no_other() -> None:
    assert events_handled() == {event.partition(".")[0] for event in (*EVENTS, *AGENT_EVENTS)}


def test_what_is_called_and_handled_is_found_in_code(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "\n".join(
            [
                'call(client, "conversations.join", channel=c)',
                "client.pins_add(channel=c)",
                'client.api_call("users.profile.get")',
                "agents = client.agents_sessions_setStatus()",
                "say('x')",
                'app.event("reaction_added")(f)',
                'for name in ("pin_added", "pin_removed"): app.event(name)(f)',
                'app.function("x")(f)',
                'host = "slack.com"; other = "conversations."',
            ]
        )
    )

    methods = "conversations.join pins.add users.profile.get agents.sessions.setStatus chat.postMessage"
    assert methods_called(tmp_path) == {*methods.split()}
    assert events_handled(tmp_path) == {"reaction_added", "pin_added", "pin_removed", "function_executed"}


def test_the_app_is_asked_by_the_names_of_the_table() -> None:
    made = make_manifest(here_at("none"), agent=True)

    assert [each["callback_id"] for each in made["features"]["shortcuts"]] == [*map(str, Shortcut)]
    assert made["features"]["slash_commands"][0]["command"] == COMMAND
    assert set(made["functions"]) == set(Step)
    step = made["functions"][Step.LOOK_UP]
    assert {*step["input_parameters"]["properties"], *step["output_parameters"]["properties"]} == set(Given)


def test_every_scope_is_explained() -> None:
    assert len({scope.name for scope in SCOPES}) == len(SCOPES)
    assert all(scope.why and not scope.why[0].isupper() for scope in SCOPES)
    assert {scope.name for scope in scopes_for(agent=True)} - {scope.name for scope in scopes_for(agent=False)} == {"assistant:write"}
    assert not [scope for scope in SCOPES if scope.name.startswith(("files", "admin", "search"))]
    assert [scope.name for scope in lacking(["chat:write"], agent=False)][:2] == ["app_mentions:read", "commands"]


@pytest.mark.parametrize("url", ["http://x.example", "x.example", "https://", "https://x.example/?a=1", "https://x.example/#a", "ftp://x"])
def test_an_address_that_slack_does_not_call_is_refused(url: str) -> None:
    done = CliRunner().invoke(main, ["manifest", "--url", url])

    assert wrong_url(url)
    assert done.exit_code == 2
    assert "https://" in done.output


@pytest.mark.parametrize(
    "url", ["https://x.example", "https://x.example/", "https://x.example/slack/events", "https://x.example/slack/events/"]
)
def test_the_command_prints_the_manifest(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_COMPANY", str(Path(__file__).parent.parent / "companies" / "acme"))
    done = CliRunner().invoke(main, ["manifest", "--agent", "--url", url], catch_exceptions=False)
    made = json.loads(done.stdout)

    assert made["settings"]["interactivity"]["request_url"] == "https://x.example/slack/events"
    assert made["features"]["agent_view"]["suggested_prompts"][0]["title"] == "Who owns renewal?"


def test_bolt_is_not_imported_for_the_manifest() -> None:
    folder = Path(bot.slack.__file__).parent
    for file in (folder / "manifest.py", folder / "scopes.py", folder / "names.py", *(folder / "views").glob("*.py")):
        assert "slack_bolt" not in file.read_text(encoding="utf-8")
        assert "slack_sdk" not in file.read_text(encoding="utf-8")
