"""A workspace with a bot at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, open_office

from bot.config import Settings
from bot.store import open_store


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of the store, to make others like it."""
    file = tmp_path_factory.mktemp("slack") / "template.db"
    open_store(Settings(_env_file=None, database_url=f"sqlite:///{file}", rolecall_secret="a secret")).close()
    return file


@pytest.fixture
def empty_office(tmp_path: Path, migrated: Path) -> Iterator[Office]:
    """People and a channel; no process of the bot yet."""
    with open_office(tmp_path, migrated) as office:
        yield office


@pytest.fixture
def office(empty_office: Office) -> Office:
    """The same with one process of the bot."""
    empty_office.starts()
    return empty_office
