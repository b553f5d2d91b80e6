"""What the doctor finds: a line for each thing that was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import SecretStr

from bot.config import Settings

State = Literal["ok", "note", "problem"]
SHORTEST = 6
"""A secret shorter than this is not looked for in what is printed: it would be found everywhere."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and what to do where it is not well."""

    check: str
    state: State
    says: str
    fix: str = ""

    def as_json(self) -> Mapping[str, str]:
        """The finding by the names of its fields."""
        return {"check": self.check, "state": self.state, "says": self.says, "fix": self.fix}


def ok(check: str, says: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", says)


def note(check: str, says: str, fix: str = "") -> Finding:
    """It works, and something is worth knowing."""
    return Finding(check, "note", says, fix)


def problem(check: str, says: str, fix: str) -> Finding:
    """It does not work."""
    return Finding(check, "problem", says, fix)


def hidden(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings without any secret of the settings, whoever put it there."""
    secrets = [value.get_secret_value() for value in vars(settings).values() if isinstance(value, SecretStr)]
    return [replace(found, says=without(found.says, secrets), fix=without(found.fix, secrets)) for found in findings]


def without(text: str, secrets: Iterable[Any]) -> str:
    """A text without secrets."""
    for secret in secrets:
        text = text.replace(secret, "…") if len(secret) >= SHORTEST else text
    return text
