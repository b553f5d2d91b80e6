"""The model of a running bot: read again when its files change or somebody asks, and replaced only by one without errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread

from bot.domain.questions import Question
from bot.load import Loaded, guidance_folder, load_company, load_shipped
from bot.pipeline import Engine, answer, open_engine
from bot.problems import format_discreetly

LOOK = 1.0
"""Seconds between looks at the files. Two that are alike, after a change, mean that somebody has done with them."""
WARMED = 8
"""For how many audiences alone something is worked out in advance."""
FIRST = ("who owns renewal?", "what does the CSM do?", "help", "xyzzy")
"""Questions by which the templates that are used most are compiled."""
YAML = (".yaml", ".yml")
NO_FOLDER = "The folder of the model (ROLECALL_COMPANY) does not exist."
SHOWN = 10
"""The most errors that are told at once."""

Seen = frozenset[tuple[str, int, int, int]]


@dataclass(frozen=True, slots=True)
class Loading:
    """What came of reading the model."""

    ok: bool
    changed: bool
    errors: tuple[str, ...] = ()
    count: int = 0
    places: tuple[str, ...] = ()
    """Where the errors are and of which kind: what may stand in a log, unlike the words of the files."""
    missing: bool = False
    """Whether there is no such folder."""

    @property
    def told(self) -> str:
        """The errors, one beneath the other, as far as anybody reads on."""
        left = self.count - len(self.errors)
        return "\n\n".join(self.errors) + (f"\n\nand {left} more; `rolecall check` shows all" if left > 0 else "")

    @property
    def summary(self) -> str:
        """What is wrong, in a sentence for those who run the bot."""
        if self.missing:
            return self.errors[0]
        many = self.count != 1
        return (
            f"The model has {self.count} error{'s' * many}, so its rules do not answer. `rolecall check` shows {'them' if many else 'it'}."
        )


def warm(engine: Engine, today: date) -> None:
    """Works out now what the first question of each audience would wait for: its words, its rules, the templates."""
    restricted = sorted(engine.company.restricted_to())
    for audiences in [frozenset[str](), *(frozenset({name}) for name in restricted[:WARMED]), frozenset(restricted)]:
        engine.view(audiences)
    for text in FIRST:
        answer(Question(text, today), engine)


class Live:
    """The one model that answers now."""

    def __init__(self, folder: Path | None, today: Callable[[], date]) -> None:
        self.folder, self.today = folder, today
        self.answering: Engine | None = None
        self.version = ""
        """The hash of the model's files; empty where there is no model."""
        self.last = Loading(ok=folder is None, changed=False)
        self.keepers: tuple[str, ...] = ()
        """Those who keep the model, as far as it could be read when it was last read."""
        self.seen: Seen = frozenset()
        """The files as they were when they were last read."""
        self.turn = Lock()
        self.stopped = Event()

    @property
    def engine(self) -> Engine:
        """What answers now. It has been loaded."""
        assert self.answering is not None
        return self.answering

    @property
    def has_rules(self) -> bool:
        """Whether a company's own rules answer."""
        return bool(self.version)

    def load(self) -> Loading:
        """Reads the model; where it has errors, the one before goes on answering."""
        with self.turn:
            if self.folder is not None:
                self.seen = files_in(self.folder)
                self.last = self.read(self.folder)
            if self.answering is None:  # until a model without errors has been read, the guidance alone
                engine, _ = open_engine(load_company(None, guidance_folder(), self.today()), load_shipped())
                warm(engine, self.today())
                self.answering = engine
            return self.last

    def read(self, folder: Path) -> Loading:
        """Reads a folder and, where it is sound, answers from it."""
        if not folder.exists():
            return Loading(ok=False, changed=False, errors=(NO_FOLDER,), count=1, places=("no-folder",), missing=True)
        loaded = load_company(folder, guidance_folder(), self.today())
        engine, problems = open_engine(loaded, load_shipped())
        self.keepers = loaded.company.maintainers or self.keepers
        wrong = [found for found in problems if found.severity == "error"]
        if wrong:
            errors = tuple(format_discreetly(found) for found in wrong[:SHOWN])
            places = tuple(f"{found.place} {found.slug}" for found in wrong[:SHOWN])
            return Loading(ok=False, changed=False, errors=errors, count=len(wrong), places=places)
        version = hash_of(loaded)
        changed = version != self.version
        if changed:
            warm(engine, self.today())
            self.answering, self.version = engine, version
        return Loading(ok=True, changed=changed)

    def watch(self, then: Callable[[Loading], None]) -> Thread | None:
        """Reads the model whenever its files change, in a thread of its own, and tells what came of it."""
        if self.folder is None:
            return None
        thread = Thread(target=self.follow, args=(self.folder, then), name="model", daemon=True)
        thread.start()
        return thread

    def follow(self, folder: Path, then: Callable[[Loading], None]) -> None:
        """Looks at the files until it is stopped.

        They are looked at by their names, now and then: what tells of changes tells nothing of a folder that was put in the place of
        another, of one that is not there yet, or of one on a network.
        """
        before = self.seen
        while not self.stopped.wait(LOOK):
            now = files_in(folder)
            if now == before and now != self.seen:
                try:
                    then(self.load())
                except OSError:  # a file went while it was read: again, once they stay as they are
                    self.seen = frozenset()
            before = now

    def stop(self) -> None:
        """Watches no longer."""
        self.stopped.set()


def files_in(folder: Path) -> Seen:
    """The files of a model, each with what changes when it does; none where there is no folder."""
    found: set[tuple[str, int, int, int]] = set()
    with suppress(OSError):
        for file in (folder, *folder.rglob("*")):
            if file.suffix.lower() in YAML:
                with suppress(OSError):
                    stat = file.stat()
                    found.add((str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return frozenset(found)


def hash_of(loaded: Loaded) -> str:
    """What tells two models apart: their files and what is in them."""
    seen = hashlib.sha256()
    for path, text in sorted(loaded.sources.items()):
        seen.update(f"{path}\0{text}\0".encode("utf-8", "replace"))
    return seen.hexdigest()[:16]
