"""The house stays a house: sizes, one screen of pipeline, nothing left over, nothing of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.load import guidance_folder, load_company, load_shipped
from bot.render import Templates
from bot.resolve.intents import RESOLVERS

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
FOREIGN = re.compile(r"/(work|root|home)/\w|py" r"pi\.org|python" r"hosted\.org|registry\.np" r"mjs|deb\.deb" r"ian\.org")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_fits_in_three_hundred_lines_and_a_function_in_forty(module: Path) -> None:
    text = module.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} is {(node.end_lineno or 0) - node.lineno + 1} lines long"


def test_the_pipeline_is_one_screen() -> None:
    assert len((ROOT / "bot" / "pipeline.py").read_text(encoding="utf-8").splitlines()) <= 60


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_nothing_names_a_machine_or_is_left_over() -> None:
    for file in tracked_files():
        if file.suffix not in (".py", ".md", ".yaml", ".j2", ".toml", ".lock", ".txt", "") or file == Path(__file__):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        assert not FOREIGN.search(text), f"{file.relative_to(ROOT)}: {FOREIGN.search(text)}"
        if file.suffix == ".py":
            assert not LEFT_OVER.search(text), f"{file.relative_to(ROOT)}: {LEFT_OVER.search(text)}"


def test_every_intent_has_a_resolver_and_every_resolver_an_intent() -> None:
    shipped = load_shipped()

    assert not shipped.problems
    assert {intent.id for intent in shipped.language.intents} == set(RESOLVERS)


def test_every_template_compiles_and_is_used() -> None:
    shipped = load_shipped()
    company = load_company(None, guidance_folder(), date(2026, 11, 22)).company

    assert Templates(shipped.templates, company).check() == []
