"""Every case of the conversations, in its first wording, and every turn, on every surface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import FileShape
from opened import HERE, make_question, open_company
from surfaces import wrong_on_a_surface

from bot.domain.answers import Answer
from bot.domain.questions import Understood
from bot.load.layout import Part
from bot.load.shaping import shape_part
from bot.load.source import read_file
from bot.pipeline import answer

FILES = sorted((HERE / "conversations").glob("*.yaml"))


def answers(path: Path) -> Iterator[Answer]:
    document, problems = read_file(path, path.name)
    file = shape_part(FileShape, Part(document, (), document.value), problems)
    assert file, problems
    engine = open_company(file.company)
    for case in file.cases:
        before: Understood | None = None
        for said in (*case.say[:1], *(turn.say[0] for turn in case.turns)):
            done = answer(make_question(said, file, case, before), engine)
            yield done
            before = before if done.resolution.outcome == "not-understood" else done.understood


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_can_be_shown_everywhere(path: Path) -> None:
    wrong = {done.question.text: wrong_on_a_surface(done.message) for done in answers(path)}

    assert {asked: said for asked, said in wrong.items() if said} == {}
