"""What somebody has to approve: asked with a role, for oneself, and where it is not known for whom."""

from __future__ import annotations

import pytest
from opened import TODAY, open_company

from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.pipeline import answer


def ask(text: str, company: str = "consumption-pods", role: str | None = None) -> Answer:
    return answer(Question(text, TODAY, role), open_company(company))


def test_a_manager_is_told_what_to_approve_and_to_decide() -> None:
    done = ask("what do I have to approve?", role="regional-director")

    assert (done.resolution.outcome, done.resolution.template) == ("answered", "approvals")
    assert done.message.headline == "You approve 2 things, as the Regional Director."
    assert "also asked: Deal Desk." in done.text
    assert "Decides when:" in done.text


def test_a_role_that_is_named_is_told_of_in_the_same_way() -> None:
    assert ask("what does the regional director approve?").message.headline == "The Regional Director approves 2 things."
    assert ask("what does the vp of sales approve?", "gitlab-fy24").resolution.outcome == "answered"


def test_without_a_role_it_is_asked_back_among_those_that_approve() -> None:
    done = ask("what do I have to approve?")

    assert done.resolution.outcome == "ask-back"
    assert "Regional Director" in done.message.options
    assert "Account Executive" not in done.message.options


@pytest.mark.parametrize("role", ["ae", "solutions-architect"])
def test_who_approves_nothing_is_told_so(role: str) -> None:
    assert ask("what do I have to approve?", role=role).message.headline.startswith("The rules name nothing that the ")


def test_what_is_named_is_answered_as_before() -> None:
    assert ask("who approves a discount?").resolution.template == "permission"
