"""Text -> a vector of what it means, from a table of vectors that the extra `semantic` brings. Without the extra there is none.

The table is WordLlama's: one vector for each token of a vocabulary. Its two files are read directly, since the package itself
loads far more than that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.scoring import calibration
from bot.matching.weights import Floats

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = Path("weights", "l2_supercat_256.safetensors")
TOKENIZER = Path("tokenizers", "l2_supercat_tokenizer_config.json")


class Embedder:
    """A text means the mean of what its tokens mean, less what all questions have in common."""

    def __init__(self, folder: Path, common: Floats) -> None:
        """`common` is what all questions have in common."""
        self.common = common
        self.name = f"{folder.name} {WEIGHTS.name} {(folder / WEIGHTS).stat().st_size}"
        """Which table it is."""
        self.vectors = map_table(folder / WEIGHTS)
        self.tokenizer = open_tokenizer(folder / TOKENIZER)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector of length one for each text."""
        return np.array([self.embed_one(text) for text in texts], dtype=np.float32).reshape(len(texts), len(self.common))

    def embed_one(self, text: str) -> Floats:
        """A vector of length one."""
        tokens = self.tokenizer.encode(text, add_special_tokens=False).ids
        if not tokens:
            return np.zeros(len(self.common), dtype=np.float32)
        return unit(unit(self.vectors[tokens].astype(np.float32).mean(axis=0)) - self.common)


def unit(vector: Floats) -> Floats:
    """The same direction, of length one."""
    return np.asarray(vector / (float(np.linalg.norm(vector)) or 1.0), dtype=np.float32)


def map_table(file: Path) -> np.memmap[tuple[int, ...], np.dtype[np.float16]]:
    """The one table of a safetensors file, left on the disk: only the vectors of words that are used come into memory."""
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        (table,) = (entry for name, entry in json.loads(opened.read(length)).items() if name != "__metadata__")
    if table["dtype"] != "F16":
        raise ValueError(f"{file.name} holds numbers of the kind {table['dtype']}, expected is F16")
    return np.memmap(file, dtype=np.float16, mode="r", offset=8 + length + table["data_offsets"][0], shape=tuple(table["shape"]))


def open_tokenizer(file: Path) -> Tokenizer:
    """What cuts a text into tokens, without filling up."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - of the extra

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    return tokenizer


@cache
def open_embedder() -> Embedder | None:
    """The embedder, where the extra is installed and its files are there."""
    folder = find_folder()
    return Embedder(folder, np.array(calibration()["common"], dtype=np.float32)) if folder else None


def find_folder() -> Path | None:
    """Where the extra keeps its files."""
    package = find_spec("wordllama")
    if package is None or find_spec("tokenizers") is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0])
    return folder if (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file() else None
