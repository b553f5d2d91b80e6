"""Where what ships with Rolecall stands (inside the wheel, else beside the package in a checkout), and what can be made again is kept."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """`knowledge`, `prompts` or `migrations`."""
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


def cache_folder() -> Path | None:
    """Where this user's programs keep what can be made again; None where this user has no home."""
    given = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "rolecall"
    except RuntimeError:
        return None
