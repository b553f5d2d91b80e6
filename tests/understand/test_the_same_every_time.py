"""The same question has the same answer in every process, and what is read anew for its amounts keeps its places."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from opened import TODAY, open_company

from bot.domain.questions import Question
from bot.load.questions import read_questions
from bot.pipeline import answer

ROOT = Path(__file__).resolve().parents[2]
TUNE = ROOT / "bench" / "questions" / "tune"
SEEDS = ("1", "2")
"""Python orders sets of words by this, in each process by another."""


def told_with(seed: str, company: str) -> list[str]:
    """What is answered where sets have this order."""
    asked = [each.turns[0].text for each in read_questions([TUNE / f"{company}.yaml"]).conversations]
    command = [sys.executable, "-m", "bot", "ask", "--company", company, "--batch", "-", "--json"]
    lines = "\n".join(json.dumps({"question": text}) for text in asked)
    around = {**os.environ, "PYTHONHASHSEED": seed}
    ended = subprocess.run(command, check=False, input=lines, capture_output=True, text=True, cwd=ROOT, env=around)
    return [json.loads(line)["text"] for line in ended.stdout.splitlines()]


def test_the_order_of_sets_changes_no_answer() -> None:
    one, other = (told_with(seed, "none") for seed in SEEDS)

    assert len(one) > 90
    assert one == other


def test_a_duration_beside_an_entry_is_read_anew_and_answered() -> None:
    said = "this account will probably not use up what it bought, 7 months left. whos in the lead for the next commitment"

    assert answer(Question(said, TODAY), open_company("consumption-pods")).text
