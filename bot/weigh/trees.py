"""The model by which answers are weighed: trees of yes-or-no questions on signs, whose leaves add up."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.weigh.signs import Signs

Node = float | tuple[int, float, "Node", "Node"]
"""A leaf; or the number of a sign, the most of it with which one goes on below, and what stands below and above."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """All trees, and the signs that they ask for. Tuples within tuples take less time than arrays of numbers."""

    names: tuple[str, ...]
    trees: tuple[Node, ...] = field(repr=False)

    def sum(self, found: Signs) -> float:
        """What the leaves add up to for an answer with these signs, on the scale of a logarithm of odds: the more, the likelier."""
        much = [found.get(name, 0.0) for name in self.names]
        whole = 0.0
        for tree in self.trees:
            node = tree
            while isinstance(node, tuple):
                sign, most, below, above = node
                node = below if much[sign] <= most else above
            whole += node
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
    which one goes on below, place below, place above), and its `leaves`; a place below 0 is a leaf, counted from -1 down."""
    return Trees(tuple(held["signs"]), tuple(node_at(0 if tree["asks"] else -1, tree["asks"], tree["leaves"]) for tree in held["trees"]))


def node_at(place: int, asks: Sequence[tuple[int, float, int, int]], leaves: Sequence[float]) -> Node:
    """What stands at a place of a tree, with all that hangs on it."""
    if place < 0:
        return leaves[~place]
    sign, most, below, above = asks[place]
    return sign, most, node_at(below, asks, leaves), node_at(above, asks, leaves)
