"""An index <-> one file, named by what the index is made from. A file that cannot be read is made anew."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.matching.index import Index, number_roots
from bot.matching.semantic import Embedder
from bot.matching.weights import TermIndex
from bot.matching.words import words_of

LAYOUT = 1
"""To be raised whenever an index is computed otherwise."""
KEPT = 16
"""Files of older indexes are removed beyond so many."""


def content_hash(phrasings: Mapping[str, Sequence[str]], embedder: Embedder | None) -> str:
    """What decides whether a stored index is the one that is wanted: the texts, the way of computing, the table of meanings."""
    meaning = [embedder.name, embedder.common.tolist()] if embedder else None
    wanted = [LAYOUT, np.__version__, meaning, [[id, *texts] for id, texts in phrasings.items()]]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def save_index(index: Index, file: Path, key: str) -> None:
    """Writes a file that is whole or not there. That it cannot be written is no reason to stop: the index is in memory."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as opened:
                np.savez(opened, **arrays_of(index, key))
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
        for old in sorted(file.parent.glob("*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def load_index(file: Path, key: str) -> Index | None:
    """The index in a file; None where there is none, or anything is wrong with it."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as found:
            return index_from({name: found[name] for name in found.files}, key)
    except Exception:  # whatever a damaged file makes of itself: the index is built anew
        return None


def arrays_of(index: Index, key: str) -> dict[str, Any]:
    """All of an index as arrays; texts are JSON."""
    texts = {
        "key": key,
        "ids": index.ids,
        "phrasings": index.phrasings,
        "terms": list(index.terms.numbers),
        "pieces": list(index.pieces.numbers),
    }
    arrays = {"texts": np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8), "starts": index.starts, "constants": index.constants}
    for name, terms in (("terms", index.terms), ("pieces", index.pieces)):
        arrays |= {f"{name} {part}": getattr(terms, part) for part in ("rarity", "starts", "texts", "weights")}
    optional = {"vectors": index.vectors, "coefficients": index.coefficients}
    return arrays | {name: array for name, array in optional.items() if array is not None}


def index_from(arrays: Mapping[str, Any], key: str) -> Index | None:
    """The index of such arrays; None where they are of another one."""
    texts = json.loads(arrays["texts"].tobytes())
    if texts["key"] != key:
        return None
    phrasings = tuple(texts["phrasings"])
    terms, pieces = terms_from(arrays, texts, "terms"), terms_from(arrays, texts, "pieces")
    words = tuple(words_of(text) for text in phrasings)
    return Index(
        tuple(texts["ids"]),
        phrasings,
        words,
        arrays["starts"],
        terms,
        pieces,
        number_roots(words, terms),
        tuple(terms.rarity.tolist()),
        arrays.get("vectors"),
        arrays.get("coefficients"),
        arrays["constants"],
    )


def terms_from(arrays: Mapping[str, Any], texts: Mapping[str, Any], name: str) -> TermIndex:
    """One of the two kinds of terms."""
    rarity, starts, rows, weights = (arrays[f"{name} {part}"] for part in ("rarity", "starts", "texts", "weights"))
    return TermIndex({term: number for number, term in enumerate(texts[name])}, rarity, starts, rows, weights, len(texts["phrasings"]))
