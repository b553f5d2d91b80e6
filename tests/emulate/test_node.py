"""What is installed is what was looked at, and where it cannot be that is never passed over in silence."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from emulate import node

HERE = Path(__file__).parent


class Written:
    """Stands in for pytest's report on the terminal."""

    def __init__(self, *skipped: str) -> None:
        self.stats = {"skipped": [SimpleNamespace(longrepr=("file", 1, f"Skipped: {reason}")) for reason in skipped]}
        self.lines: list[tuple[str, bool]] = []

    def write_sep(self, sep: str, title: str, **how: Any) -> None:
        self.lines.append((title, how["red"]))

    def write_line(self, line: str, **how: Any) -> None:
        self.lines.append((line, how["red"]))


def test_every_package_is_pinned_by_its_hash_and_none_by_an_address() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text())["packages"]
    installed = {name: each for name, each in packages.items() if name}

    assert installed["node_modules/emulate"]["version"] == "0.11.2"
    assert all(each["integrity"].startswith("sha512-") for each in installed.values())
    assert not any("resolved" in each for each in installed.values())


def test_without_node_it_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(pytest.skip.Exception, match=node.WITHOUT):
        node.need_emulate()


def test_with_node_a_missing_program_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(node, "can_run", lambda: True)
    monkeypatch.setattr(node, "PROGRAM", tmp_path / "index.js")

    with pytest.raises(pytest.fail.Exception, match="make emulate"):
        node.need_emulate()


def test_what_was_skipped_for_want_of_node_is_said_in_red_at_the_end() -> None:
    written = Written(node.WITHOUT, node.WITHOUT, "another reason")
    node.pytest_terminal_summary(written)  # type: ignore[arg-type]

    assert written.lines == [("NOT TESTED", True), (f"2 tests were skipped: {node.LOUD}", True)]


def test_nothing_is_said_where_nothing_was_skipped_for_that() -> None:
    written = Written("another reason")
    node.pytest_terminal_summary(written)  # type: ignore[arg-type]

    assert written.lines == []
