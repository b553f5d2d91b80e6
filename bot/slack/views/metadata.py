"""What a view or a button carries back to us: a few short values, sealed for one person, so that nobody else's will do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping

MOST = 2_000
"""Characters: less than what Slack takes as a button's value, and as a view's metadata."""
MARK = 16
"""Bytes of the mark that shows who sealed it."""
SEALED = re.compile(r"[\w-]{22}\.\{")
"""How everything begins that was sealed, with whatever key: the mark and the first sign of the values."""


def seal(values: Mapping[str, str], key: bytes, whom: str) -> str:
    """Values for a view or a button that only `whom` may use. Raises ValueError where there are too many."""
    text = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    sealed = f"{mark(text, key, whom)}.{text}"
    if len(sealed) > MOST:
        raise ValueError(f"{len(sealed)} characters to carry, at most {MOST}")
    return sealed


def unseal(sealed: str, key: bytes, whom: str) -> dict[str, str] | None:
    """The values, if we sealed them for this person; None otherwise."""
    given, _, text = sealed[:MOST].partition(".")
    if not hmac.compare_digest(given.encode(), mark(text, key, whom).encode()):
        return None
    values = json.loads(text)
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else None


def is_sealed(value: str) -> bool:
    """Whether a value was sealed, by us or with a key that is no longer ours."""
    return SEALED.match(value) is not None


def mark(text: str, key: bytes, whom: str) -> str:
    """What only we can make of a text and a person."""
    told = json.dumps([whom, text]).encode()
    return base64.urlsafe_b64encode(hmac.new(key, told, hashlib.sha256).digest()[:MARK]).decode().rstrip("=")
