"""Processes that tests start, let go together, or kill. They are forked from one that has loaded what they need, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["store.child"])


@contextmanager
def running(task: Callable[..., None], *arguments: Any) -> Iterator[Connection]:
    """The line to a process that does a task of `child.py`; killed at the end if it still runs."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=task, args=(theirs, *arguments))
    with pytest.MonkeyPatch.context() as patch:  # where the one that they are forked from finds `store.child`
        patch.setenv("PYTHONPATH", os.pathsep.join((str(HERE.parent.parent), str(HERE.parent))))
        process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def kill_where_it_stops(task: Callable[..., None], *arguments: Any) -> None:
    """Starts a process, waits until it says that it has stopped, and kills it as `kill -9` does."""
    with running(task, *arguments) as line:
        assert line.recv() == "stopped"


def run_together(task: Callable[..., None], *each: tuple[Any, ...]) -> list[Any]:
    """What processes say that were let go at one time."""
    with ExitStack() as stack:
        lines = [stack.enter_context(running(task, *arguments)) for arguments in each]
        for line in lines:
            line.send("go")
        return [line.recv() for line in lines]
