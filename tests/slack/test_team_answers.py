"""What a team writes in the thread of a question that was sent to them: it goes to who asked, whatever it looks like, unless it stays."""

from __future__ import annotations

import pytest
from fakeslack.state import Message
from office import Office


@pytest.fixture
def posted(office: Office) -> Message:
    """Alice's question in the channel of the team."""
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")
    said = office.alice.mentions(office.bot, "#deals", "who owns a 40k smb renewal?").answer
    office.alice.clicks("Ask a human", on=said)
    office.alice.submits()
    office.slack.settle()
    return office.rita.sees("#revops")[-1]


def passed_on(office: Office) -> list[str]:
    """What alice was told of the team's words."""
    office.slack.settle()
    return [each.reads for each in office.alice.sees(to=office.bot) if "answers your question:" in each.reads]


ANSWERS = ("The Digital CSM keeps it. Does that help?", "What a question! The AE.", "Is it SMB? Then ask Bob", "It is the AE")
SCOPES = {"app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read", "channels:read", "groups:read"}


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_with_a_mention_reaches_who_asked_also_where_it_looks_like_a_question(office: Office, posted: Message, text: str) -> None:
    office.rita.mentions(office.bot, "#revops", text, thread=posted)

    assert len(told := passed_on(office)) == 1
    assert text in told[0]
    assert office.rita.last_message().reads == "I passed that on to alice."
    assert office.rita.last_message().ephemeral_to == office.rita.id


def test_what_is_a_question_to_the_bot_as_well_is_passed_on_and_answered(office: Office, posted: Message) -> None:
    office.rita.mentions(office.bot, "#revops", "who owns renewal for enterprise?", thread=posted)

    assert "who owns renewal for enterprise?" in passed_on(office)[0]
    assert office.rita.last_message().reads.startswith("The Account Executive owns renewal (Enterprise).")
    assert office.rita.last_message().thread_ts == posted.ts


@pytest.mark.parametrize("text", ["// ugh, alice again…", "(internal) who takes this?", "(Internal) me"])
def test_what_is_marked_as_internal_stays_as_the_post_says(office: Office, posted: Message, text: str) -> None:
    assert "A message that begins with // or (internal) stays here." in posted.reads
    office.rita.replies(posted, text)
    assert passed_on(office) == []
    office.rita.replies(posted, "The Digital CSM.")

    assert len(passed_on(office)) == 1


def test_a_question_to_the_bot_that_is_marked_as_internal_is_answered_and_stays(office: Office, posted: Message) -> None:
    office.rita.mentions(office.bot, "#revops", "// who owns renewal for enterprise?", thread=posted)

    assert passed_on(office) == []
    assert office.rita.last_message().reads.startswith("The Account Executive owns renewal (Enterprise).")


def test_without_the_history_of_channels_the_post_asks_for_a_mention(empty_office: Office) -> None:
    office = empty_office
    office.bot.scopes = SCOPES
    office.starts()
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    office.alice.clicks("Ask a human")
    assert "with a mention of me" in office.alice.modal.reads
    office.alice.submits()
    office.slack.settle()

    assert "alice is told what you write in this thread with a mention of me." in office.rita.sees("#revops")[-1].reads
