"""Home, windows, shortcuts, commands, settings of channels, the step of workflows."""

from __future__ import annotations

import pytest
from office import Office


def test_home_shows_who_i_am_and_the_sheet(office: Office) -> None:
    office.alice.opens_home(office.bot)
    home = office.alice.home

    assert "Acme" in home.reads
    office.alice.clicks("Yes, Account Executive", on=home)
    assert "Account Executive" in office.alice.home.reads
    assert office.store.profile(office.edge.desk.person(office.alice.id), office.edge.desk.now()).role == "ae"


def test_the_sheet_on_home_changes_with_its_menus(office: Office) -> None:
    office.alice.opens_home(office.bot)
    office.alice.selects("Segment", "Enterprise", on=office.alice.home)

    assert "Enterprise" in office.alice.home.reads


def test_the_messages_tab_greets_once(office: Office) -> None:
    assert office.alice.opens_home(office.bot, tab="messages").answer.buttons
    assert office.alice.opens_home(office.bot, tab="messages").answers == []


def test_who_i_am_is_remembered_from_a_command(office: Office) -> None:
    told = office.alice.types("/roe", "me csm smb", "#deals")
    assert "Customer Success Manager" in told.ack["text"]
    said = office.alice.types("/roe", "is this upsell mine?", "#deals").ack["text"]

    assert said.startswith("Yes, you do: the Customer Success Manager owns upsell (SMB).")


def test_a_role_that_somebody_claims_is_no_permission(office: Office) -> None:
    office.alice.types("/roe", "me csm", "#deals")

    assert "80" not in office.alice.types("/roe", "what is the csm comp plan?", "#deals").ack["text"]


@pytest.mark.parametrize("text", ["me forget", "me none", "me forget me"])
def test_who_i_am_is_forgotten_by_a_command(office: Office, text: str) -> None:
    office.alice.types("/roe", "me csm smb", "#deals")

    assert office.alice.types("/roe", text, "#deals").ack["text"].startswith("I do not know your role yet.")
    assert office.store.profile(office.edge.desk.person(office.alice.id), office.edge.desk.now()) is None


@pytest.mark.parametrize(
    ("text", "left"), [("me no segment", ("csm", None)), ("me all segments", ("csm", None)), ("me no role", (None, "smb"))]
)
def test_a_role_or_a_segment_is_taken_back_alone(office: Office, text: str, left: tuple[str | None, str | None]) -> None:
    office.alice.types("/roe", "me csm smb", "#deals")
    office.alice.types("/roe", text, "#deals")
    profile = office.store.profile(office.edge.desk.person(office.alice.id), office.edge.desk.now())

    assert profile is not None
    assert (profile.role, profile.segment) == left


def test_who_i_am_says_beside_each_part_where_it_holds(office: Office) -> None:
    said = office.alice.types("/roe", "me csm", "#deals").ack["text"]

    assert "What the Customer Success Manager does\n" in said
    assert "Owns: upsell (SMB)\nSupports: renewal" in said


def test_a_segment_that_is_asked_about_counts_more_than_the_askers_own(office: Office) -> None:
    office.alice.types("/roe", "me csm ent", "#deals")
    asked = office.alice.mentions(office.bot, "#deals", "who owns upsell?")

    assert asked.answer.reads.startswith("The Account Executive owns upsell (Enterprise).")
    for text in ("who owns upsell for smb?", "is an smb upsell mine"):
        assert "the Customer Success Manager owns upsell (SMB)." in office.alice.types("/roe", text, "#deals").ack["text"]
    then = office.alice.mentions(office.bot, "#deals", "and for smb?", thread=asked).answer
    assert "the Customer Success Manager owns upsell (SMB)." in then.reads
    assert "(SMB)" in office.alice.clicks("Why?", on=then).answer.reads


@pytest.mark.parametrize("text", ["sheet", "sheet smb", "sheet renewal", "sheet csm"])
def test_the_sheet_from_a_command(office: Office, text: str) -> None:
    said = office.alice.types("/roe", text, "#deals")

    assert said.error == ""
    assert "enewal" in said.ack["text"] or "psell" in said.ack["text"]


def test_the_whole_sheet_comes_as_direct_messages(office: Office) -> None:
    office.alice.types("/roe", "sheet", "#deals")
    office.alice.clicks("Send me the whole sheet")

    assert office.alice.sees(to=office.bot)


def test_a_sheet_is_shared_after_a_look_at_it(office: Office) -> None:
    office.slack.allows("C*")
    office.alice.types("/roe", "sheet smb", "#deals")
    office.alice.clicks("Share to channel…")
    office.alice.submits()

    assert office.bob.sees("#deals")[-1].reads.startswith("Shared by alice")


def test_the_shortcut_on_a_message_answers_to_whoever_pressed_it(office: Office) -> None:
    said = office.bob.writes("who owns a 40k smb renewal?", "#deals")
    answered = office.alice.uses_shortcut("Answer this", on=said).answer

    assert answered.ephemeral_to == office.alice.id
    assert answered.reads.startswith("Asked: who owns a 40k smb renewal?\nThe Digital CSM owns renewal")
    assert "Share to channel" in answered.buttons


def test_the_global_shortcut_asks_in_a_window(office: Office) -> None:
    office.alice.uses_shortcut("Ask Rolecall")
    office.alice.submits(values={"Your question": "who owns renewal?", "The customer's segment": "Enterprise"})

    assert office.alice.modal.title == "Answer"
    assert "The Account Executive owns renewal (Enterprise)." in office.alice.modal.reads
    office.alice.clicks("Who supports renewal (Enterprise)?", on=office.alice.modal)
    assert "The Customer Success Manager supports renewal" in office.alice.modal.reads


def set_mode(office: Office, mode: str) -> None:
    """Rita sets what the bot does in the channel."""
    office.store.set_channel_mode(office.bot.team.id, office.slack.find_channel("#deals").id, mode, office.edge.desk.now())  # type: ignore[arg-type]


def test_a_channel_that_is_off_gives_a_reason_in_private(office: Office) -> None:
    set_mode(office, "off")
    told = office.alice.mentions(office.bot, "#deals", "who owns renewal?").answer

    assert told.ephemeral_to == office.alice.id
    assert told.reads.startswith("I am switched off in this channel.")


def test_a_channel_that_wants_suggestions_shows_them_to_who_asked(office: Office) -> None:
    set_mode(office, "suggest")
    told = office.alice.writes("who owns a 40k smb renewal?", "#deals").answer

    assert told.ephemeral_to == office.alice.id
    assert told.reads.startswith("The Digital CSM owns renewal")
    assert "Share to channel" in told.buttons
    assert office.alice.writes("who wants coffee?", "#deals").answers == []


def test_a_channel_that_wants_answers_gets_them_in_a_thread(office: Office) -> None:
    set_mode(office, "answer")
    asked = office.alice.writes("who owns a 40k smb renewal?", "#deals")

    assert asked.answer.thread_ts == asked.message.ts
    assert office.alice.writes("the renewal went well", "#deals").answers == []
    assert office.alice.writes("is this renewal mine?", "#deals").answers == []


def test_those_who_keep_the_rules_say_what_it_does_in_a_channel_and_others_do_not(office: Office) -> None:
    office.slack.allows("C*")
    assert "Channel settings" not in office.alice.types("/roe", "help", "#deals").answer.buttons
    office.rita.types("/roe", "help", "#deals")
    office.rita.clicks("Channel settings")
    shown = {"type": "channel", "channel_id": office.slack.find_channel("#deals").id}  # Slack draws its name
    assert shown in office.rita.modal.content["blocks"][0]["elements"][0]["elements"]
    label = next(label for label in office.rita.modal.buttons)
    office.rita.submits(values={label: "Answer"})

    assert "Saved: Answer." in office.rita.modal.reads
    assert office.store.channel_mode(office.bot.team.id, office.slack.find_channel("#deals").id) == "answer"


def test_a_step_of_a_workflow_ends_with_the_answer(office: Office) -> None:
    done = office.slack.runs_step(office.bot, "look_up_owner", {"question": "who owns renewal?", "segment": "Enterprise"}, office.alice)

    assert done["outputs"]["answer"].startswith("The Account Executive owns renewal")
    assert done["outputs"]["owner"] == "Account Executive"
