"""Judged answers -> counts, shares with their 95% intervals, and tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluate.judge import JUDGEMENTS, STAGES, Judged, Judgement

Z = 1.959964
"""So many standard deviations hold 95% of a normal distribution."""
NOT_SAID = "(not said)"
WRONG: Judgement = "confident-wrong"


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of labelled questions."""

    inside: Counter[Judgement]
    """Of those that are to be answered."""
    outside: Counter[Judgement]
    """Of those that are to be refused."""
    stages: Counter[str]
    """Which stage failed, of those that are to be answered."""
    talks: tuple[int, int]
    """How many conversations of several questions there are, and how many were right throughout."""
    tables: Mapping[str, Mapping[str, Counter[Judgement]]]
    """What they are told apart by -> its values -> what became of the questions."""

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return self.inside.total() + self.outside.total()

    @property
    def wrong(self) -> int:
        """How many of them, of whichever kind, were answered wrongly and with confidence."""
        return self.inside[WRONG] + self.outside[WRONG]


def count(judged: Sequence[Judged]) -> Figures:
    """The figures of judged answers."""
    inside = [each for each in judged if not each.turn.label.is_outside]
    outside = [each for each in judged if each.turn.label.is_outside]
    talks: dict[int, bool] = {}
    for each in judged:
        if not each.conversation.is_alone:
            talks[id(each.conversation)] = talks.get(id(each.conversation), True) and each.judgement == "right"
    tables: dict[str, Mapping[str, Counter[Judgement]]] = {
        "intent": tabled((each.turn.label.intent or NOT_SAID, each.judgement) for each in inside),
        "outcome": tabled((" or ".join(each.turn.label.expect), each.judgement) for each in inside),
        "company": tabled((each.conversation.company, each.judgement) for each in inside),
        "style": tabled((style, each.judgement) for each in inside for style in each.conversation.style or (NOT_SAID,)),
        "asker": tabled((each.conversation.asker or NOT_SAID, each.judgement) for each in inside),
        "place": tabled((place_of(each), each.judgement) for each in inside),
        "out of scope": tabled((each.conversation.group or NOT_SAID, each.judgement) for each in outside),
    }
    stages: Counter[str] = Counter(each.stage for each in inside if each.stage)
    of_inside, of_outside = (Counter(each.judgement for each in some) for some in (inside, outside))
    return Figures(of_inside, of_outside, stages, (len(talks), sum(talks.values())), tables)


def place_of(judged: Judged) -> str:
    """Whether a question stands alone, begins a conversation or goes on with one."""
    return "alone" if judged.conversation.is_alone else "later in a conversation" if judged.number else "first of a conversation"


def tabled(pairs: Iterable[tuple[str, Judgement]]) -> dict[str, Counter[Judgement]]:
    """Counts by value, in the order of the values."""
    found: dict[str, Counter[Judgement]] = {}
    for value, judgement in pairs:
        found.setdefault(value, Counter())[judgement] += 1
    return dict(sorted(found.items()))


def interval(some: int, of: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share.

    >>> tuple(round(end, 3) for end in interval(95, 100))
    (0.888, 0.978)
    """
    if not of:
        return 0.0, 1.0
    share, spread = some / of, Z * Z / of
    middle, half = share + spread / 2, Z * math.sqrt(share * (1 - share) / of + spread / of / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures for tools, and for a baseline: no question is in them, so that a set that is not to be read can be kept track of."""
    talks, right = figures.talks
    return {
        "asked": figures.asked,
        WRONG: share_as_json(figures.wrong, figures.asked),
        "in scope": counts_as_json(figures.inside),
        "out of scope": counts_as_json(figures.outside),
        "conversations": {"asked": talks, "right throughout": share_as_json(right, talks)},
        "failed at": {stage: figures.stages[stage] for stage in STAGES},
        "by": {name: {value: counts_as_json(counts) for value, counts in rows.items()} for name, rows in figures.tables.items()},
    }


def counts_as_json(counts: Counter[Judgement]) -> dict[str, Any]:
    """How many there are, and each way to be judged with its share."""
    total = counts.total()
    return {"asked": total, **{name: share_as_json(counts[name], total) for name in JUDGEMENTS}}


def share_as_json(some: int, of: int) -> dict[str, Any]:
    """A count, its share and the interval of that."""
    return {"count": some, "share": round(some / of, 4) if of else 0.0, "interval": [round(end, 4) for end in interval(some, of)]}
