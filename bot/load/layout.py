"""A model's folder -> its sections, each part still with its place.

`company.yaml` may hold any section. A file named after a section (`segments.yaml`), or in a folder named after one
(`rules/renewal.yaml`), holds that section alone. Files are read in sorted order, and nothing may depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.load.source import Document, KeyPath, read_file
from bot.problems import Place, Problem, did_you_mean, problem

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


@dataclass(slots=True)
class Folder:
    """A model's files, sorted into sections."""

    parts: dict[str, list[Part]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

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
        problems += found
        folder.sources[path] = document.text
        problems += sort_document(document, known, tuple(plain), folder)
    if not files and not refused:
        problems.append(
            problem(
                "no-model",
                Place(root.name or "."),
                f'there is no model in "{root.name}"',
                expected="a folder with a company.yaml",
                fix="run `rolecall init` to write one",
            )
        )
    return folder, problems


def list_files(root: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """The YAML files with their relative paths, sorted; links that lead out of the folder are refused."""
    if root.is_file():
        return [(root, root.name)], []
    files: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    base = root.resolve()
    for file in sorted(walk_files(root)):
        path = file.relative_to(root).as_posix()
        if not file.resolve().is_relative_to(base):
            problems.append(
                problem(
                    "unreadable",
                    Place(path),
                    "this link leads out of the model's folder",
                    expected="files inside the folder",
                    fix="copy the file into the folder",
                )
            )
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


def walk_files(root: Path) -> Iterator[Path]:
    """The YAML files below a folder; hidden files and folders are passed over."""
    for file in root.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        if file.suffix in (".yaml", ".yml") and not hidden and not file.is_dir():
            yield file


def sort_document(document: Document, sections: tuple[str, ...], plain: tuple[str, ...], folder: Folder) -> list[Problem]:
    """Puts the document's content under its sections; returns what does not belong."""
    if document.value is None:
        return []
    top, name = document.path.split("/")[0], Path(document.path).stem
    alone = top if "/" in document.path else name
    if alone in sections and not (isinstance(document.value, dict) and set(document.value) == {alone}):
        folder.parts.setdefault(alone, []).append(Part(document, (), document.value))
        return []
    if "/" in document.path and alone not in sections:
        return [
            problem(
                "unknown-file",
                Place(document.path),
                f'"{top}/" is not the name of a section, so this file is not read',
                expected=f"a folder named after a section: {', '.join(sections)}",
                fix=f"{did_you_mean(top, sections)}Rename the folder or move the file out of the model",
            )
        ]
    if not isinstance(document.value, dict):
        return [
            problem(
                "wrong-type",
                document.at(()),
                "this file is not a mapping",
                expected=f"sections such as `roles:` and `rules:`, or a file named after one ({', '.join(sections)})",
                fix="write `rules:` above the list, or name the file rules.yaml",
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
                    f'there is no section "{key}"',
                    expected=f"one of {', '.join((*plain, *sections))}",
                    fix=f"{did_you_mean(key, (*plain, *sections))}Otherwise remove it",
                )
            )
    return problems
