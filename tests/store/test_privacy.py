"""docs/privacy.md is true: it names every table, every setting that says how long, and what it is unless set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import Settings
from bot.store.schema import metadata, oauth_states

TEXT = (Path(__file__).parent.parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
KEPT = sorted(name for name in Settings.model_fields if name.startswith("rolecall_keep_"))


@pytest.mark.parametrize("table", [*sorted(metadata.tables), oauth_states.name, "slack_installations", "slack_bots"])
def test_every_table_is_described(table: str) -> None:
    assert re.search(rf"^\|[^|]*`{table}`[^|]*\|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("setting", KEPT)
def test_every_setting_is_described_with_what_it_is(setting: str) -> None:
    default = Settings.model_fields[setting].default
    shown = {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)

    assert f"| `{setting.upper()}` | {shown} |" in TEXT


def test_no_setting_is_described_that_does_not_exist() -> None:
    assert {name.lower() for name in re.findall(r"ROLECALL_KEEP_\w+", TEXT)} == set(KEPT)
