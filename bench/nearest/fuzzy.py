"""rapidfuzz's `extractOne`."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bench.nearest import NOTHING, Kept


class Fuzzy:
    """Finds the nearest text by letters."""

    def __init__(self, kept: Kept, least: float) -> None:
        self.texts, self.least, self.scorer = kept["texts"], least, getattr(fuzz, kept["variant"])

    def nearest(self, question: str) -> tuple[int, float]:
        """The number of the nearest text, and how near it is."""
        found = process.extractOne(default_process(question), self.texts, scorer=self.scorer, score_cutoff=self.least)
        return (found[2], found[1]) if found else NOTHING


def teach(texts: Sequence[str], variant: str) -> Kept:
    """The texts as they are compared."""
    return {"texts": [default_process(text) for text in texts], "variant": variant}


ASKED = Fuzzy
