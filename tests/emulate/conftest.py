"""A workspace in emulate with the bot at work: one for a session, and one for each thing that it may be without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.slack.manifest import scopes
from emulate.node import need_emulate
from emulate.people import Person
from emulate.workspace import Workspace

Open = Callable[..., Workspace]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Open]:
    """Opens a workspace with the scopes of our manifest, but for those that are named; each is ended when the session is."""
    program, workspaces, stack = need_emulate(), [], ExitStack()

    def start(*without: str, front: bool = False) -> Workspace:
        folder = tmp_path_factory.mktemp("emulate")
        shutil.copy(migrated, folder / "rolecall.db")
        granted = [scope for scope in scopes(agent=False)["bot"] if scope not in without]
        workspace = Workspace(program, folder, granted, front=front)
        workspaces.append(workspace)
        stack.callback(workspace.close)
        workspace.furnish()
        workspace.starts(folder, f"sqlite:///{folder / 'rolecall.db'}")
        return workspace

    with stack:
        yield start
        for workspace in workspaces:  # all at once, because each takes a second
            workspace.ends()


@pytest.fixture(scope="session")
def slack(opened: Open) -> Workspace:
    """emulate as it is, with the bot's SLACK_API_URL pointing at it."""
    return opened()


@pytest.fixture(scope="session")
def told(opened: Open) -> Workspace:
    """The same behind a front that tells of channels what emulate leaves out."""
    return opened(front=True)


@pytest.fixture
def alice(slack: Workspace) -> Person:
    """An account executive."""
    return slack.named("alice")


@pytest.fixture
def bob(slack: Workspace) -> Person:
    """A CSM."""
    return slack.named("bob")
