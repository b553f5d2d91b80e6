"""Buttons after an answer: in windows, in a row, from another key, and for somebody else."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from office import Office

from bot.logs import set_up_logs

STALE = "This button is from an older version of me. Please ask again."
QUESTION = "who owns a 40k smb renewal?"
NEXT = "Who supports renewal (SMB, ARR $40k)?"


def asks_in_a_window(office: Office, question: str, **chosen: str) -> None:
    """Alice asks in a window."""
    office.alice.uses_shortcut("Ask Rolecall")
    names = {"segment": "The customer's segment", "role": "Your role"}
    office.alice.submits(values={"Your question": question, **{names[name]: value for name, value in chosen.items()}})


def test_why_is_told_in_the_window_and_leads_back(office: Office) -> None:
    asks_in_a_window(office, QUESTION)
    before = len(office.alice.visible())
    office.alice.clicks("Why?", on=office.alice.modal)
    assert 'Rule "renewal" (SMB, ARR under $50k)' in office.alice.modal.reads
    office.alice.clicks("Back to the answer", on=office.alice.modal)

    assert "The Digital CSM owns renewal" in office.alice.modal.reads
    assert len(office.alice.visible()) == before


def test_a_choice_is_answered_in_the_window(office: Office) -> None:
    asks_in_a_window(office, "who owns upsell?")
    office.alice.clicks("Enterprise", on=office.alice.modal)
    assert "The Account Executive owns upsell (Enterprise)." in office.alice.modal.reads
    office.alice.clicks("Why?", on=office.alice.modal)

    assert 'Rule "upsell-ent"' in office.alice.modal.reads


def test_who_i_am_is_chosen_in_the_window(office: Office) -> None:
    asks_in_a_window(office, "is this renewal mine?")
    office.alice.clicks("Customer Success Manager", on=office.alice.modal)

    assert "No: the Customer Success Manager never owns renewal." in office.alice.modal.reads


def test_what_is_asked_next_in_a_window_keeps_segment_role_and_question(office: Office) -> None:
    asks_in_a_window(office, "who owns upsell?", segment="Enterprise", role="Account Executive")
    assert "You do: the Account Executive owns upsell (Enterprise)." in office.alice.modal.reads
    then = next(label for label in office.alice.modal.buttons if label.startswith("Who owns renewal"))
    office.alice.clicks(then, on=office.alice.modal)

    assert "You do: the Account Executive owns renewal (Enterprise)." in office.alice.modal.reads


def test_two_clicks_in_a_row_are_one(office: Office) -> None:
    said = office.alice.mentions(office.bot, "#deals", QUESTION).answer
    office.alice.clicks(NEXT, on=said)
    office.alice.clicks(NEXT, on=said)
    office.bob.clicks(NEXT, on=said)
    office.slack.settle()
    assert len([each for each in office.bob.sees("#deals") if each.reads.startswith("Asked")]) == 2
    office.slack.clock.advance(60)
    office.alice.clicks(NEXT, on=said)
    office.slack.settle()

    assert len([each for each in office.bob.sees("#deals") if each.reads.startswith("Asked")]) == 3


BUTTONS = {NEXT: QUESTION, "SMB": "who owns upsell?", "Why?": QUESTION, "Helpful": QUESTION, "Not helpful": QUESTION}


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_of_another_key_says_so_in_private_and_shows_nothing_of_what_it_carries(office: Office, button: str) -> None:
    said = office.alice.mentions(office.bot, "#deals", BUTTONS[button]).answer
    office.edge.desk.key = b"after the token was changed"
    told = office.alice.clicks(button, on=said).answer

    assert told.ephemeral_to == office.alice.id
    assert told.reads == STALE
    assert len(office.bob.sees("#deals")) == 2


@pytest.mark.parametrize("button", [NEXT, "Why?"])
def test_a_button_of_another_key_in_a_window_says_so_there(office: Office, button: str) -> None:
    asks_in_a_window(office, QUESTION)
    office.edge.desk.key = b"after the token was changed"
    office.alice.clicks(button, on=office.alice.modal)

    assert office.alice.modal.reads == STALE


def test_why_is_told_from_the_point_of_view_of_who_wants_to_know(office: Office) -> None:
    office.alice.types("/roe", "me ae", "#deals")
    said = office.alice.mentions(office.bot, "#deals", "who owns renewal for enterprise?").answer
    assert said.reads.startswith("You do: ")
    told = office.bob.clicks("Why?", on=said).answer.reads
    own = office.alice.clicks("Why?", on=said).answer.reads

    assert "You do" not in told
    assert "Whoever sold it renews it." in told
    assert "Whoever sold it renews it." in own


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """A log of its own; the log of the other tests comes back after."""
    stream, root = io.StringIO(), logging.getLogger()
    before = (root.handlers, root.level)
    set_up_logs(stream=stream)
    yield stream
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_a_window_that_does_not_open_is_told_with_a_reference_that_stands_in_the_log(office: Office, printed: io.StringIO) -> None:
    office.slack.fails("views.open", "expired_trigger_id", times=1)
    office.alice.types("/roe", "me", "#deals")
    told = office.alice.clicks("Another role").answer.reads
    reference = told.rpartition(" ")[2].rstrip(".")

    assert reference.startswith("R-")
    assert reference in {json.loads(line).get("reference") for line in printed.getvalue().splitlines()}


def test_a_question_full_of_signs_that_are_escaped_has_no_button_that_slack_refuses(office: Office) -> None:
    question = f"who owns renewal for smb at 40k, <this> {'& ' * 600}"[:1_400]

    assert office.alice.mentions(office.bot, "#deals", question).answer.reads


def test_signs_that_cannot_be_seen_are_not_read(office: Office) -> None:
    said = office.alice.writes("who\u200b owns ren\u200bew\u00adal for enter\u2060prise?", to=office.bot).answer

    assert said.reads.startswith("The Account Executive owns renewal (Enterprise).")


def test_what_was_not_understood_is_neither_shared_nor_voted_on(office: Office) -> None:
    office.alice.types("/roe", "xyzzy plugh", "#deals")
    buttons = office.alice.last_message().buttons

    assert "Ask a human" in buttons
    assert not {"Share to channel", "Helpful", "Not helpful"} & set(buttons)


def test_sharing_to_a_private_channel_says_to_invite_it_first(office: Office) -> None:
    office.slack.channel("#secret", members=[office.alice, office.bob], private=True)
    office.alice.types("/roe", QUESTION, "#secret")
    office.alice.clicks("Share to channel")

    assert office.alice.modal.reads.startswith("I do not see this channel, so I cannot post in it. Invite me there with /invite @Rolecall")
