"""To which intent the words of a question lean, where no form reads it: a linear model over words, cues and kinds of names.

It is fitted by `bench/fit_leanings.py` on `knowledge/said/` and on the phrasings of `knowledge/language/`, and ships as one file. It knows
no names of any company: a role is a role. It decides nothing by itself; `leaned.py` says when it is believed.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.understand.units import Unit

ENDS = ("^", "$")
"""What stands before the first and after the last piece of a question."""


def features(units: Sequence[Unit], sections: Iterable[str] = ()) -> frozenset[str]:
    """What a question has, as names: its words, cues and kinds of names, which of them follow each other, and in which sections of a
    model entries are spoken of."""
    said = [unit for unit in units if unit.weight or unit.words]
    symbols = [ENDS[0], *(symbol for unit in said if (symbol := symbol_of(unit))), ENDS[1]]
    pairs = (f"{one} {other}" for one, other in pairwise(symbols))
    return frozenset((*(each for unit in said for each in unit.features), *pairs, *(f"@{section}" for section in sections)))


def symbol_of(unit: Unit) -> str:
    """What a unit is among those around it."""
    if unit.names:
        return f"{{{min(unit.names)}}}"
    return f"#{min(unit.cues)}" if unit.cues else "+".join(sorted(unit.words))


@dataclass(frozen=True, slots=True)
class Leanings:
    """The model: for each feature one weight an intent."""

    intents: tuple[str, ...]
    scale: float
    """What a step of a weight is worth."""
    weights: Mapping[str, str] = field(repr=False)
    """Feature -> signed bytes, one an intent, in base 85; read when they are needed, for most never are."""
    always: tuple[float, ...]

    def lean(self, found: frozenset[str]) -> list[tuple[str, float]]:
        """The intents with their shares, which add up to 1, most likely first."""
        known = [weights for each in found if (weights := self.weights.get(each)) is not None]
        reach = self.scale / math.sqrt(len(known) + 1)
        sums = [start / math.sqrt(len(known) + 1) for start in self.always]
        for packed in known:
            for number, byte in enumerate(base64.b85decode(packed)):
                sums[number] += reach * (byte - 256 if byte > 127 else byte)
        top = max(sums)
        odds = [math.exp(each - top) for each in sums]
        whole = sum(odds)
        return sorted(zip(self.intents, (each / whole for each in odds), strict=True), key=lambda pair: -pair[1])

    def leans_away(self, feature: str, intent: str, least: float = 0.0) -> bool:
        """Whether a feature has never been seen, or speaks for an intent, with at least so much of what it speaks for any other."""
        packed = self.weights.get(feature)
        if packed is None:
            return True
        signed = [byte - 256 if byte > 127 else byte for byte in base64.b85decode(packed)]
        return 0 < signed[self.intents.index(intent)] >= least * max(signed)


@lru_cache(maxsize=2)
def read_leanings(file: Path) -> Leanings:
    """The model in a file."""
    held = json.loads(file.read_text(encoding="utf-8"))
    return Leanings(tuple(held["intents"]), held["scale"], held["weights"], tuple(held["always"]))


def pack(weights: Sequence[int]) -> str:
    """Weights from -127 to 127 as they stand in the file."""
    return base64.b85encode(bytes(each % 256 for each in weights)).decode()
