"""The manifests of the Slack app: the plain bot with the least scopes, and the agent. JSON that Slack takes as it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.render.inert import cut
from bot.slack.names import COMMAND, Given, Shortcut, Step
from bot.slack.scopes import AGENT_EVENTS, EVENTS, scopes_for
from bot.slack.views.here import Asker, Here
from bot.slack.views.suggested import prompts

Manifest = dict[str, Any]

NAME, COLOUR = "Rolecall", "#1d3d5c"
EVENTS_PATH = "/slack/events"
DESCRIPTION, AGENT_DESCRIPTION, LONG = 140, 300, 4_000
INPUTS = {
    Given.QUESTION: ("Question", "What you want to know, such as: who owns the renewal on a 40k auto-renew?", True),
    Given.SEGMENT: ("Segment", "The customer's segment, by the company's own name", False),
    Given.ROLE: ("Role", "From whose point of view it is asked", False),
}
OUTPUTS = {
    Given.ANSWER: ("Answer", "The whole answer in plain words", True),
    Given.OWNER: ("Owner", "The role or team that the rules name; empty where they name none", True),
}
"""Parameter of the custom step -> title, description, and whether it is always there."""


def make_manifest(here: Here, *, agent: bool, url: str = "") -> Manifest:
    """The manifest for Socket Mode, or for HTTP at an address."""
    address = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH if url else ""
    made: Manifest = {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": display(here),
        "features": features(address) | ({"agent_view": agent_view(here)} if agent else {}),
        "oauth_config": {"scopes": scopes(agent=agent)},
        "settings": settings(address, agent=agent),
    }
    return made | ({"functions": {Step.LOOK_UP.value: custom_step()}} if agent else {})


def display(here: Here) -> Manifest:
    """How the app presents itself."""
    told = here.say("manifest", {})
    texts = {"description": cut(told.headline, DESCRIPTION), "long_description": cut("\n".join(told.lines), LONG)}
    return {"name": NAME, **texts, "background_color": COLOUR}


def features(address: str) -> Manifest:
    """What people see: the tabs, the command, the shortcuts."""
    command = {
        "command": COMMAND,
        "description": "Who owns what: ask, or see the rules of engagement. Only you see the answer.",
        "usage_hint": "who owns renewal? | sheet [segment] | me [role] | help",
        "should_escape": True,
        **({"url": address} if address else {}),
    }
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [
            {"name": "Ask Rolecall", "type": "global", "callback_id": Shortcut.ASK.value, "description": "Ask who owns what"},
            {
                "name": "Answer this",
                "type": "message",
                "callback_id": Shortcut.ANSWER.value,
                "description": "Answer this message to you alone",
            },
        ],
        "slash_commands": [command],
    }


def shortcut(id: Shortcut, kind: str, name: str, says: str) -> Manifest:
    """A shortcut, everywhere or on a message."""
    return {"name": name, "type": kind, "callback_id": id.value, "description": says}


def agent_view(here: Here) -> Manifest:
    """The agent, with questions to try that are really answered."""
    described = cut(here.say("manifest", {}).headline, AGENT_DESCRIPTION)
    return {"agent_description": described, "suggested_prompts": prompts(here, Asker())}


def scopes(*, agent: bool) -> Manifest:
    """All scopes; those that one can do without stand in both lists, as Slack wants it."""
    wanted = scopes_for(agent=agent)
    return {"bot": [scope.name for scope in wanted], "bot_optional": [scope.name for scope in wanted if scope.optional]}


def settings(address: str, *, agent: bool) -> Manifest:
    """Where Slack sends what happens. Tokens do not rotate: once on, that cannot be turned off."""
    request = {"request_url": address} if address else {}
    events = sorted({*EVENTS, *(AGENT_EVENTS if agent else ())})
    return {
        "event_subscriptions": {**request, "bot_events": events},
        "interactivity": {"is_enabled": True, **request},
        "org_deploy_enabled": agent,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
        **({"function_runtime": "remote"} if agent else {}),
    }


def custom_step() -> Manifest:
    """*Look up an owner*, for workflows."""
    return {
        "title": "Look up an owner",
        "description": "Ask Rolecall who owns what, and go on with the answer",
        "input_parameters": parameters(INPUTS),
        "output_parameters": parameters(OUTPUTS),
    }


def parameters(listed: dict[Given, tuple[str, str, bool]]) -> Manifest:
    """The parameters of a step, all of them text."""
    named = {name.value: {"type": "string", "title": title, "description": says} for name, (title, says, _) in listed.items()}
    return {"properties": named, "required": [name.value for name, (_, _, needed) in listed.items() if needed]}


def wrong_url(url: str) -> str:
    """What is wrong with the address that Slack is to call; empty when nothing is."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return f'"{url}" is not an address that Slack calls. It begins with https://, such as https://rolecall.example.com.'
    if parts.query or parts.fragment:
        return f'"{url}" has a "?" or a "#" in it. Give the address alone, such as https://rolecall.example.com.'
    return ""
