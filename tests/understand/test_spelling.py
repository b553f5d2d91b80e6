"""Slips are mended towards the vocabulary; ordinary words are left alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.load import guidance_folder, load_company, load_shipped
from bot.understand import Prepared, prepare_understanding
from bot.understand.text import tokenize


@cache
def prepared() -> Prepared:
    folder = Path(__file__).parent.parent / "companies" / "acme"
    return prepare_understanding(load_company(folder, guidance_folder(), date(2026, 11, 22)).company, load_shipped().language)


def repaired(text: str) -> str:
    return " ".join(token.text for token in prepared().lexicon.repair(tokenize(text)))


@pytest.mark.parametrize(
    "word", ["rental", "tender", "deal", "opinion", "contact", "transaction", "former", "progress", "series", "reader", "protest", "stack"]
)
def test_ordinary_words_stay(word: str) -> None:
    assert repaired(word) == word


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
    assert repaired(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hwo owns the renewal", "who owns the renewal"),
        ("wh owns teh renewal", "who owns the renewal"),
        ("is it the cms or the ae", "is it the csm or the ae"),
        ("whar does the cssm do", "what does the csm do"),
        ("who pwns upsell", "who owns upsell"),
        ("who decides afte that", "who decides after that"),
        ("my acct turned redd", "my account turned red"),
        ("the CxM on this account", "the csm on this account"),
    ],
)
def test_short_words_are_mended_by_the_words_beside_them(typed: str, meant: str) -> None:
    assert repaired(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "who pays for the lease",
        "what do the leads get",
        "is the rental for gong",
        "who owns the repo",
        "cs says hi to hr",
        "is the renewal of globex in emea",
        "who talks to tom at uber",
        "do we ever renew",
        "is that sane",
        "our tv ad",
    ],
)
def test_real_words_and_names_stay_between_others(text: str) -> None:
    assert repaired(text) == text


def test_other_repairs_are_told_likeliest_first_and_leave_the_rest() -> None:
    typed = tokenize("hwo renewals go")
    first = prepared().lexicon.repair(typed)
    others = prepared().lexicon.speller.otherwise(typed, first)
    assert {each[0].text for each in (first, *others)} >= {"who", "how"}
    assert all(sum(one != other for one, other in zip(first, each, strict=True)) == 1 for each in others)
