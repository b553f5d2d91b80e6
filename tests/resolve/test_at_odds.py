"""Numbers that do not go with the segment that was named."""

from __future__ import annotations

import pytest
from opened import TODAY, open_company

from bot.domain.questions import Question
from bot.pipeline import answer

BY_NUMBERS = "By its numbers"


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("every-feature", "who owns the account of an enterprise customer with 3,000 employees and 200k ARR"),
        ("every-feature", "who owns a renewal in SMB"),
        ("every-feature", "who owns a 60k renewal"),
        ("gitlab-fy24", "who owns the account of a mid-market customer with 500 employees"),
        ("established-vendor", "who owns the renewal of a top account with 10k ARR"),
    ],
)
def test_nothing_is_said_where_numbers_go_with_the_segment_or_tell_none(company: str, text: str) -> None:
    assert BY_NUMBERS not in answer(Question(text, TODAY), open_company(company)).text


def test_it_is_said_beside_the_answer_and_changes_nothing_of_it() -> None:
    engine = open_company("gitlab-fy24")
    plain = answer(Question("who owns the account of a mid-market customer", TODAY), engine)
    said = answer(Question("who owns the account of a mid-market customer with 2,500 employees", TODAY), engine)
    assert "that customer would be Enterprise; I went by the segment that you named, Mid-Market." in said.text
    assert (said.resolution.outcome, said.resolution.result) == (plain.resolution.outcome, plain.resolution.result)
