"""emulate as it is: what people get where no channel has to be trusted, and what they are told where one would have to be."""

from __future__ import annotations

from fakeslack import forged

from emulate.people import Person
from emulate.workspace import Workspace

QUESTION = "who owns a 40k smb renewal?"
KEPT = "who owns the account in smb?"
"""What a team with a channel keeps the rules of."""
OWNS = "The Renewals Manager owns renewal (SMB, ARR €40k)."
NEXT = "Who supports renewal (SMB, ARR €40k)?"
THEN = "The Strategic CSM owns renewal (ARR €40k, Enterprise)."


def test_a_direct_message_is_answered_beside_it_once(slack: Workspace, alice: Person) -> None:
    asked = alice.writes(QUESTION, to=slack.bot)

    assert asked.answer.reads.startswith(OWNS)
    assert asked.answer.thread_ts is None
    assert len(asked.answers) == 1


def test_a_follow_up_goes_on_in_direct_messages(slack: Workspace, alice: Person) -> None:
    assert alice.writes("who owns a 40k renewal?", to=slack.bot).answer

    assert alice.writes("and for enterprise?", to=slack.bot).answer.reads.startswith(THEN)


def test_nothing_at_all_in_direct_messages_gets_help(slack: Workspace, alice: Person) -> None:
    assert alice.writes("hello!", to=slack.bot).answer.reads.startswith("I answer who owns what at Meridian.")


def test_the_same_event_again_is_answered_once(slack: Workspace, alice: Person) -> None:
    asked = alice.writes(QUESTION, to=slack.bot)
    for delivery in asked.deliveries * 2:
        slack.repeats(delivery)

    assert len(asked.answers) == 1


def test_what_is_not_signed_by_slack_is_refused(slack: Workspace, alice: Person) -> None:
    for how in ("wrong secret", "too old", "no signature"):
        with slack.bot.signed(forged()[how]):
            asked = alice.writes(QUESTION, to=slack.bot)
        assert asked.status == 401, how
        assert asked.answers == [], how


def test_a_command_is_answered_for_one_person_alone(slack: Workspace, alice: Person, bob: Person) -> None:
    bob.acts()
    asked = alice.types("/roe", QUESTION, in_="#deals")

    assert asked.ack["response_type"] == "ephemeral"
    assert alice.last_message().reads.startswith(OWNS)
    assert asked.answers[0].ephemeral_to == alice.id
    assert bob.news(bob.before) == []


def test_why_tells_the_rule_beside_the_answer(slack: Workspace, alice: Person) -> None:
    said = alice.writes(QUESTION, to=slack.bot).answer

    assert "kept by the VP of Customer Success" in alice.clicks("Why?", on=said).answer.reads


def test_a_question_to_ask_next_is_answered(slack: Workspace, alice: Person) -> None:
    said = alice.writes(QUESTION, to=slack.bot).answer

    assert alice.clicks(NEXT, on=said).answer.reads.startswith(f"Asked: {NEXT}\nThe Scaled CSM supports renewal (SMB, ARR €40k).")


def test_why_comes_even_where_the_address_to_answer_by_leads_nowhere(slack: Workspace, alice: Person, bob: Person) -> None:
    alice.types("/roe", QUESTION, in_="#deals")
    bob.acts()
    why = alice.clicks("Why?", on=alice.last_message()).answer

    assert (why.ephemeral_to, why.channel.name) == (alice.id, "deals")
    assert "kept by the VP of Customer Success" in why.text
    assert bob.news(bob.before) == []


def test_why_comes_as_a_direct_message_from_a_channel_that_the_bot_is_not_in(slack: Workspace, alice: Person) -> None:
    alice.types("/roe", QUESTION, in_="#board")
    why = alice.clicks("Why?", on=alice.last_message()).answer

    assert why.channel.kind == "im"
    assert "kept by the VP of Customer Success" in why.reads


def test_a_mention_is_answered_in_its_thread_where_the_event_says_that_nobody_else_reads_it(slack: Workspace, alice: Person) -> None:
    asked = alice.mentions(slack.bot, "#deals", QUESTION)

    assert asked.answer.reads.startswith(OWNS)
    assert asked.answer.thread_ts
    assert len(asked.answers) == 1


def test_home_is_shown_to_whoever_opens_it(slack: Workspace, bob: Person) -> None:
    bob.opens_home(slack.bot)

    assert "Meridian" in slack.shows(bob, "app home")


def test_messages_greet_once(slack: Workspace) -> None:
    rita = slack.named("rita")

    assert "Meridian" in rita.opens_home(slack.bot, tab="messages").answer.reads
    assert rita.opens_home(slack.bot, tab="messages").answers == []


def test_asking_a_human_where_nobody_tells_whether_a_channel_is_shared_says_where_to_ask(slack: Workspace, alice: Person) -> None:
    said = alice.writes(KEPT, to=slack.bot).answer
    alice.clicks("Ask a human", on=said)

    assert "I cannot post that in #revops, the channel of Revenue Operations." in slack.shows(alice, "modal")
