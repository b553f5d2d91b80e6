"""likeliest(): of what a question may mean, the reading whose answer is most likely right; nothing where none is likely enough."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.domain.answers import Answer
from bot.domain.questions import Frame, NotUnderstood, Question, Understood
from bot.understand import Prepared, Reading
from bot.understand.choose import not_understood
from bot.understand.others import Other, others
from bot.weigh.signs import NOTHING, Signs, signs

SURE = 0.8
"""From here on nothing else is looked at: on questions with a known answer no other reading was ever taken then."""
LIKELY = 0.5
"""Below this an answer is rather not given."""
Tell = Callable[[Understood], Answer]
"""What gives the answer to a reading of the question."""


def likeliest(understood: Understood, reading: Reading | None, question: Question, prepared: Prepared, tell: Tell) -> Answer:
    """The answer to the likeliest reading of a question that stands alone; what goes on from an answer is taken as it was understood."""
    first = tell(understood)
    file = prepared.language.weighing
    if reading is None or question.before is not None or file is None or is_settled(understood):
        return first
    weights = read_weighing(file)
    best, most = first, 0.0 if is_nothing(first) else chance(signs(None, first, first, reading, prepared), weights)
    if most < SURE:
        for other, done in told(first, reading, question, prepared, tell):
            if (likely := chance(signs(other, done, first, reading, prepared), weights)) > most:
                best, most = done, likely
    if is_nothing(best) or most >= LIKELY:
        return replace(best, chance=most)
    return first if is_nothing(first) else tell(not_understood(reading))


@lru_cache(maxsize=2)
def read_weighing(file: Path) -> Mapping[str, float]:
    """What each sign counts, by name."""
    weights: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return weights


def is_settled(understood: Understood) -> bool:
    """Whether it is known why a question is not answered."""
    return isinstance(understood, NotUnderstood) and bool(understood.reason)


def is_nothing(done: Answer) -> bool:
    """Whether an answer tells nothing."""
    return done.resolution.outcome in NOTHING


def told(first: Answer, reading: Reading, question: Question, prepared: Prepared, tell: Tell) -> Iterator[tuple[Other, Answer]]:
    """The other readings with their answers, those that tell something and not the same as one before."""
    seen = {first.text}
    for other in others(reading, question, prepared):
        done = tell(other.meant)
        if done.text not in seen and not is_nothing(done):
            seen.add(done.text)
            yield other, done


def chance(found: Signs, weights: Mapping[str, float]) -> float:
    """How likely an answer with these signs is right."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * much for name, much in found.items())))
