"""What becomes of what is kept: when a workspace leaves, when a person asks, in the log."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
import structlog
from office import Office
from opened import TODAY

from bot.live import Live
from bot.logs import get_logger, kind_of, set_up_logs
from bot.problems import IN_GENERAL, SLUGS


def test_a_workspace_that_removes_the_bot_leaves_nothing_behind(office: Office) -> None:
    office.alice.types("/roe", "me csm", "#deals")
    office.alice.mentions(office.bot, "#deals", "who owns renewal for enterprise?")
    office.slack.settle()
    person = office.edge.desk.person(office.alice.id)
    team, now = office.bot.team.id, office.edge.desk.now()
    assert office.store.profile(person, now) is not None
    office.slack.uninstalls(office.bot)
    office.slack.settle()

    assert office.store.profile(person, now) is None
    assert office.store.channel_modes(team) == {}
    assert office.edge.desk.identity.revoked


def test_whoever_asks_is_forgotten(office: Office) -> None:
    office.alice.types("/roe", "me csm", "#deals")
    office.alice.clicks("Forget me")
    office.slack.settle()

    assert office.store.profile(office.edge.desk.person(office.alice.id), office.edge.desk.now()) is None


def test_without_a_model_every_command_has_something_to_say(empty_office: Office) -> None:
    empty_office.starts(rules=False)
    for text in ("", "help", "sheet", "sheet smb", "me", "me csm", "who owns renewal?", "what is a CSM?"):
        act = empty_office.alice.types("/roe", text, "#deals")
        assert act.error == ""
        assert act.ack["text"]
        assert "R-" not in act.ack["text"], text
    empty_office.alice.opens_home(empty_office.bot)
    assert empty_office.alice.home is not None


SECRETS = ("xoxb-1-abcDEF", "xapp-1-A0-123-abc", "postgresql://rolecall:hunter2@db/x", "v0=" + "a" * 64)


@pytest.fixture
def printed() -> io.StringIO:
    """A log of its own; the log of the other tests comes back after."""
    stream = io.StringIO()
    root = logging.getLogger()
    before = (root.handlers, root.level)
    set_up_logs(stream=stream)
    yield stream  # type: ignore[misc]
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_neither_secrets_nor_words_nor_people_stand_in_the_log(printed: io.StringIO) -> None:
    log = get_logger(part="test")
    for secret in SECRETS:
        log.warning("trouble", reason=f"no luck with {secret}", text="who owns renewal?", user="U123456", channel="C123456")
    logging.getLogger("slack_bolt.App").error("Unhandled request ({'text': 'who owns renewal?'})")
    logging.getLogger("rolecall").error("for %s", "alice", exc_info=ValueError("who owns renewal?"))
    said = printed.getvalue()

    for word in ("hunter2", "abcDEF", "A0-123", "a" * 64, "who owns", "U123456", "C123456"):
        assert word not in said
    assert all(json.loads(line) for line in said.splitlines())


def test_an_error_is_logged_by_its_kind_and_place_alone() -> None:
    try:
        int("who owns renewal?")
    except ValueError as error:
        found = kind_of(error)

    assert found["error"] == "ValueError"
    assert "renewal" not in str(found)


def test_what_only_some_may_see_is_not_in_what_maintainers_are_told_of_a_broken_model(empty_office: Office) -> None:
    office = empty_office
    text = office.model.read_text().replace(f"maintainers: [{office.rita.id}]", f"maintainers: [{office.alice.id}]")
    office.model.write_text(text)
    office.starts()
    for broken in (
        text.replace("type: bonus, mix: 80/20", "type: bonuss, mix: 81/19"),
        text.replace("of: land, own: desk-csm,", "of: land, own: desk-csmm,"),
        text.replace("mix: 80/20", "mix: [80/20"),
    ):
        office.model.write_text(broken)
        office.edge.reload()
        office.slack.settle()
    told = [each.reads for each in office.alice.sees(to=office.bot)]

    assert len(told) == 3
    assert all("company.yaml:" in each and "fix: " in each and "`rolecall check` shows each line." in each for each in told)
    assert not [word for word in ("81", "80/", "bonus", "desk-csm", "secret", "board") if word in "".join(told)]


def test_how_much_is_wrong_with_a_model_is_said_in_english(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    live = Live(file, lambda: TODAY)
    assert live.load().summary == "The folder of the model (ROLECALL_COMPANY) does not exist."
    file.write_text("company: [")
    assert live.load().summary == "The model has 1 error, so its rules do not answer. `rolecall check` shows it."
    file.write_text("company: Acme\nrules:\n- {id: a, of: renew, own: x}\n- {id: b, of: upsell, own: y}\n")

    assert live.load().summary == "The model has 2 errors, so its rules do not answer. `rolecall check` shows them."


def test_every_kind_of_error_has_words_without_the_model() -> None:
    assert set(IN_GENERAL) == {slug for slug, severity in SLUGS.items() if severity == "error"}
