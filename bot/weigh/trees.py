"""The model by which answers are weighed: trees of yes-or-no questions on signs, whose leaves add up."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.weigh.signs import Signs


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """All trees in one table of nodes. A place below 0 is a leaf: its number, counted from -1 down."""

    names: tuple[str, ...]
    """The signs that are asked for."""
    roots: Sequence[int]
    signs: Sequence[int] = field(repr=False)
    """Node -> the number of its sign."""
    most: Sequence[float] = field(repr=False)
    """Node -> the most of it with which one goes on below."""
    below: Sequence[int] = field(repr=False)
    above: Sequence[int] = field(repr=False)
    leaves: Sequence[float] = field(repr=False)

    def sum(self, found: Signs) -> float:
        """What the leaves add up to for an answer with these signs, on the scale of a logarithm of odds: the more, the likelier."""
        much = [found.get(name, 0.0) for name in self.names]
        signs, most, below, above, leaves = self.signs, self.most, self.below, self.above, self.leaves
        whole = 0.0
        for root in self.roots:
            at = root
            while at >= 0:
                at = below[at] if much[signs[at]] <= most[at] else above[at]
            whole += leaves[~at]
        return whole

    def chances(self, answers: Iterable[Signs]) -> list[float]:
        """How likely each of the answers to one question is right: a mean of how likely it is by itself, and beside the others."""
        sums = [self.sum(each) for each in answers]
        beside = 1.0 + sum(map(math.exp, sums))
        return [math.sqrt(math.exp(each) / beside / (1.0 + math.exp(-each))) for each in sums]


@lru_cache(maxsize=2)
def read_trees(file: Path) -> Trees:
    """The trees in a file; the same for all companies."""
    return trees_of(json.loads(file.read_text(encoding="utf-8")))


def trees_of(held: Mapping[str, Any]) -> Trees:
    """The trees as they are written: `signs`, and for each of the `trees` what its nodes ask, as (number of a sign, the most of it with
    which one goes on below, place below, place above), and its `leaves`; places as in `Trees`, counted in each tree anew."""
    signs, most, below, above = array("h"), array("d"), array("h"), array("h")
    roots, leaves = array("h"), array("d")
    for tree in held["trees"]:
        nodes, ends = len(signs), len(leaves)
        roots.append(nodes if tree["asks"] else ~ends)
        for sign, share, no, yes in tree["asks"]:
            signs.append(sign)
            most.append(share)
            below.append(no + nodes if no >= 0 else no - ends)
            above.append(yes + nodes if yes >= 0 else yes - ends)
        leaves.extend(tree["leaves"])
    return Trees(tuple(held["signs"]), roots, signs, most, below, above, leaves)
