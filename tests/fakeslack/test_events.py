"""What happens in a workspace, and what a bot hears of it, in which order."""

from __future__ import annotations

import pytest

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.conftest import World
from fakeslack.targets import Answer, Request


class Recorder:
    """A target that notes what is said."""

    def __init__(self, heard: list[str]) -> None:
        self.heard = heard

    def post(self, request: Request) -> Answer:
        event = request.payload.get("event", {})
        self.heard.append(event.get("text") or event.get("type") or request.kind)
        return Answer(200)


@pytest.fixture
def heard(bot: Bot) -> list[str]:
    heard: list[str] = []
    bot.at(Recorder(heard))
    return heard


def test_events_are_held_and_come_in_another_order(slack: FakeSlack, bot: Bot, heard: list[str]) -> None:
    alice = slack.person("alice")
    with slack.holding() as held:
        for text in ("one", "two", "three"):
            alice.writes(to=bot, text=text)
        assert heard == []
        held.release(reversed)
        alice.writes(to=bot, text="four")

    assert heard == ["three", "two", "one", "four"]


def test_messages_change_in_every_way_that_slack_knows(slack: FakeSlack, bot: Bot, heard: list[str]) -> None:
    alice, robot = slack.person("alice"), slack.other_bot("deploys")
    asked = alice.writes("renewal?", in_="#deals")
    events = [
        *alice.edits(asked, "@rolecall renewal?").events,
        *alice.sees_unfurled(asked).events,
        *alice.replies(asked, "anyone?", broadcast=True).events,
        *alice.uploads("#deals", "see this").events,
        *alice.reacts(asked, "eyes").events,
        *robot.writes("deployed", in_="#deals").events,
        *robot.writes("deployed", in_="#deals", classic=True).events,
        *alice.deletes(asked).events,
    ]

    assert events == [
        *("message.message_changed", "app_mention", "message.message_changed", "app_mention"),
        *("message.thread_broadcast", "message.file_share", "reaction_added", "message", "message.bot_message"),
        "message.message_deleted",
    ]
    changed = bot.sent("message.message_changed")[0].payload["event"]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("renewal?", f"<@{bot.id}> renewal?")
    mention = bot.sent("app_mention")[0].payload["event"]
    assert mention["edited"]["user"] == alice.id
    assert mention["ts"] == asked.message.ts
    assert len(heard) == 11


def test_a_preview_names_nobody_anew(slack: FakeSlack, bot: Bot, heard: list[str]) -> None:
    alice = slack.person("alice")
    asked = alice.mentions(bot, in_="#deals", text="see https://x.example")

    assert alice.sees_unfurled(asked).events == ["message.message_changed"]


def test_a_bot_hears_itself(world: World) -> None:
    asked = world.alice.writes(to=world.bot, text="hello")

    assert len(asked.answers) == 1
    own = world.bot.sent("message")[-1].payload["event"]
    assert (own["user"], own["bot_id"]) == (world.bot.id, world.bot.user.bot_id)
    world.bot.hears_itself = False
    world.alice.writes(to=world.bot, text="hello")
    world.slack.settle()
    assert world.bot.sent("message")[-1].payload["event"]["user"] == world.alice.id


def test_a_bot_hears_what_it_has_subscribed_to_and_where_it_is(slack: FakeSlack, heard: list[str]) -> None:
    bot = slack.installs("quiet", events={"app_mention", "message.im"})
    bot.at(Recorder(heard))
    alice = slack.person("alice")
    slack.channel("#elsewhere", members=[alice])

    assert alice.mentions(bot, in_="#deals", text="x").events == ["message", "app_mention"]  # the other bot hears messages
    assert alice.writes("x", in_="#elsewhere").events == []
    assert alice.mentions(bot, in_="#elsewhere", text="x").events == []
    assert alice.opens_home(bot).events == []


def test_admins_do_what_admins_do(slack: FakeSlack, bot: Bot, heard: list[str]) -> None:
    alice, globex = slack.person("alice"), slack.team("Globex")
    deals = slack.channel("#deals", members=[alice])
    acts = [
        slack.invites(bot, "#deals", by=alice),
        slack.shares("#deals", globex, accepted=False),
        slack.shares("#deals", globex),
        slack.unshares("#deals", globex),
        slack.archives(deals),
        slack.happens(bot, {"type": "agent_session_stopped", "user": alice.id}),
        slack.revokes(bot),
        slack.uninstalls(bot),
    ]

    assert [event for act in acts for event in act.events] == [
        *("member_joined_channel", "channel_shared", "channel_unshared", "channel_archive", "agent_session_stopped"),
        *("tokens_revoked", "tokens_revoked", "app_uninstalled"),
    ]
    assert alice.writes("hello?", to=bot).events == []


def test_people_of_other_workspaces_bring_theirs_along(slack: FakeSlack, bot: Bot, heard: list[str]) -> None:
    globex = slack.team("Globex", enterprise_id="E0GLOBEX")
    alice, mallory = slack.person("alice"), slack.person("mallory", team=globex)
    slack.channel("#joint", members=[alice, mallory, bot], shared_with=[globex])
    payload = mallory.mentions(bot, in_="#joint", text="who owns renewal?").delivery.payload

    assert payload["is_ext_shared_channel"]
    assert (payload["team_id"], payload["context_team_id"]) == (globex.id, slack.home.id)
    assert payload["authorizations"][0]["team_id"] == slack.home.id
    assert payload["event"]["user_team"] == globex.id
    assert "user_team" not in alice.mentions(bot, in_="#joint", text="x").delivery.payload["event"]
    with pytest.raises(AssertionError, match="not in the workspace"):
        mallory.types("/roe", "x", in_="#joint")


def test_an_org_wide_installation_has_no_team(slack: FakeSlack, heard: list[str]) -> None:
    org = slack.team("Big", enterprise_id="E0BIG")
    bot = slack.installs("orgbot", team=org, enterprise_install=True)
    bot.at(Recorder(heard))
    erin = slack.person("erin", team=org)
    event, command = erin.writes(to=bot, text="x").delivery.payload, erin.types("/x", bot=bot).delivery.payload

    assert event["authorizations"] == [
        {"enterprise_id": "E0BIG", "team_id": None, "user_id": bot.id, "is_bot": True, "is_enterprise_install": True}
    ]
    assert (command["is_enterprise_install"], command["enterprise_id"]) == ("true", "E0BIG")
