"""Looks for the smallest change: first by putting a known word in the place of an unknown one, which is quick; what works is then tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.domain.answers import Answer
from bot.domain.questions import NotUnderstood, Question
from bot.pipeline import Engine
from bot.suggest.changes import Change
from bot.suggest.guesses import HEAVY, guess_phrasings, guess_words, unread
from bot.understand import prepare_understanding, understand
from bot.understand.explain import Explained, explain

MOST, TRIES = 3, 4
"""So many changes are told at most, and so many of words and of phrasings are tried, half a second each."""
ANSWERS = frozenset({"answered", "depends", "not-defined", "not-allowed"})
"""What a change has to lead to: a question that is asked back is no answer."""
NOT_TO_MEND = frozenset({"empty", "long", "segment", "amount"})
"""Reasons for which no word is missing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that was tried, and the answer with it."""

    change: Change
    done: Answer

    @property
    def says(self) -> str:
        """What to do, and what is answered then."""
        return f"{self.change.says}; then: {self.done.message.headline}"


def suggest(question: Question, engine: Engine, most: int = MOST) -> list[Suggestion]:
    """The smallest changes that would have a question answered, a word before a phrasing; none where too little of it is known."""
    prepared = engine.view(question.audiences)[0]
    understood = understand(question, prepared)
    if not isinstance(understood, NotUnderstood) or understood.reason in NOT_TO_MEND:
        return []
    explained = explain(question, understood, prepared)
    if not says_anything(explained, engine):
        return []
    asked = unread(question, explained, prepared)
    words = guess_words(asked, only_roles=understood.reason == "role")
    found = list(islice(those_that_work(words, question, engine), most))
    meant = [intent_of(each, engine) for each in found[:1]]
    phrasings = guess_phrasings(asked, meant) if len(found) < most else iter(())
    return [*found, *islice(those_that_work(phrasings, question, engine), 1)]


def those_that_work(changes: Iterator[Change], question: Question, engine: Engine) -> Iterator[Suggestion]:
    """The changes with which the question is answered, of the first that are tried."""
    for change in islice(changes, TRIES):
        done = tried(change, question, engine)
        if done.resolution.outcome in ANSWERS:
            yield Suggestion(change, done)


def intent_of(suggestion: Suggestion, engine: Engine) -> tuple[str, str]:
    """What a question is taken for with a change: the intent, and the key of its phrasings."""
    frame = suggestion.done.frame
    assert frame is not None
    keys = {phrasing.key for intent in engine.language.intents if intent.id == frame.intent for phrasing in intent.phrasings}
    return frame.intent, frame.key if frame.key in keys else ""


def says_anything(explained: Explained, engine: Engine) -> bool:
    """Whether something in the question is known that people ask about: a name, or a cue that weighs something."""
    weights = engine.language.weights
    return any(weights.get(tag, HEAVY) >= HEAVY for word in explained.words for tag, _ in word.kinds)


def tried(change: Change, question: Question, engine: Engine) -> Answer:
    """The answer with the change made in memory."""
    view = engine.view(question.audiences)
    prepared = prepare_understanding(*change.made(view.prepared.company, view.prepared.language))
    return view.tell(understand(question, prepared), question)
