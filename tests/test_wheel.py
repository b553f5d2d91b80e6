"""The wheel works in any folder: it holds the knowledge and the templates, and answers without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel brings."""
    out = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        wheel.extractall(target)  # our own file
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command from the unpacked wheel, in another folder."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "ROLECALL_COMPANY": ""}
    return subprocess.run([sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, cwd=cwd, env=environment, check=False)


def test_the_wheel_holds_knowledge_prompts_and_licence(installed: Path) -> None:
    shipped = installed / "bot" / "shipped"

    assert (shipped / "knowledge" / "guidance" / "archetypes.yaml").is_file()
    assert (shipped / "knowledge" / "companies" / "gitlab-fy24" / "company.yaml").is_file()
    assert (shipped / "prompts" / "answered" / "who.j2").is_file()
    assert {file.name for file in (shipped / "migrations").rglob("*")} >= {"env.py", "v0001_storage.py"}
    assert not list(shipped.rglob("__pycache__"))
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def test_the_wheel_answers_checks_and_starts_a_model_in_any_folder(installed: Path, tmp_path: Path) -> None:
    asked = run(installed, tmp_path, "ask", "who owns renewal?", "--company", "five-lines")
    made = run(installed, tmp_path, "init", "model", "--from", "start-up")
    checked = run(installed, tmp_path, "check", "model")

    assert asked.stdout.startswith("The Customer Success Manager owns renewal."), asked.stderr
    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stdout


def test_the_wheel_makes_its_tables_in_any_folder(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "DATABASE_URL": f"sqlite:///{tmp_path / 'rolecall.db'}"}
    code = "from bot.config import read_settings; from bot.store import open_store; print(open_store(read_settings()).where)"
    opened = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)

    assert str(tmp_path / "rolecall.db") in opened.stdout, opened.stderr
