"""People talk to a bot and use what it shows, as they would in Slack."""

from __future__ import annotations

import pytest

from fakeslack.conftest import World


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    asked = world.alice.mentions(world.bot, in_="#deals", text="who owns renewal?")

    assert asked.events == ["app_mention", "message"]
    assert asked.acked
    assert asked.answer.reads == "You said: who owns renewal?"
    assert asked.answer.thread_ts == asked.message.ts
    assert asked.answer.buttons == ["Why?", "Ask me", "Segment"]
    assert world.bob.sees(in_="#deals")[-1].reads == "You said: who owns renewal?"


def test_a_direct_message_is_no_mention(world: World) -> None:
    said = world.alice.writes(to=world.bot, text="hello")

    assert said.events == ["message"]
    assert world.alice.last_message().reads == "You said: hello"
    assert world.bob.hears_nothing()


def test_a_command_is_answered_in_its_acknowledgement_for_one_alone(world: World) -> None:
    act = world.alice.types("/roe", "who owns renewal?", in_="#deals")

    assert act.ack == "You asked: who owns renewal?"
    assert world.alice.last_message().ephemeral_to == world.alice.id
    assert world.bob.sees(in_="#deals") == []
    world.alice.reloads()
    assert world.alice.sees(in_="#deals") == []


def test_a_response_url_answers_later(world: World) -> None:
    assert world.alice.types("/roe", "later").answer.reads == "Later."


def test_a_button_is_found_by_what_it_says(world: World) -> None:
    asked = world.alice.mentions(world.bot, in_="#deals", text="renewal")
    assert asked.answer
    clicked = world.alice.clicks("Why?")

    assert clicked.delivery.payload["actions"][0]["action_id"] == "why"
    assert clicked.delivery.payload["container"]["message_ts"] == asked.answers[0].ts
    assert world.alice.last_message().reads == "Because."
    assert world.bob.sees(in_="#deals")[-1].reads == "You said: renewal"


def test_a_menu_replaces_the_message_it_stands_in(world: World) -> None:
    asked = world.alice.mentions(world.bot, in_="#deals", text="renewal")
    assert asked.answer
    chosen = world.bob.selects("Segment", "SMB")

    assert chosen is not None
    assert chosen.delivery.payload["state"]["values"]
    assert world.alice.sees(in_="#deals")[-1].text == "Segment: smb"


def test_what_is_not_there_cannot_be_pressed(world: World) -> None:
    answered = world.alice.mentions(world.bot, in_="#deals", text="renewal").answer
    carol = world.slack.person("carol")

    with pytest.raises(AssertionError, match="nothing is called 'Nope'"):
        world.alice.clicks("Nope")
    with pytest.raises(AssertionError, match="no option 'Tiny'"):
        world.alice.selects("Segment", "Tiny")
    with pytest.raises(AssertionError, match="does not see that"):
        carol.clicks("Why?", on=answered)


def test_a_modal_is_filled_in_and_submitted(world: World) -> None:
    world.alice.types("/roe", "modal")
    modal = world.alice.modal

    assert modal is not None
    assert modal.title == "Ask"
    with pytest.raises(AssertionError, match="Slack asks for: Question"):
        world.alice.submits(modal)
    with pytest.raises(AssertionError, match="Slack takes 0 to 100 characters"):
        world.alice.submits(modal, {"Question": "x" * 101})
    sent = world.alice.submits(modal, {"Question": "who owns renewal?", "Segment": "SMB"})
    values = sent.delivery.payload["view"]["state"]["values"]
    assert values["segment"]["segment"]["selected_option"]["value"] == "smb"
    assert world.alice.last_message().text == "You asked: who owns renewal?"
    assert world.alice.modal is None


def test_a_modal_shows_errors_changes_and_gets_others_above_it(world: World) -> None:
    world.alice.types("/roe", "modal")
    first = world.alice.modal
    world.alice.submits(first, {"Question": "wrong"})
    assert world.alice.modal.errors == {"question": "Not a question."}
    world.alice.submits(first, {"Question": "other"})
    assert first.title == "Other"
    world.alice.submits(first, {"Question": "more"})
    second = world.alice.modal
    assert (second.title, second.previous_id) == ("More", first.id)
    world.alice.submits(second, {"Question": "more"})
    world.alice.submits(world.alice.modal, {"Question": "more"})

    assert world.alice.modal.errors == {"": "push_limit_reached"}
    closed = world.alice.closes(all_=True)
    assert closed.events == ["view_closed"]
    assert world.alice.modal is None


def test_the_home_tab_is_published_when_it_is_opened(world: World) -> None:
    opened = world.alice.opens_home(world.bot)

    assert opened.events == ["app_home_opened"]
    assert world.alice.home.reads == "Your rules"
    world.alice.clicks("Ask me", on=world.alice.home)
    assert world.alice.modal.title == "Ask"
    again = world.alice.opens_home(world.bot)
    assert again.delivery.payload["event"]["view"]["type"] == "home"


def test_shortcuts_of_messages_and_of_the_workspace(world: World) -> None:
    said = world.bob.writes("who owns renewal?", in_="#deals")
    world.alice.uses_shortcut("Answer this", on=said)

    assert world.alice.last_message().text == "About: who owns renewal?"
    world.alice.uses_shortcut("Ask about roles")
    assert world.alice.modal.title == "Ask"


def test_a_step_of_a_workflow_is_done_or_fails(world: World) -> None:
    assert world.slack.runs_step(world.bot, "look_up", {"motion": "renew"}, by=world.alice)["outputs"] == {"owner": "the owner of renew"}
    assert world.slack.runs_step(world.bot, "look_up", {}, by=world.alice)["error"] == "no motion"


def test_what_is_typed_becomes_markup(world: World) -> None:
    said = world.alice.writes("@bob is 1 < 2 & in #deals? @channel https://x.example @nobody", in_="#deals")

    deals = said.message.channel.id
    assert said.message.text == (f"<@{world.bob.id}> is 1 &lt; 2 &amp; in <#{deals}|>? <!channel> <https://x.example> @nobody")
    assert said.message.reads.startswith(f"{world.bob.id} is 1 < 2 & in {deals}")
    typed = world.alice.types("/roe", "@bob?")
    assert typed.delivery.payload["text"] == f"<@{world.bob.id}|bob>?"
    world.slack.expects("markup that is not allowed")
