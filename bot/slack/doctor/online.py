"""What Slack says: who we are, what was granted, the clock, the channels of teams, the people whom the model lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from pydantic import SecretStr
from slack_sdk import WebClient

from bot.config import Settings
from bot.domain.company import Company, Party
from bot.slack.client import Done, Later, Outcome, Refused, call, make_client
from bot.slack.doctor.finding import Finding, note, ok, problem
from bot.slack.guard import FOREIGN
from bot.slack.people import mapping
from bot.slack.scopes import Scope, lacking

TIMEOUT = 10
SKEW, TOO_MUCH = 30, 240
"""Seconds by which the clock may be off; from five minutes on Slack's signatures are taken for old ones."""
PAGES, A_PAGE = 20, 1_000
"""How far the list of channels is looked through."""
INSTALL = "install the app again: OAuth & Permissions, Reinstall"


def check_online(settings: Settings, company: Company, now: float) -> Iterator[Finding]:
    """Everything that Slack says, with the tokens that are set."""
    if settings.slack_bot_token is not None:
        yield from check_slack(client_of(settings.slack_bot_token, settings), company, now)
    if settings.slack_app_token is not None:
        yield check_app_token(client_of(settings.slack_app_token, settings))


def client_of(token: SecretStr, settings: Settings) -> WebClient:
    """A client of the Web API."""
    return make_client(token.get_secret_value(), settings.slack_api_url, TIMEOUT)


def check_slack(client: WebClient, company: Company, now: float) -> Iterator[Finding]:
    """Everything that the bot's token shows."""
    outcome = call(client, "auth.test")
    if not isinstance(outcome, Done):
        yield trouble("slack", "the bot's token", outcome, "copy SLACK_BOT_TOKEN anew from OAuth & Permissions")
        return
    yield ok("slack", f"{outcome.said.get('user', 'the bot')} in {outcome.said.get('team', 'the workspace')}")
    granted = frozenset(scope.strip() for scope in outcome.scopes.split(",") if scope.strip())
    yield from check_clock(outcome.date, now)
    yield from check_scopes(granted)
    yield from check_channels(client, company)
    yield from check_listed(client, company, granted)


def trouble(check: str, what: str, outcome: Outcome, fix: str) -> Finding:
    """A call that failed, in words."""
    match outcome:
        case Refused(error=error):
            return problem(check, f"Slack refuses {what}: {error}", fix)
        case Later(reason=reason):
            return problem(
                check, f"Slack cannot be asked just now ({reason})", "see whether this machine reaches SLACK_API_URL, then try again"
            )
        case Done():
            return ok(check, what)


def check_clock(date: str, now: float) -> Iterator[Finding]:
    """Whether this machine's clock goes right: a signature is good for five minutes."""
    try:
        skew = now - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return
    way = f"{abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Slack's"
    if abs(skew) < SKEW:
        yield ok("clock", "goes right")
    elif abs(skew) < TOO_MUCH:
        yield note("clock", way, "let the machine keep its time by NTP")
    else:
        yield problem("clock", f"{way}: everything that Slack sends is taken to be old", "let the machine keep its time by NTP")


def check_scopes(granted: frozenset[str]) -> Iterator[Finding]:
    """What was granted, against what is needed."""
    if not granted:
        yield note("scopes", "Slack does not say what was granted")
        return
    missing = lacking(granted, agent=False)
    needed = [scope for scope in missing if not scope.optional]
    if not needed:
        yield ok("scopes", "all that are needed were granted")
    for scope in needed:
        yield problem("scopes", f"{scope.name} was not granted: it is needed {scope.why}", INSTALL)
    yield from (without(scope) for scope in missing if scope.optional)


def without(scope: Scope) -> Finding:
    """What is lost without an optional scope."""
    return note("scopes", f"without {scope.name}: {scope.without}", f"to have it, {INSTALL}")


def check_channels(client: WebClient, company: Company) -> Iterator[Finding]:
    """Whether the channel of each team is there and may be posted in."""
    teams = [party for party in company.parties.values() if party.channel]
    found = channels_of(client, teams)
    if not isinstance(found, dict):
        yield trouble("channels", "the list of channels", found, INSTALL)
        return
    wrong = [finding for team in teams if (finding := check_channel(team, found.get(team.channel.lstrip("#"))))]
    if teams and not wrong:
        yield ok("channels", f"all {len(teams)} of teams can be posted in" if len(teams) > 1 else f"{teams[0].channel} can be posted in")
    yield from wrong


def channels_of(client: WebClient, teams: Iterable[Party]) -> dict[str, Mapping[str, Any]] | Outcome:
    """The channels of teams, by what the model calls them: a name or an id."""
    wanted = {team.channel.lstrip("#") for team in teams}
    found: dict[str, Mapping[str, Any]] = {}
    cursor: str | None = None
    for _ in range(PAGES if wanted else 0):
        page = call(client, "conversations.list", types="public_channel,private_channel", limit=A_PAGE, cursor=cursor)
        if not isinstance(page, Done):
            return page
        for channel in page.said.get("channels") or ():
            found |= {key: channel for key in (channel.get("name"), channel.get("id")) if key in wanted}
        cursor = mapping(page.said.get("response_metadata")).get("next_cursor")
        if not cursor or wanted <= set(found):
            break
    return found


def check_channel(team: Party, channel: Mapping[str, Any] | None) -> Finding | None:
    """What keeps a team's channel from being posted in."""
    says = f"{team.channel} of {team.name}"
    if channel is None:
        fix = f"type /invite @Rolecall in it, or correct `channel:` of {team.id} in the model"
        return problem("channels", f"{says}: there is none, or it is private and Rolecall is not in it", fix)
    if channel.get("is_archived"):
        return problem("channels", f"{says} is archived", f"name another `channel:` for {team.id} in the model")
    if any(channel.get(key) for key in FOREIGN):
        fix = f"name a channel of your own for {team.id}"
        return problem("channels", f"{says} is shared with another organisation: nothing is posted there", fix)
    if not channel.get("is_member"):
        return problem("channels", f"{says}: Rolecall is not in it", f"type /invite @Rolecall in {team.channel}")
    return None


def check_listed(client: WebClient, company: Company, granted: frozenset[str]) -> Iterator[Finding]:
    """Whether the people and groups whom the model lists are there."""
    listed = dict.fromkeys((*company.maintainers, *(id for ids in company.audiences.values() for id in ids)))
    groups = [id for id in listed if id.startswith("S")]
    wrong = [finding for id in listed if not id.startswith("S") and (finding := check_person(client, id))]
    if groups and granted and "usergroups:read" not in granted:
        says = f"user groups are listed ({', '.join(groups[:3])}) and cannot be read, so nobody in them counts"
        wrong.append(problem("people", says, f"grant usergroups:read: {INSTALL}"))
    else:
        wrong += [finding for id in groups if (finding := check_group(client, id))]
    if listed and not wrong:
        yield ok("people", f"all {len(listed)} whom the model lists are there")
    yield from wrong


def check_person(client: WebClient, id: str) -> Finding | None:
    """Whether somebody whom the model lists is a member."""
    outcome = call(client, "users.info", user=id)
    if isinstance(outcome, Later):
        return note("people", f"{id} could not be looked up just now ({outcome.reason})")
    user = mapping(outcome.said.get("user")) if isinstance(outcome, Done) else {}
    if not user or user.get("deleted"):
        return problem("people", f"the model lists {id}, who is not a member here", "correct it under `maintainers:` or `audiences:`")
    return None


def check_group(client: WebClient, id: str) -> Finding | None:
    """Whether a user group that the model lists can be read."""
    outcome = call(client, "usergroups.users.list", usergroup=id)
    if isinstance(outcome, Later):
        return note("people", f"{id} could not be looked up just now ({outcome.reason})")
    if isinstance(outcome, Refused):
        return problem("people", f"the model lists the user group {id}: {outcome.error}", "correct it under `maintainers:` or `audiences:`")
    return None


def check_app_token(client: WebClient) -> Finding:
    """Whether Socket Mode can be opened; nothing is opened."""
    outcome = call(client, "apps.connections.open")
    if isinstance(outcome, Done):
        return ok("socket", "the app's token opens Socket Mode")
    fix = "copy SLACK_APP_TOKEN anew, and turn Socket Mode on in the app's settings"
    return trouble("socket", "the app's token", outcome, fix)
