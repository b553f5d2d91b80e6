"""What Rolecall does in a channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render.blocks import Block, paragraph, plain
from bot.slack.names import Field, View
from bot.slack.views.here import Here
from bot.slack.views.pieces import filled, leaf, modal, said
from bot.slack.views.previews import place_of
from bot.slack.views.reading import chosen_in

MODES = {
    "off": ("Off", "Posts nothing. Whoever mentions it is told so, for their eyes only."),
    "mention": ("Only when mentioned", "Answers in a thread when somebody mentions it."),
    "suggest": ("Suggest privately", "Shows an answer to whoever asks a question; only they see it."),
    "answer": ("Answer", "Answers questions in a thread, when it is sure."),
}
"""Mode -> its name, and what it does; the default is `mention`."""
DEFAULT = "mention"
OVERHEARS = ("suggest", "answer")
"""The modes that need to read messages that do not mention the bot."""


def channel_view(here: Here, channel: str, mode: str, metadata: str = "", *, missing: tuple[str, ...] = (), shared: bool = False) -> Block:
    """The settings of a channel. `missing` are the scopes that were not granted and that reading messages here needs."""
    told = here.say("channel", {"channel": channel, "missing": list(missing), "shared": shared})
    listed = [
        {"text": plain(name), "value": value, "description": plain(says)}
        for value, (name, says) in MODES.items()
        if not (missing and value in OVERHEARS)
    ]
    first = next((option for option in listed if option["value"] == mode), listed[1])
    chosen: Block = {"type": "radio_buttons", "options": listed, "initial_option": first}
    where = paragraph([leaf("The channel: "), place_of(channel)]) if channel else said(told.headline)
    blocks = [where, *map(said, told.lines), filled(Field.MODE, "What Rolecall does there", chosen)]
    return modal(View.CHANNEL, "Channel settings", blocks, submit="Save", close="Cancel", metadata=metadata)


def saved_view(here: Here, channel: str, mode: str) -> Block:
    """What was saved, in place of the settings."""
    name, says = MODES[mode]
    told = here.say("saved", {"name": name, "says": says})
    where = [paragraph([leaf("The channel: "), place_of(channel)])] if channel else []
    return modal(View.ANSWER, "Channel settings", [*where, said(told.headline, bold=True), *map(said, told.lines)])


def mode_in(view: Mapping[str, Any]) -> str | None:
    """The mode that was chosen; None where it is none of ours."""
    chosen = chosen_in(view, Field.MODE)
    return chosen if chosen in MODES else None
