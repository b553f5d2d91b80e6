"""How answers look on each surface, to be read in review; `--update` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from messages import EXAMPLES
from outline import outline

from bot.render.blocks import blocks
from bot.render.fallback import fallback
from bot.render.markdown import markdown

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_looks_as_it_was_approved(name: str, request: pytest.FixtureRequest) -> None:
    message = EXAMPLES[name]
    shown = "\n".join(
        f"======== {title}\n{text}"
        for title, text in (
            ("Block Kit", outline(blocks(message))),
            ("text of the message", fallback(message) + "\n"),
            ("Markdown", markdown(message)),
        )
    )
    file = GOLDEN / f"{name}.txt"

    if request.config.getoption("--update"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(EXAMPLES)
