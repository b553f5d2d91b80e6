"""What a team writes in the thread of a question that was sent to them: it goes to who asked, whatever it looks like, unless it stays."""

from __future__ import annotations

import time
from typing import Any

import pytest
from fakeslack.faults import Fault
from fakeslack.state import Message
from office import Office

from bot.store import StoreError

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


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


FAULTS: list[dict[str, Any]] = [{"status": 429, "retry_after": 0}, {"status": 503}, {"drop": True}]


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr("bot.slack.delivery.PAUSES", (0.05, 0.05, 0.05, 0.05))
    monkeypatch.setattr("bot.slack.workers.POLL", 0.02)


def idle(office: Office, seconds: float = 10.0) -> bool:
    """Whether nothing is left to be said, once there has been time for it."""
    end = time.monotonic() + seconds
    while office.store.backlog().waiting and time.monotonic() < end:
        time.sleep(0.02)
    return office.store.backlog().waiting == 0


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("how", FAULTS)
def test_that_it_was_passed_on_is_said_until_slack_takes_it(office: Office, posted: Message, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postEphemeral", times=3, **how)
    office.rita.mentions(office.bot, "#revops", "It is the AE", thread=posted)
    assert idle(office)

    assert len(passed_on(office)) == 1
    assert office.rita.last_message().reads == "I passed that on to alice."


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("how", FAULTS)
def test_a_question_of_the_team_is_answered_once_slack_takes_it(office: Office, posted: Message, how: dict[str, Any]) -> None:
    office.slack.fails("chat.postMessage", channel="#revops", times=3, **how)
    office.rita.mentions(office.bot, "#revops", "who owns renewal for enterprise?", thread=posted)
    assert idle(office)

    assert len(passed_on(office)) == 1
    said = [each.reads for each in office.rita.sees("#revops") if each.bot_id][1:]
    assert [each.startswith("The Account Executive owns renewal (Enterprise).") for each in said] == [True]


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("how", FAULTS)
def test_who_asked_hears_that_the_team_has_the_question(office: Office, how: dict[str, Any]) -> None:
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    office.alice.clicks("Ask a human")
    office.slack.faults.script(Fault("chat.postMessage", channel=office.alice.id, times=2, **how))
    office.alice.submits()
    assert idle(office)

    assert next(each.reads for each in office.alice.sees(to=office.bot)).startswith("RevOps has your question.")


@pytest.mark.usefixtures("quickly")
def test_a_reply_comes_back_though_the_store_was_away_when_the_question_was_posted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    office.alice.clicks("Ask a human")
    opened, away = office.store.__class__.open_route, [1, 1]

    def open_route(self: Any, *given: Any) -> None:
        if away:
            away.pop()
            raise StoreError("The store is away.")
        opened(self, *given)

    monkeypatch.setattr(office.store.__class__, "open_route", open_route)
    office.alice.submits()
    assert idle(office)
    (posted,) = [each for each in office.rita.sees("#revops") if each.bot_id]
    office.rita.replies(posted, "The Digital CSM.")

    assert len(passed_on(office)) == 1


@pytest.mark.usefixtures("quickly")
def test_a_team_is_told_where_who_asked_cannot_be_written_to(office: Office, posted: Message) -> None:
    office.slack.faults.script(Fault("chat.postMessage", "user_disabled", channel=office.alice.id, times=1))
    office.rita.replies(posted, "The Digital CSM.")
    told = office.rita.last_message()

    assert told.reads == "I could not pass that on to alice: Slack does not let me write to them. Please tell them yourself, if you can."
    assert told.ephemeral_to == office.rita.id
    assert told.thread_ts == posted.ts


@pytest.mark.usefixtures("quickly")
def test_a_team_is_told_where_what_they_wrote_does_not_arrive_for_long(office: Office, posted: Message) -> None:
    office.slack.faults.script(Fault("chat.postMessage", channel=office.alice.id, times=5, status=503))
    office.rita.replies(posted, "The Digital CSM.")
    assert idle(office)

    assert office.rita.last_message().reads.startswith("I could not pass on what you wrote.")


def test_whom_a_team_names_is_named_to_who_asked_and_not_called(office: Office, posted: Message) -> None:
    bob, deals = office.bob.id, office.slack.find_channel("#deals").id
    text = f"Ask <@{bob}> in <#{deals}>, or <@{bob}|robert>, <!here>, <!subteam^S12|@leads>, <!subteam^S12>."
    office.rita.replies(posted, text, raw=True)
    office.slack.settle()
    (said,) = [each for each in office.alice.sees(to=office.bot) if "answers your question:" in each.reads]

    assert "Ask @bob in #deals, or @bob, @here, @leads, @group." in said.reads.replace("\u2060", "")
    assert not [each for each in ("<@", "<#", "<!") if each in said.text]


def test_a_file_of_the_team_is_told_of_with_a_link_to_it(office: Office, posted: Message) -> None:
    office.slack.allows("https://*.slack.com/archives/*")
    office.rita.writes("", "#revops", thread=posted, subtype="file_share", attachments=[{"id": 1, "fallback": "chart.png"}])
    (said,) = passed_on(office)

    assert "With that came a file, which I cannot pass on. See it in the thread: https://" in said


def test_a_long_answer_of_the_team_says_that_there_is_more_and_where(office: Office, posted: Message) -> None:
    office.slack.allows("https://*.slack.com/archives/*")
    office.rita.replies(posted, "word " * 700 + "finally the Digital CSM.")
    (said,) = passed_on(office)

    assert "They wrote more than fits here. See it in the thread: https://" in said
