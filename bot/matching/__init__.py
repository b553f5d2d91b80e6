"""Phrasings by id, and a question -> the ids that may be meant, each with a calibrated score.

    matcher = open_matcher({"holidays": ["how many days off do I have", "vacation days"]}, cache_folder)
    for ranked in matcher.rank("how many vacation days are there?"):
        print(ranked.id, ranked.score)

Knows texts, and neither companies nor frames. numpy is loaded with the first matcher and not before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.matching.matcher import Matcher

__all__ = ["build", "open_matcher"]


def build(phrasings: Mapping[str, Sequence[str]], *, semantic: bool = True) -> Matcher:
    """The matcher for some phrasings. Meanings are compared where the extra `semantic` is installed, unless `semantic` is false."""
    return open_matcher(phrasings, None, semantic=semantic)


def open_matcher(phrasings: Mapping[str, Sequence[str]], folder: Path | None, *, semantic: bool = True) -> Matcher:
    """The same, from the folder if it has been built before, else built and put there."""
    from bot.matching.cache import content_hash, load_index, save_index  # noqa: PLC0415 - numpy is not for every command
    from bot.matching.index import make_index  # noqa: PLC0415
    from bot.matching.matcher import Matcher  # noqa: PLC0415
    from bot.matching.semantic import open_embedder  # noqa: PLC0415

    embedder = open_embedder() if semantic else None
    if folder is None:
        return Matcher(make_index(phrasings, embedder), embedder)
    key = content_hash(phrasings, embedder)
    file = folder / f"{key[:32]}.npz"
    index = load_index(file, key)
    if index is None:
        index = make_index(phrasings, embedder)
        save_index(index, file, key)
    return Matcher(index, embedder)
