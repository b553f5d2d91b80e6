"""What ships with Rolecall: guidance, language, templates, example companies; from the wheel or from a checkout."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.language import Language
from bot.load.language import load_language
from bot.problems import Problem

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """The language and the templates, and what is wrong with them."""

    language: Language
    templates: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def shipped_folder(name: str) -> Path:
    """`knowledge` or `prompts`: inside the wheel, else beside the package in a checkout."""
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def guidance_folder() -> Path:
    """The industry's guidance."""
    return shipped_folder("knowledge") / "guidance"


def example_folder(name: str) -> Path:
    """An example company."""
    return shipped_folder("knowledge") / "companies" / name


def example_names() -> list[str]:
    """The example companies."""
    return sorted(folder.name for folder in (shipped_folder("knowledge") / "companies").iterdir() if folder.is_dir())


def load_shipped() -> Shipped:
    """The language and the templates as they ship."""
    language, problems, _ = load_language(shipped_folder("knowledge") / "language")
    root = shipped_folder("prompts")
    texts = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.j2"))}
    return Shipped(language, texts, problems)
