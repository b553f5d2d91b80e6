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
VERDICTS = ("won", "possible")
"""What becomes of rules that decide."""


def why_message(asked: Asked, replies: Replies, *, places: bool = False) -> Outgoing:
    """Why the answer to a question is so, with what this person may see; with `places`, also where the rules stand."""
    done = replies.compute(asked)
    frame = done.frame
    if frame is None:
        return Outgoing(fallback(done.message), blocks(done.message))
    why = answer_frame(Frame("why", about=frame, as_role=frame.as_role), done.question, replies.desk.engine)
    shown = [block for block in blocks(why.message) if block["type"] != "actions"]
    return from_post(post([*shown, *lost_blocks(done, replies, places=places)]))


def lost_blocks(done: Answer, replies: Replies, *, places: bool) -> list[Block]:
    """The rules that were looked at and do not decide, each with why; for those who keep them, where those stand that do."""
    lost = tried_in(done, "lost")
    decides = [each for verdict in VERDICTS for each in tried_in(done, verdict)] if places else []
    view = {"lost": lost[:LOST], "left": max(0, len(lost) - LOST), "places": decides[:LOST]}
    said = replies.desk.here.say("why", view)
    told = [note(said.headline), *listing(said.lines)] if lost else []
    return [*told, *map(note, said.why)]


def tried_in(done: Answer, became: str) -> list[Tried]:
    """The sentences of rules that were looked at and of which this became, each once."""
    found = [tried for verdict in done.resolution.verdicts for tried in verdict.tried if tried.verdict == became]
    return [*{each.place: each for each in reversed(found)}.values()][::-1]
