"""Why an answer is so: the reason, the rule, who keeps it and when it was verified; then the rules that do not decide, and why not."""

from __future__ import annotations

from bot.domain.answers import Answer, Tried
from bot.domain.questions import Frame
from bot.render.blocks import blocks
from bot.render.fallback import fallback
from bot.slack.answering import Asked, answer_frame
from bot.slack.outgoing import Outgoing, from_post
from bot.slack.replies import Replies
from bot.slack.views.pieces import Block, listing, note
from bot.slack.views.post import post

LOST = 8
"""How many rules that do not decide are told."""


def why_message(asked: Asked, replies: Replies) -> Outgoing:
    """Why the answer to a question is so, with what this person may see."""
    done = replies.compute(asked)
    frame = done.frame
    if frame is None:
        return Outgoing(fallback(done.message), blocks(done.message))
    why = answer_frame(Frame("why", about=frame, as_role=frame.as_role), done.question, replies.desk.engine)
    shown = [block for block in blocks(why.message) if block["type"] != "actions"]
    return from_post(post([*shown, *lost_blocks(done, replies)]))


def lost_blocks(done: Answer, replies: Replies) -> list[Block]:
    """The rules that were looked at and do not decide, each with why."""
    lost = [*dict.fromkeys((each.rule, each.label, each.reason) for each in tried_in(done) if each.verdict == "lost")]
    if not lost:
        return []
    told = [{"rule": rule, "label": label, "reason": reason} for rule, label, reason in lost[:LOST]]
    said = replies.desk.here.say("why", {"lost": told, "left": max(0, len(lost) - LOST)})
    return [note(said.headline), *listing(said.lines)]


def tried_in(done: Answer) -> list[Tried]:
    """Every rule that was looked at."""
    return [tried for verdict in done.resolution.verdicts for tried in verdict.tried]
