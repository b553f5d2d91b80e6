"""The payloads that Slack sends, built from its state: events, commands, interactions. Shapes alone; nothing is sent from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.reading import Handle, handles_of
from fakeslack.state import CHANNEL_TYPE, Channel, Message, Team, User, View

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.state import State

TOKEN = "verification-token"


def event_callback(bot: Bot, state: State, event: dict[str, Any], channel: Channel | None, actor: User | None) -> dict[str, Any]:
    """An event in its envelope. In shared channels `team_id` may be that of others; the installation stands in `authorizations`."""
    home, shared = bot.team, bool(channel and channel.is_ext_shared)
    team = actor.team if actor and shared else home
    return {
        "token": TOKEN,
        "team_id": team.id,
        "enterprise_id": team.enterprise_id,
        "context_team_id": home.id,
        "context_enterprise_id": home.enterprise_id,
        "api_app_id": bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": state.new_id("Ev"),
        "event_time": int(state.clock.now()),
        "authorizations": [bot.authorization],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{state.new_id('ctx')}",
    }


def message_event(message: Message, team: Team, actor: User | None) -> dict[str, Any]:
    """A message as an event. People of another workspace bring their own along."""
    event = message.to_dict() | {
        "channel": message.channel.id,
        "channel_type": CHANNEL_TYPE[message.channel.kind],
        "event_ts": message.ts,
        "team": team.id,
    }
    if not message.bot_id:
        event["client_msg_id"] = f"00000000-0000-4000-8000-{message.ts.replace('.', '')[-12:]}"
    if actor and actor.team is not team:
        event |= {"user_team": actor.team.id, "source_team": actor.team.id, "team": actor.team.id, "user_profile": profile(actor)}
    return event


def changed_event(message: Message, before: dict[str, Any], stamp: str) -> dict[str, Any]:
    """A message that has changed: an edit, an unfurled link, a bot's own update."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": message.to_dict(),
        "previous_message": before,
        "channel": message.channel.id,
        "channel_type": CHANNEL_TYPE[message.channel.kind],
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }


def deleted_event(message: Message, stamp: str) -> dict[str, Any]:
    """A message that is gone."""
    event = changed_event(message, message.to_dict(), stamp) | {"subtype": "message_deleted", "deleted_ts": message.ts}
    del event["message"]
    return event


def mention_event(message: Message, team: Team, actor: User) -> dict[str, Any]:
    """A message as the mention of a bot."""
    event = message_event(message, team, actor) | {"type": "app_mention"}
    event.pop("channel_type")
    return event


def profile(user: User) -> dict[str, Any]:
    """What people see of somebody."""
    made = {"real_name": user.name.title(), "display_name": user.name, "title": user.title, "team": user.team.id}
    return made | ({"email": user.email} if user.email else {})


def person(user: User) -> dict[str, Any]:
    """Somebody, as interactions name them."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team.id}


def team_of(bot: Bot) -> dict[str, Any]:
    """The workspace, as interactions name it."""
    team = {"id": bot.team.id, "domain": bot.team.domain}
    return team | ({"enterprise_id": bot.team.enterprise_id} if bot.team.enterprise_id else {})


def interaction(kind: str, bot: Bot, user: User, trigger: str) -> dict[str, Any]:
    """What all interactions have in common."""
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": bot.app_id,
        "team": None if bot.enterprise_install else team_of(bot),
        "enterprise": {"id": bot.team.enterprise_id, "name": "Enterprise"} if bot.team.enterprise_id else None,
        "is_enterprise_install": bot.enterprise_install,
        "user": person(user),
        "trigger_id": trigger,
    }


def place(channel: Channel) -> dict[str, str]:
    """A channel, as interactions name it."""
    name = {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
    return {"id": channel.id, "name": name}


def command(bot: Bot, user: User, channel: Channel, said: tuple[str, str], reply: tuple[str, str]) -> dict[str, str]:
    """A slash command: what was said, and the response_url and trigger_id to reply by."""
    where = place(channel)
    made = {
        "token": TOKEN,
        "team_id": bot.team.id,
        "team_domain": bot.team.domain,
        "channel_id": where["id"],
        "channel_name": where["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": said[0],
        "text": said[1],
        "api_app_id": bot.app_id,
        "is_enterprise_install": str(bot.enterprise_install).lower(),
        "response_url": reply[0],
        "trigger_id": reply[1],
    }
    return made | ({"enterprise_id": bot.team.enterprise_id, "enterprise_name": "Enterprise"} if bot.team.enterprise_id else {})


def on_message(message: Message) -> dict[str, Any]:
    """Where something was pressed: a message. Of an ephemeral one the payload carries no copy."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": bool(message.ephemeral_to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    made = {"container": container, "channel": place(message.channel), "state": {"values": values(message)}}
    return made if message.ephemeral_to else made | {"message": message.to_dict()}


def on_view(view: View, bot: Bot) -> dict[str, Any]:
    """Where something was pressed: a modal or the Home tab."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_dict(view, bot)}


def view_dict(view: View, bot: Bot) -> dict[str, Any]:
    """A view as the API and interactions show it."""
    made = {
        "id": view.id,
        "team_id": bot.team.id,
        "app_id": bot.app_id,
        "app_installed_team_id": bot.team.id,
        "bot_id": bot.user.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": values(view)},
    }
    empty = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None, "close": None}
    return empty | {"clear_on_close": False, "notify_on_close": False} | view.content | made


def values(thing: Message | View) -> dict[str, Any]:
    """What is chosen and typed in a message or view."""
    found: dict[str, Any] = {}
    for handle in handles_of(thing.blocks):
        if is_input(handle):
            at = found.setdefault(handle.block["block_id"], {})
            initial = thing.chosen.get(handle.block["block_id"], {}).get(handle.element["action_id"])
            at[handle.element["action_id"]] = initial or first_value(handle.element)
    return found


def is_input(handle: Handle) -> bool:
    """Whether something holds a value."""
    return handle.element["type"] not in ("button", "overflow", "feedback_buttons", "icon_button", "workflow_button")


def first_value(element: Any) -> dict[str, Any]:
    """What an element holds before anybody touches it."""
    kind = element["type"]
    key = VALUE_KEYS.get(kind, "value")
    initial = element.get(f"initial_{key.removeprefix('selected_')}", element.get("initial_value"))
    return {"type": kind, key: initial if initial is not None else [] if key.endswith("s") else None}


VALUE_KEYS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "overflow": "selected_option",
}
"""Under which key an element tells what was chosen; typed text is a `value`."""
