"""Channels that others can read, people from outside, and what only some may see: on every surface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fakeslack.people import Person
from fakeslack.state import Team
from office import Office

PRIVATE = ("I do not answer here", "I cannot tell who can read this channel")


@pytest.fixture
def contoso(office: Office) -> Team:
    return office.slack.team("Contoso")


def eve_of(office: Office, contoso: Team) -> Person:
    """Somebody of another organisation, in a channel that is shared with it."""
    eve = office.slack.person("eve", team=contoso)
    office.slack.channel("#with-contoso", members=[office.alice, office.bot, eve], shared_with=[contoso])
    return eve


def test_nothing_is_posted_in_a_shared_channel(office: Office, contoso: Team) -> None:
    eve = eve_of(office, contoso)
    told = office.alice.mentions(office.bot, "#with-contoso", "who owns renewal?").answer

    assert told.ephemeral_to == office.alice.id
    assert told.reads.startswith(PRIVATE)
    assert eve.hears_nothing()


def test_people_from_outside_are_refused_politely(office: Office, contoso: Team) -> None:
    eve = eve_of(office, contoso)
    told = eve.mentions(office.bot, "#with-contoso", "who owns renewal?").answer

    assert told.ephemeral_to == eve.id
    assert told.reads == "Sorry, I answer only people of the workspace that I belong to."
    assert office.slack.calls("chat.postMessage") == []


def test_an_invitation_that_is_not_accepted_yet_counts_as_shared(office: Office, contoso: Team) -> None:
    office.slack.shares("#deals", contoso, accepted=False)

    assert office.alice.mentions(office.bot, "#deals", "who owns renewal?").answer.ephemeral_to == office.alice.id


def test_a_channel_of_which_nothing_can_be_known_is_treated_as_shared(office: Office) -> None:
    office.bot.scopes = {"app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read"}
    told = office.alice.mentions(office.bot, "#deals", "who owns renewal?").answer

    assert told.ephemeral_to == office.alice.id
    assert told.reads.startswith(PRIVATE)


def test_while_nobody_can_be_verified_nothing_is_said(office: Office) -> None:
    office.bot.scopes = {"app_mentions:read", "chat:write", "commands", "im:history", "im:write"}
    office.alice.mentions(office.bot, "#deals", "who owns renewal?")
    office.slack.settle()

    assert office.slack.calls("chat.postMessage") == []


def test_a_command_in_a_shared_channel_is_answered_for_one_person_and_not_shared(office: Office, contoso: Team) -> None:
    eve = eve_of(office, contoso)
    asked = office.alice.types("/roe", "who owns renewal for enterprise?", "#with-contoso")
    assert asked.ack["text"].startswith("The Account Executive owns renewal")
    assert "Share to channel" not in asked.answer.buttons
    assert "Share to channel…" not in office.alice.types("/roe", "sheet", "#with-contoso").answer.buttons

    assert eve.hears_nothing()


def test_a_button_to_share_does_nothing_once_the_channel_is_shared(office: Office, contoso: Team) -> None:
    asked = office.alice.types("/roe", "who owns renewal for enterprise?", "#deals")
    assert "Share to channel" in asked.answer.buttons
    office.slack.shares("#deals", contoso)
    office.alice.clicks("Share to channel")

    assert office.alice.modal.reads.startswith("I post nothing in this channel")


def test_a_channel_that_becomes_shared_stops_being_answered(office: Office, contoso: Team) -> None:
    asked = office.alice.mentions(office.bot, "#deals", "who owns renewal for enterprise?")
    said = asked.answer
    office.alice.types("/roe", "who owns renewal for enterprise?", "#deals")
    office.slack.allows("C*")
    office.alice.clicks("Share to channel")
    window = office.alice.modal
    office.slack.shares("#deals", contoso)
    eve = office.slack.person("eve", team=contoso)
    office.slack.invites(eve, "#deals")

    assert office.alice.mentions(office.bot, "#deals", "who owns renewal?").answer.ephemeral_to == office.alice.id
    refused = eve.clicks("Why?", on=said).answer
    assert refused.reads == "Sorry, I answer only people of the workspace that I belong to."
    office.alice.submits(window)
    assert office.alice.last_message().reads.startswith("I post nothing in this channel")
    assert [message.reads for message in eve.sees("#deals") if not message.ephemeral_to and message.bot_id] == [said.reads]


def not_told_of_it(office: Office) -> Any:
    """A second instance, which has looked at the channel a moment ago; that it is shared now is told to the other one."""
    other = office.starts()
    office.bot.at(other.site)
    office.alice.mentions(office.bot, "#deals", "who owns renewal for enterprise?")
    office.slack.settle()
    assert other.edge.desk.guard.channels.known
    return other


@pytest.mark.parametrize("accepted", [True, False])
def test_nothing_is_shared_into_a_channel_of_which_another_instance_heard_that_it_is_shared(
    office: Office, contoso: Team, accepted: bool
) -> None:
    office.slack.allows("C*")
    other = not_told_of_it(office)
    office.alice.types("/roe", "who owns renewal for enterprise?", "#deals")
    office.alice.clicks("Share to channel")
    window = office.alice.modal
    office.bot.at(office.instances[0].site)
    office.slack.shares("#deals", contoso, accepted=accepted)
    office.slack.settle()
    office.bot.at(other.site)
    office.instances[0].edge.stop()
    office.alice.submits(window)

    assert office.alice.last_message().reads.startswith("I post nothing in this channel")
    assert not [each for each in office.bob.sees("#deals") if each.reads.startswith("Shared by")]


def test_no_click_posts_for_all_in_a_channel_of_which_another_instance_heard_that_it_is_shared(office: Office, contoso: Team) -> None:
    other = not_told_of_it(office)
    said = office.alice.sees("#deals")[-1]
    office.bot.at(office.instances[0].site)
    office.slack.shares("#deals", contoso)
    office.slack.settle()
    office.instances[0].edge.stop()
    office.bot.at(other.site)
    office.alice.clicks(next(each for each in said.buttons if each.endswith("?") and each != "Why?"), on=said)

    assert office.alice.last_message().ephemeral_to == office.alice.id


def test_no_question_goes_to_a_team_whose_channel_is_shared_by_now(office: Office, contoso: Team) -> None:
    office.slack.allows("C*")
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.alice.types("/roe", "who owns renewal for enterprise?", "#deals")
    office.alice.clicks("Ask a human")
    other = not_told_of_it(office)
    office.rita.mentions(office.bot, "#revops", "who owns renewal for enterprise?")
    office.slack.settle()
    before = len([each for each in office.rita.sees("#revops") if each.bot_id])
    office.bot.at(office.instances[0].site)
    office.slack.shares("#revops", contoso)
    office.slack.settle()
    office.instances[0].edge.stop()
    office.bot.at(other.site)
    office.alice.submits()

    assert "Please ask there yourself" in office.alice.last_message().reads
    assert len([each for each in office.rita.sees("#revops") if each.bot_id]) == before


def test_what_only_some_may_see_is_told_to_them_in_private_alone(office: Office) -> None:
    question = "what is the csm comp plan?"
    private = office.rita.writes(question, to=office.bot).answer.reads
    command = office.rita.types("/roe", question, "#deals").ack["text"]
    office.slack.settle()
    sent = office.rita.last_message()
    channel = office.rita.mentions(office.bot, "#deals", question).answer.reads
    other = office.alice.writes(question, to=office.bot).answer.reads

    assert "80/20" in private
    assert command.startswith("What only some may see is not shown in a channel. I answer you in a direct message")
    assert sent.channel.kind == "im"
    assert sent.reads.startswith("Asked: what is the csm comp plan?\nThe Customer Success Manager: bonus plan, 80/20.")
    assert "80/20" not in channel
    assert "80/20" not in other


def test_a_group_of_people_may_be_listed(office: Office) -> None:
    group = office.slack.usergroup("leads", [office.alice])
    office.model.write_text(
        office.model.read_text().replace(f"compensation: {{who: [{office.rita.id}]}}", f"compensation: {{who: [{group}]}}")
    )
    office.edge.reload()

    assert "80/20" in office.alice.writes("what is the csm comp plan?", to=office.bot).answer.reads
    assert "80/20" not in office.rita.writes("what is the csm comp plan?", to=office.bot).answer.reads


def test_what_only_some_may_see_is_not_even_offered_to_be_shared(office: Office) -> None:
    office.rita.types("/roe", "what is the csm comp plan?", "#deals")
    office.slack.settle()
    assert all("Share to channel" not in said.buttons for said in office.rita.visible())
    said = office.bob.writes("what is the csm comp plan?", "#deals")
    answered = office.rita.uses_shortcut("Answer this", on=said).answer

    assert answered.channel.kind == "im"
    assert "80/20" in answered.reads
    assert "Share to channel" not in answered.buttons
    assert [each for each in office.rita.sees("#deals") if "80/20" in each.reads] == []


def test_a_button_in_a_channel_tells_what_only_some_may_see_in_a_direct_message(office: Office) -> None:
    said = office.alice.mentions(office.bot, "#deals", "who owns landing new business?").answer
    told = office.bob.clicks("Why?", on=said).answer
    other = office.rita.clicks("Why?", on=said).answer

    assert told.channel.kind == "im"
    assert "secret-land" in told.reads
    assert other.ephemeral_to == office.rita.id
    assert "secret" not in other.reads


def test_share_computes_anew_what_everybody_may_see(office: Office) -> None:
    office.slack.allows("C*")
    office.bob.types("/roe", "who owns upsell for smb?", "#deals")
    office.bob.clicks("Share to channel")
    window = office.bob.modal
    office.model.write_text(office.model.read_text().replace("{id: upsell,", "{id: upsell, audience: board,"))
    assert office.edge.reload().ok
    office.bob.submits(window)

    assert "Acme has not ruled on who owns upsell (SMB)." in office.alice.sees("#deals")[-1].reads


def test_nothing_of_it_goes_by_a_thread_a_button_a_team_home_or_the_store(office: Office) -> None:
    office.slack.allows("C*")
    office.slack.channel("#revops", members=[office.alice, office.bot])
    private = office.rita.writes("what is the csm comp plan?", to=office.bot).answer
    office.rita.clicks("Ask a human", on=private)
    office.rita.submits()
    office.slack.settle()
    office.rita.opens_home(office.bot)
    office.slack.settle()
    everybody = [each.reads for each in office.alice.sees("#revops")] + [office.rita.home.reads]

    assert not [text for text in everybody if "80/20" in text]
    kept = (office.folder / "rolecall.db").read_bytes()
    assert b"80/20" not in kept


def test_the_same_question_tells_another_person_what_they_may_see(office: Office) -> None:
    board = office.bob
    question = "who owns landing new business?"
    assert "Digital CSM" in board.writes(question, to=office.bot).answer.reads
    said = office.alice.mentions(office.bot, "#deals", question).answer
    assert "Digital CSM" not in said.reads


def test_a_restricted_context_does_not_travel_into_a_channel(office: Office) -> None:
    office.bob.writes("who owns landing new business?", to=office.bot)
    office.slack.settle()
    first = office.bob.mentions(office.bot, "#deals", "who owns landing new business?")

    assert "Digital CSM" not in first.answer.reads
    assert "Digital CSM" not in office.bob.mentions(office.bot, "#deals", "why?", thread=first).answer.reads


def test_an_ephemeral_message_that_fails_goes_to_direct_messages(office: Office, contoso: Team) -> None:
    eve = eve_of(office, contoso)
    office.slack.fails("chat.postEphemeral", "user_not_in_channel", times=1)
    told = office.alice.mentions(office.bot, "#with-contoso", "who owns renewal?").answer

    assert told.channel.kind == "im"
    assert eve.hears_nothing()


PLAIN = ("plain_text", "text")
"""The kinds of texts of which Slack reads nothing as markup: in blocks, and in rich text."""


def texts_in(value: Any) -> Iterator[tuple[str, str]]:
    """What people see of messages and views as Slack gets them, by kind. An id, or what a button carries, may have any signs in it."""
    match value:
        case dict():
            yield from ((str(value.get("type")), each) for key, each in value.items() if key == "text" and isinstance(each, str))
            yield from (text for key, each in value.items() if key != "metadata" for text in texts_in(each))
        case list():
            yield from (text for each in value for text in texts_in(each))


INJECTED = "<!channel> <!here> <@U00000005> <#C1|deals> <https://evil.example|renewal> {{ 7 * 7 }} *bold* `code` & < >"


@pytest.mark.parametrize("place", ["mention", "direct", "command", "shortcut", "window", "choice"])
def test_nothing_that_people_write_becomes_markup(office: Office, place: str) -> None:
    question = f"who owns a 40k smb renewal? {INJECTED}"
    match place:
        case "mention":
            office.alice.writes(f"{office.bot.mention} {question}", "#deals", raw=True)
        case "direct":
            office.alice.writes(question, to=office.bot, raw=True)
        case "command":
            office.alice.types("/roe", question, "#deals", raw=True)
        case "shortcut":
            said = office.bob.writes(question, "#deals", raw=True)
            office.slack.allows("*evil.example*")
            office.alice.uses_shortcut("Answer this", on=said)
        case "window":
            office.alice.uses_shortcut("Ask Rolecall")
            office.alice.submits(values={"Your question": question})
            assert office.alice.modal
        case "choice":
            office.alice.writes(f"who owns upsell? {INJECTED}", to=office.bot, raw=True)
    office.slack.settle()

    said = [each.to_dict() for each in office.slack.state.messages if each.bot_id]
    views = [view.content for view in office.slack.modals.stack(office.alice.user)]
    shown = [*texts_in([said, views])]
    assert shown
    assert not [text for kind, text in shown if "<!channel>" in text and kind not in PLAIN]
    assert not [text for _, text in shown if "49" in text]
