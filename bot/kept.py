"""Engines kept between two commands of one user, so that only the first of them reads and checks the model.

One is found by a hash of everything that it was made of: the files of the model, what ships, the day, the program. The model is known by
what its files say; what ships, by their times and sizes, as Python knows its compiled modules. What is kept is Python's own pickle, which
runs what it is told to, so that only files are read that this user alone can write, as with compiled modules. A file that cannot be read is
made anew, and whatever goes wrong here is passed over: it costs time and nothing else.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.folders import PACKAGE, cache_folder, shipped_folder
from bot.pipeline import Engine

MOST = 8
"""Engines that are kept; those that were not used for longest go."""
COMPILED = ".pyc"
"""How the names of files end that Python makes of modules: they say nothing new."""
OURS_ALONE = 0o077
"""The rights that nobody else may have."""


class Values(pickle.Pickler):
    """Writes dataclasses with slots as their values in order: read twice as fast as by what these do of themselves."""

    def reducer_override(self, value: Any) -> Any:
        """How a value is written."""
        if not is_dataclass(value) or isinstance(value, type) or not hasattr(value, "__slots__"):
            return NotImplemented
        return restore, (type(value), tuple(getattr(value, name) for name in names_of(type(value))))


@cache
def names_of(kind: Hashable) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


@cache
def setters_of(kind: Hashable) -> tuple[Callable[[Any, Any], None], ...]:
    """What sets each field of a dataclass with slots, also of one that is frozen."""
    return tuple(getattr(kind, name).__set__ for name in names_of(kind))


def restore(kind: type[Any], values: tuple[Any, ...]) -> Any:
    """A dataclass as it was; nothing is checked or computed again."""
    made = object.__new__(kind)
    for put, value in zip(setters_of(kind), values, strict=True):  # type: ignore[arg-type]
        put(made, value)
    return made


def open_kept(model: Path | None, also: Iterable[object], make: Callable[[], Engine]) -> Engine:
    """The engine of a model (None: the guidance alone), kept from before or made by `make` and kept. `also` is what else it depends on."""
    folder = cache_folder()
    if folder is None:
        return make()
    try:
        file = folder / f"{digest(model, also)}.engine"
    except OSError:  # the model cannot be read: `make` tells
        return make()
    engine = read(file)
    if engine is None:
        engine = make()
        engine.view()
        with suppress(OSError, RecursionError, pickle.PicklingError):
            write(file, engine)
    return engine


def digest(model: Path | None, also: Iterable[object]) -> str:
    """What an engine is made of, as a name."""
    made = hashlib.sha256(repr((sys.version, str(model), *also)).encode())
    knowledge = shipped_folder("knowledge")
    for root in (PACKAGE, knowledge / "guidance", knowledge / "language", shipped_folder("prompts")):
        for name in files_in(root):
            if not name.endswith(COMPILED):
                found = os.stat(name)
                made.update(f"{name} {found.st_mtime_ns} {found.st_size}\n".encode())
    for name in files_in(model) if model else ():
        content = Path(name).read_bytes()
        made.update(f"{name} {len(content)}\n".encode())
        made.update(content)
    return made.hexdigest()[:32]


def files_in(root: Path) -> list[str]:
    """Every file of a folder, or the one that it is, in order."""
    if root.is_file():
        return [str(root)]
    return sorted(filter(os.path.isfile, (os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)))


def read(file: Path) -> Engine | None:
    """The engine in a file; None where there is none, or somebody else could have written it."""
    try:
        if not (is_ours(file.parent) and is_ours(file)):
            return None
        gc.disable()  # nothing of it is garbage, and looking for it takes as long as reading
        with file.open("rb") as kept:
            engine = pickle.load(kept)  # noqa: S301 - this user alone can write it
        gc.freeze()  # it stays to the end, so that nothing of it needs to be looked at later either
        os.utime(file)
        return engine if isinstance(engine, Engine) else None
    except Exception:  # whatever a broken file does
        return None
    finally:
        gc.enable()


def is_ours(path: Path) -> bool:
    """Whether this user alone can write here."""
    found = path.lstat()
    return not stat.S_ISLNK(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & OURS_ALONE


def write(file: Path, engine: Engine) -> None:
    """Keeps an engine, whole or not at all, and what everybody sees of it alone. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_ours(file.parent):
        return
    public = replace(engine, views={seen: view for seen, view in engine.views.items() if seen == frozenset({"public"})})
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as kept:
            Values(kept, protocol=5).dump(public)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    kept_before = sorted(file.parent.glob("*.engine"), key=lambda each: each.stat().st_mtime)
    for old in kept_before[:-MOST]:
        old.unlink(missing_ok=True)
