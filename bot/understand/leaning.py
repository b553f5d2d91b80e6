"""To which intent the words of a question lean, where no form reads it: a linear model over words, cues and kinds of names.

It is fitted by `bench/fit_leanings.py` on `knowledge/said/` and on the phrasings of `knowledge/language/`, and ships as one file. It knows
no names of any company: a role is a role. It decides nothing by itself; `leaned.py` says when it is believed.
"""

from __future__ import annotations

import binascii
import json
import math
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.understand.units import Unit

ENDS = ("^", "$")
"""What stands before the first and after the last piece of a question."""
ROLE = "role"
"""The kind of name whose words count for nothing."""


def features(units: Sequence[Unit], sections: Iterable[str] = ()) -> frozenset[str]:
    """What a question has, as names: its words, cues and kinds of names, which of them follow each other, and in which sections of a
    model entries are spoken of."""
    said = [unit for unit in units if unit.weight or unit.words]
    symbols = [ENDS[0], *(symbol for unit in said if (symbol := symbol_of(unit))), ENDS[1]]
    pairs = (f"{one} {other}" for one, other in pairwise(symbols))
    found = (each for unit in said for each in (unit.features if ROLE not in unit.names else unit.kinds))
    return frozenset((*found, *pairs, *(f"@{section}" for section in sections)))


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
    weights: Mapping[str, int] = field(repr=False)
    """Feature -> its row of `steps`."""
    steps: array[int] = field(repr=False)
    """Row by row, from -127 to 127 for each intent; in one piece, for so many little ones would take as much again."""
    always: tuple[float, ...]

    def lean(self, found: frozenset[str]) -> list[tuple[str, float]]:
        """The intents with their shares, which add up to 1, most likely first."""
        known = [row for each in found if (row := self.weights.get(each)) is not None]
        shrunk = 1 / math.sqrt(len(known) + 1)
        steps = map(sum, zip(*map(self.steps_of, known), strict=True)) if known else [0] * len(self.intents)
        sums = [shrunk * (start + self.scale * each) for start, each in zip(self.always, steps, strict=True)]
        top = max(sums)
        odds = [math.exp(each - top) for each in sums]
        whole = sum(odds)
        return sorted(zip(self.intents, (each / whole for each in odds), strict=True), key=lambda pair: -pair[1])

    def steps_of(self, row: int) -> array[int]:
        """One row."""
        return self.steps[row * len(self.intents) : (row + 1) * len(self.intents)]

    def leans_away(self, feature: str, intent: str, least: float = 0.0) -> bool:
        """Whether a feature has never been seen, or speaks for an intent, with at least so much of what it speaks for any other."""
        row = self.weights.get(feature)
        if row is None:
            return True
        signed = self.steps_of(row)
        return 0 < signed[self.intents.index(intent)] >= least * max(signed)


@lru_cache(maxsize=2)
def read_leanings(file: Path) -> Leanings:
    """The model in a file. Names of features are shared with other models."""
    held = json.loads(file.read_text(encoding="utf-8"))
    steps = array("b")
    for packed in held["weights"].values():
        steps.frombytes(binascii.a2b_base64(packed))
    rows = {sys.intern(feature): row for row, feature in enumerate(held["weights"])}
    return Leanings(tuple(held["intents"]), held["scale"], rows, steps, tuple(held["always"]))


def pack(weights: Sequence[int]) -> str:
    """Weights from -127 to 127 as they stand in the file: signed bytes in base 64."""
    return binascii.b2a_base64(array("b", weights).tobytes(), newline=False).decode()
