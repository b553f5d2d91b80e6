"""An index is stored whole or not at all, and what cannot be read is built anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bot.matching import cache, open_matcher
from bot.matching import index as indexing

FAQS = {"laptop": ["my laptop is broken", "how do I get a new laptop"], "travel": ["how do I book a flight", "who approves travel"]}
TEXT = "who approves a new laptop"


def stored(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def refuse(*_: object) -> None:
    raise AssertionError("built again")


def test_what_is_stored_is_read_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = open_matcher(FAQS, tmp_path).rank(TEXT)
    monkeypatch.setattr(indexing, "make_index", refuse)

    assert open_matcher(FAQS, tmp_path).rank(TEXT) == built


def test_other_texts_are_stored_beside_it(tmp_path: Path) -> None:
    open_matcher(FAQS, tmp_path)
    open_matcher({**FAQS, "other": ["something else"]}, tmp_path)
    open_matcher(dict(reversed(FAQS.items())), tmp_path)

    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_built_anew_and_mended(tmp_path: Path, seed: int) -> None:
    built = open_matcher(FAQS, tmp_path).rank(TEXT)
    whole, chance = stored(tmp_path).read_bytes(), random.Random(seed)
    damaged = bytearray(whole)
    for _ in range(20):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    stored(tmp_path).write_bytes(damaged)

    assert open_matcher(FAQS, tmp_path).rank(TEXT) == built
    assert open_matcher(FAQS, tmp_path).rank(TEXT) == built


@pytest.mark.parametrize("left", [0, 1, 100, 0.5, 0.99])
def test_a_file_cut_short_is_built_anew(tmp_path: Path, left: float) -> None:
    built = open_matcher(FAQS, tmp_path).rank(TEXT)
    whole = stored(tmp_path).read_bytes()
    stored(tmp_path).write_bytes(whole[: int(left * len(whole)) if left < 1 else int(left)])

    assert open_matcher(FAQS, tmp_path).rank(TEXT) == built
    assert len(stored(tmp_path).read_bytes()) == len(whole)


def test_an_index_of_other_texts_under_this_name_is_not_taken(tmp_path: Path) -> None:
    other = tmp_path / "other"
    open_matcher({"other": ["something else"]}, other)
    built = open_matcher(FAQS, tmp_path / "mine").rank(TEXT)
    stored(tmp_path / "mine").write_bytes(stored(other).read_bytes())

    assert open_matcher(FAQS, tmp_path / "mine").rank(TEXT) == built


def test_pickled_objects_are_never_opened(tmp_path: Path) -> None:
    built = open_matcher(FAQS, tmp_path).rank(TEXT)
    file = stored(tmp_path)
    np.savez(file, texts=np.array([Opened()], dtype=object))

    assert open_matcher(FAQS, tmp_path).rank(TEXT) == built


class Opened:
    """Fails where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return refuse, ()


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    assert open_matcher(FAQS, tmp_path / "file" / "folder").rank(TEXT)


def test_no_parts_are_left_and_old_files_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT", 3)
    for number in range(6):
        open_matcher({"only": [f"question number {number}"]}, tmp_path)

    assert [file.suffix for file in tmp_path.iterdir()] == [".npz"] * 3
