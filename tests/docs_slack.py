"""The generated parts of docs/slack.md: permissions, events, the modes of a channel, the manifest."""

from __future__ import annotations

import json

from docs_layout import DAY, bare, table

from bot.load import load_shipped
from bot.load.build import Loaded
from bot.pipeline import open_engine
from bot.slack.manifest import make_manifest
from bot.slack.scopes import AGENT_EVENTS, EVENTS, SCOPES
from bot.slack.views.channel import DEFAULT, MODES
from bot.slack.views.here import Here

EVENTS_TOLD = {
    "app_home_opened": "somebody opens the app: the Home tab is made anew, and the Messages tab greets once",
    "app_mention": "somebody mentions it",
    "app_uninstalled": "the app is removed: what is stored of the workspace is deleted",
    "channel_shared": "a channel is shared with another organisation: from then on nothing is posted there",
    "channel_unshared": "a channel is no longer shared",
    "function_executed": "a workflow runs the step *Look up an owner*",
    "message.channels": "somebody writes in a public channel that it is in; only with `channels:history`",
    "message.groups": "the same in a private channel; only with `groups:history`",
    "message.im": "somebody writes to it directly",
    "tokens_revoked": "its token was revoked",
}


def scopes() -> str:
    """Every scope: what it is for, and what is lost without it."""
    rows = [(f"`{each.name}`", each.why, each.without or "needed" + (" by the agent" if each.agent else "")) for each in SCOPES]
    return table(("scope", "what it is for", "without it"), rows)


def events() -> str:
    """Every event: when it comes."""
    rows = [(f"`{name}`", EVENTS_TOLD[name] + (" (agent)" if name in AGENT_EVENTS else "")) for name in sorted({*EVENTS, *AGENT_EVENTS})]
    return table(("event", "it comes when"), rows)


def modes() -> str:
    """What the bot does in a channel, by its setting."""
    rows = [(name + (" (as long as nobody chooses)" if mode == DEFAULT else ""), says) for mode, (name, says) in MODES.items()]
    return table(("setting", "what it does"), rows)


def manifest() -> str:
    """The manifest of the plain bot."""
    engine, _ = open_engine(Loaded(bare(), DAY), load_shipped())
    return f"```json\n{json.dumps(make_manifest(Here(engine, DAY), agent=False), indent=2, ensure_ascii=False)}\n```"
