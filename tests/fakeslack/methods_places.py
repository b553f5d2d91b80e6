"""conversations.*: channels, who is in them, and what was said there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.api import Args, find_channel, find_user, method, need
from fakeslack.state import FAMILY, Channel, Kind, Message, SlackError, pages

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

KINDS: dict[str, Kind] = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def describe(channel: Channel, bot: Bot) -> dict[str, Any]:
    """A channel as the API shows it."""
    shared = {
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": bool(channel.pending),
        "pending_shared": channel.pending,
        "pending_connected_team_ids": channel.pending,
        "shared_team_ids": [channel.team.id, *channel.connected],
        "connected_team_ids": channel.connected,
        "context_team_id": bot.team.id,
    }
    if channel.kind == "im":
        other = next((member for member in channel.members if member != bot.id), bot.id)
        return {"id": channel.id, "is_im": True, "user": other, "is_archived": channel.archived, "is_user_deleted": False, **shared}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "is_member": bot.id in channel.members,
        "num_members": len(channel.members),
        **shared,
    }


def allowed(slack: FakeSlack, bot: Bot, args: Args, right: str) -> Channel:
    """The channel that is asked about, where the scope for its kind was granted."""
    (id,) = need(args, "channel")
    channel = find_channel(slack, bot, id)
    bot.must_have(f"{FAMILY[channel.kind]}:{right}")
    return channel


def paged(items: list[Any], args: Args, name: str) -> dict[str, Any]:
    """A page of a list, under a name."""
    page, cursor = pages(items, int(args.get("limit") or 100), str(args.get("cursor") or ""))
    return {name: page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


@method("conversations.info")
def info(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """About one channel."""
    return {"channel": describe(allowed(slack, bot, args, "read"), bot)}


@method("conversations.list", "channels:read", "groups:read", "im:read", "mpim:read")
def list_all(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The channels that the bot may see."""
    kinds = {KINDS[kind.strip()] for kind in str(args.get("types") or "public_channel").split(",")}
    found = [
        describe(channel, bot)
        for channel in slack.state.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or bot.id in channel.members)
        and not (args.get("exclude_archived") and channel.archived)
    ]
    return paged(found, args, "channels")


@method("conversations.members")
def members(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Who is in a channel."""
    return paged(allowed(slack, bot, args, "read").members, args, "members")


@method("conversations.open", "im:write", "mpim:write")
def open_direct(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The direct messages with somebody, or with several people."""
    if args.get("channel"):
        channel = find_channel(slack, bot, args["channel"])
    else:
        (users,) = need(args, "users")
        people = [find_user(slack, bot, id.strip()) for id in (users.split(",") if isinstance(users, str) else users)]
        if any(person.bot_id for person in people):
            raise SlackError("cannot_dm_bot")
        if any(person.deleted for person in people):
            raise SlackError("user_disabled")
        if any(person.team is not bot.team for person in people):
            raise SlackError("user_not_found")
        channel = slack.state.direct(bot.id, *(person.id for person in people))
    return {"channel": describe(channel, bot) if args.get("return_im") else {"id": channel.id}}


@method("conversations.join", "channels:join")
def join(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The bot comes into a public channel."""
    (id,) = need(args, "channel")
    channel = find_channel(slack, bot, id)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if bot.id not in channel.members:
        slack.joins(bot.user, channel)
    return {"channel": describe(channel, bot)}


def told(slack: FakeSlack, bot: Bot, args: Args) -> tuple[Channel, list[Message]]:
    """What was said in a channel between two times."""
    channel = allowed(slack, bot, args, "history")
    if bot.id not in channel.members:
        raise SlackError("not_in_channel")
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9999999999")
    whole = bool(args.get("inclusive"))
    found = [each for each in slack.state.in_channel(channel) if oldest < each.ts < latest or (whole and each.ts in (oldest, latest))]
    return channel, found


@method("conversations.history")
def history(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """What was said outside threads, the last first."""
    _, found = told(slack, bot, args)
    roots = [each.to_dict() for each in reversed(found) if not each.thread_ts or each.thread_ts == each.ts or each.broadcast]
    return paged(roots, args, "messages")


@method("conversations.replies")
def replies(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A thread, from its root on."""
    (ts,) = need(args, "ts")
    _, found = told(slack, bot, args)
    thread = [each.to_dict() for each in found if ts in (each.ts, each.thread_ts)]
    if not thread:
        raise SlackError("thread_not_found")
    return paged(thread, args, "messages")
