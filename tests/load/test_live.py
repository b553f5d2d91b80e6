"""The model of a running bot is read anew however its files come to change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.live import NO_FOLDER, Live, Loading

MODEL = "company: {}\nroles: {{ae: {{name: Account Executive}}}}\nmaintainers: [U0RITA]\n"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.live.LOOK", 0.05)


def write(folder: Path, company: str) -> Path:
    folder.mkdir()
    (folder / "company.yaml").write_text(MODEL.format(company))
    return folder


@pytest.fixture
def follow() -> Iterator[Callable[[Path], tuple[Live, list[Loading]]]]:
    """Follows a folder; what came of each reading is in the list."""
    begun: list[Live] = []

    def start(folder: Path) -> tuple[Live, list[Loading]]:
        live, seen = Live(folder, lambda: date(2026, 11, 22)), []
        live.load()
        live.watch(seen.append)
        begun.append(live)
        return live, seen

    yield start
    for live in begun:
        live.stop()


def until(check: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


Follow = Callable[[Path], tuple[Live, list[Loading]]]


def test_a_folder_put_in_the_place_of_another_is_read(tmp_path: Path, follow: Follow) -> None:
    folder, new = write(tmp_path / "model", "Acme"), write(tmp_path / "new", "Birch")
    live, _ = follow(folder)
    folder.rename(tmp_path / "old")
    new.rename(folder)
    until(lambda: live.engine.company.name == "Birch")
    (folder / "company.yaml").write_text(MODEL.format("Cedar"))
    until(lambda: live.engine.company.name == "Cedar")


def test_a_folder_that_comes_later_is_read(tmp_path: Path, follow: Follow) -> None:
    live, _ = follow(tmp_path / "model")
    assert not live.last.ok
    assert live.last.summary == NO_FOLDER
    write(tmp_path / "model", "Acme")
    until(lambda: live.has_rules)
    assert live.engine.company.name == "Acme"


def test_a_folder_that_a_link_names_is_read_when_the_link_names_another(tmp_path: Path, follow: Follow) -> None:
    first, second = write(tmp_path / "1", "Acme"), write(tmp_path / "2", "Birch")
    link = tmp_path / "model"
    link.symlink_to(first)
    live, _ = follow(link)
    (tmp_path / "next").symlink_to(second)
    (tmp_path / "next").rename(link)
    until(lambda: live.engine.company.name == "Birch")


def test_what_is_not_of_the_model_is_not_read_and_nothing_twice(tmp_path: Path, follow: Follow) -> None:
    folder = write(tmp_path / "model", "Acme")
    live, seen = follow(folder)
    (folder / "notes.txt").write_text("x")
    time.sleep(0.3)
    assert seen == []
    (folder / "company.yaml").write_text(MODEL.format("Birch"))
    until(lambda: seen)
    time.sleep(0.3)
    assert len(seen) == 1
    live.load()
    time.sleep(0.3)
    assert len(seen) == 1


def test_a_model_that_goes_and_errors_are_told_with_their_places(tmp_path: Path, follow: Follow) -> None:
    folder = write(tmp_path / "model", "Acme")
    live, seen = follow(folder)
    (folder / "company.yaml").write_text(MODEL.format("Acme") + "rules: [{id: a, of: renew, own: nobdy-known}]\n")
    until(lambda: seen)
    assert seen[0].summary == "The model has 1 error, so its rules do not answer. `rolecall check` shows it."
    assert seen[0].places[0].startswith("company.yaml:4:")
    assert live.keepers == ("U0RITA",)
    folder.rename(tmp_path / "away")
    until(lambda: len(seen) == 2)
    assert seen[1].missing
    assert live.engine.company.name == "Acme"
