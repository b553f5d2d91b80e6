"""A model's folder -> its sections, each part still with its place.

`company.yaml` may hold any section. A file named after a section (`segments.yaml`), or in a folder named after one
(`rules/renewal.yaml`), holds that section alone. Files are read in sorted order, and nothing may depend on it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.load.source import Document, KeyPath, read_file
from bot.problems import Place, Problem, did_you_mean, printable, problem

MAX_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a section: where it is, and what it is."""

    document: Document
    path: KeyPath
    value: Any

    def at(self, *inner: str | int, key: bool = False) -> Place:
        """The place of a part inside; steps that are not in the file are passed over."""
        path = self.path
        for step in inner:
            longer = (*path, step)
            if longer in self.document.values:
                path = longer
        return self.document.at(path, key=key)


def entry_at(part: Part, key: str, index: int) -> Part:
    """One entry of a list under a key, where a single entry may stand without the list."""
    value = part.document.value
    for step in (*part.path, key):
        value = value[step]
    return Part(part.document, (*part.path, key, index) if isinstance(value, list) else (*part.path, key), None)


@dataclass(slots=True)
class Folder:
    """A model's files, sorted into sections."""

    parts: dict[str, list[Part]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """The sections of which something could not be read: names that seem to be missing may stand there."""
    unsure: bool = False
    """Whether something could not be read of which nobody can tell to which section it belongs."""

    def section(self, name: str) -> list[Part]:
        """The parts of a section, in the order of the files."""
        return self.parts.get(name, [])


def read_folder(root: Path, sections: Iterable[str], plain: Iterable[str]) -> tuple[Folder, list[Problem]]:
    """All YAML files below the folder (or the one file), as sections, and what is wrong with them."""
    known, folder, problems = tuple(sections), Folder(), []
    files, refused = list_files(root)
    problems += refused
    for file, path in files:
        document, found = read_file(file, path)
        folder.sources[path] = document.text
        found += sort_document(document, known, tuple(plain), folder)
        note_lost(document, found, (*known, *plain), folder)
        problems += found
    if not files and not refused:
        problems.append(
            problem(
                "no-model",
                Place(printable(root.name) or "."),
                f'there is no model in "{printable(root.name)}"',
                expected="a folder with a company.yaml",
                fix="run `rolecall init` to write one",
            )
        )
    for refusal in refused:
        folder.lost |= sections_of(refusal.place.path, (*known, *plain))
    return folder, problems


def note_lost(document: Document, problems: Iterable[Problem], sections: tuple[str, ...], folder: Folder) -> None:
    """Notes of which sections something in the file could not be read."""
    here = sections_of(document.path, sections)
    folder.lost |= {each for key in document.lost for each in (here if len(here) == 1 or key not in sections else {key})}
    for found in problems:
        if found.slug == "unknown-key":
            meant = close_to(found.place, document, sections)
            folder.lost |= {meant} if meant else set()
            folder.unsure |= not meant
        elif found.slug != "duplicate-key":
            folder.lost |= here
            folder.unsure |= not here


def close_to(place: Place, document: Document, sections: tuple[str, ...]) -> str:
    """The section that a misspelt one at a place is meant to be; empty when none is near."""
    key = next((str(path[0]) for path, at in document.keys.items() if at == place and len(path) == 1), "")
    return meant_section(key, sections)


def meant_section(word: str, sections: Iterable[str]) -> str:
    """The section that a word is meant to be, as `did_you_mean` says it; empty when none is near."""
    return did_you_mean(word, sections).removeprefix('did you mean "').removesuffix('"? ')


def sections_of(path: str, sections: tuple[str, ...]) -> set[str]:
    """The sections of which a file may hold something: the one that it is named after, else any; none in a folder that means none."""
    alone = path.split("/", maxsplit=1)[0] if "/" in path else Path(path).stem
    if alone not in sections and alone != "company":
        alone = meant_section(alone, sections)
    if alone in sections and alone != "company":
        return {alone}
    return set() if "/" in path else set(sections)


def list_files(root: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """The YAML files with their relative paths, sorted; links that lead out of the folder are refused."""
    if root.is_file():
        return [(root, printable(root.name))], []
    files: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    base = os.path.realpath(root)
    for file in sorted(walk_files(root, problems)):
        path = path_of(file, root)
        if os.path.commonpath([base, os.path.realpath(file)]) != base:
            problems.append(not_read(path, "this link leads out of the model's folder", "copy the file into the folder"))
        elif file.is_dir():
            problems.append(not_read(path, "this is a link to a folder, and such links are not followed", "move the folder itself here"))
        elif len(files) == MAX_FILES:
            problems.append(
                problem(
                    "too-large",
                    Place(path),
                    f"the folder has more than {MAX_FILES:,} files",
                    expected=f"at most {MAX_FILES:,} files",
                    fix="keep one model a folder",
                )
            )
            break
        else:
            files.append((file, path))
    return files, problems


def not_read(path: str, what: str, fix: str) -> Problem:
    """The problem of something in the folder that is not opened."""
    return problem("unreadable", Place(path), what, expected="ordinary files and folders inside the model's folder", fix=fix)


def path_of(file: Path, root: Path) -> str:
    """The path relative to the model's folder, fit to be printed."""
    return printable(file.relative_to(root).as_posix())


def walk_files(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """The YAML files below a folder, and links to folders; hidden files and folders are passed over."""

    def refuse(error: OSError) -> None:
        path = path_of(Path(error.filename), root)
        reason = (error.strerror or "it cannot be opened").lower()
        problems.append(not_read(path, f"this folder cannot be read: {reason}", "look who may open it"))

    for folder, inner, names in os.walk(root, onerror=refuse):
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield from (Path(folder, name) for name in inner if Path(folder, name).is_symlink())
        yield from (Path(folder, name) for name in names if name.lower().endswith((".yaml", ".yml")) and not name.startswith("."))


def sort_document(document: Document, sections: tuple[str, ...], plain: tuple[str, ...], folder: Folder) -> list[Problem]:
    """Puts the document's content under its sections; returns what does not belong."""
    if document.value is None:
        return []
    top, name = document.path.split("/")[0], Path(document.path).stem
    alone = top if "/" in document.path else name
    named = isinstance(document.value, dict) and alone in document.value and set(document.value) <= {*sections, *plain}
    if alone in sections and not named:
        folder.parts.setdefault(alone, []).append(Part(document, (), document.value))
        return []
    if "/" in document.path and alone not in sections:
        return [
            problem(
                "unknown-file",
                Place(document.path),
                f'"{top}/" is not the name of a section, so this file is not read',
                expected=f"a folder named after a section: {', '.join(sections)}",
                fix=f"{did_you_mean(top, sections)}Otherwise rename the folder, or move the file out of the model",
            )
        ]
    if not isinstance(document.value, dict):
        return [
            problem(
                "wrong-type",
                document.at(()),
                "this file does not say which section it is" if isinstance(document.value, list) else "this file is only text",
                expected=f"sections such as `roles:` and `rules:`, or a file named after one: {', '.join(sections)}",
                fix="write `rules:` (or the section it is) above, or name the file after it: rules.yaml",
            )
        ]
    return sort_sections(document, sections, plain, folder)


def sort_sections(document: Document, sections: tuple[str, ...], plain: tuple[str, ...], folder: Folder) -> list[Problem]:
    """Each top-level key of a mapping is a section or a plain key."""
    problems = []
    for key, value in document.value.items():
        if key in sections or key in plain:
            folder.parts.setdefault(key, []).append(Part(document, (key,), value))
        else:
            problems.append(
                problem(
                    "unknown-key",
                    document.at((key,), key=True),
                    f'there is no section "{key[:60]}"',
                    expected=f"one of {', '.join((*plain, *sections))}",
                    fix=f"{did_you_mean(key, (*plain, *sections))}Otherwise remove it",
                )
            )
    return problems
