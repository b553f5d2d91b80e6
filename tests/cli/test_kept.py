"""An engine is kept between two commands of one user: found again when nothing changed, and never believed when somebody else could have
written it."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from opened import example_folder

from bot.cli import main
from bot.cli.opening import SETTINGS, read_model
from bot.config import Settings
from bot.kept import open_kept
from bot.pipeline import Engine

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rolecall"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_folder("five-lines"), tmp_path / "model"))


def ask(model: Path, question: str = "who owns renewal?", *more: str) -> str:
    done = CliRunner().invoke(main, ["ask", question, "--company", str(model), *more])
    assert done.exit_code == 0, done.output
    return done.output


def opened(model: Path) -> tuple[Engine, bool]:
    """The engine, and whether it had to be made."""
    made: list[Engine] = []

    def make() -> Engine:
        made.append(read_model(model, False)[1])
        return made[0]

    return open_kept(model, (TODAY,), make), bool(made)


def test_the_second_time_it_is_not_made_again_and_answers_alike(model: Path) -> None:
    first = ask(model)
    assert opened(model)[1]
    assert not opened(model)[1]
    assert ask(model) == first


def test_a_change_of_the_model_is_seen_at_once(model: Path) -> None:
    assert "Customer Success Manager owns renewal" in ask(model)
    file = next(model.glob("*.yaml"))
    file.write_text(file.read_text().replace("Customer Success Manager", "Customer Coach"))
    assert "Customer Coach owns renewal" in ask(model)


def test_a_model_with_errors_is_told_of_every_time(model: Path, cache: Path) -> None:
    next(model.glob("*.yaml")).write_text("nothing: of the kind\n")
    for _ in range(2):
        done = CliRunner().invoke(main, ["ask", "who owns renewal?", "--company", str(model)])
        assert done.exit_code == 1
        assert "unknown" in done.output
    assert not list(cache.glob("*.engine"))


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"\x80\x05K\x01."])
def test_a_broken_file_is_made_anew(model: Path, cache: Path, content: bytes) -> None:
    opened(model)
    file = next(cache.glob("*.engine"))
    file.write_bytes(content)
    assert opened(model)[1]
    assert not opened(model)[1]


def test_what_somebody_else_could_have_written_is_not_read(model: Path, cache: Path, tmp_path: Path) -> None:
    opened(model)
    file = next(cache.glob("*.engine"))
    file.chmod(0o666)
    assert opened(model)[1]

    moved = tmp_path / "elsewhere"
    file.rename(moved)
    file.symlink_to(moved)
    assert opened(model)[1]

    cache.chmod(0o777)
    assert opened(model)[1]


def test_only_this_user_reads_what_is_kept(model: Path, cache: Path) -> None:
    opened(model)
    assert cache.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in cache.iterdir())


def test_where_nothing_can_be_kept_it_answers_all_the_same(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert "renewal" in ask(model)


def test_few_are_kept(model: Path, cache: Path) -> None:
    file = next(model.glob("*.yaml"))
    for number in range(12):
        file.write_text(file.read_text() + f"# {number}\n")
        opened(model)
    assert len(list(cache.glob("*.engine"))) == 8


def test_only_what_everybody_sees_is_ready(model: Path) -> None:
    opened(model)
    engine, made = opened(model)
    assert not made
    assert set(engine.views) == {frozenset({"public"})}


def test_a_setting_that_may_be_set_is_read() -> None:
    assert [name for name in Settings.model_fields if not name.upper().startswith(SETTINGS)] == []
