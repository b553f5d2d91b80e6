"""Ask a human goes to whoever the model names for what was asked, and the preview claims no more than the model says."""

from __future__ import annotations

import pytest
from companies import here_at
from office import Office
from opened import TODAY

from bot.domain.questions import Question
from bot.pipeline import answer
from bot.slack.views.contacts import Contact, contact_for


def contact(question: str, company: str) -> Contact:
    here = here_at(company)
    return contact_for(answer(Question(question, TODAY), here.engine), here)


@pytest.mark.parametrize(
    ("company", "question", "team", "why"),
    [
        ("gitlab-fy24", "who owns renewal?", "renewal-ops", "takes"),
        ("gitlab-fy24", "who owns renewal for enterprise?", "renewal-ops", "takes"),
        ("gitlab-fy24", "who owns bug reports?", None, ""),
        ("gitlab-fy24", "who owns the commission question?", None, ""),
        ("gitlab-fy24", "what does the csm do?", None, ""),
        ("gitlab-fy24", "what is the meaning of life?", None, "keeps-most"),
        ("every-feature", "who owns renewal for enterprise?", None, ""),
        ("consumption-pods", "who owns renewal?", "revops", "keeps"),
        ("every-feature", "can a csm promise a feature by a date?", "product", "keeps"),
        ("every-feature", "what is the meaning of life?", "revops", "keeps-most"),
        ("acme", "what is the meaning of life?", None, "keeps-most"),
        ("hostile", "who owns renewal?", None, ""),
    ],
)
def test_whom_a_question_goes_to(company: str, question: str, team: str | None, why: str) -> None:
    found = contact(question, company)

    assert (found.team.id if found.team else None, found.why) == (team, why)


def test_who_keeps_the_rule_is_named_also_where_they_have_no_channel() -> None:
    assert contact("who owns bug reports?", "gitlab-fy24").keepers == ("csm-org",)
    assert contact("who owns bug reports?", "gitlab-fy24").hows == ("a support ticket",)


def test_a_team_without_a_channel_is_no_promise(office: Office) -> None:
    model = office.model.read_text().replace("kept-by: revops", "kept-by: deal-desk")
    office.model.write_text(model)
    office.edge.reload()
    said = office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?").answer
    office.alice.clicks("Ask a human", on=said)

    assert "No team that keeps these rules has a channel in Slack that I know of." in office.alice.modal.reads
    assert "Please ask Deal Desk yourself: it keeps the rules of what you asked." in office.alice.modal.reads
    assert "who owns a 40k smb renewal?" in office.alice.modal.reads
    assert "RevOps" not in office.alice.modal.reads


def test_a_channel_that_is_known_to_be_closed_is_said_before_anything_is_promised(office: Office) -> None:
    office.slack.channel("#revops", members=[office.rita])
    office.slack.allows("C*")
    office.edge.check_teams()
    said = office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?").answer
    office.alice.clicks("Ask a human", on=said)

    assert "I cannot post that in #revops, the channel of RevOps.\nI am not in the channel: invite me there." in office.alice.modal.reads
    assert "will be posted" not in office.alice.modal.reads


def test_two_open_questions_are_told_apart_by_their_answers(office: Office) -> None:
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")
    for question in ("who owns a 40k smb renewal?", "who owns upsell for enterprise?"):
        said = office.alice.mentions(office.bot, "#deals", question).answer
        office.alice.clicks("Ask a human", on=said)
        office.alice.submits()
        office.slack.settle()
    first, second = office.rita.sees("#revops")[-2:]
    office.rita.replies(second, "The AE.")
    office.slack.settle()
    assert "rita answers your question:\nwho owns upsell for enterprise?\nThe answer:\nThe AE." in office.alice.last_message().reads
    office.rita.replies(first, "The Digital CSM.")
    office.slack.settle()

    assert "rita answers your question:\nwho owns a 40k smb renewal?\nThe answer:\nThe Digital CSM." in office.alice.last_message().reads
