"""The parts of a match, each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.linear import loss_and_slope, train
from bot.matching.spelling import Speller
from bot.matching.weights import index_terms
from bot.matching.words import pieces_of, terms_of, words_of

LONG = ("renewal", "commission", "escalation", "customer", "handoff")
TEXTS = [["renew", "own", "renew"], ["own", "price"], ["price"], []]


def test_a_text_is_most_similar_to_itself() -> None:
    index = index_terms(TEXTS)

    for number, text in enumerate(TEXTS[:3]):
        similarities = index.similarities(index.weigh(text))
        assert similarities.argmax() == number
        assert similarities[number] == pytest.approx(1)


def test_unknown_terms_lower_every_similarity_alike() -> None:
    index = index_terms(TEXTS)
    with_more = index.weigh(["own", "price", "zebra"])

    assert 0 < with_more.known < 1
    assert index.similarities(with_more) == pytest.approx(index.similarities(index.weigh(["own", "price"])) * np.sqrt(with_more.known))


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=8), st.lists(st.sampled_from("abcdefgh"), max_size=8))
def test_similarities_are_cosines(texts: list[list[str]], asked: list[str]) -> None:
    index = index_terms(texts)
    similarities = index.similarities(index.weigh(asked))

    assert similarities.shape == (len(texts),)
    assert ((similarities >= 0) & (similarities <= 1.0001)).all()


def test_the_linear_model_finds_who_owns_each_phrasing() -> None:
    owners = np.array([0, 0, 1, 1, 2], dtype=np.int32)
    kernel = (np.equal.outer(owners, owners) * 0.5 + np.eye(5)).astype(np.float32)
    coefficients, constants = train(kernel, owners, 3)

    assert ((kernel @ coefficients + constants).argmax(axis=1) == owners).all()


def test_the_slope_is_that_of_the_loss() -> None:
    generator = np.random.default_rng(1)
    inputs, weights = generator.normal(size=(6, 4)), generator.normal(size=(4, 3))
    wanted = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    loss, slope = loss_and_slope(inputs, wanted, weights)
    moved = weights.copy()
    moved[1, 2] += 1e-6

    assert (loss_and_slope(inputs, wanted, moved)[0] - loss) / 1e-6 == pytest.approx(slope[1, 2], rel=1e-3)


@given(st.sampled_from(LONG), st.data())
def test_one_slip_in_a_word_is_repaired(word: str, data: st.DataObject) -> None:
    speller = Speller(dict.fromkeys(LONG, 1), frozenset())
    place = data.draw(st.integers(1, len(word) - 2))
    head, here, after, tail = word[:place], word[place], word[place + 1], word[place + 2 :]
    slips = [head + after + tail, head + here + here + after + tail, head + after + here + tail]

    assert speller.repair(data.draw(st.sampled_from(slips))) == word


@pytest.mark.parametrize("word", ["own", "won", "q3", "zzzzzzzz", "renewals2", "customer"])
def test_short_strange_and_known_words_stay(word: str) -> None:
    assert Speller({"owns": 1, "customer": 2, "renewals": 1}, frozenset()).repair(word) == word


def test_of_equally_near_words_the_more_frequent_is_meant() -> None:
    assert Speller({"plane": 1, "plans": 5}, frozenset()).repair("planz") == "plans"


def test_texts_become_words_terms_and_pieces() -> None:
    assert words_of("What’s a CSM's quota—50%?") == ("whats", "a", "csms", "quota", "50")
    assert terms_of(["quoting", "prices"]) == ["quot", "price", "quot price"]
    assert pieces_of(["csm"]) == [" c", "cs", "sm", "m ", " cs", "csm", "sm ", " csm", "csm ", " csm "]
