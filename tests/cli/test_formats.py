"""`rolecall ask --format`: one answer for people, for a wiki, for Slack."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.render.limits import check_blocks

ASKED = ("ask", "who owns renewal?", "--company", "five-lines")
FIRST = "The Customer Success Manager owns renewal."


@pytest.fixture(autouse=True)
def no_company_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLECALL_COMPANY", raising=False)


def rolecall(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_text_is_what_is_shown_anyway() -> None:
    assert rolecall(*ASKED, "--format", "text").stdout == rolecall(*ASKED).stdout


def test_markdown_is_a_page_that_begins_with_the_answer() -> None:
    said = rolecall(*ASKED, "--format", "md").stdout

    assert said.startswith(f"**{FIRST}**\n\n")
    assert said.endswith("\n")
    assert not said.endswith("\n\n")


def test_blocks_are_what_slack_is_sent() -> None:
    sent = json.loads(rolecall(*ASKED, "--format", "blocks").stdout)

    assert list(sent) == ["text", "blocks"]
    assert sent["text"].startswith(FIRST)
    assert check_blocks(sent["blocks"]) == []


@pytest.mark.parametrize(("form", "more"), [("md", ("--json",)), ("blocks", ("--batch", "-"))])
def test_a_format_goes_with_one_answer(form: str, more: tuple[str, ...]) -> None:
    done = rolecall(*ASKED, "--format", form, *more)

    assert done.exit_code != 0
    assert f"leave it out with {more[0]}" in done.stderr
