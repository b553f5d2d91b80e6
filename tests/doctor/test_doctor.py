"""The doctor finds what keeps the bot from working, says what to do, changes nothing and never says a secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fakeslack import FakeSlack

from bot.cli import main
from bot.config import Settings
from bot.slack.doctor.finding import hidden, note
from bot.slack.doctor.online import check_clock
from bot.slack.scopes import SCOPES
from bot.store import open_store

SCOPES_OF_PLAIN = {scope.name for scope in SCOPES if not scope.agent}
MODEL = """\
company: Acme
maintainers: [{maintainers}]
roles: {{ae: {{name: Account Executive}}, csm: {{name: CSM}}}}
teams:
  revops: {{name: RevOps, channel: "#revops"}}
  desk: {{name: Deal Desk, channel: "#desk"}}
audiences: {{board: {{who: [{board}]}}}}
rules:
  - {{id: renewal, of: renew, own: ae, kept-by: revops}}
  - {{id: landing, of: land, own: ae, kept-by: desk}}
  - {{id: secret, of: upsell, own: csm, audience: board, kept-by: desk}}
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


def write(folder: Path, text: str) -> str:
    (folder / "model").mkdir(exist_ok=True)
    (folder / "model" / "company.yaml").write_text(text, encoding="utf-8")
    return str(folder / "model")


def doctor(monkeypatch: pytest.MonkeyPatch, *arguments: str, **environment: str) -> Result:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(main, ["doctor", *arguments], catch_exceptions=False)


def looked_up(monkeypatch: pytest.MonkeyPatch, *arguments: str, **environment: str) -> dict[str, list[dict[str, Any]]]:
    """The findings by what was looked at."""
    done = doctor(monkeypatch, "--format", "json", *arguments, **environment)
    told = json.loads(done.output)
    assert (done.exit_code == 0) == told["ok"] == (not any(each["state"] == "problem" for each in told["checks"]))
    found: dict[str, list[dict[str, Any]]] = {}
    for each in told["checks"]:
        assert each["says"]
        assert each["fix"] or each["state"] != "problem"
        found.setdefault(each["check"], []).append(each)
    return found


def states(found: dict[str, list[dict[str, Any]]], check: str) -> list[str]:
    return [each["state"] for each in found.get(check, [])]


def test_nothing_set_is_told_with_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = looked_up(monkeypatch)

    assert states(found, "model") == ["note"]
    assert states(found, "secrets") == ["problem", "problem"]
    assert states(found, "database") == ["ok"]
    assert "slack" not in found
    assert not (tmp_path / "state").exists(), "the doctor changes nothing"


def test_all_is_well_in_a_workspace_that_is_set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, slack: FakeSlack) -> None:
    bot = slack.installs(scopes=SCOPES_OF_PLAIN)
    alice = slack.person("alice")
    group = slack.usergroup("revops", [alice])
    for name in ("#revops", "#desk"):
        slack.channel(name, members=[alice, bot])
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'a.db'}", rolecall_secret="x" * 20)
    open_store(settings).close()

    done = doctor(
        monkeypatch,
        ROLECALL_COMPANY=write(tmp_path, MODEL.format(maintainers=f"{alice.id}, {group}", board=alice.id)),
        SLACK_BOT_TOKEN=bot.token,
        SLACK_APP_TOKEN=bot.app_token,
        SLACK_SIGNING_SECRET=bot.signing_secret,
        SLACK_API_URL=slack.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}",
    )

    assert done.exit_code == 0, done.output
    assert done.output.endswith("\nNo problems.\n")
    assert {line.split()[0] for line in done.output.splitlines() if line.strip()} == {"ok", "No"}
    for check in ("model", "teams", "maintainers", "secrets", "database", "slack", "clock", "scopes", "channels", "people", "socket"):
        assert f" {check} " in done.output
    assert not [secret for secret in (bot.token, bot.app_token, bot.signing_secret) if secret in done.output]
    assert {call.method for call in slack.calls()} <= {
        *("auth.test", "conversations.list", "users.info", "usergroups.users.list", "apps.connections.open"),
    }, "the doctor only looks"


def test_channels_that_cannot_be_posted_in_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, slack: FakeSlack) -> None:
    bot, other = slack.installs(), slack.team("Other")
    model = MODEL.format(maintainers="U1MISSING", board="S1MISSING").replace(
        'desk: {name: Deal Desk, channel: "#desk"}',
        'desk: {name: Deal Desk, channel: "#desk"}\n  old: {name: Old, channel: "#old"}\n  legal: {name: Legal, channel: "#legal"}\n'
        '  gone: {name: Gone, channel: "#gone"}\n  fine: {name: Fine, channel: CFINE}',
    )
    slack.channel("#revops")
    slack.channel("#desk", members=[bot], shared_with=[other])
    slack.channel("#old", members=[bot], archived=True)
    slack.channel("#legal", private=True)
    fine = slack.channel("#fine", members=[bot])
    environment = {"SLACK_BOT_TOKEN": bot.token, "SLACK_SIGNING_SECRET": bot.signing_secret, "SLACK_API_URL": slack.api_url}

    found = looked_up(monkeypatch, ROLECALL_COMPANY=write(tmp_path, model.replace("CFINE", fine.id)), **environment)

    said = "\n".join(each["says"] for each in found["channels"])
    assert states(found, "channels") == ["problem"] * 5
    for name, reason in (
        *(("#revops", "Rolecall is not in it"), ("#desk", "shared with another organisation"), ("#old", "archived")),
        *(("#legal", "there is none, or it is private"), ("#gone", "there is none")),
    ):
        assert any(line.startswith(name) and reason in line for line in said.splitlines()), said
    assert states(found, "people") == ["problem", "problem"]


def test_missing_scopes_are_told_with_what_is_lost(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack) -> None:
    bot = slack.installs(scopes={"chat:write", "commands", "app_mentions:read", "im:history", "im:write"})
    found = looked_up(monkeypatch, SLACK_BOT_TOKEN=bot.token, SLACK_APP_TOKEN=bot.app_token, SLACK_API_URL=slack.api_url)

    needed = {each["says"].split()[0] for each in found["scopes"] if each["state"] == "problem"}
    assert needed == {"users:read", "channels:read", "groups:read"}
    assert len([each for each in found["scopes"] if each["state"] == "note"]) == 3


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "ratelimited", "internal_error"])
def test_what_slack_refuses_is_told(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack, error: str) -> None:
    bot = slack.installs()
    slack.fails("auth.test", error)
    slack.fails("apps.connections.open", "not_allowed_token_type")
    found = looked_up(monkeypatch, SLACK_BOT_TOKEN=bot.token, SLACK_APP_TOKEN=bot.app_token, SLACK_API_URL=slack.api_url)

    assert states(found, "slack") == ["problem"]
    assert error in found["slack"][0]["says"]
    assert states(found, "socket") == ["problem"]


def test_an_unreachable_slack_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = looked_up(monkeypatch, SLACK_BOT_TOKEN="xoxb-1234567890", SLACK_API_URL="http://127.0.0.1:9/api/")

    assert "cannot be asked just now" in found["slack"][0]["says"]


def test_offline_calls_nobody(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack) -> None:
    bot = slack.installs()
    found = looked_up(monkeypatch, "--offline", SLACK_BOT_TOKEN=bot.token, SLACK_APP_TOKEN=bot.app_token, SLACK_API_URL=slack.api_url)

    assert "slack" not in found
    assert slack.calls() == []


def test_a_model_with_errors_and_one_without_keepers_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = looked_up(monkeypatch, ROLECALL_COMPANY=write(tmp_path, "company: A\nrolls: {}\n"))
    alone = looked_up(monkeypatch, ROLECALL_COMPANY=write(tmp_path, "company: A\n"))
    unnamed = MODEL.format(maintainers="", board="").replace(', channel: "#revops"', "").replace(', channel: "#desk"', "")
    silent = looked_up(monkeypatch, ROLECALL_COMPANY=write(tmp_path, unnamed))
    missing = looked_up(monkeypatch, ROLECALL_COMPANY=str(tmp_path / "nowhere"))

    assert (states(broken, "model"), states(alone, "model"), states(missing, "model")) == (["problem"], ["ok"], ["problem"])
    assert "rolecall check" in broken["model"][0]["fix"]
    assert states(alone, "teams") == ["note"]
    assert states(alone, "maintainers") == ["problem"]
    assert states(silent, "teams") == ["problem"]
    assert states(silent, "audiences") == ["note"]


@pytest.mark.parametrize(
    ("environment", "check", "said"),
    [
        ({"DATABASE_URL": "nonsense"}, "database", "is not the address of a database"),
        ({"DATABASE_URL": "postgresql://u:very-secret-word@127.0.0.1:9/x", "ROLECALL_SECRET": "s" * 9}, "database", "cannot be reached"),
        ({"WEB_CONCURRENCY": "3"}, "database", "SQLite is for one process"),
        ({"SLACK_BOT_TOKEN": "xoxp-1234567890"}, "secrets", "SLACK_BOT_TOKEN does not look like one"),
        ({"SLACK_SIGNING_SECRET": "short"}, "secrets", "SLACK_SIGNING_SECRET does not look like one"),
        ({"SLACK_API_URL": "http://slack.example/api/"}, "settings", "SLACK_API_URL"),
        ({"PORT": "many-secret-words"}, "settings", "PORT"),
    ],
)
def test_settings_that_cannot_work_are_told_without_their_value(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], check: str, said: str
) -> None:
    found = looked_up(monkeypatch, "--offline", **environment)

    assert any(each["state"] == "problem" and said in each["says"] for each in found[check]), found
    assert not [word for word in ("very-secret-word", "xoxp-1234567890", "many-secret-words") if word in json.dumps(found)]


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bot.slack.doctor.offline.os.access", lambda *_: False)

    assert states(looked_up(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path / 'x' / 'a.db'}"), "database") == ["problem"]


def test_a_database_of_an_older_version_is_brought_up_to_date_later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()

    found = looked_up(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}")
    assert states(found, "database") == ["note"]
    assert (tmp_path / "a.db").stat().st_size < 5_000, "no tables were made"


@pytest.mark.parametrize(("skew", "state"), [(0, "ok"), (29, "ok"), (-60, "note"), (100, "note"), (-400, "problem"), (3_600, "problem")])
def test_the_clock_is_held_against_slacks(skew: int, state: str) -> None:
    assert [each.state for each in check_clock(formatdate(1_800_000_000, usegmt=True), 1_800_000_000 + skew)] == [state]
    assert [*check_clock("yesterday", 0)] == []


def test_no_secret_is_ever_shown() -> None:
    settings = Settings(_env_file=None, slack_bot_token="xoxb-very-secret", rolecall_secret="hush hush")
    found = hidden([note("x", "it said xoxb-very-secret!", "not hush hush")], settings)

    assert (found[0].says, found[0].fix) == ("it said …!", "not …")
