"""An answer and its label -> whether it is right, and if not, how wrong it is and which stage failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.answers import Answer, Resolution
from bot.domain.labels import Conversation, Either, Label, Turn
from bot.domain.questions import Ambiguous, Frame, Several
from bot.domain.rules import Held
from bot.evaluate.saying import says
from bot.pipeline import Engine

Judgement = Literal["right", "confident-wrong", "needless", "refused", "astray"]
JUDGEMENTS: tuple[Judgement, ...] = ("right", "confident-wrong", "needless", "refused", "astray")
"""How an answer may be; the last is what is none of the others: an *ask-back* without the right answer among what it offers."""
Stage = Literal["", "understand", "resolve", "render", "unknown"]
STAGES: tuple[Stage, ...] = ("understand", "resolve", "render", "unknown")
"""Which stage failed; unknown where the label does not tell what was asked for."""
REFUSALS = frozenset({"not-understood", "declined", "not-defined", "not-allowed"})
NOBODY = frozenset({"nobody", "nothing", "none"})
JOB = "job:"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, its answer, and what that is worth."""

    conversation: Conversation
    turn: Turn
    number: int
    """Its place in the conversation, from 0."""
    done: Answer
    judgement: Judgement
    stage: Stage
    lacking: tuple[str, ...]
    """What is wrong, in words."""


def judge(conversation: Conversation, number: int, done: Answer, engine: Engine) -> Judged:
    """What an answer is worth."""
    turn = conversation.turns[number]
    lacking = tuple(lacks(turn.label, done))
    judgement: Judgement = judgement_of(turn.label, done, engine) if lacking else "right"
    return Judged(conversation, turn, number, done, judgement, stage_of(turn.label, done) if lacking else "", lacking)


def lacks(label: Label, done: Answer) -> Iterator[str]:
    """What a right answer would have and this one has not; of a question that is none of ours only that it is refused."""
    outcome = done.resolution.outcome
    is_refused = label.is_outside and outcome in REFUSALS
    if outcome not in label.expect and not is_refused:
        yield f"outcome {' or '.join(label.expect)}"
    if label.roles is not None and not is_refused and not are_owners(with_positions(label.roles, done), owners_of(done)):
        yield f"roles {say_ways(label.roles) or 'nobody'}"
    yield from (f'"{" | ".join(ways)}"' for ways in label.says if not is_refused and not says(done.text, ways))
    yield from (f'never "{" | ".join(ways)}"' for ways in label.never if says(done.text, ways))


def say_ways(things: Sequence[Either]) -> str:
    """Several things, each with the ways to say it."""
    return ", ".join(" | ".join(ways) for ways in things)


def judgement_of(label: Label, done: Answer, engine: Engine) -> Judgement:
    """How wrong an answer is that is not right."""
    outcome = done.resolution.outcome
    if outcome in REFUSALS:
        return "astray" if label.is_outside else "refused"
    if "answered" in label.expect and not label.is_outside and shows_right(label, done, engine):
        return "needless"
    return "astray" if outcome == "ask-back" else "confident-wrong"


def shows_right(label: Label, done: Answer, engine: Engine) -> bool:
    """Whether the right answer is a case of the table, or the answer to one of the readings to choose from."""
    outcome = done.resolution.outcome
    if outcome == "depends":
        shown = owners_of(done)
        named = all(shown & set(ways) or set(ways) <= NOBODY for ways in label.roles or ())
        return named and all(says(done.text, ways) for ways in label.says)
    return outcome == "ask-back" and any(not list(lacks(label, one)) for one in offered(done, engine))


def offered(done: Answer, engine: Engine) -> Iterator[Answer]:
    """The answers to the readings that are offered to choose from."""
    for option in done.resolution.view.get("options", ()):
        yield engine.view(done.question.audiences).tell(option.frame, done.question)


def stage_of(label: Label, done: Answer) -> Stage:
    """The first stage that failed, as far as the label tells."""
    outcome, meant = done.resolution.outcome, intents_of(done)
    if label.is_outside or not meant or outcome in ("not-understood", "ask-back") or (label.intent and label.intent not in meant):
        return "understand"
    if not label.intent:
        return "unknown"
    owners = label.roles is None or are_owners(with_positions(label.roles, done), owners_of(done))
    said = any(says(done.text, ways) for ways in label.never)
    return "render" if outcome in label.expect and owners and not said else "resolve"


def intents_of(done: Answer) -> set[str]:
    """The intents that were understood."""
    match done.understood:
        case Several(parts=parts):
            return {frame.intent for part in parts if isinstance(frame := part.frame if isinstance(part, Ambiguous) else part, Frame)}
        case _:
            return {done.frame.intent} if done.frame else set()


def owners_of(done: Answer) -> frozenset[str]:
    """Everybody whom the answer names as holding what was asked for, by id; those of a table of cases included."""
    return frozenset(id.removeprefix(JOB) for each in (done.resolution, *done.resolution.also) for id in holders(each)) - NOBODY


def holders(resolution: Resolution) -> Iterator[str]:
    """The holders of one answer."""
    if resolution.result:
        yield from resolution.result.roles
        return
    for verdict in resolution.verdicts:
        for decided in (verdict.decided, *(each for case in verdict.cases for each in case.decided)):
            if decided and isinstance(decided.ruling, Held):
                yield from decided.ruling.holders


def with_positions(wanted: Sequence[Either], done: Answer) -> tuple[Either, ...]:
    """The owners wanted; a position counts as whoever the answer says holds it: "the account owner (the Account Executive)"."""
    told = (done.resolution, *done.resolution.also)
    stands = {id: set(held) for each in told for id, held in each.view.get("stands", {}).items() if held}
    return tuple((*ways, *(id for id, held in stands.items() if held <= set(ways))) for ways in wanted)


def are_owners(wanted: Sequence[Either], found: frozenset[str]) -> bool:
    """Whether these are the owners: each of those found is one way to say one of those wanted, and none is left; nobody may be nobody."""
    if not wanted:
        return not found
    first, rest = wanted[0], wanted[1:]
    if not NOBODY.isdisjoint(first) and are_owners(rest, found):
        return True
    return any(are_owners(rest, found - {id}) for id in found.intersection(first))
