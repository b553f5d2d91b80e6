"""Questions in a window and their answers there: what is asked next keeps the role and segment that were chosen, and what came before."""

from __future__ import annotations

from dataclasses import replace

from bot.render.blocks import Block, actions
from bot.slack.afterwards import Afterwards
from bot.slack.answering import PUBLIC, Asked, asked_again, context_of
from bot.slack.carried import WINDOW, Carried, asked_by, carried_in, carry
from bot.slack.clicks import Clicked
from bot.slack.desk import Desk
from bot.slack.guard import Scene, turned_away
from bot.slack.names import Action, numbered
from bot.slack.presses import GONE, STALE
from bot.slack.replies import Later, Replies, Reply
from bot.slack.views.ask import answer_view
from bot.slack.views.pieces import press, said
from bot.slack.why import why_message
from bot.slack.windows import notice

ANSWERED_THERE = frozenset({Action.ASK, Action.CHOOSE, Action.WHY})
"""The clicks in a window that are answered in it."""
TITLE = "Answer"


class InWindow:
    """Makes windows with answers. What a window is about stands in its metadata, sealed."""

    def __init__(self, desk: Desk, replies: Replies, afterwards: Afterwards[Later]) -> None:
        self.desk, self.replies, self.afterwards = desk, replies, afterwards

    def answer(self, asked: Asked) -> Block:
        """A window with an answer."""
        return self.shown(self.replies.reply(asked), asked, asked.text)

    def shown(self, reply: Reply, asked: Asked, heading: str) -> Block:
        """An answer as a window, and counted."""
        if reply.done is not None:
            self.afterwards.add((reply.done, asked))
        return answer_view(heading, reply.out.blocks or [said(reply.out.text)], self.sealed(asked.carried))

    def sealed(self, carried: Carried) -> str:
        """What a window is about; empty where that is too much for one."""
        return carry(carried, self.desk.key, WINDOW) or ""

    def clicked(self, clicked: Clicked) -> Block:
        """What a window shows after a click in it."""
        if why := turned_away(self.desk.guard.standing(Scene("", clicked.user, clicked.user_team), self.desk.me)):
            return notice(TITLE, why)
        match clicked.what:
            case Action.CHOOSE:
                return self.chosen(clicked)
            case Action.WHY:
                return self.why(clicked)
        return self.follow_up(clicked)

    def again(self, carried: Carried, user: str) -> Asked:
        """A question of this person as it was carried, with what they may see now."""
        return self.replies.seen_by(user, asked_again(carried, PUBLIC))

    def follow_up(self, clicked: Clicked) -> Block:
        """The answer to what is asked next, or once more to what the window is about."""
        carried, window = asked_by(clicked.value, clicked.user, self.desk.key), carried_in(clicked.metadata, self.desk.key)
        if carried is None:
            return notice(TITLE, STALE)
        if window is None or window[0].asker != clicked.user:
            return self.answer(self.desk.asked(carried.question, clicked.user, private=True))
        first = self.again(window[0], clicked.user)
        if carried.question == first.text:
            return self.answer(first)
        return self.answer(replace(first, text=carried.question, before=context_of(self.replies.compute(first)) or first.before))

    def chosen(self, clicked: Clicked) -> Block:
        """The answer once it was said what is meant."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None or found[0].asker != clicked.user:
            return notice(TITLE, STALE)
        asked = self.again(found[0], clicked.user)
        reply = self.replies.chosen(asked, found[0].choice)
        if reply is None:
            return notice(TITLE, GONE)
        return self.shown(reply, reply.asked or asked, f"{asked.text} {found[0].choice}")

    def why(self, clicked: Clicked) -> Block:
        """Why the answer is so, and the way back to it."""
        found = carried_in(clicked.value, self.desk.key)
        if found is None:
            return notice(TITLE, STALE)
        asked = self.again(found[0], clicked.user)
        places = self.desk.is_maintainer(clicked.user)
        out, value = why_message(asked, self.replies, places=places), carry(asked.carried, self.desk.key)
        back = actions([press("Back to the answer", numbered(Action.ASK, 1), value)]) if value else []
        return answer_view(asked.text, [*(out.blocks or [said(out.text)]), *back], self.sealed(asked.carried))
