"""*Why?* explains to somebody who sells: each case with its rule and reason, who keeps it, what was assumed; no files, no keys."""

from __future__ import annotations

import re

import pytest
from office import Office
from said_made import asked, replies

from bot.slack.why import why_message

PLACE = re.compile(r"\.yaml|rolecall why|\b[a-z]+(?:-[a-z]+)*: (?:over|under|yes|no|[a-z-]+),? ?[^.]*: needs\b")
QUESTIONS = (
    ("gitlab-fy24", "who owns renewal?"),
    ("gitlab-fy24", "who owns renewal for enterprise?"),
    ("gitlab-fy24", "who owns upsell?"),
    ("gitlab-fy24", "who supports renewal?"),
    ("gitlab-fy24", "is renewal the csm's?"),
    ("gitlab-fy24", "who owns renewal and upsell?"),
    ("gitlab-fy24", "why is it so for renewal?"),
    ("every-feature", "who owns renewal?"),
    ("every-feature", "who owns upsell?"),
    ("every-feature", "who owns upsell 30 days before renewal?"),
    ("consumption-pods", "who owns renewal?"),
    ("established-vendor", "who owns renewal?"),
)


def why(company: str, question: str) -> str:
    return why_message(asked(question), replies(company)).text


@pytest.mark.parametrize(("company", "question"), QUESTIONS)
def test_no_file_and_no_key_of_the_model_is_named(company: str, question: str) -> None:
    assert not PLACE.search(why(company, question))
    assert not PLACE.search(replies(company).reply(asked(question)).out.text)


def test_each_case_is_told_with_its_reason_its_rule_and_what_was_assumed() -> None:
    told = why("every-feature", "who owns renewal?").splitlines()

    assert told[0] == "The rules say something else in each case."
    assert (
        "- SMB: the Renewals Manager. A Scaled CSM has no time for paper, and an Account Manager no interest in it. "
        'Rule "renewal" (SMB), kept by the VP of Customer Success, verified 14 Sep 2026.'
    ) in told
    assert [line for line in told if line.startswith("Taken for granted, because the question does not say otherwise: re-order; on time;")]
    assert "- Win-back: as for landing new business. Taken for granted: on time." in told
    assert len(told) < 25


def test_a_reason_that_all_cases_share_is_told_first_and_once() -> None:
    told = why("gitlab-fy24", "who owns renewal?")

    assert told.startswith("The AE or SAL owns the opportunity, negotiates contract and price and writes the plan;")
    assert told.count("The AE or SAL owns the opportunity") == 1
    assert "it goes by who owns the account." in told


def test_those_who_keep_the_rules_see_where_they_stand_and_others_do_not(office: Office) -> None:
    said = office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?").answer

    assert ".yaml" not in office.alice.clicks("Why?", on=said).answer.reads
    assert "renewal stands at company.yaml:" in office.rita.clicks("Why?", on=said).answer.reads
