"""An answer with its message, and what is remembered once it was given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.answers import Answer
from bot.logs import get_logger, kind_of
from bot.metrics import COMPUTING, TROUBLES
from bot.slack.answering import PUBLIC, Asked, answer_chosen, answer_to, asks_for_role, context_of, narrowing, without_view
from bot.slack.desk import Desk
from bot.slack.messages import NO_RULES, Offers, answer_message
from bot.slack.outgoing import Outgoing, from_post
from bot.slack.views.contacts import Contact, contact_for
from bot.slack.views.objection import asks_to_change, change_post, is_objection, objection_post
from bot.slack.views.told import offered_role
from bot.slack.views.welcome import help_post, keepers

OPEN = frozenset({"not-defined", "not-understood"})
"""The outcomes of which those who keep the rules should hear."""
ROLES = 9
"""The most roles that are offered at first; all others are in a window."""
HELP = frozenset({"", "help", "hi", "hello", "hey"})

Counted = tuple[Answer, Asked]
"""An answer and the question to it, to be counted."""
Later = Counted | Callable[[], None]
"""What nobody waits for: an answer to be counted, or something to be sent."""

log = get_logger(part="replies")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question."""

    out: Outgoing
    done: Answer | None = None
    """None where it is help and no answer."""
    asked: Asked | None = None
    """What was asked in the end, where that is not what was asked at first."""

    kind: str = "help"
    """What it is, where it is no answer."""

    @property
    def text(self) -> str:
        """What is said, without what can be clicked."""
        return self.done.text if self.done else self.out.text

    @property
    def outcome(self) -> str:
        """What became of the question."""
        return self.done.resolution.outcome if self.done else self.kind


class Replies:
    """Answers questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def reply(self, asked: Asked, *, share: bool = False) -> Reply:
        """The answer to a question, as a message."""
        if asked.text.strip(" \t!?.").lower() in HELP:
            return Reply(from_post(help_post(self.desk.here, asked.asker)))
        if is_objection(asked.text):
            return Reply(from_post(objection_post(self.desk.here, self.contact(asked))), kind="objection")
        if self.desk.live.has_rules and asks_to_change(asked.text):
            return Reply(from_post(change_post(self.desk.here, keepers(self.desk.here))), kind="change")
        done = self.compute(asked)
        return Reply(self.message(asked, done, share=share), done)

    def contact(self, asked: Asked) -> Contact:
        """Who keeps the rules of what came before."""
        return contact_for(self.compute(replace(asked, text="why?", audiences=PUBLIC)), self.desk.here)

    def message(self, asked: Asked, done: Answer, *, share: bool = False) -> Outgoing:
        """The message of an answer."""
        offers = Offers(share, "" if self.desk.live.has_rules else NO_RULES)
        return answer_message(done, asked.carried, self.desk.key, offers, self.choices(done, asked))

    def choices(self, done: Answer, asked: Asked) -> tuple[str, ...]:
        """What an answer can be narrowed by; nothing where finding out fails, for the answer is good without."""
        try:
            return self.roles(done, asked) if asks_for_role(done) else narrowing(done, self.desk.engine)
        except Exception as error:
            TROUBLES.labels("bug").inc()
            log.warning("not_narrowed", **kind_of(error))
            return ()

    def roles(self, done: Answer, asked: Asked) -> tuple[str, ...]:
        """The roles that somebody may have: first what the title of their profile says, then those that have a part."""
        offer = offered_role(title, self.desk.here) if (title := self.desk.people.title(asked.user)) else None
        named = dict.fromkeys([*([offer.name] if offer else []), *(option.label for option in done.resolution.view["options"])])
        return tuple(named)[:ROLES]

    def chosen(self, asked: Asked, choice: str, *, share: bool = False) -> Reply | None:
        """The answer once it was said which case is meant; None where there is no such choice any more."""
        done = answer_chosen(asked, choice, self.desk.engine, self.desk.today())
        if done is None:
            return None
        then = replace(asked, text=choice, before=context_of(self.compute(asked)))
        return Reply(self.message(then, done, share=share), done, then)

    def is_for_some(self, asked: Asked, make: Callable[[Asked], object] | None = None) -> bool:
        """Whether somebody is told more than everybody would be: that is for direct messages, and never shown in a channel."""
        if asked.audiences == PUBLIC:
            return False
        said = make or (lambda each: self.compute(each).text)
        return said(asked) != said(replace(asked, audiences=PUBLIC))

    def for_channel(self, asked: Asked) -> Asked | None:
        """The question as everybody asks it, so that not even a button shows more; None where this person is told more than everybody."""
        return None if self.is_for_some(asked) else replace(asked, audiences=PUBLIC)

    def seen_by(self, user: str, asked: Asked) -> Asked:
        """The question with what a person may see who is alone. Slack is asked about their groups only where that could matter."""
        if self.desk.lists_groups and not self.is_for_some(replace(asked, audiences=PUBLIC | self.desk.restricted), self.whole):
            return replace(asked, audiences=PUBLIC)
        return replace(asked, audiences=self.desk.audiences(user, private=True))

    def whole(self, asked: Asked) -> object:
        """All that the answer to a question shows, its choices included, but for what to ask next."""
        done = self.compute(asked)
        return replace(done.message, next=()), () if asks_for_role(done) else narrowing(done, self.desk.engine)

    def compute(self, asked: Asked) -> Answer:
        """The answer; where what came before is what fails, the answer without it."""
        with COMPUTING.time():
            try:
                return answer_to(asked, self.desk.engine, self.desk.today())
            except Exception as error:
                if asked.before is None:
                    raise
                TROUBLES.labels("context").inc()
                log.warning("context_dropped", **kind_of(error))
                return answer_to(replace(asked, before=None), self.desk.engine, self.desk.today())

    def remember(self, reply: Reply, asked: Asked, channel: str, thread: str) -> None:
        """Remembers what a conversation is about now, and counts: help as well, which is one more answer in a thread. Raises StoreError."""
        store, now, team = self.desk.store, self.desk.now(), self.desk.me.team
        if thread:
            context = (context_of(reply.done) if reply.done else None) or asked.before or {}
            person, known = self.desk.person(asked.user), store.thread(team, channel, thread, now)
            if known is not None and known.person != person:  # whose thread it is goes on from their own point of view
                context = without_view(context, self.desk.engine) or {}
            store.remember_thread(team, channel, thread, person, context, now)
        if reply.done is not None:
            self.count((reply.done, asked))

    def count(self, *answers: Counted) -> None:
        """Counts answers, and keeps questions that nobody has ruled on. Raises StoreError."""
        store, now, team = self.desk.store, self.desk.now(), self.desk.me.team
        told = [(done, asked, self.desk.person(asked.user), done.frame.intent if done.frame else "none") for done, asked in answers]
        store.count_all(team, Counter((person, intent, done.resolution.outcome) for done, _, person, intent in told), now)
        for done, asked, person, intent in told:
            if done.resolution.outcome in OPEN:
                store.ask_openly(team, open_key(done), person, now, intent=intent, text=asked.text)

    def see_to(self, things: Sequence[Later]) -> None:
        """Counts the answers among some things, all at once, and does the rest one after the other."""
        if answers := [each for each in things if not callable(each)]:
            self.count_quietly(answers)
        for each in things:
            if callable(each):
                self.do_quietly(each)

    def do_quietly(self, do: Callable[[], None]) -> None:
        """Does something that nobody waits for; that it fails is logged and no more."""
        try:
            do()
        except Exception as error:
            TROUBLES.labels("bug").inc()
            log.error("broken", kind="afterwards", **kind_of(error))

    def count_quietly(self, answers: Sequence[Counted]) -> None:
        """Counts answers that do not wait for it; that it fails is logged and no more."""
        try:
            self.count(*answers)
        except Exception as error:
            TROUBLES.labels("store").inc(len(answers))
            log.warning("not_counted", answers=len(answers), **kind_of(error))


def open_key(done: Answer) -> str:
    """What makes two open questions one: what they are about, or their words where that was not understood."""
    frame = done.frame
    if frame is None:
        words = " ".join(sorted(set(done.question.text.lower().split())))
        return "words " + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
    facts = sorted((name, str(sorted(map(str, fact.values)))) for name, fact in frame.facts.items())
    things = sorted((kind, ids) for kind, ids in frame.things.items() if kind not in ("word", "finding"))
    return repr((frame.intent, frame.subjects, frame.step, frame.key, frame.roles, facts, things, frame.whose))
