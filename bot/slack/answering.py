"""From a question as it was asked in Slack to its answer: what this person may see, from their point of view, after what came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.domain.answers import Answer, Verdict
from bot.domain.questions import Ambiguous, Frame, Option, Question, Several, Understood
from bot.frames_json import understood_as_json, understood_from_json
from bot.pipeline import Engine, answer
from bot.resolve import resolve
from bot.slack.carried import Carried
from bot.slack.views.here import Asker
from bot.understand import understand

PUBLIC = frozenset({"public"})
NARROWED = 5
"""The most cases of a table that get a button: more do not fit in a row."""
ANY = frozenset({"any", "otherwise", ""})
"""How a table says that a condition is met by all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one person."""

    text: str
    user: str
    asker: Asker = field(default_factory=Asker)
    audiences: frozenset[str] = PUBLIC
    before: dict[str, Any] | None = None

    @property
    def carried(self) -> Carried:
        """What buttons have to carry of it."""
        return Carried(self.text, self.user, self.asker.role, self.asker.segment, self.before)


def asked_again(carried: Carried, audiences: frozenset[str]) -> Asked:
    """The question that a button carries, for somebody who may see what belongs to these audiences."""
    return Asked(carried.question, carried.asker, Asker(carried.role, carried.segment), audiences, carried.before)


def answer_to(asked: Asked, engine: Engine, today: date) -> Answer:
    """The answer to a question."""
    return answer(question_of(asked, engine, today), engine)


def question_of(asked: Asked, engine: Engine, today: date) -> Question:
    """The question for the pipeline; a role or segment that the model no longer has is left out."""
    asker, bare = asked.asker, Question(asked.text, today, audiences=asked.audiences)
    if asker == Asker() and asked.before is None:
        return bare
    company = engine.view(asked.audiences)[0].company
    role = asker.role if asker.role in company.parties else None
    segment = asker.segment if asker.segment in company.segments else None
    before = understood_from_json(asked.before, company, engine.language) if asked.before is not None else None
    return replace(bare, as_role=role, segment=segment, before=before)


def answer_chosen(asked: Asked, choice: str, engine: Engine, today: date) -> Answer | None:
    """The answer once somebody has said which option or case is meant; None where there is no such choice any more."""
    first = answer_to(asked, engine, today)
    for option in options_of(first):
        if option.label == choice:
            return answer_frame(option.frame, replace(first.question, text=choice), engine)
    if choice in narrowing(first, engine):
        return answer(replace(first.question, text=choice, before=first.understood), engine)
    return None


def options_of(done: Answer) -> Iterator[Option]:
    """The readings that were asked back, and those that are not shown at first."""
    for resolution in (done.resolution, *done.resolution.also):
        if resolution.outcome == "ask-back":
            yield from (*resolution.view["options"], *resolution.view["others"])


def asks_for_role(done: Answer) -> bool:
    """Whether an answer asks back which role somebody has."""
    return done.resolution.outcome == "ask-back" and done.resolution.view["about"] == "role"


def answer_frame(frame: Frame, question: Question, engine: Engine) -> Answer:
    """The answer to what is meant, without reading words."""
    return engine.view(question.audiences).tell(frame, question)


def narrowing(done: Answer, engine: Engine) -> tuple[str, ...]:
    """The cases that a *depends* can be narrowed to with a click: those of its first dimension that are understood as an answer."""
    verdict = next(iter(done.resolution.verdicts), None)
    if done.resolution.outcome != "depends" or verdict is None or done.resolution.also:
        return ()
    cases = [label for label in first_conditions(verdict) if label not in ANY]
    return tuple(label for label in cases[:NARROWED] if narrows(label, done, engine))


def first_conditions(verdict: Verdict) -> Iterable[str]:
    """The conditions of the first dimension of a table, each once."""
    return dict.fromkeys(case.conditions[0] for case in verdict.cases if case.conditions)


def narrows(label: str, done: Answer, engine: Engine) -> bool:
    """Whether a case, said as a follow-up, leaves less open."""
    prepared, book, _ = engine.view(done.question.audiences)
    question = replace(done.question, text=label, before=done.understood)
    then = resolve(understand(question, prepared), question, book, engine.language.declines)  # its words would be read by nobody
    if then.outcome == "depends":
        return bool(then.verdicts) and len(then.verdicts[0].undecided) < len(done.resolution.verdicts[0].undecided)
    return then.outcome in ("answered", "not-defined", "not-allowed")


def context_of(done: Answer) -> dict[str, Any] | None:
    """What a thread is about after an answer; None where it stays about what it was."""
    return understood_as_json(done.understood) if done.changes_topic else None


def without_view(context: dict[str, Any], engine: Engine) -> dict[str, Any] | None:
    """What a thread was about, for another person: without the role of whoever asked before."""
    understood = understood_from_json(context, engine.company, engine.language)
    return understood_as_json(impersonal(understood)) if understood is not None else None


def impersonal(understood: Understood) -> Understood:
    """What was understood, from nobody's point of view."""
    match understood:
        case Frame():
            about = impersonal(understood.about) if understood.about else None
            return replace(understood, as_role=None, about=about if isinstance(about, Frame) else None)
        case Ambiguous():
            frame = impersonal(understood.frame)
            return replace(understood, frame=frame) if isinstance(frame, Frame) else understood
        case Several(parts=parts):
            return Several(tuple(part for each in parts if isinstance(part := impersonal(each), Frame | Ambiguous)))
    return understood
