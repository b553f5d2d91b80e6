"""Text -> a vector of what it means, from a table of vectors that the extra `semantic` brings. Without the extra there is none.

The table is WordLlama's: one vector for each token of a vocabulary. Its two files are read directly, since the package itself
loads far more than that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.matching.scoring import calibration
from bot.matching.vocabulary import read_vocabulary
from bot.matching.weights import Floats

WEIGHTS = Path("weights", "l2_supercat_256.safetensors")
TOKENIZER = Path("tokenizers", "l2_supercat_tokenizer_config.json")


class Embedder:
    """A text means the mean of what its tokens mean, less what all questions have in common."""

    def __init__(self, folder: Path, common: Floats) -> None:
        """`common` is what all questions have in common."""
        self.common = common
        self.name = f"{folder.name} {WEIGHTS.name} {(folder / WEIGHTS).stat().st_size}"
        """Which table it is."""
        self.table = Table(folder / WEIGHTS)
        self.vocabulary = read_vocabulary(folder / TOKENIZER)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector of length one for each text."""
        return np.array([self.embed_one(text) for text in texts], dtype=np.float32).reshape(len(texts), len(self.common))

    def embed_one(self, text: str) -> Floats:
        """A vector of length one."""
        tokens = self.vocabulary.numbers_of(text)
        if not tokens:
            return np.zeros(len(self.common), dtype=np.float32)
        return unit(unit(self.table.rows(tokens).mean(axis=0)) - self.common)


def unit(vector: Floats) -> Floats:
    """The same direction, of length one."""
    return np.asarray(vector / (float(np.linalg.norm(vector)) or 1.0), dtype=np.float32)


class Table:
    """The one table of a safetensors file, left on the disk: rows are read when they are wanted. Mapped, its pages would stay with us."""

    def __init__(self, file: Path) -> None:
        """Raises ValueError for numbers of another kind."""
        self.file = os.open(file, os.O_RDONLY)
        length = int.from_bytes(os.pread(self.file, 8, 0), "little")
        (table,) = (entry for name, entry in json.loads(os.pread(self.file, length, 8)).items() if name != "__metadata__")
        if table["dtype"] != "F16":
            raise ValueError(f"{file.name} holds numbers of the kind {table['dtype']}, expected is F16")
        self.start, self.size = 8 + length + table["data_offsets"][0], 2 * table["shape"][1]

    def rows(self, numbers: Iterable[int]) -> Floats:
        """Rows by their numbers."""
        read = b"".join(os.pread(self.file, self.size, self.start + number * self.size) for number in numbers)
        return np.asarray(np.frombuffer(read, dtype="<f2").reshape(-1, self.size // 2), dtype=np.float32)


@cache
def open_embedder() -> Embedder | None:
    """The embedder, where the extra is installed and its files are there."""
    folder = find_folder()
    return Embedder(folder, np.array(calibration()["common"], dtype=np.float32)) if folder else None


def find_folder() -> Path | None:
    """Where the extra keeps its files."""
    package = find_spec("wordllama")
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0])
    return folder if (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file() else None
