"""What people say where the bot hears it: events of Slack as one kind of value, without those that are not for us.

Nothing of other bots, of the bot itself, of changed, deleted or unfolded messages comes through; a message that was changed so that it
first mentions the bot then does, because Slack sends it as a mention.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.render.inert import clean
from bot.slack.guard import Scene
from bot.slack.identity import Me

SUBTYPES = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The subtypes that are somebody saying something."""
SLACKBOT = "USLACKBOT"
EDIT_WINDOW = 86_400.0
"""Seconds after which a changed message is no longer answered: for no longer is it known for sure that it was not answered before."""
LONGEST = 3_000
"""Of a longer text only so much is looked at; the pipeline says what is too long for it."""
MARKUP = re.compile(r"<([^<>]{1,500})>")
ASKING = re.compile(
    r"\?|^\W*(?:who|whose|whom|what|which|when|where|why|how|does|do|is|are|may|can|should|must|will|would|has|have)\b", re.IGNORECASE
)
"""What a question looks like, where nobody said that it is one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was said."""

    channel: str
    user: str
    text: str
    ts: str
    thread: str = ""
    """The thread that it was said in; empty outside of threads."""
    user_team: str = ""
    is_shared: bool | None = None
    mentions: bool = False
    """Whether it mentions the bot."""
    edited: bool = False
    markup: str = ""
    """In a thread: the text as Slack sent it, whose names get lost in the words; empty elsewhere."""
    has_files: bool = False

    @property
    def scene(self) -> Scene:
        """Who, and where."""
        return Scene(self.channel, self.user, self.user_team, self.is_shared)

    @property
    def is_direct(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.channel.startswith("D")

    @property
    def is_addressed(self) -> bool:
        """Whether it was said to the bot, so that it gets an answer or a reason in any case."""
        return self.mentions or self.is_direct

    def to_payload(self) -> dict[str, Any]:
        """What is stored until it is answered."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Heard:
        """What was stored; keys of other versions are passed over."""
        return cls(**{name: payload[name] for name in cls.__slots__ if name in payload})


def read_event(body: Mapping[str, Any], me: Me, now: float) -> Heard | None:
    """What somebody said, where it may be for us; None otherwise."""
    event = body.get("event")
    if not isinstance(event, Mapping) or not is_said(event, me):
        return None
    channel, ts, text = (str(event.get(name) or "") for name in ("channel", "ts", "text"))
    edited = bool(event.get("edited"))
    if not channel or not ts or (edited and event.get("type") != "app_mention") or (edited and is_old(ts, now)):
        return None
    mentions = event.get("type") == "app_mention" or f"<@{me.user}>" in text or f"<@{me.user}|" in text
    profile = event.get("user_profile")
    of_profile = profile.get("team") if isinstance(profile, Mapping) else ""
    user_team = event.get("user_team") or event.get("source_team") or of_profile or event.get("team") or ""
    thread = str(event.get("thread_ts") or "")
    shared = body.get("is_ext_shared_channel")
    return Heard(
        channel,
        str(event["user"]),
        said_in(text, me, links=bool(thread)),
        ts,
        "" if thread == ts else thread,
        str(user_team),
        shared if isinstance(shared, bool) else None,
        mentions,
        edited,
        text[:LONGEST] if thread else "",
        bool(event.get("files")) or event.get("subtype") == "file_share",
    )


def is_said(event: Mapping[str, Any], me: Me) -> bool:
    """Whether an event is a person saying something."""
    subtype = event.get("subtype")
    if event.get("type") not in ("app_mention", "message") or event.get("hidden"):
        return False
    if not isinstance(subtype, str | None) or subtype not in SUBTYPES:
        return False
    if event.get("bot_id") or event.get("bot_profile") or event.get("app_id"):
        return False
    user = event.get("user")
    return isinstance(user, str) and bool(user) and user not in (me.user, SLACKBOT)


def is_old(ts: str, now: float) -> bool:
    """Whether a message was written too long ago."""
    try:
        return now - float(ts) > EDIT_WINDOW
    except ValueError:
        return True


def said_in(text: str, me: Me | None = None, *, links: bool = False, called: Callable[[str, str], str] | None = None) -> str:
    """The words of a message as they are read: without the bot's name, names and links by their words, entities as signs.

    With `links`, what a link leads to stands beside its words. `called` says how somebody or something that is mentioned is called, by
    its address and the words that Slack gave for it, if any.
    """

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if me is not None and target == f"@{me.user}":
            return " "
        if target[:1] in "@#!":
            return called(target, label) if called is not None else label
        return f"{label} ({target})" if links and label and label not in target else label or target

    return clean(html.unescape(MARKUP.sub(shown, text[:LONGEST])))


def looks_asked(text: str) -> bool:
    """Whether something that was not said to the bot looks like a question."""
    return bool(ASKING.search(text)) and len(text) >= 8
