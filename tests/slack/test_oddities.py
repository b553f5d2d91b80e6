"""What nobody expects of Slack, of its events, or of who calls: nothing ends for good, nothing is told that should not be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from office import Office, idle, until
from test_doorway import JSON, sends
from test_running import serving
from test_slow import said

from bot.cli.serve import wrong_with
from bot.slack.questions import CAP

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

QUESTION = "who owns a 40k smb renewal?"
OWNS = "The Digital CSM owns renewal (SMB, ARR $40k)."
PAGE = "<html>We are looking after our network.</html>"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


def answered_with(office: Office, monkeypatch: pytest.MonkeyPatch, method: str, body: Any, times: int = 1) -> None:
    """Something between us and Slack answers in its place, with 200."""
    answer, left = office.slack.api.answer, [None] * times

    def other(name: str, *given: Any) -> Any:
        if name == method and left:
            left.pop()
            return 200, {}, body
        return answer(name, *given)

    monkeypatch.setattr(office.slack.api, "answer", other)


@pytest.mark.parametrize("body", [[], None, "ok", PAGE, {}], ids=str)
def test_what_is_not_slacks_word_is_not_its_last(office: Office, monkeypatch: pytest.MonkeyPatch, body: Any) -> None:
    answered_with(office, monkeypatch, "chat.postMessage", body, 2)
    office.alice.mentions(office.bot, "#deals", QUESTION)
    until(lambda: idle(office))

    assert [each.reads.startswith(OWNS) for each in office.alice.sees("#deals") if each.bot_id] == [True]


def test_what_nobody_waits_for_goes_on_after_an_error(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    count, failing = office.edge.replies.see_to, [1]

    def see_to(things: Any) -> None:
        if failing:
            failing.pop()
            raise ZeroDivisionError
        count(things)

    office.edge.afterwards.do = see_to
    for _ in range(2):
        office.alice.types("/roe", QUESTION, "#deals")
        until(lambda: not office.edge.afterwards.is_busy)
    done: list[str] = []
    for do in (lambda: 1 / 0, lambda: done.append("done")):
        office.edge.afterwards.add(do)  # type: ignore[arg-type]
    until(lambda: done)

    assert office.edge.afterwards.thread is not None
    assert office.edge.afterwards.thread.is_alive()


STEP = {"question": "who owns renewal?", "segment": "Enterprise"}


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 0}, {"status": 503}, {"drop": True}, {"error": "internal_error"}])
def test_a_step_of_a_workflow_ends_once_slack_takes_it(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("functions.completeSuccess", times=3, **how)
    office.slack.runs_step(office.bot, "look_up_owner", STEP, office.alice)
    until(lambda: office.slack.calls("functions.completeSuccess"))
    until(lambda: idle(office))

    ends = [each.args for each in office.slack.calls("functions.completeSuccess") if each.response.get("ok")]
    assert [each["outputs"]["owner"] for each in ends] == ["Account Executive"]
    assert office.slack.calls("functions.completeError") == []


@pytest.mark.parametrize("how", [{"error": "invalid_arguments"}, {"status": 503}])
def test_a_step_that_cannot_end_with_an_answer_ends_with_a_reference(office: Office, how: dict[str, Any]) -> None:
    office.slack.fails("functions.completeSuccess", times=None, **how)
    office.slack.fails("functions.completeError", status=503, times=7)
    office.slack.runs_step(office.bot, "look_up_owner", STEP, office.alice)
    ended = until(lambda: [each.args for each in office.slack.calls("functions.completeError") if each.response.get("ok")])

    assert "give this reference: R-" in ended[0]["error"]


def test_help_counts_among_the_answers_of_a_thread(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.questions.CAP", 3)
    assert CAP > 3
    first = office.alice.mentions(office.bot, "#deals", "help")
    for text in ("hi", "", "help", "hello"):
        assert office.alice.mentions(office.bot, "#deals", text, thread=first).answers
    told = [each for each in office.alice.sees("#deals") if each.bot_id]

    assert [bool(each.ephemeral_to) for each in told] == [False, False, False, True, True]
    assert told[-1].reads.startswith("I have answered often enough in this thread.")


def test_an_organisation_that_removes_the_bot_leaves_nothing_behind(empty_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = empty_office
    office.bot.team.enterprise_id, office.bot.enterprise_install = "E0ACME", True
    answer = office.slack.api.answer

    def of_all(name: str, *given: Any) -> Any:
        status, headers, body = answer(name, *given)
        if name == "auth.test" and body.get("ok"):
            body |= {"team_id": "E0ACME", "enterprise_id": "E0ACME"}
        if name == "users.info":
            body["user"]["enterprise_user"] = {"enterprise_id": "E0ACME"}
        return status, headers, body

    monkeypatch.setattr(office.slack.api, "answer", of_all)
    office.starts()
    office.alice.types("/roe", "me csm smb", "#deals")
    person, now = office.edge.desk.person(office.alice.id), office.edge.desk.now()
    assert office.store.profile(person, now) is not None
    office.slack.uninstalls(office.bot)
    office.slack.settle()

    assert office.store.profile(person, now) is None


def test_a_model_that_breaks_again_on_the_same_day_is_told_of_again(office: Office) -> None:
    good = office.model.read_text()
    bad = good.replace("own: ae\n", "own: nobody-we-know\n")
    for times in (1, 2, 3):
        for text in (bad, bad, good):
            office.model.write_text(text)
            office.edge.reload()
            until(lambda: idle(office))
        assert len(office.rita.sees(to=office.bot)) == times + 1  # each time that it is broken, and once that it is mended


@pytest.mark.parametrize(
    "event",
    ["x", 7, [], {"type": ["app_mention"]}, {"type": "app_mention", "subtype": {"a": 1}, "user": "U1", "channel": "C1", "ts": "1.1"}],
    ids=str,
)
def test_an_event_that_nobody_can_read_is_not_asked_for_again(office: Office, event: Any) -> None:
    said = json.dumps({"type": "event_callback", "team_id": office.bot.team.id, "event_id": "Ev1", "event": event})

    assert sends(office, JSON, said).status_code == 200


def test_where_the_database_is_stands_in_no_answer(office: Office) -> None:
    office.store.close()
    file = office.folder / "rolecall.db"
    for each in office.folder.glob("rolecall.db*"):
        each.rename(each.with_suffix(".away"))
    file.mkdir()
    wrong = wrong_with(office.edge)["store"]
    file.rmdir()

    assert str(office.folder) not in wrong
    assert "rolecall.db" not in wrong


def test_who_is_not_reached_stands_in_the_log_by_id(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.edge.check_teams()
    printed = capsys.readouterr().out

    assert "team_not_reached" in printed
    assert "revops" in printed
    assert "#revops" not in printed
    assert "RevOps" not in printed


REFUSED = (
    b"SECRETWORD who owns\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nBad Header SECRETHEADER: y\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nA: SECRET\x00VALUE\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\n\r\nSECRETBODY who is paid\r\n\r\nmore",
)


def test_what_is_refused_does_not_stand_in_the_log(empty_office: Office) -> None:
    with serving(empty_office) as process:
        for request in REFUSED:
            assert b" 40" in said(process, request)
        until(lambda: "A request was refused: Invalid" in process.said())

        assert "SECRET" not in process.said()
