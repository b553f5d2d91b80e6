"""Calls of Slack's Web API: what came of them as values, with nothing of their content in a log or an error.

The SDK's own retries are off: it would send a message a second time after a connection that broke, without looking whether the
first one arrived; and it would sleep through Slack's rate limit in a thread that others wait for. What failed for the moment goes
back to the inbox instead.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

LONGEST_WAIT = 3_600.0
"""Seconds: a longer `Retry-After` is asked again after this."""
LIMITED = "ratelimited"
"""The reason of what Slack did not even look at, because there was too much of it."""
PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
"""Slack's errors that go by. Whether it did what it was asked is not known."""
REVOKED = frozenset({"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed", "org_login_required"})
"""Errors that mean that the token is good for nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """Slack did it; what it said, and with which scopes."""

    said: dict[str, Any] = field(default_factory=dict)
    scopes: str = ""
    date: str = ""
    """When that was, by Slack's clock."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: in so many seconds. `maybe` says that Slack may have done it all the same."""

    seconds: float
    reason: str
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will not do it, with its error."""

    error: str


Outcome = Done | Later | Refused


def make_client(token: str, base_url: str, timeout: int, bot_team: str | None = None) -> WebClient:
    """A client that neither retries nor logs what it sends."""
    silent = logging.Logger("slack_sdk", logging.CRITICAL + 1)
    return WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[], logger=silent, team_id=bot_team)


def call(client: WebClient, method: str, /, **arguments: Any) -> Outcome:
    """Calls a method of the Web API with JSON, or with a form where it takes nothing else."""
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        response = client.api_call(method, params=given) if method.startswith(FORMS) else client.api_call(method, json=given)
        scopes, date = (header_of(response.headers, name) or "" for name in ("x-oauth-scopes", "date"))
        return Done(as_dict(response.data), scopes, date)
    except SlackApiError as error:
        return outcome_of(error)
    except URLError as error:
        return Later(0.0, f"network: {type(error.reason).__name__}", maybe=isinstance(error.reason, TimeoutError))
    except (OSError, HTTPException, SlackClientError, ValueError, AttributeError, TypeError) as error:
        # the last two are how the SDK fails on JSON that is no object: something between Slack and us has answered, and not Slack
        return Later(0.0, f"network: {type(error).__name__}", maybe=True)


FORMS = ("conversations.", "users.", "usergroups.", "auth.")
"""The families of methods that read, and take no JSON."""


def as_dict(data: Any) -> dict[str, Any]:
    """What Slack said, where it is an object."""
    return data if isinstance(data, dict) else {}


def outcome_of(error: SlackApiError) -> Later | Refused:
    """What an error of Slack's means for who called."""
    response: Any = error.response
    status, code = getattr(response, "status_code", 200), str(as_dict(getattr(response, "data", None)).get("error") or "")
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Later(wait_of(getattr(response, "headers", {})), LIMITED)
    if status >= 500 or code in PASSING:
        return Later(0.0, f"status {status}" if status >= 500 else code, maybe=True)
    is_slacks = code.isascii() and code.replace("_", "").isalnum()
    if status == 200 and not is_slacks:  # a page of something in between, say: Slack itself gives its reason
        return Later(0.0, "unreadable", maybe=True)
    return Refused(code if is_slacks else f"status {status}")


def header_of(headers: Any, wanted: str) -> str | None:
    """A header, whatever the case of its name."""
    found = next((value for name, value in dict(headers or {}).items() if str(name).lower() == wanted), None)
    return str(found[0] if isinstance(found, list) and found else found) if found is not None else None


def wait_of(headers: Any) -> float:
    """How long Slack wants us to wait."""
    text = header_of(headers, "retry-after") or "1"
    return min(float(text), LONGEST_WAIT) if text.isascii() and text.isdigit() else 1.0
