"""Slips of the keyboard: the same for the same seed, one or two a question, and never none."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from bot.domain.keyboard import keys_around
from bot.evaluate.slips import with_slips

QUESTIONS = ["who owns renewal?", "can an ae give 20% off a 40k deal", "Who's the CSM’s boss in SMB?", "why?"]


def test_the_same_seed_makes_the_same_slips_and_another_seed_others() -> None:
    assert [with_slips(each, 7) for each in QUESTIONS] == [with_slips(each, 7) for each in QUESTIONS]
    assert [with_slips(each, 7) for each in QUESTIONS] != [with_slips(each, 8) for each in QUESTIONS]


def test_there_are_one_or_two_of_them() -> None:
    for seed in range(200):
        for question in QUESTIONS:
            assert 1 <= OSA.distance(question, with_slips(question, seed)) <= 2


def test_numbers_and_words_of_two_letters_stay() -> None:
    for seed in range(100):
        words = with_slips("can an ae give 20% off a 40k deal", seed).split()
        assert {"an", "ae", "20%", "a", "40k"} <= set(words)


def test_what_has_no_word_stays() -> None:
    assert with_slips("40k?", 1) == "40k?"


def test_neighbours_are_next_to_each_other_on_the_keyboard() -> None:
    assert set(keys_around("s")) == set("adwezx")
    assert set(keys_around("p")) == set("ol")
    assert keys_around("é") == ""
