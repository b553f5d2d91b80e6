"""What bots say, checked: every message and every view goes through here, wherever it is sent to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.render.limits_elements import TOTAL
from fakeslack.blocks import TOO_LONG, VIEW_BYTES, check_blocks, check_view
from fakeslack.house import wrong_message, wrong_view
from fakeslack.state import SlackError

if TYPE_CHECKING:
    from fakeslack.slack import FakeSlack

LONGEST, LONGEST_UPDATE, ATTACHMENTS = 40_000, 4_000, 100


@dataclass(frozen=True)
class Violation:
    """Something that a bot sent and should not have: what Slack refuses, or what this house does not want."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check_message(slack: FakeSlack, where: str, args: dict[str, Any]) -> dict[str, Any]:
    """The content of a message, or the error with which Slack refuses it. Everything wrong is kept for the end of the test."""
    text, blocks, attachments = args.get("text") or "", args.get("blocks") or [], args.get("attachments") or []
    markdown = args.get("markdown_text") or ""
    if markdown and (text or blocks):
        refuse(slack, where, "markdown_text_conflict", ["markdown_text beside text or blocks"])
    if len(markdown) > TOTAL:
        refuse(slack, where, "msg_too_long", [f"markdown_text: {len(markdown)} characters, at most {TOTAL}"])
    text = text or markdown
    if not text and not blocks and not attachments:
        refuse(slack, where, "no_text", ["neither text nor blocks"])
    check_length(slack, where, str(text))
    if isinstance(blocks, str):
        refuse(slack, where, "invalid_blocks_format", ["blocks: not JSON"])
    refuse_blocks(slack, where, check_blocks(blocks) if blocks else [])
    if len(attachments) > ATTACHMENTS:
        refuse(slack, where, "too_many_attachments", [f"{len(attachments)} attachments"])
    for attachment in attachments:
        refuse_blocks(slack, where, check_blocks(attachment["blocks"]) if attachment.get("blocks") else [])
    metadata = args.get("metadata")
    if metadata and not {"event_type", "event_payload"} <= {*metadata}:
        refuse(slack, where, "invalid_metadata_format", ["metadata: needs event_type and event_payload"])
    for what in wrong_message({**args, "text": text}, slack.allowed):
        slack.violate(where, what)
    return {"text": str(text)[:LONGEST], "blocks": blocks, "attachments": attachments, "metadata": metadata}


def check_length(slack: FakeSlack, where: str, text: str) -> None:
    """Whether a text is too long: an update counts bytes, a new message is cut, others are refused."""
    size, most = (len(text.encode()), LONGEST_UPDATE) if where == "chat.update" else (len(text), LONGEST)
    if size > most and where == "chat.postMessage":
        slack.violate(where, f"text: {size} characters, cut after {most}")
    elif size > most:
        refuse(slack, where, "msg_too_long", [f"text: {size}, at most {most}"])


def refuse_blocks(slack: FakeSlack, where: str, found: list[str]) -> None:
    """Refuses blocks for what was found, with the error that Slack has for it."""
    if not found:
        return
    code = "invalid_blocks"
    if all(TOO_LONG in line for line in found):
        code = "msg_blocks_too_long"
    elif any("more than one table" in line for line in found):
        code = "invalid_attachments"
        found = ["only_one_table_allowed", *found]
    refuse(slack, where, code, found)


def refuse(slack: FakeSlack, where: str, code: str, found: list[str]) -> None:
    """The error, and its reasons as Slack gives them."""
    for what in found:
        slack.violate(where, f"{code}: {what}")
    raise SlackError(code, response_metadata={"messages": [f"[ERROR] {what}" for what in found]})


def check_modal(slack: FakeSlack, where: str, view: Any) -> dict[str, Any]:
    """A view, or the error with which Slack refuses it."""
    if isinstance(view, str):
        refuse(slack, where, "invalid_arguments", ["view: not JSON"])
    found = check_view(view)
    if found:
        large = isinstance(view, dict) and len(json.dumps(view).encode()) > VIEW_BYTES
        refuse(slack, where, "view_too_large" if large else "invalid_arguments", found)
    for what in wrong_view(view, slack.allowed):
        slack.violate(where, what)
    return dict(view)
