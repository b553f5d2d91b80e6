"""chat.* and reactions.*: messages, with Slack's own ideas of where a bot may post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.api import Args, find_channel, find_user, method, need
from fakeslack.content import check_message
from fakeslack.state import Channel, Message, SlackError

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack


@method("chat.postMessage", "chat:write")
def post_message(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A message of the bot."""
    channel = where_to(slack, bot, args)
    content = check_message(slack, "chat.postMessage", args)
    message = slack.said_by(bot, channel, content, thread_ts=thread_of(slack, channel, args), broadcast=bool(args.get("reply_broadcast")))
    return {"channel": channel.id, "ts": message.ts, "message": message.to_dict()}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A message that one person sees, who has to be in the channel; it is in no history and cannot be updated."""
    (who,) = need(args, "user")
    channel = where_to(slack, bot, args)
    if str(who) not in channel.members:
        raise SlackError("user_not_in_channel")
    content = check_message(slack, "chat.postEphemeral", args)
    message = slack.said_by(bot, channel, content, thread_ts=thread_of(slack, channel, args), ephemeral_to=str(who))
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A change of the bot's own message. What is not given stays, so blocks have to be emptied to go."""
    message = own_message(slack, bot, args, "cant_update_message")
    content = check_message(slack, "chat.update", {**args, "blocks": args.get("blocks", message.blocks)})
    slack.change(message, **{key: content[key] for key in ("text", "blocks", "attachments", "metadata") if key in args})
    return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": message.to_dict()}


@method("chat.delete", "chat:write")
def delete(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The end of the bot's own message."""
    message = own_message(slack, bot, args, "cant_delete_message")
    slack.delete(message)
    return {"channel": message.channel.id, "ts": message.ts}


@method("chat.getPermalink")
def get_permalink(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The address of a message."""
    id, ts = need(args, "channel", "message_ts")
    message = find_message(slack, find_channel(slack, bot, id), ts)
    link = f"https://{bot.team.domain}.slack.com/archives/{message.channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel.id}"
    return {"channel": message.channel.id, "permalink": link}


@method("reactions.add", "reactions:write")
def add_reaction(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """A reaction of the bot."""
    message, name = reacted(slack, bot, args)
    users = message.reactions.setdefault(name, [])
    if bot.id in users:
        raise SlackError("already_reacted")
    users.append(bot.id)
    slack.reacted(bot.user, message, name, "reaction_added")


@method("reactions.remove", "reactions:write")
def remove_reaction(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """A reaction taken back."""
    message, name = reacted(slack, bot, args)
    if bot.id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(bot.id)
    slack.reacted(bot.user, message, name, "reaction_removed")


def reacted(slack: FakeSlack, bot: Bot, args: Args) -> tuple[Message, str]:
    """The message and the name of a reaction."""
    id, ts, name = need(args, "channel", "timestamp", "name")
    return find_message(slack, find_channel(slack, bot, id), ts), str(name)


def where_to(slack: FakeSlack, bot: Bot, args: Args) -> Channel:
    """The channel of a message: by its id or name, or somebody's direct messages."""
    (id,) = need(args, "channel")
    named = slack.state.users.get(str(id))
    if named is not None:
        channel = slack.state.direct(find_user(slack, bot, named.id).id, bot.id)
    else:
        known = [each.id for each in slack.state.channels.values() if f"#{each.name}" == id]
        channel = find_channel(slack, bot, known[0] if known else id)
    if channel.archived:
        raise SlackError("is_archived")
    if bot.id not in channel.members and not (bot.scopes and "chat:write.public" in bot.scopes):
        raise SlackError("not_in_channel")
    if channel.kind == "im":
        others = [slack.state.users[member] for member in channel.members if member != bot.id]
        if any(other.bot_id for other in others):
            raise SlackError("cannot_dm_bot")
        if not bot.messages_tab:
            raise SlackError("messages_tab_disabled")
        if any(other.team is not bot.team or other.deleted for other in others):
            raise SlackError("channel_not_found")
    return channel


def thread_of(slack: FakeSlack, channel: Channel, args: Args) -> str | None:
    """The thread of a message. A ts that never named a message there is a mistake of the bot, though Slack takes it."""
    ts = args.get("thread_ts")
    if ts is None:
        return None
    if not any(message.ts == str(ts) and message.channel is channel for message in slack.state.messages):
        slack.violate("chat", f"thread_ts {ts} names no message of {channel}")
    return str(ts)


def find_message(slack: FakeSlack, channel: Channel, ts: Any) -> Message:
    """A message that is there."""
    message = slack.state.find_message(channel, str(ts))
    if message is None:
        raise SlackError("message_not_found")
    return message


def own_message(slack: FakeSlack, bot: Bot, args: Args, otherwise: str) -> Message:
    """A message of the bot."""
    id, ts = need(args, "channel", "ts")
    message = find_message(slack, find_channel(slack, bot, id), ts)
    if message.bot_id != bot.user.bot_id:
        raise SlackError(otherwise)
    return message
