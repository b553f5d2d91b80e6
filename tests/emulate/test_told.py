"""emulate behind a front that tells which channels are shared: what people get in channels."""

from __future__ import annotations

import pytest
from fakeslack.people import Act

from emulate.people import Person
from emulate.workspace import Workspace

QUESTION = "who owns a 40k smb renewal?"
KEPT = "who owns the account in smb?"
"""What a team with a channel keeps the rules of."""
OWNS = "The Renewals Manager owns renewal (SMB, ARR €40k)."
NEXT = "Who supports renewal (SMB, ARR €40k)?"
THEN = "The Strategic CSM owns renewal (ARR €40k, Enterprise)."


@pytest.fixture
def alice(told: Workspace) -> Person:
    return told.named("alice")


@pytest.fixture
def bob(told: Workspace) -> Person:
    return told.named("bob")


@pytest.fixture
def rita(told: Workspace) -> Person:
    return told.named("rita")


def asks(told: Workspace, text: str = QUESTION) -> Act:
    """Alice asks in a channel."""
    asked = told.named("alice").mentions(told.bot, "#deals", text)
    assert asked.answer
    return asked


def test_a_mention_is_answered_once_in_its_thread(told: Workspace) -> None:
    asked = asks(told)

    assert asked.events == ["app_mention", "message"]
    assert asked.answer.reads.startswith(OWNS)
    assert asked.answer.thread_ts == asked.message.ts
    assert len(asked.answers) == 1


def test_a_mention_in_a_thread_is_answered_in_that_thread(told: Workspace, alice: Person, bob: Person) -> None:
    said = bob.writes("we have a renewal coming up", in_="#deals").message

    assert alice.mentions(told.bot, "#deals", QUESTION, thread=said).answer.thread_ts == said.ts


def test_an_empty_mention_gets_help_with_questions_to_try(told: Workspace) -> None:
    said = asks(told, "").answer

    assert said.reads.startswith("I answer who owns what at Meridian.")
    assert len([button for button in said.buttons if button.endswith("?")]) == 3


def test_who_asked_goes_on_in_the_thread_and_others_do_not(told: Workspace, alice: Person, bob: Person) -> None:
    first = asks(told, "who owns a 40k renewal?")
    assert bob.replies(first, "and for smb?").answers == []

    assert alice.replies(first, "and for enterprise?").answer.reads.startswith(THEN)


def test_what_was_not_said_to_it_is_not_answered(told: Workspace, alice: Person) -> None:
    assert alice.writes("who owns renewal?", in_="#deals").answers == []


def test_the_same_event_again_is_answered_once(told: Workspace) -> None:
    asked = asks(told)
    for delivery in asked.deliveries:
        told.repeats(delivery)

    assert len(asked.answers) == 1


def test_other_apps_and_itself_are_not_answered(told: Workspace, alice: Person) -> None:
    own = asks(told).answer
    alice.acts()
    assert told.robot_writes(f"{told.bot.mention} {QUESTION}", "#deals")
    assert told.happenings.posted(own, told.bot.user)
    told.settle()

    assert alice.news(alice.before) == []


def test_a_mention_that_is_first_added_by_an_edit_is_answered_once(told: Workspace, alice: Person) -> None:
    said = alice.writes(QUESTION, in_="#deals")
    edited = alice.edits(said, f"{told.bot.mention} {QUESTION}", raw=True)

    assert edited.answer.reads.startswith(OWNS)
    assert alice.edits(said, f"{told.bot.mention} {QUESTION} please", raw=True).answers == []
    assert alice.deletes(said).answers == []


def test_why_in_a_channel_is_for_whoever_wants_to_know(told: Workspace, bob: Person) -> None:
    why = bob.clicks("Why?", on=asks(told).answer).answer

    assert why.ephemeral_to == bob.id
    assert "kept by the VP of Customer Success" in why.text


def test_a_question_to_ask_next_is_answered_in_the_thread(told: Workspace, alice: Person) -> None:
    asked = asks(told)
    then = alice.clicks(NEXT, on=asked.answer).answer

    assert then.reads.startswith(f"Asked: {NEXT}\nThe Scaled CSM supports renewal")
    assert (then.thread_ts, then.ephemeral_to) == (asked.message.ts, "")


def test_what_depends_is_narrowed_by_a_click_of_who_asked(told: Workspace, alice: Person, bob: Person) -> None:
    said = asks(told, "who owns renewal?").answer
    assert bob.clicks("SMB", on=said).answer.text.startswith("Only the person who asked can choose here.")

    assert alice.clicks("SMB", on=said).answer.reads.startswith("Chosen: SMB\nThe Renewals Manager owns renewal")


def test_an_answer_is_shared_to_the_channel_after_a_look_at_it(told: Workspace, alice: Person, bob: Person) -> None:
    alice.types("/roe", QUESTION, "#deals")
    bob.acts()
    alice.clicks("Share to channel", on=alice.last_message())
    assert OWNS in alice.modal.reads
    assert bob.news(bob.before) == []
    alice.submits()

    assert bob.last_message().reads.startswith(f"Shared by alice\nAsked: {QUESTION}\n{OWNS}")


def test_sharing_to_a_channel_that_it_is_not_in_is_not_offered(told: Workspace, alice: Person) -> None:
    alice.types("/roe", QUESTION, "#board")

    with pytest.raises(AssertionError, match="nothing is called 'Share to channel'"):
        alice.clicks("Share to channel", on=alice.last_message())


def test_a_human_is_asked_and_the_answer_comes_back(told: Workspace, alice: Person, rita: Person) -> None:
    rita.acts()
    alice.clicks("Ask a human", on=asks(told, KEPT).answer)
    assert "#revops" in alice.modal.reads
    alice.submits(values={"Anything to add?": "It is Contoso & <!channel>."})
    posted = rita.hears_in("#revops")

    assert posted.reads.startswith(f"alice asks Revenue Operations\n{KEPT}")
    assert "It is Contoso & <!channel>." in posted.reads
    assert "<!" not in posted.text
    told.settle()
    alice.acts()
    rita.replies(posted, "The Renewals Manager; see <!here>", raw=True)
    answered = alice.last_message()
    assert answered.channel.kind == "im"
    assert answered.reads.startswith(f"rita answers your question:\n{KEPT}\nThe answer:\nThe Renewals Manager; see")


def test_the_window_to_ask_in_opens_and_answers(told: Workspace, alice: Person) -> None:
    alice.uses_shortcut("Ask Rolecall")
    alice.submits(values={"Your question": QUESTION})

    assert OWNS in alice.modal.reads


def test_a_message_of_somebody_is_answered_to_whoever_picks_the_shortcut(told: Workspace, alice: Person, bob: Person) -> None:
    said = bob.writes(QUESTION, in_="#deals")
    answered = alice.uses_shortcut("Answer this", on=said).answer

    assert answered.ephemeral_to == alice.id
    assert answered.text.startswith(f"Asked: {QUESTION}\n{OWNS}")
