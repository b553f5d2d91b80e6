"""Every test that takes `store` or `settings` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.store import Store, open_store
from store.given import settings_for
from store.postgres_server import PostgresServer

MakeSettings = Callable[..., Settings]


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for each process that runs tests."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    """A database with our tables, for one test after the other."""
    name = postgres.new_database()
    open_store(settings_for(postgres.url(name))).close()
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables, to make others like it."""
    file = tmp_path_factory.mktemp("migrated") / "rolecall.db"
    open_store(settings_for(f"sqlite:///{file}")).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def empty_settings(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings with a database in which there is nothing yet."""
    if kind == "sqlite":
        return settings_for(f"sqlite:///{tmp_path / 'state' / 'rolecall.db'}")
    server: PostgresServer = request.getfixturevalue("postgres")
    return settings_for(server.url(server.new_database()))


@pytest.fixture
def make_settings(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> MakeSettings:
    """Settings, with what is given, for one database that has our tables."""
    if kind == "sqlite":
        file = tmp_path / "rolecall.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        url = f"sqlite:///{file}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        name: str = request.getfixturevalue("migrated_postgres")
        server.empty(name)
        url = server.url(name)
    return lambda **more: settings_for(url, **more)


@pytest.fixture
def settings(make_settings: MakeSettings) -> Settings:
    """Settings with a database that has our tables."""
    return make_settings()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open store with nothing in it."""
    opened = open_store(settings)
    yield opened
    opened.close()
