"""Slips are mended towards the vocabulary; ordinary words are left alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.load import guidance_folder, load_company, load_shipped
from bot.understand import Prepared, prepare_understanding


@cache
def prepared() -> Prepared:
    folder = Path(__file__).parent.parent / "companies" / "acme"
    return prepare_understanding(load_company(folder, guidance_folder(), date(2026, 11, 22)).company, load_shipped().language)


@pytest.mark.parametrize(
    "word", ["rental", "tender", "deal", "opinion", "contact", "transaction", "former", "progress", "series", "reader", "protest", "stack"]
)
def test_ordinary_words_stay(word: str) -> None:
    assert prepared().lexicon.speller.repair(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("renewla", "renewal"),
        ("renwal", "renewal"),
        ("adopton", "adoption"),
        ("negociates", "negotiates"),
        ("proces", "process"),
        ("sfot", "soft"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    assert prepared().lexicon.speller.repair(typed) == meant
