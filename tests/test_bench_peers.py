"""What the peers of bench/peers.py are taught, how they find the nearest text, and how their threshold is chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

import pytest
from opened import open_company

from bench.filled import fill, in_turn, names_of, put_in
from bench.made_up import phrasings_of, questions_about_faqs
from bench.nearest import KINDS, open_peer, teach
from bench.peers import best_threshold

TEXTS = ("who owns the renewal", "who supports the upsell", "when is the quote sent", "what does the csm do")
LIGHT = [(name, variant) for name, kind in KINDS.items() if kind.module != "embedded" for variant in kind.variants]


@dataclass(frozen=True)
class Said:
    judgement: str


@dataclass(frozen=True)
class Case:
    score: float
    answered: Said
    refused: Said


def case(score: float, answered: str, refused: str = "refused") -> Case:
    return Case(score, Said(answered), Said(refused))


def test_names_take_turns_so_that_each_occurs_as_often() -> None:
    names = list(islice(in_turn(["a", "b", "c"], ("", "role")), 9))

    assert Counter(names) == {"a": 3, "b": 3, "c": 3}
    assert names == list(islice(in_turn(["a", "b", "c"], ("", "role")), 9)), "the same in every run"
    assert not list(in_turn([], ("", "role")))


def test_names_are_put_in_and_what_goes_on_from_an_answer_says_nothing() -> None:
    assert put_in("does the {role} own {about} {thread}", ["CSM", "the renewal"]) == "does the CSM own the renewal"


def test_every_name_of_a_company_occurs_in_what_the_peers_are_taught() -> None:
    engine = open_company("five-lines")
    texts = list(fill(engine, 1))
    said = " ".join(texts)

    assert not any("{" in text for text in texts)
    assert not [name for (intent, kind), names in names_of(engine).items() for name in names if " ".join(name.split()) not in said]


@pytest.mark.parametrize(("name", "variant"), LIGHT)
def test_a_text_is_nearest_to_itself_and_nearer_than_a_stranger(name: str, variant: str) -> None:
    peer = open_peer(name, teach(name, variant, TEXTS))

    assert [peer.nearest(text)[0] for text in TEXTS] == [0, 1, 2, 3]
    assert peer.nearest(TEXTS[0])[1] > peer.nearest("pasta with basil")[1]


def test_the_threshold_is_where_right_answers_less_the_price_of_wrong_ones_are_most() -> None:
    cases = [
        case(0.9, "right"),
        case(0.8, "confident-wrong"),
        case(0.7, "right"),
        case(0.6, "right"),
        case(0.2, "confident-wrong", "right"),
    ]

    assert best_threshold(cases, 1.0) == (pytest.approx(0.4), 3.0), "three right, one wrong, one refused rightly"
    assert best_threshold(cases, 5.0) == (pytest.approx(0.85), 2.0), "one right and one refused rightly"


def test_answers_of_one_score_are_given_or_refused_together() -> None:
    assert best_threshold([case(0.5, "right"), case(0.5, "confident-wrong")], 2.0) == (float("inf"), 0.0)


def test_made_up_questions_are_near_an_faq_and_no_phrasing_of_it() -> None:
    taught, asked = phrasings_of(500), questions_about_faqs(500, 400)

    assert len(set(taught)) == 500
    assert len(set(asked)) == 400
    assert not set(taught) & set(asked)
