"""Processes of the bot: begun, asked whether they are well, told to read the model anew, ended, killed; over HTTP and by socket."""

from __future__ import annotations

import json
import os
import signal
import socket as sockets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from office import Office
from store.postgres_server import PostgresServer, stopped

OWNS = "The Digital CSM owns renewal (SMB, ARR $40k)."
QUESTION = "who owns a 40k smb renewal?"


def until(check: Callable[[], Any], seconds: float = 40.0) -> Any:
    """What there is, once there is something."""
    end = time.monotonic() + seconds
    while not (found := check()) and time.monotonic() < end:
        time.sleep(0.05)
    assert found, "it did not happen in time"
    return found


def free_port() -> int:
    with sockets.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Running:
    """A process of the bot."""

    def __init__(self, office: Office, command: str, **more: str) -> None:
        self.port, self.metrics = free_port(), free_port()
        self.log = office.folder / f"{command}-{self.port}.log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        given = {
            "SLACK_BOT_TOKEN": office.bot.token,
            "SLACK_SIGNING_SECRET": office.bot.signing_secret,
            "SLACK_APP_TOKEN": office.bot.app_token,
            "SLACK_API_URL": office.slack.api_url,
            "DATABASE_URL": f"sqlite:///{office.folder / 'running.db'}",
            "ROLECALL_COMPANY": str(office.folder / "model"),
            "PORT": str(self.port),
            "ROLECALL_METRICS_PORT": str(self.metrics),
            "ROLECALL_LOG_LEVEL": "debug",
        }
        self.out = self.log.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", command], env=kept | given | more, stdout=self.out, stderr=subprocess.STDOUT, cwd=Path.cwd()
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, port: int | None = None) -> tuple[int, str]:
        """The status and the body at a path."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def said(self) -> str:
        return self.log.read_text()

    def dies(self) -> None:
        """Is killed with everything that it has begun, without a moment for anything."""
        pid = self.process.pid
        self.process.send_signal(signal.SIGSTOP)
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self.process.kill()

    def ends(self, number: int = signal.SIGTERM, within: float = 40.0) -> int:
        """Tells it to end, and waits for it."""
        self.process.send_signal(number)
        return self.process.wait(within)


@contextmanager
def running(office: Office, command: str = "serve", **more: str) -> Iterator[Running]:
    """The bot as a process of its own, until it is ready."""
    folder = office.folder / "model"
    if not folder.exists():
        folder.mkdir()
        office.model.rename(folder / "company.yaml")
    process = Running(office, command, **more)
    try:
        yield process
    except BaseException as error:
        error.add_note(process.said()[-3_000:])
        raise
    finally:
        if process.process.poll() is None:
            process.process.kill()
        process.process.wait(10)
        process.out.close()


@contextmanager
def serving(office: Office, **more: str) -> Iterator[Running]:
    """The bot over HTTP."""
    office.slack.ack_timeout = 10.0
    office.slack.activity.patience = 30.0
    with running(office, "serve", **more) as process:
        until(lambda: process.get("/readyz")[0] == 200)
        office.bot.at(process.url)
        office.slack.watch(lambda: False)
        yield process


def answers(office: Office, place: str = "#deals") -> list[Any]:
    return [each for each in office.alice.sees(place) if each.bot_id and not each.ephemeral_to]


def test_a_process_answers_says_how_it_is_and_ends(empty_office: Office) -> None:
    office = empty_office
    with serving(office) as process:
        assert json.loads(process.get("/healthz")[1]) == {"status": "ok"}
        office.alice.mentions(office.bot, "#deals", QUESTION)
        assert until(lambda: answers(office))[0].reads.startswith(OWNS)
        assert office.alice.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)
        status, figures = process.get("/metrics", process.metrics)
        assert status == 200
        assert 'rolecall_answers_total{outcome="answered",surface="mention"} 1.0' in figures
        assert 'rolecall_requests_total{kind="command",status="200"} 1.0' in figures
        assert process.ends() == 0
        said = process.said()

    assert not [word for word in ("who owns", "40k", office.bot.token, office.bot.signing_secret, office.alice.id) if word in said]
    for line in said.splitlines():
        assert json.loads(line)


def test_a_graceful_end_finishes_what_was_acknowledged(empty_office: Office) -> None:
    office = empty_office
    with serving(office) as process:
        office.slack.fails("chat.postMessage", hang=1.0, times=1)
        office.alice.mentions(office.bot, "#deals", QUESTION)
        office.bob.mentions(office.bot, "#deals", "who owns renewal for enterprise?")
        assert process.ends() == 0

        assert len(answers(office)) >= 1


def test_a_process_that_is_killed_is_taken_over_from(empty_office: Office) -> None:
    office = empty_office
    with serving(office) as process:
        office.slack.fails("chat.postMessage", drop=True, times=1)
        office.alice.mentions(office.bot, "#deals", QUESTION)
        office.slack.wait_for(lambda: office.slack.calls("chat.postMessage"))
        process.dies()
        process.process.wait(10)
    with serving(office):
        assert until(lambda: answers(office), 90)[0].reads.startswith(OWNS)
        assert len(answers(office)) == 1


def test_a_model_is_read_anew_and_a_broken_one_is_not(empty_office: Office) -> None:
    office = empty_office
    with serving(office) as process:
        file = office.folder / "model" / "company.yaml"
        text = file.read_text()
        assert office.alice.types("/roe", "who owns renewal for enterprise?").ack["text"].startswith("The Account Executive")
        file.write_text(text.replace("own: ae\n    support: csm", "own: csm\n    support: ae"))
        until(lambda: process.said().count('"changed": true') == 2)
        assert office.alice.types("/roe", "who owns renewal for enterprise?").ack["text"].startswith("The Customer Success Manager")
        file.write_text(text.replace("own: ae\n", "own: nobody-we-know\n"))
        process.process.send_signal(signal.SIGHUP)
        told = until(lambda: [each for each in office.rita.sees(to=office.bot) if "have errors" in each.reads])[0]

        assert told.reads.startswith("The rules of engagement have errors, so I go on with those from before.")
        assert "[unknown-party]" in told.reads
        assert "nobody-we-know" not in told.reads
        assert office.alice.types("/roe", "who owns renewal for enterprise?").ack["text"].startswith("The Customer Success Manager")
        assert process.get("/readyz")[0] == 200


def test_a_model_that_was_broken_from_the_start_is_no_reason_to_be_silent(empty_office: Office) -> None:
    office = empty_office
    office.model.write_text("company: [")
    with running(office) as process:
        status, body = until(lambda: found if (found := process.get("/readyz"))[0] else None)
        assert status == 503
        assert "model" in json.loads(body)["wrong"]
        office.bot.at(process.url)
        office.slack.watch(lambda: False)

        assert office.alice.types("/roe", "who typically owns renewal?").ack["text"].startswith("No rules loaded")


def test_readiness_tells_when_the_token_is_void(empty_office: Office) -> None:
    office = empty_office
    with serving(office) as process:
        office.slack.uninstalls(office.bot)
        status, body = process.get("/readyz")

        assert status == 503
        assert json.loads(body)["wrong"]["slack"].startswith("Slack no longer takes our token")


@contextmanager
def listening(office: Office, **more: str) -> Iterator[Running]:
    """The bot over Socket Mode."""
    office.slack.ack_timeout = 10.0
    office.slack.activity.patience = 30.0
    office.bot.over_socket()
    with running(office, "socket", **more) as process:
        until(lambda: office.slack.sockets.of(office.bot))
        office.slack.watch(lambda: False)
        yield process


def test_the_same_bot_listens_by_socket(empty_office: Office) -> None:
    office = empty_office
    with listening(office) as process:
        office.alice.mentions(office.bot, "#deals", QUESTION)
        assert until(lambda: answers(office))[0].reads.startswith(OWNS)
        assert office.alice.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)
        assert json.loads(process.get("/healthz", process.metrics)[1]) == {"status": "ok"}
        assert process.get("/readyz", process.metrics) == (200, '{"status": "ready"}')
        assert 'rolecall_answers_total{outcome="answered",surface="mention"} 1.0' in process.get("/metrics", process.metrics)[1]

        assert process.ends() == 0


def test_without_tokens_it_says_what_is_missing(empty_office: Office) -> None:
    with running(empty_office, SLACK_BOT_TOKEN="", SLACK_SIGNING_SECRET="") as process:
        assert process.process.wait(30) == 2
        assert process.said().startswith("Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET")


@pytest.mark.parametrize("url", ["http://slack.example.com/api/", "ftp://127.0.0.1/", "nonsense"])
def test_tokens_are_sent_only_by_https_or_to_this_machine(empty_office: Office, url: str) -> None:
    with running(empty_office, SLACK_API_URL=url) as process:
        assert process.process.wait(30) == 2
        assert "SLACK_API_URL has to begin with https://" in process.said()
        assert empty_office.bot.token not in process.said()


def test_several_processes_need_a_postgresql(empty_office: Office) -> None:
    with running(empty_office, WEB_CONCURRENCY="2") as process:
        assert process.process.wait(30) == 2
        assert "needs a PostgreSQL" in process.said()


def test_a_database_that_hangs_keeps_no_command_waiting(empty_office: Office) -> None:
    office, server = empty_office, PostgresServer()
    try:
        server.start()
        with serving(office, DATABASE_URL=server.url("postgres"), ROLECALL_THREADS="4") as process:
            with stopped(server):
                for _ in range(3):
                    begun = time.monotonic()
                    assert office.alice.types("/roe", QUESTION, "#deals").ack["text"].startswith(OWNS)
                    assert time.monotonic() - begun < 3
                begun = time.monotonic()
                status, body = process.get("/readyz")
                assert (status, list(json.loads(body)["wrong"])) == (503, ["store"])
                assert time.monotonic() - begun < 2
            until(lambda: process.get("/readyz")[0] == 200)
            office.alice.mentions(office.bot, "#deals", QUESTION)
            assert until(lambda: answers(office))[0].reads.startswith(OWNS)
            assert process.ends() == 0
    finally:
        server.stop()


def test_a_folder_that_is_not_there_is_told_as_that(empty_office: Office) -> None:
    with running(empty_office, ROLECALL_COMPANY=str(empty_office.folder / "later")) as process:
        status, body = until(lambda: found if (found := process.get("/readyz"))[0] else None)
        assert (status, json.loads(body)["wrong"]) == (503, {"model": "The folder of the model (ROLECALL_COMPANY) does not exist."})
        (empty_office.folder / "model").rename(empty_office.folder / "later")
        until(lambda: process.get("/readyz")[0] == 200)
