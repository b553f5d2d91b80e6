"""What to ask next: enough of it, and every question that is offered is answered when it is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opened import TODAY, open_company

from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.pipeline import Engine, answer

COMPANIES = (
    "acme",
    "lighthouse",
    "every-feature",
    "gitlab-fy24",
    "consumption-pods",
    "fleet",
    "established-vendor",
    "start-up",
    "five-lines",
)
BESIDE = (
    "show me the rules of engagement",
    "who keeps these rules?",
    "what happens after the deal is closed?",
    "who settles a dispute?",
    "who meets the champion?",
    "can a csm give a discount?",
    "which segments are there?",
    "is renewal mine?",
    "who owns renewal for smb at 40k?",
    "xyzzy plugh",
    "renewal xyzzy",
)


def ask(text: str, engine: Engine) -> Answer:
    return answer(Question(text, TODAY), engine)


def asked_at_first(engine: Engine) -> Iterator[str]:
    """A question on everything that is ruled on, on every role and team, and on what there is beside."""
    company = engine.company
    ruled = [subject for id, subject in company.subjects.items() if engine.view()[1].is_ruled(id)]
    yield from (f"Who owns {subject.phrase}?" for subject in ruled)
    yield from (f"Who owns {subject.phrase} for {segment.name}?" for subject in ruled for segment in [*company.segments.values()][:1])
    yield from (f"When does {subject.phrase} start?" for subject in ruled if subject.kind == "motion")
    yield from (f"What does {party.name} do?" for party in company.parties.values() if party.kind in ("role", "team"))
    yield from BESIDE


@pytest.mark.parametrize("company", COMPANIES)
def test_every_question_that_is_offered_is_answered(company: str) -> None:
    engine = open_company(company)
    known, waiting = set[str](), [*asked_at_first(engine)]
    for _ in range(3):
        offered = dict.fromkeys(question for text in waiting for question in ask(text, engine).message.next)
        waiting = [question for question in offered if question not in known]
        known.update(waiting)

    outcomes = {question: ask(question, engine).resolution.outcome for question in known}
    assert {question: outcome for question, outcome in outcomes.items() if outcome in ("not-understood", "ask-back", "declined")} == {}
    assert [question for question in known if "the the " in question.lower() or question.startswith("Why is it so")] == []


@pytest.mark.parametrize("company", [each for each in COMPANIES if each != "lighthouse"])
def test_who_owns_a_motion_leads_on_to_two_to_four_questions(company: str) -> None:
    engine = open_company(company)
    motions = [subject for id, subject in engine.company.subjects.items() if subject.kind == "motion" and engine.view()[1].is_ruled(id)]

    offered = {motion.id: ask(f"who owns {motion.name}?", engine).message.next for motion in motions}
    assert {id: questions for id, questions in offered.items() if not 2 <= len(questions) <= 4} == {}
    assert all(len({*questions}) == len(questions) for questions in offered.values())


def test_what_is_offered_is_near_to_what_was_asked() -> None:
    offered = ask("who owns renewal?", open_company("gitlab-fy24")).message.next

    assert offered == (
        "Who supports renewal?",
        "When does renewal start?",
        "What are the steps of renewal?",
        "Who owns cross-sell?",
    )
    assert "Who owns renewal for Public Sector?" in ask("who owns renewal for smb?", open_company("every-feature")).message.next
    assert "What is not the Customer Success Manager's job?" in ask("what does the csm do?", open_company("gitlab-fy24")).message.next
