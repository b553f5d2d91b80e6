"""Requests by HTTP: looked at before anything of them is read, then given to Bolt."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_bolt import App
from slack_bolt.request import BoltRequest

from bot.logs import get_logger, kind_of
from bot.metrics import REQUESTS
from bot.slack.app import VERIFIED
from bot.slack.delivery import new_reference
from bot.slack.signing import SIGNATURE, TIMESTAMP, is_signed

log = get_logger(part="doorway")
JSON = "application/json;charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a request."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Doorway:
    """The way in by HTTP."""

    def __init__(self, app: App, secret: str) -> None:
        self.app, self.secret = app, secret

    def handle(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What is said to a request; nothing of one that is not from Slack is kept or logged."""
        given = {name.lower(): value for name, value in headers.items()}
        if not is_signed(body, given.get(TIMESTAMP), given.get(SIGNATURE), self.secret, time.time()):
            return self.counted("unsigned", Reply(401, '{"error": "invalid request"}', {"Content-Type": JSON}))
        request: BoltRequest | None = None
        try:
            text = body.decode("utf-8")
            request = BoltRequest(body=text, headers=dict(given), context={VERIFIED: True})
            answer = self.app.dispatch(request)
        except Exception as error:  # what listeners raise is seen to by the app: this was no request that one could be asked about
            reference = new_reference()
            log.error("unreadable", reference=reference, **kind_of(error))
            if request is not None and (kind := kind_of_request(request)) == "event_callback":
                return self.counted(kind, Reply(200))  # else Slack would send it again, and it would be no more readable
            said = json.dumps({"error": "unreadable request", "reference": reference})
            return self.counted("unreadable", Reply(400, said, {"Content-Type": JSON}))
        said = answer.body if isinstance(answer.body, str) else json.dumps(answer.body, ensure_ascii=False)
        replied = Reply(answer.status, said, {name: ", ".join(values) for name, values in answer.headers.items()})
        return self.counted(kind_of_request(request), replied)

    def counted(self, kind: str, reply: Reply) -> Reply:
        """The reply, counted."""
        REQUESTS.labels(kind, str(reply.status)).inc()
        return reply


def kind_of_request(request: BoltRequest) -> str:
    """What kind of request it is, as far as that is one of a few words."""
    body = request.body
    if not isinstance(body, dict):
        return "other"
    kind = "command" if "command" in body else str(body.get("type") or "")
    known = ("command", "event_callback", "block_actions", "view_submission", "view_closed", "shortcut", "message_action")
    return kind if kind in known else "other"
