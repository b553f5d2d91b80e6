"""What is signed and still no request that anybody could answer is refused in JSON, with a reference that stands in the log."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import quote

import pytest
from office import Office

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
DEEP = "[" * 100_000 + "]" * 100_000
ODD = {
    "deep": (JSON, DEEP),
    "deep in a form": (FORM, "payload=" + quote(DEEP)),
    "a list": (JSON, "[]"),
    "a number": (JSON, "1"),
    "not JSON": (JSON, "{"),
    "not UTF-8": (FORM, b"\xff\xfe"),
    **{
        f"half of {json.dumps(body)[:50]}": (FORM, "payload=" + quote(json.dumps(body)))
        for body in (
            {"type": "view_submission"},
            {"type": "view_submission", "view": {"callback_id": "ask"}},
            {"type": "view_submission", "view": {"type": "modal", "callback_id": "ask"}},
            {"type": "view_submission", "view": [], "user": "x"},
            {"type": "block_actions", "actions": []},
            {"type": "block_actions", "actions": [{}], "user": {"id": "U1"}},
            {"type": "event_callback", "event": []},
            {"type": "message_action", "callback_id": "answer-this"},
            {"command": ["/roe"]},
        )
    },
}


def sends(office: Office, kind: str, said: str | bytes) -> Any:
    """What is answered to something that Slack has signed."""
    body, moment = said.encode() if isinstance(said, str) else said, str(int(time.time()))
    signed = hmac.new(office.bot.signing_secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signed}"}
    return office.instances[0].site.test_client().post("/slack/events", data=body, headers=headers)


@pytest.mark.parametrize("odd", ODD)
def test_what_nobody_could_answer_is_no_error_of_the_server(office: Office, odd: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = sends(office, *ODD[odd])
    printed = capsys.readouterr().out

    assert answer.status_code in (200, 400, 404, 503)
    assert "<" not in answer.text[:1]
    said = json.loads(answer.text or "{}")
    if answer.status_code == 400:
        assert said["reference"] in printed


def test_too_much_is_refused_in_json(office: Office) -> None:
    answer = sends(office, JSON, "x" * 1_000_001)
    assert (answer.status_code, list(answer.json)) == (413, ["error"])
