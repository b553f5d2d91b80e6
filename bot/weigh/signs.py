"""The signs by which an answer is judged: how far the words lean to its intent, how it was found, and what it says of what was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answers import Answer
from bot.domain.questions import Frame, NotUnderstood, Understood, frame_of
from bot.understand import Prepared, Reading
from bot.understand.others import Other
from bot.understand.roots import root
from bot.understand.rulings import ENOUGH_SHARED, Point

WORD = re.compile(r"[a-z0-9']+")
LEAST = 0.005
"""The smallest share whose odds are told apart."""
RAREST = 8.0
"""What a word of a question weighs at most; it weighs half the natural logarithm of how rare it is."""
LENGTHS = 3.0
"""The natural logarithm of the lines of a long answer (20), which counts as 1."""
SHARED, HELD = 1.5, 20.0
"""The most that counts of how likely a ruling is or how much a form explains, and of what a finding has of the question."""
FEW, MANY = 3, 8
NOBODY = frozenset({""})
DECLINED, ROLE, WORDS = "declined", "role", "word"
NOTHING = frozenset({"not-understood", DECLINED})
"""The outcomes that tell nothing."""
FIRST = "by:found"
"""The sign of the answer by which a question was understood."""
SAYING = ("words", "names")
"""The signs of how much of the question an answer says."""
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its signs by itself; the first of several may be the one by which the question was understood."""

    done: Answer
    alone: Signs


def signs(told: Sequence[Told]) -> list[Signs]:
    """The signs of each answer to a question, by name, beside the others."""
    most = {name: max(each.alone[name] for each in told) for name in SAYING} if told else {}
    known = told[0].alone if told and FIRST in told[0].alone else None
    return [{**each.alone, **dict(beside(each.alone, most, known))} for each in told]


def of_answer(done: Answer, other: Other | None, first: Answer, reading: Reading, prepared: Prepared) -> Signs:
    """The signs of an answer by itself; `other` is the reading behind it, None where it is `first`, as the question was understood."""
    frame = done.frame
    reading = reading if other is None or other.reading is None else other.reading
    found = dict(of_leaning(frame.intent if frame else "", reading, prepared))
    found |= of_words(done.text, reading, prepared)
    found |= of_outcome(done)
    found |= {FIRST: 1.0, "confidence": frame.confidence if frame else 0.0} if other is None else of_other(other, first.understood)
    if not prepared.company.name:
        found["guided"] = 1.0
        found[f"guided:{other.by if other else 'found'}"] = 1.0
    return found


def of_thread(done: Answer, other: Other | None, before: Understood, reading: Reading, prepared: Prepared) -> Iterator[tuple[str, float]]:
    """How an answer goes on from what a thread was about, and how much the question itself says, and where its own words lean."""
    yield "thread", 1.0
    yield "leans alone", prepared.shares(reading).get(done.frame.intent, 0.0) if done.frame else 0.0
    yield "said", min(sum(bool(token.text) and not token.is_stop for token in reading.tokens), MANY) / MANY
    frame, then = done.frame, frame_of(before)
    if other is None:
        yield "thread:found", 1.0
    elif other.has_thread:
        yield "thread:with", 1.0
    if frame and then:
        alike = {
            "intent": frame.intent == then.intent,
            "subjects": frame.subjects == then.subjects,
            "things": named_in(frame) == named_in(then),
        }
        alike |= {"facts": frame.facts.keys() == then.facts.keys(), "roles": frame.roles == then.roles, "step": frame.step == then.step}
        yield from ((f"same {name}", 1.0) for name, same in alike.items() if same)
        yield "repeats", float(all(alike.values()))


def named_in(frame: Frame) -> dict[str, tuple[str, ...]]:
    """What a frame names, but for the words, which a thread does not keep."""
    return {kind: ids for kind, ids in frame.things.items() if kind != WORDS}


def beside(each: Signs, most: Mapping[str, float], known: Signs | None) -> Iterator[tuple[str, float]]:
    """How much less an answer says of what was asked than the one that says most, and how sure the one is that was understood."""
    for name in SAYING:
        yield f"{name} less", most[name] - each[name]
    if each["words"] >= most["words"]:
        yield "words best", 1.0
    if known is not None and each is not known:
        yield "beside found", 1.0
        yield "found confidence", known["confidence"]
        yield "found leans", known["leans"]


def of_leaning(intent: str, reading: Reading, prepared: Prepared) -> Iterator[tuple[str, float]]:
    """How far the words lean to its intent, to others, and to what is not answered."""
    leaning, shares = prepared.lean(reading), prepared.shares(reading)
    share, most = shares.get(intent, 0.0), leaning[0][1]
    kept = min(max(share, LEAST), 1 - LEAST)
    yield "always", 1.0
    yield f"intent:{intent}", 1.0
    yield "leans", share
    yield "odds", math.log(kept / (1 - kept))
    yield "behind", most - share
    if share == most:
        yield "most", 1.0
        yield "ahead", most - leaning[1][1]
    yield "declined", shares.get(DECLINED, 0.0)


def of_words(text: str, reading: Reading, prepared: Prepared) -> Signs:
    """How much the answer says of what the question says, word by word, name by name and role by role, and how long it is.

    What a role is called counts nowhere: it is said or not.
    """
    lowered = text.lower()
    said = frozenset(map(root, WORD.findall(lowered)))
    weights = reading.once("rarity", lambda: dict(rarities(reading, prepared)))
    points = reading.once("points", lambda: list(things(reading, prepared)))
    roles = [sense for span in reading.spans if (sense := span.sense(ROLE))]
    told = sum(any(prepared.names.get((ROLE, id), NOBODY) <= said for id in sense.ids) for sense in roles)
    return {
        "words": shared(weights.items(), said),
        "names": named(points, said),
        "roles said": told / len(roles) if roles else 1.0,
        "length": math.log(lowered.count("\n") + 1) / LENGTHS,
    }


def rarities(reading: Reading, prepared: Prepared) -> Iterator[tuple[str, float]]:
    """The roots of what is asked, each with how rare it is."""
    wording = prepared.lexicon.speller.wording
    called = {at for span in reading.spans if ROLE in span.tags for at in range(span.position, span.position + span.length)}
    for index, token in enumerate(reading.tokens):
        if token.text and not token.is_stop and index not in called and token.text not in prepared.language.grammar:
            yield root(token.text), min(RAREST, -math.log(wording.alone(token.text)) / 2)


def things(reading: Reading, prepared: Prepared) -> Iterator[Point]:
    """What is asked about, but for roles."""
    for point in prepared.rulings.points(reading.tokens, reading.spans):
        if ROLE not in reading.spans[point.span].tags:
            yield point


def shared(weights: Iterable[tuple[str, float]], said: frozenset[str]) -> float:
    """The share of words that are said, by weight."""
    pairs = list(weights)
    whole = sum(weight for _, weight in pairs)
    return sum(weight for word, weight in pairs if word in said) / whole if whole else 0.0


def named(points: Iterable[Point], said: frozenset[str]) -> float:
    """The share of the things asked about that are said in any way that says the same."""
    those = list(points)
    whole = sum(point.weight for point in those)
    ways = (point.weight * max((worth * len(way & said) / len(way) for way, worth in point.ways), default=0.0) for point in those)
    return sum(ways) / whole if whole else 0.0


def of_outcome(done: Answer) -> Signs:
    """What kind of answer it is."""
    frame = done.frame
    found = {f"outcome:{done.resolution.outcome}": 1.0, f"kind:{type(done.understood).__name__}": 1.0}
    if frame:
        found |= {"subjects": min(len(frame.subjects), FEW) / FEW, "roles": min(len(frame.roles), FEW) / FEW}
        found |= {"entry": float(bool(frame.things.get("entry"))), "findings": float(bool(frame.findings)), "near": float(bool(frame.near))}
    return found


def of_other(other: Other, first: Understood) -> Signs:
    """How a reading was found, and beside what."""
    found = {f"by:{other.by}": 1.0, f"by:{other.by} {other.place}": 1.0}
    if isinstance(first, NotUnderstood):
        found["beside nothing"] = 1.0
    elif isinstance(first, Frame) and first.intent == DECLINED:
        found["beside declined"] = 1.0
    if other.by == "intent":
        found["form"] = min(other.share, SHARED)
    if other.by == "subject":
        found["about"] = other.share
    if other.spoken:
        spoken, score = other.spoken, min(other.share, SHARED)
        found |= {"has": spoken.has, "had": spoken.had, "likely": score, f"section:{spoken.section}": 1.0}
        found |= {"both": math.sqrt(spoken.has * spoken.had), "mass": spoken.mass / (spoken.mass + ENOUGH_SHARED)}
    if other.fitting:
        near = other.fitting
        found |= {"nearness": near.near, "fits": near.fits, "held": min(near.held, HELD) / HELD}
    return found
