"""A model as it was: the state of its folder on a day or at a commit, from the git repository that holds it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from datetime import date
from pathlib import Path


class HistoryError(Exception):
    """The model's past cannot be had; the message says why and what to do."""


def model_at(folder: Path, when: str) -> Path:
    """A new temporary folder with the model as it was at the end of a day (ISO date) or at a commit (hash). Raises HistoryError."""
    git = shutil.which("git")
    if git is None:
        raise HistoryError("git is not installed, so the model's past is not known.")
    revision = find_revision(git, folder, when)
    archive = run(git, folder, "archive", "--format=tar", revision, "--", ".")
    target = Path(tempfile.mkdtemp(prefix="rolecall-"))
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(target, filter="data")
    return target


def find_revision(git: str, folder: Path, when: str) -> str:
    """The commit that was current then."""
    try:
        day = date.fromisoformat(when)
    except ValueError:
        if not re.fullmatch(r"[0-9a-f]{4,64}", when):
            raise HistoryError(f'"{when}" is neither a date such as 2026-02-01 nor a commit\'s hash.') from None
        return run(git, folder, "rev-parse", "--verify", "--quiet", f"{when}^{{commit}}").decode().strip()
    found = run(git, folder, "rev-list", "-1", f"--before={day.isoformat()} 23:59:59", "HEAD", "--", ".").decode().strip()
    if not found:
        raise HistoryError(f"The model did not exist yet on {day.isoformat()}.")
    return found


def run(git: str, folder: Path, *arguments: str) -> bytes:
    """What git prints. Raises HistoryError when it fails."""
    try:
        done = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=True, timeout=60)  # noqa: S603
    except subprocess.CalledProcessError as error:
        if b"not a git repository" in error.stderr:
            raise HistoryError(f'"{folder}" is not in a git repository, so its past is not known. Keep the model under git.') from None
        raise HistoryError(f'git cannot find the model\'s state for "{arguments[-1]}".') from None
    except (OSError, subprocess.TimeoutExpired):
        raise HistoryError("git does not answer, so the model's past is not known.") from None
    return done.stdout
