"""Strict scopes: what people get where something was not granted. One test for each, because each needs a process of its own."""

from __future__ import annotations

from emulate.conftest import Open

QUESTION = "who owns a 40k smb renewal?"
KEPT = "who owns the account in smb?"
"""What a team with a channel keeps the rules of."""
OWNS = "The Renewals Manager owns renewal (SMB, ARR €40k)."


def test_where_channels_cannot_be_looked_at_people_are_told_so_and_the_rest_works(opened: Open) -> None:
    slack = opened("channels:read", "groups:read", front=True)  # the front would tell what they are
    alice, bob = slack.named("alice"), slack.named("bob")
    bob.acts()
    asked = alice.mentions(slack.bot, "#deals", QUESTION)
    assert asked.answer.text.startswith("I cannot tell who can read this channel")
    assert asked.answer.ephemeral_to == alice.id

    assert alice.writes(QUESTION, to=slack.bot).answer.reads.startswith(OWNS)
    alice.clicks("Ask a human", on=alice.writes(KEPT, to=slack.bot).answer)
    if "I cannot post that in #revops" not in slack.shows(alice, "modal"):  # it is told at once where the channels were looked at before
        alice.submits()
        assert alice.last_message().reads.startswith("I could not post in #revops, the channel of Revenue Operations.")
    assert bob.news(bob.before) == []


def test_where_it_may_not_write_it_answers_by_what_is_left_and_logs_the_rest(opened: Open) -> None:
    slack = opened("chat:write")
    alice = slack.named("alice")
    asked = alice.types("/roe", QUESTION, in_="#deals")
    assert asked.answer.reads.startswith(OWNS)

    alice.clicks("Ask a human", on=alice.types("/roe", KEPT, in_="#deals").answer)
    seen = slack.shows(alice, "modal")
    assert "This will be posted in #revops" in seen or "I cannot post that in #revops" in seen  # the latter once channels were looked at
    alice.opens_home(slack.bot)
    assert "Meridian" in slack.shows(alice, "app home")

    alice.mentions(slack.bot, "#deals", QUESTION)
    given_up = slack.wait_for(lambda: [line for line in slack.running.said().splitlines() if "given_up" in line])
    assert '"reason": "missing_scope"' in given_up[0]
    assert '"reference": "R-' in given_up[0]
