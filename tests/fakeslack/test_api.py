"""The Web API: what it knows, what it refuses, and what goes wrong with it on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.conftest import World
from fakeslack.tinybot import home, modal


def client_of(bot: Bot, **more: Any) -> WebClient:
    return WebClient(token=bot.token, base_url=bot.slack.api_url, timeout=2, **more)


def error_of(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as found:
        call()
    return str(found.value.response["error"])


@pytest.fixture
def client(bot: Bot) -> WebClient:
    return client_of(bot)


def test_who_is_who(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    globex = slack.team("Globex")
    alice, guest = slack.person("alice", title="AE", email="a@acme.example"), slack.person("gus", guest="single")
    mallory = slack.person("mallory", team=globex)
    group = slack.usergroup("sales", [alice])

    assert client.auth_test()["bot_id"] == bot.user.bot_id
    assert client.users_info(user=alice.id)["user"]["profile"]["title"] == "AE"
    assert client.users_info(user=guest.id)["user"]["is_ultra_restricted"]
    assert error_of(lambda: client.users_info(user=mallory.id)) == "user_not_visible"
    slack.channel("#joint", members=[mallory, bot], shared_with=[globex])
    assert client.users_info(user=mallory.id)["user"]["is_stranger"]
    assert error_of(lambda: client.users_info(user="U0")) == "user_not_found"
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == [alice.id]
    assert client.usergroups_users_list(usergroup=group)["users"] == [alice.id]
    assert client.bots_info(bot=bot.user.bot_id)["bot"]["user_id"] == bot.id
    assert client.team_info()["team"]["domain"] == "acme"
    assert client.users_profile_get(user=alice.id)["profile"]["email"] == "a@acme.example"
    assert {each["name"] for each in client.users_list()["members"]} == {"slackbot", "rolecall", "alice", "gus"}


def test_tokens(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    assert error_of(lambda: WebClient(token="xoxb-no", base_url=slack.api_url).auth_test()) == "invalid_auth"
    assert error_of(lambda: WebClient(base_url=slack.api_url).auth_test()) == "not_authed"
    assert error_of(lambda: client.apps_connections_open(app_token=bot.token)) == "not_allowed_token_type"
    assert error_of(lambda: WebClient(token=bot.app_token, base_url=slack.api_url).auth_test()) == "not_allowed_token_type"
    assert error_of(lambda: client.api_call("no.such.method")) == "unknown_method"
    slack.revokes(bot)
    assert error_of(client.auth_test) == "token_revoked"


def test_an_installation_is_agreed_to_once(slack: FakeSlack, bot: Bot) -> None:
    code, client = slack.authorizes(bot), WebClient(base_url=slack.api_url)
    given = {"client_id": bot.client_id, "client_secret": bot.client_secret}

    assert error_of(lambda: client.oauth_v2_access(**{**given, "client_secret": "no"}, code=code)) == "bad_client_secret"
    assert client.oauth_v2_access(**given, code=code)["access_token"] == bot.token
    assert error_of(lambda: client.oauth_v2_access(**given, code=code)) == "invalid_code"


def test_scopes_are_needed(slack: FakeSlack) -> None:
    bot = slack.installs("modest", scopes={"chat:write", "im:write"})
    client = client_of(bot)
    slack.channel("#deals", members=[bot])

    with pytest.raises(SlackApiError) as found:
        client.users_info(user=bot.id)
    assert (found.value.response["error"], found.value.response["needed"]) == ("missing_scope", "users:read")
    assert error_of(lambda: client.conversations_info(channel=slack.find_channel("#deals").id)) == "missing_scope"
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write,im:write"


def test_where_a_bot_may_post(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    alice, bob, globex = slack.person("alice"), slack.person("bob"), slack.team("Globex")
    mallory = slack.person("mallory", team=globex)
    places = {
        "public": slack.channel("#public", members=[alice]),
        "private": slack.channel("#private", members=[alice], private=True),
        "old": slack.channel("#old", members=[alice, bot], archived=True),
        "in": slack.channel("#in", members=[alice, mallory, bot], shared_with=[globex]),
    }
    say = {name: (lambda id=place.id: client.chat_postMessage(channel=id, text="x")) for name, place in places.items()}

    assert error_of(say["public"]) == "not_in_channel"
    assert error_of(say["private"]) == "channel_not_found"
    assert error_of(say["old"]) == "is_archived"
    assert say["in"]()["ok"]
    assert client.chat_postMessage(channel="#in", text="x")["ok"]
    assert client.chat_postMessage(channel=alice.id, text="x")["channel"].startswith("D")
    assert error_of(lambda: client.chat_postMessage(channel=mallory.id, text="x")) == "channel_not_found"
    assert error_of(lambda: client.conversations_open(users=mallory.id)) == "user_not_found"
    inside = places["in"].id
    assert error_of(lambda: client.chat_postEphemeral(channel=inside, user=bob.id, text="x")) == "user_not_in_channel"
    assert client.chat_postEphemeral(channel=inside, user=alice.id, text="for you")["message_ts"]
    assert [each.text for each in alice.sees("#in")] == ["x", "x", "for you"]
    assert [each.text for each in mallory.sees("#in")] == ["x", "x"]
    assert [each["text"] for each in client.conversations_history(channel=inside)["messages"]] == ["x", "x"]
    bot.messages_tab = False
    assert error_of(lambda: client.chat_postMessage(channel=alice.id, text="x")) == "messages_tab_disabled"


def test_channels_say_with_whom_they_are_shared(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    globex = slack.team("Globex")
    joint = slack.channel("#joint", members=[bot], shared_with=[globex])
    soon = slack.channel("#soon", members=[bot], invited=[globex], private=True)

    def about(id: str) -> dict[str, Any]:
        return client.conversations_info(channel=id)["channel"]

    assert about(joint.id)["is_ext_shared"]
    assert about(joint.id)["connected_team_ids"] == [globex.id]
    assert (about(soon.id)["is_ext_shared"], about(soon.id)["is_pending_ext_shared"]) == (False, True)
    assert about(client.conversations_open(users=slack.person("alice").id)["channel"]["id"])["is_im"]
    listed = client.conversations_list(types="public_channel,private_channel", limit=1)
    assert listed["channels"][0]["name"] == "joint"
    assert client.conversations_list(types="private_channel", limit=1)["channels"][0]["name"] == "soon"
    assert client.conversations_list(limit=1, cursor=listed["response_metadata"]["next_cursor"])["channels"] == []


def test_a_bot_joins_and_reads_a_thread(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    alice = slack.person("alice")
    deals = slack.channel("#deals", members=[alice])
    asked = alice.writes("renewal?", in_="#deals")
    alice.replies(asked, "anyone?")

    assert error_of(lambda: client.conversations_history(channel=deals.id)) == "not_in_channel"
    client.conversations_join(channel=deals.id)
    assert client.conversations_members(channel=deals.id)["members"] == [alice.id, bot.id]
    thread = client.conversations_replies(channel=deals.id, ts=asked.message.ts)["messages"]
    assert [each["text"] for each in thread] == ["renewal?", "anyone?"]
    assert len(client.conversations_history(channel=deals.id)["messages"]) == 1
    assert error_of(lambda: client.conversations_replies(channel=deals.id, ts="1.000001")) == "thread_not_found"
    link = client.chat_getPermalink(channel=deals.id, message_ts=asked.message.ts)["permalink"]
    assert link == f"https://acme.slack.com/archives/{deals.id}/p{asked.message.ts.replace('.', '')}"


def test_a_bot_changes_and_deletes_its_own_messages_alone(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    alice = slack.person("alice")
    asked = alice.writes("renewal?", in_="#deals")
    place = asked.message.channel.id
    ts = client.chat_postMessage(channel=place, text="one", thread_ts=asked.message.ts)["ts"]

    assert client.chat_update(channel=place, ts=ts, text="two")["text"] == "two"
    assert alice.sees("#deals")[-1].edited
    assert error_of(lambda: client.chat_update(channel=place, ts=asked.message.ts, text="x")) == "cant_update_message"
    assert error_of(lambda: client.chat_delete(channel=place, ts=asked.message.ts)) == "cant_delete_message"
    client.reactions_add(channel=place, timestamp=asked.message.ts, name="eyes")
    assert error_of(lambda: client.reactions_add(channel=place, timestamp=asked.message.ts, name="eyes")) == "already_reacted"
    client.reactions_remove(channel=place, timestamp=asked.message.ts, name="eyes")
    assert error_of(lambda: client.reactions_remove(channel=place, timestamp=asked.message.ts, name="eyes")) == "no_reaction"
    client.chat_delete(channel=place, ts=ts)
    assert error_of(lambda: client.chat_update(channel=place, ts=ts, text="x")) == "message_not_found"
    assert [each.text for each in alice.sees("#deals")] == ["renewal?"]
    slack.settle()
    assert [each.event_type for each in bot.deliveries] == [
        *("message", "message", "message.message_changed", "reaction_added", "reaction_removed", "message.message_deleted")
    ]


def test_a_trigger_opens_one_modal_and_soon(world: World) -> None:
    client = client_of(world.bot)
    act = world.alice.types("/roe", "x")
    trigger = act.delivery.payload["trigger_id"]

    assert error_of(lambda: client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"
    view = client.views_open(trigger_id=trigger, view=modal())["view"]
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    late = world.alice.types("/roe", "x").delivery.payload["trigger_id"]
    world.slack.clock.advance(3.1)
    assert error_of(lambda: client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    assert error_of(lambda: client.views_update(view_id=view["id"], hash="old", view=modal())) == "hash_conflict"
    assert client.views_update(view_id=view["id"], hash=view["hash"], view=modal())["view"]["root_view_id"] == view["id"]
    assert error_of(lambda: client.views_update(view_id="V0", view=modal())) == "not_found"
    published = client.views_publish(user_id=world.alice.id, view=home(""))["view"]
    assert error_of(lambda: client.views_publish(user_id=world.alice.id, view=home(""), hash="old")) == "hash_conflict"
    assert client.views_publish(user_id=world.alice.id, view=home(""), hash=published["hash"])["ok"]


def test_a_response_url_lasts_half_an_hour_and_five_uses(world: World) -> None:
    hook = WebhookClient(world.alice.types("/roe", "x", in_="#deals").delivery.payload["response_url"])
    late = WebhookClient(world.alice.types("/roe", "x", in_="#deals").delivery.payload["response_url"])

    assert hook.send(text="for all", response_type="in_channel").body == "ok"
    assert world.bob.sees("#deals")[-1].text == "for all"
    assert [hook.send(text="x").status_code for _ in range(5)] == [200, 200, 200, 200, 404]
    assert "used_url" in hook.send(text="x").body
    world.slack.clock.advance(1_801)
    assert "expired_url" in late.send(text="x").body


def test_a_response_url_replaces_and_deletes_but_never_shows_to_more(world: World) -> None:
    asked = world.alice.types("/roe", "later", in_="#deals")
    assert asked.answer.ephemeral_to == world.alice.id
    answered = world.alice.mentions(world.bot, in_="#deals", text="renewal").answer
    world.alice.clicks("Why?", on=answered)
    hook = WebhookClient(world.alice.clicks("Why?", on=answered).delivery.payload["response_url"])

    hook.send(text="other", blocks=[], replace_original=True)
    assert world.bob.sees("#deals")[-1].text == "other"
    hook.send_dict({"delete_original": True})
    assert "other" not in [each.text for each in world.bob.sees("#deals")]


def test_an_ephemeral_message_stays_with_whom_it_was_for(world: World) -> None:
    client, deals = client_of(world.bot), world.slack.find_channel("#deals").id
    view = modal()["blocks"][1]["element"]
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Choose"}}, {"type": "actions", "elements": [view]}]
    client.chat_postEphemeral(channel=deals, user=world.alice.id, text="Choose", blocks=blocks)
    chosen = world.alice.selects("Segment", "SMB")

    assert chosen.delivery.payload["container"]["is_ephemeral"]
    assert "message" not in chosen.delivery.payload
    assert chosen.answer.text == "Segment: smb"
    assert world.bob.sees("#deals") == []


def test_sessions_of_agents(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    said = slack.person("alice").writes(to=bot, text="hello")
    place, ts = said.message.channel.id, said.message.ts

    assert client.agents_sessions_setStatus(channel_id=place, thread_ts=ts, status="processing")["agent_status"] == "processing"
    client.agents_sessions_rename(channel_id=place, thread_ts=ts, title="Renewal")
    client.assistant_threads_setTitle(channel_id=place, thread_ts=ts, title="Renewal")
    client.assistant_threads_setStatus(channel_id=place, thread_ts=ts, status="is looking")
    client.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=[{"title": "a", "message": "b"}])
    assert slack.state.sessions[place, ts]["history"] == ["processing", "is looking"]
    assert slack.state.sessions[place, ""]["prompts"]
    assert error_of(lambda: client.agents_sessions_setStatus(channel_id=place, thread_ts=ts, status="asleep")) == "invalid_status"
    slack.expects("at most 4")
    many = [{"title": "a", "message": "b"}] * 5
    assert error_of(lambda: client.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=many)) == "invalid_arguments"


def test_blocks_are_validated_without_a_token(slack: FakeSlack) -> None:
    client = WebClient(base_url=slack.api_url)

    assert client.blocks_validate(view=modal())["ok"]
    with pytest.raises(SlackApiError) as found:
        client.blocks_validate(blocks=[{"type": "nonsense"}])
    assert found.value.response["errors"][0]["pointer"] == "/blocks[0]"


def test_faults_come_in_order_and_where_they_are_meant(slack: FakeSlack, bot: Bot, client: WebClient) -> None:
    alice = slack.person("alice")
    for name in ("#one", "#two"):
        slack.channel(name, members=[alice, bot])
    slack.fails("chat.postMessage", "ratelimited", channel="#one", retry_after=7)
    slack.fails("chat.postMessage", status=503, channel="#one")
    slack.fails("chat.postMessage", "fatal_error", channel="#one", times=2)

    def say(name: str) -> Any:
        return client.chat_postMessage(channel=slack.find_channel(name).id, text="x")

    assert say("#two")["ok"]
    with pytest.raises(SlackApiError) as found:
        say("#one")
    assert (found.value.response.status_code, found.value.response.headers["Retry-After"]) == (429, "7")
    with pytest.raises(SlackApiError) as found:
        say("#one")
    assert found.value.response.status_code == 503
    assert [error_of(lambda: say("#one")) for _ in range(2)] == ["fatal_error"] * 2
    assert say("#one")["ok"]
    assert [call.error for call in slack.calls("chat.postMessage")] == ["", "ratelimited", "503", "fatal_error", "fatal_error", ""]


def test_the_network_fails_before_and_after_the_work_is_done(slack: FakeSlack, bot: Bot) -> None:
    client = WebClient(token=bot.token, base_url=slack.api_url, timeout=0.2, retry_handlers=[])
    alice = slack.person("alice")
    deals = slack.channel("#deals", members=[alice, bot]).id
    slack.fails("chat.postMessage", drop=True)
    slack.fails("chat.postMessage", hang=0.4)
    slack.fails("chat.postMessage", drop=True, afterwards=True)

    for _ in range(3):
        with pytest.raises((OSError, Exception), match=r".*"):
            client.chat_postMessage(channel=deals, text="x")
    assert len(alice.sees("#deals")) == 1


def test_a_fault_that_nothing_runs_into_is_told() -> None:
    slack = FakeSlack()
    slack.fails("views.open", "fatal_error")
    slack.close()

    assert slack.unexpected() == ["a fault that nothing ran into: views.open fatal_error"]
