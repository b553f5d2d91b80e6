"""auth, users, usergroups, team, bots, oauth, apps: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.api import Args, find_user, method, need
from fakeslack.methods_places import paged
from fakeslack.payloads import profile
from fakeslack.state import SlackError, User

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack


def describe(user: User, bot: Bot) -> dict[str, Any]:
    """Somebody as the API shows them; the address of mail only with the scope for it."""
    shown = profile(user)
    if bot.scopes is not None and "users:read.email" not in bot.scopes:
        shown.pop("email", None)
    return {
        "id": user.id,
        "team_id": user.team.id,
        "name": user.name,
        "real_name": user.name.title(),
        "deleted": user.deleted,
        "is_bot": bool(user.bot_id),
        "is_app_user": False,
        "is_admin": user.admin,
        "is_owner": False,
        "is_restricted": bool(user.guest),
        "is_ultra_restricted": user.guest == "single",
        "is_stranger": user.team is not bot.team,
        "tz": "Etc/UTC",
        "profile": shown,
    }


@method("api.test")
def api_test(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Whether the API is there."""
    return {"args": args}


@method("auth.test")
def auth_test(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Who the caller is."""
    team = bot.team
    made = {"url": f"https://{team.domain}.slack.com/", "team": team.name, "team_id": team.id, "user": bot.name, "user_id": bot.id}
    enterprise = {"enterprise_id": team.enterprise_id} if team.enterprise_id else {}
    return made | {"bot_id": bot.user.bot_id, "is_enterprise_install": bot.enterprise_install} | enterprise


@method("auth.revoke")
def auth_revoke(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The end of the token."""
    bot.revoked = not args.get("test")
    return {"revoked": bot.revoked}


@method("users.info", "users:read")
def users_info(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """About somebody."""
    return {"user": describe(find_user(slack, bot, need(args, "user")[0]), bot)}


@method("users.profile.get", "users.profile:read", "users:read")
def profile_get(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """What people see of somebody."""
    return {"profile": describe(find_user(slack, bot, need(args, "user")[0]), bot)["profile"]}


@method("users.list", "users:read")
def users_list(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Everybody in the workspace."""
    return paged([describe(user, bot) for user in slack.state.users.values() if user.team is bot.team], args, "members")


@method("usergroups.list", "usergroups:read")
def usergroups_list(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The groups of people; with their members when they are asked for."""
    hidden = () if args.get("include_users") else ("users",)
    return {"usergroups": [{key: value for key, value in group.items() if key not in hidden} for group in slack.state.usergroups.values()]}


@method("usergroups.users.list", "usergroups:read")
def usergroup_members(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The members of a group."""
    group = slack.state.usergroups.get(str(need(args, "usergroup")[0]))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group["users"]}


@method("team.info", "team:read")
def team_info(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """About the workspace."""
    team = bot.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "enterprise_id": team.enterprise_id}}


@method("bots.info", "users:read")
def bots_info(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """About a bot."""
    (id,) = need(args, "bot")
    found = next((user for user in slack.state.users.values() if user.bot_id == id), None)
    if found is None:
        raise SlackError("bot_not_found")
    return {"bot": {"id": id, "app_id": found.app_id, "user_id": found.id, "name": found.name, "deleted": found.deleted}}


@method("oauth.v2.access")
def oauth_access(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The token of an installation, for the code of a person who agreed to it."""
    id, secret, code = need(args, "client_id", "client_secret", "code")
    installed = next((each for each in slack.bots if each.client_id == id), None)
    if installed is None:
        raise SlackError("invalid_client_id")
    if installed.client_secret != secret:
        raise SlackError("bad_client_secret")
    if code not in slack.codes:
        raise SlackError("invalid_code")
    if slack.codes.pop(code) is not installed:
        raise SlackError("invalid_code")
    installed.revoked = False
    return {
        "access_token": installed.token,
        "token_type": "bot",
        "scope": ",".join(sorted(installed.scopes or ())),
        "bot_user_id": installed.id,
        "app_id": installed.app_id,
        "team": {"id": installed.team.id, "name": installed.team.name},
        "enterprise": {"id": installed.team.enterprise_id} if installed.team.enterprise_id else None,
        "authed_user": {"id": next(iter(slack.state.users))},
        "is_enterprise_install": installed.enterprise_install,
    }


@method("apps.connections.open")
def connections_open(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The address of a socket."""
    return {"url": slack.sockets.ticket(bot)}
