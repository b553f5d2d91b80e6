"""Whether a request is from Slack. Whatever stands in its headers, the answer is yes or no, never an exception."""

from __future__ import annotations

import hashlib
import hmac

WINDOW = 300
"""Seconds by which a request may be early or late: older ones may have been recorded and sent again."""
TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
LONGEST = 20
"""No timestamp has more digits; longer ones are not worth reading."""


def is_signed(body: bytes, timestamp: str | None, signature: str | None, secret: str, now: float) -> bool:
    """Whether the body was signed with our secret, and just now."""
    if not secret or not timestamp or not signature:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST) or abs(now - int(timestamp)) > WINDOW:
        return False
    return hmac.compare_digest(sign(body, timestamp, secret).encode(), signature.encode("utf-8", "replace"))


def sign(body: bytes, timestamp: str, secret: str) -> str:
    """The signature that Slack makes for a body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
