"""The numbers of pieces, beside the library that takes more memory."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.semantic import TOKENIZER, find_folder
from bot.matching.vocabulary import Vocabulary, read_vocabulary

FOLDER = find_folder()
needs_extra = pytest.mark.skipif(FOLDER is None, reason="the extra `semantic` is not installed")
LETTERS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=20)


def test_neighbours_are_joined_by_the_lowest_number() -> None:
    vocabulary = Vocabulary({"▁": 0, "a": 1, "b": 2, "c": 3, "bc": 4, "ab": 5, "▁a": 6, "<0xC3>": 7, "<0xBC>": 8})
    assert vocabulary.numbers_of("abc a") == [6, 4, 6]
    assert vocabulary.numbers_of("ü") == [0, 7, 8]
    assert vocabulary.numbers_of("") == []


@needs_extra
@given(st.lists(LETTERS | st.sampled_from(["renewal", "who", "owns", "upsell", "días", "отпуск", "🙂"]), min_size=1, max_size=8))
def test_a_text_has_the_numbers_that_the_library_gives(words: list[str]) -> None:
    ours, theirs = both()
    text = " ".join(words).casefold()
    assert ours.numbers_of(text) == theirs.encode(text, add_special_tokens=False).ids


@cache
def both() -> tuple[Vocabulary, Any]:
    """The vocabulary of the extra, as we read it and as the library does."""
    tokenizers = pytest.importorskip("tokenizers")
    assert FOLDER is not None
    tokenizer = tokenizers.Tokenizer.from_file(str(FOLDER / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return read_vocabulary(FOLDER / TOKENIZER), tokenizer
