"""A wrong setting is told by its name, with what it has to be, and without its value."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

WRONG = {
    "PORT": ("secret-8080", "PORT has to be a whole number from 0 to 65535."),
    "WEB_CONCURRENCY": ("0", "WEB_CONCURRENCY has to be a whole number from 1 to 64."),
    "ROLECALL_KEEP_TEXT_DAYS": ("-3", "ROLECALL_KEEP_TEXT_DAYS has to be a whole number, at least 1."),
    "ROLECALL_LOG_TEXT": ("secretly", "ROLECALL_LOG_TEXT has to be yes or no."),
    "ROLECALL_LOG_LEVEL": ("loud-secret", "ROLECALL_LOG_LEVEL has to be one of debug, error, info, warning."),
    "SLACK_API_URL": ("http://secret.example/", "SLACK_API_URL has to begin with https://"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", [["serve"], ["socket"], ["ask", "who owns renewal?"], ["manifest"]])
def test_a_wrong_setting_is_told_by_name(name: str, command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, WRONG[name][0])
    done = CliRunner().invoke(main, command)

    assert done.exit_code == 2
    assert done.output.startswith(WRONG[name][1])
    assert "Correct it in the environment or in .env, or leave it out." in done.output
    assert not [word for word in ("secret", "pydantic", "validation error") if word in done.output]


ADDRESSES = (
    "postgresql://u:p/HUN@TER2@h/db",
    "postgresql://u:HUN#TER2@h/db",
    "postgresql://u:HUN?TER2@h/db",
    "postgresql://u:HUN@TER2@h/db",
    "mysql://u:HUNTER2@h/db",
    "HUNTER2",
)


@pytest.mark.parametrize("url", ADDRESSES)
@pytest.mark.parametrize("command", ["serve", "socket"])
def test_an_address_that_is_none_ends_the_start_at_once_and_is_not_repeated(
    url: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "xoxb-of-nobody")
    monkeypatch.setenv("DATABASE_URL", url)
    done = CliRunner().invoke(main, [command])

    assert done.exit_code == 2
    assert done.output.startswith("DATABASE_URL is not the address of a database.")
    assert not [word for word in ("HUN", "TER2") if word in done.output]
