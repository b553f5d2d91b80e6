"""People ask, and are answered where they asked: once, whatever Slack sends and however often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakeslack import forged
from office import Office

OWNS = "The Digital CSM owns renewal (SMB, ARR $40k)."
THEN = "The Digital CSM owns renewal (ARR $40k, SMB)."


def test_a_mention_is_answered_once_in_its_thread(office: Office) -> None:
    asked = office.alice.mentions(office.bot, "#deals", text="who owns a 40k smb renewal?")

    assert asked.events == ["app_mention", "message"]
    assert asked.answer.thread_ts == asked.message.ts
    assert asked.answer.reads.startswith(OWNS)
    assert len(asked.answers) == 1


def test_the_text_of_a_message_holds_the_whole_answer(office: Office) -> None:
    said = office.alice.mentions(office.bot, "#deals", text="who owns a 40k smb renewal?").answer

    assert said.text.startswith(OWNS)
    assert "kept by RevOps, verified 1 Sep 2026" in said.text
    assert "Ruled by Acme." in said.text


def test_a_mention_in_a_thread_is_answered_in_that_thread(office: Office) -> None:
    said = office.bob.writes("we have a renewal coming up", in_="#deals")
    asked = office.alice.mentions(office.bot, "#deals", thread=said, text="who owns it: renewal for enterprise?")

    assert asked.answer.thread_ts == said.message.ts


def test_a_direct_message_is_answered_beside_it(office: Office) -> None:
    asked = office.alice.writes("who owns renewal for enterprise?", to=office.bot)

    assert asked.answer.reads.startswith("The Account Executive owns renewal (Enterprise).")
    assert asked.answer.thread_ts is None
    assert len(asked.answers) == 1


def test_a_command_is_answered_in_its_acknowledgement_for_one_person_alone(office: Office) -> None:
    asked = office.alice.types("/roe", "who owns a 40k smb renewal?", in_="#deals")

    assert asked.ack["response_type"] == "ephemeral"
    assert asked.ack["text"].startswith(OWNS)
    assert office.alice.last_message().reads.startswith(OWNS)
    assert office.bob.sees(in_="#deals") == []


@pytest.mark.parametrize("text", ["", "   ", "help", "Hello!"])
def test_an_empty_mention_gets_help_with_three_questions_to_try(office: Office, text: str) -> None:
    said = office.alice.mentions(office.bot, "#deals", text=text).answer

    assert said.reads.startswith("I answer who owns what at Acme.")
    assert len([button for button in said.buttons if button.endswith("?")]) == 3


def test_a_follow_up_goes_on_in_the_thread(office: Office) -> None:
    first = office.alice.mentions(office.bot, "#deals", text="who owns a 40k renewal?")
    assert first.answers
    then = office.alice.mentions(office.bot, "#deals", thread=first, text="and for smb?")

    assert then.answer.reads.startswith(THEN)
    assert then.answer.thread_ts == first.message.ts


def test_a_follow_up_goes_on_in_direct_messages(office: Office) -> None:
    assert office.alice.writes("who owns a 40k renewal?", to=office.bot).answers

    assert office.alice.writes("and for smb?", to=office.bot).answer.reads.startswith(THEN)


def test_what_is_asked_later_in_direct_messages_goes_on_from_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.alice.writes("who owns a 40k renewal?", to=office.bot).answers
    monkeypatch.setattr("bot.slack.questions.GOES_ON", timedelta(0))

    assert not office.alice.writes("and for smb?", to=office.bot).answer.reads.startswith(THEN)
    assert office.alice.writes("who owns upsell for smb?", to=office.bot).answers


def test_who_asked_goes_on_in_a_thread_without_a_mention_and_others_do_not(office: Office) -> None:
    first = office.alice.mentions(office.bot, "#deals", text="who owns a 40k renewal?")
    assert first.answers
    assert office.bob.replies(first, "and for enterprise?").answers == []
    assert office.alice.replies(first, "thanks, good to know").answers == []

    assert office.alice.replies(first, "and for smb?").answer.reads.startswith(THEN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is this mine?", "Which role are you?"),
        ("is renewal mine?", "Which role are you?"),
        ("help", "I answer who owns what at Acme."),
        ("that's wrong", "I only say what the rules say: if that is wrong, a rule has to change.\nRevOps keeps the rules"),
        ("who owns cross-sell?", "Acme has not ruled on who owns cross-sell"),
    ],
)
def test_what_somebody_says_to_it_in_their_own_thread_is_answered_and_to_others_it_keeps_silent(
    office: Office, text: str, told: str
) -> None:
    first = office.alice.mentions(office.bot, "#deals", text="who owns a 40k renewal?")
    assert first.answers
    assert office.bob.replies(first, text).answers == []

    assert office.alice.replies(first, text).answer.reads.startswith(told)


def test_somebody_is_forgotten_by_a_direct_message(office: Office) -> None:
    office.alice.types("/roe", "me csm smb", "#deals")
    told = office.alice.writes("Forget me!", to=office.bot).answer

    assert told.reads.startswith("I do not know your role yet.")
    assert office.store.profile(office.edge.desk.person(office.alice.id), office.edge.desk.now()) is None


@pytest.mark.parametrize("text", ["how do I change a rule?", "who changes the rules of engagement", "How can I correct this rule"])
def test_who_keeps_the_rules_is_said_to_whoever_wants_to_change_one(office: Office, text: str) -> None:
    told = office.alice.writes(text, to=office.bot).answer

    assert told.reads.startswith("Rules are changed by those who keep them: RevOps.")


def test_what_is_not_understood_names_who_keeps_the_rules(office: Office) -> None:
    assert office.alice.writes("xyzzy plugh", to=office.bot).answer.reads.endswith("For anything else, ask RevOps.")


def test_what_may_be_meant_for_a_colleague_is_not_answered(office: Office) -> None:
    first = office.alice.mentions(office.bot, "#deals", text="who owns a 40k renewal?")
    assert first.answers
    for text in ("bob, can you call them?", "can you send the contract to legal?", "I'll take it", "is that so?", "hi bob"):
        assert office.alice.replies(first, text).answers == []


def test_a_colleague_who_asks_in_a_thread_does_not_take_it_away(office: Office) -> None:
    first = office.alice.mentions(office.bot, "#deals", text="who owns a 40k renewal?")
    assert first.answers
    assert office.bob.mentions(office.bot, "#deals", thread=first, text="and for enterprise?").answers
    assert office.bob.replies(first, "and for smb?").answers == []

    assert office.alice.replies(first, "and for smb?").answer.reads.startswith(THEN)


def test_what_was_not_said_to_it_is_not_answered(office: Office) -> None:
    assert office.alice.writes("who owns renewal?", in_="#deals").answers == []
    assert office.alice.hears_nothing()


def test_no_one_hears_anything_of_edits_unfurls_deletions_and_reactions(office: Office) -> None:
    asked = office.alice.mentions(office.bot, "#deals", text="who owns a 40k smb renewal?")
    assert asked.answer
    for act in (
        office.alice.edits(asked, f"{office.bot.mention} who owns renewal for enterprise?", raw=True),
        office.alice.sees_unfurled(asked, "https://example.com"),
        office.alice.reacts(asked, "eyes"),
        office.alice.deletes(asked),
    ):
        assert act.answers == []


def test_a_mention_that_is_first_added_by_an_edit_is_answered_once(office: Office) -> None:
    said = office.alice.writes("who owns a 40k smb renewal?", in_="#deals")
    assert said.answers == []
    edited = office.alice.edits(said, f"{office.bot.mention} who owns a 40k smb renewal?", raw=True)

    assert edited.answer.reads.startswith(OWNS)
    assert office.alice.edits(said, f"{office.bot.mention} who owns a 40k smb renewal, please?", raw=True).answers == []


def test_a_reply_that_also_goes_to_the_channel_is_answered_once(office: Office) -> None:
    said = office.bob.writes("a renewal", in_="#deals")
    asked = office.alice.replies(said, f"{office.bot.mention} who owns a 40k smb renewal?", broadcast=True, raw=True)

    assert asked.answer.thread_ts == said.message.ts
    assert len(asked.answers) == 1


def test_other_bots_and_itself_are_not_answered(office: Office) -> None:
    robot = office.slack.other_bot("robot")
    office.slack.invites(robot.user, "#deals")

    robot.writes(f"{office.bot.mention} who owns renewal?", "#deals")
    robot.writes(f"{office.bot.mention} who owns renewal?", "#deals", classic=True)
    office.slack.settle()

    assert office.slack.calls("chat.postMessage") == []


def test_the_same_event_again_is_answered_once(office: Office) -> None:
    asked = office.alice.mentions(office.bot, "#deals", text="who owns a 40k smb renewal?")
    for delivery in asked.deliveries:
        office.slack.repeats(delivery)

    assert len(asked.answers) == 1


def test_two_instances_answer_once(office: Office) -> None:
    office.starts()
    office.bot.copies = 2
    asked = office.alice.mentions(office.bot, "#deals", text="who owns a 40k smb renewal?")

    assert asked.answer.reads.startswith(OWNS)
    assert len(asked.answers) == 1


@pytest.mark.parametrize("how", forged())
def test_what_is_not_from_slack_is_refused(office: Office, how: str) -> None:
    with office.bot.signed(forged()[how]):
        act = office.alice.types("/roe", "who owns renewal?", in_="#deals")

    assert act.status == 401


@pytest.mark.parametrize("how", forged())
def test_the_app_refuses_it_as_well_where_it_is_reached_in_another_way(office: Office, how: str) -> None:
    office.bot.at(office.instances[0].app)
    with office.bot.signed(forged()[how]):
        assert office.alice.types("/roe", "who owns renewal?", in_="#deals").status == 401


def test_slack_can_verify_the_address(office: Office) -> None:
    assert office.slack.verifies(office.bot)


def test_long_questions_and_odd_signs_get_a_reason(office: Office) -> None:
    for text in ("renewal " * 400, "\u202ewho\u200b owns \U0001f600\ufeff", "<script>alert(1)</script> & {{ 7 * 7 }}"):
        assert office.alice.writes(text, to=office.bot).answer.reads


def test_an_answer_in_a_thread_that_goes_on_for_ever_ends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.questions.CAP", 2)
    first = office.alice.mentions(office.bot, "#deals", text="who owns renewal for smb?")
    assert first.answer
    assert office.alice.mentions(office.bot, "#deals", thread=first, text="who owns renewal for enterprise?").answer
    last = office.alice.mentions(office.bot, "#deals", thread=first, text="who owns renewal for enterprise?").answer

    assert last.reads.startswith("I have answered often enough in this thread.")
    assert last.ephemeral_to == office.alice.id


def test_without_a_model_the_guidance_answers_and_says_so(empty_office: Office) -> None:
    empty_office.starts(rules=False)
    said = empty_office.alice.types("/roe", "who typically owns renewal?", in_="#deals").ack["text"]
    told = empty_office.alice.writes("who owns renewal?", to=empty_office.bot).answer

    assert said.startswith("No rules loaded")
    assert told.reads.startswith("No rules loaded")
