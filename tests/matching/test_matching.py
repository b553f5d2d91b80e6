"""Phrasings by id and a question -> ranked ids: what is found, what is refused, what does not matter."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import build
from bot.matching import index as indexing
from bot.matching.matcher import Matcher
from bot.matching.scoring import calibration
from bot.matching.semantic import open_embedder

FAQS = {
    "quota": ["does the CSM have a quota?", "why does the CSM not carry a number?", "why has the csm no quota"],
    "growth": ["the usage grew by itself - who gets credit?", "if usage just grows, who gets the credit"],
    "cost-reviews": ["why do we help customers spend less?", "isn't a cost review bad for us?", "why do cost reviews lower our revenue"],
    "large-cards": ["can a large customer stay on pay as you go?", "must big customers sign a commitment"],
    "holidays": ["who covers for me while I am on vacation", "what happens to my accounts during my holidays"],
    "laptop": ["my laptop is broken, who replaces it", "how do I get a new laptop"],
    "gifts": ["may I accept a present from a customer", "are gifts of customers allowed"],
    "travel": ["how do I book a flight to a customer", "who approves my travel expenses"],
}
TIERS = [False, pytest.param(True, marks=pytest.mark.skipif(open_embedder() is None, reason="the extra `semantic` is not installed"))]
ASKED = [text for texts in FAQS.values() for text in texts]


@pytest.fixture(scope="module", params=TIERS, ids=["words", "semantic"])
def matcher(request: pytest.FixtureRequest) -> Matcher:
    return build(FAQS, semantic=request.param)


@pytest.mark.parametrize(("id", "text"), [(id, text) for id, texts in FAQS.items() for text in texts])
def test_a_phrasing_itself_is_found_with_confidence(matcher: Matcher, id: str, text: str) -> None:
    best = matcher.rank(text)[0]

    assert best.id == id
    assert best.score > 0.6


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("do CSMs carry a quota", "quota"),
        ("hi, who gets the credit when usage grows?", "growth"),
        ("am I allowed to accept gifts", "gifts"),
        ("who approves expenses for travel", "travel"),
        ("I need a new laptop please", "laptop"),
    ],
)
def test_other_words_in_other_order_are_found(matcher: Matcher, text: str, id: str) -> None:
    assert matcher.rank(text)[0].id == id


@pytest.mark.parametrize(
    "text", ["what is the capital of France", "tell me a joke", "who won the match yesterday", "asdf qwer", "42", "hello"]
)
def test_what_no_phrasing_is_about_has_a_low_score(matcher: Matcher, text: str) -> None:
    assert all(ranked.score < 0.5 for ranked in matcher.rank(text))


@pytest.mark.parametrize(
    ("text", "id", "repair"),
    [
        ("my lapotp is broken", "laptop", ("lapotp", "laptop")),
        ("who aproves my travel expenses", "travel", ("aproves", "approves")),
        ("does the csm have a quotaa", "quota", ("quotaa", "quota")),
        ("must big customers sign a comitmment", "large-cards", ("comitmment", "commitment")),
    ],
)
def test_a_slip_of_the_keyboard_is_repaired_and_told(matcher: Matcher, text: str, id: str, repair: tuple[str, str]) -> None:
    assert matcher.rank(text)[0].id == id
    assert repair in matcher.explain(text).repairs


@pytest.mark.parametrize("word", ["check", "flight", "money", "hold", "night"])
def test_a_word_that_people_ask_with_is_not_a_slip(word: str) -> None:
    matcher = build({"one": ["cheek alight honey bold light"], "other": ["something else"]}, semantic=False)

    assert matcher.explain(f"about {word}").repairs == ()


@pytest.mark.skipif(open_embedder() is None, reason="the extra `semantic` is not installed")
def test_with_meanings_a_question_without_a_word_in_common_is_found() -> None:
    assert build(FAQS).rank("my notebook computer stopped working")[0].id == "laptop"


def test_the_explanation_names_words_phrasing_and_runner_up(matcher: Matcher) -> None:
    said = matcher.explain("zebra: who gets the credit for growing usage?")

    assert said.best is not None
    assert said.runner_up is not None
    assert said.best.phrasing in FAQS["growth"]
    assert {"credit", "usage"} <= {word for word, _ in said.words}
    assert sum(share for _, share in said.words) == pytest.approx(1)
    assert said.unknown == ("zebra",)
    assert said.distance == pytest.approx(said.best.score - said.runner_up.score)
    assert (said.best.id, said.best.score) == (matcher.rank("zebra: who gets the credit for growing usage?")[0].id, said.best.score)


def test_ids_have_no_say(matcher: Matcher) -> None:
    renamed = build({f"{number}": texts for number, texts in enumerate(FAQS.values())}, semantic=matcher.embedder is not None)
    names = dict(enumerate(FAQS))

    for text in ("who gets the quota", "broken", "customers and their cost", "what is a csm"):
        assert [(names[int(each.id)], each.score) for each in renamed.rank(text)] == [(each.id, each.score) for each in matcher.rank(text)]


def test_the_order_of_the_faqs_has_next_to_no_say(matcher: Matcher) -> None:
    turned = build(dict(reversed(FAQS.items())), semantic=matcher.embedder is not None)

    for text in ASKED:
        one, other = matcher.rank(text), turned.rank(text)
        assert one[0].id == other[0].id
        assert one[0].score == pytest.approx(other[0].score, abs=0.02)


@given(st.sampled_from(ASKED), st.randoms())
@settings(max_examples=30, deadline=None)
def test_case_and_signs_have_no_say(matcher: Matcher, text: str, chance: object) -> None:
    assert matcher.rank(text) == matcher.rank(f"  {text.upper().replace(' ', '  ')} !?")


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_ranked_by_scores_between_zero_and_one(matcher: Matcher, text: str) -> None:
    ranked = matcher.rank(text)
    scores = [each.score for each in ranked]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({each.id for each in ranked}) == len(ranked)
    matcher.explain(text)


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.lists(st.text(max_size=30), max_size=4), max_size=5), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_phrasings_make_a_matcher(phrasings: dict[str, list[str]], text: str) -> None:
    ranked = build(phrasings, semantic=False).rank(text)

    assert {each.id for each in ranked} <= phrasings.keys()


@pytest.mark.parametrize("semantic", TIERS)
def test_without_phrasings_nothing_is_found(semantic: bool) -> None:
    for phrasings in ({}, {"empty": []}, {"signs": ["???", ""]}):
        empty = build(phrasings, semantic=semantic)

        assert empty.rank("who owns renewal?") == ()
        assert empty.explain("who owns renewal?").best is None


@pytest.mark.parametrize("semantic", TIERS)
def test_one_phrasing_is_found_and_still_does_not_answer_all(semantic: bool) -> None:
    alone = build({"only": ["how do I get a new laptop"]}, semantic=semantic)

    assert alone.rank("how do I get a new laptop?")[0].score > 0.5
    assert alone.rank("what is the weather tomorrow")[0].score < 0.5
    assert alone.explain("new laptop").runner_up is None


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂🙂"])
def test_a_question_without_words_finds_nothing(matcher: Matcher, text: str) -> None:
    assert matcher.rank(text) == ()


@pytest.mark.parametrize("text", ["ＬＡＰＴＯＰ ｂｒｏｋｅｎ", "my laptop is broken", "my láptop is brôken", "who’s replacing my laptop"])
def test_letters_of_other_kinds_are_read(matcher: Matcher, text: str) -> None:
    assert matcher.rank(text)[0].id == "laptop"


def test_other_scripts_are_words_too() -> None:
    russian = build({"отпуск": ["сколько дней отпуска у меня есть"], "ноутбук": ["мой ноутбук сломался"]}, semantic=False)

    assert russian.rank("ноутбук сломался")[0].id == "ноутбук"


@pytest.mark.parametrize("text", ["who gets the credit " * 50_000, "a" * 100_000, "quota, " + "x " * 100_000])
def test_a_very_long_question_is_read_in_part(matcher: Matcher, text: str) -> None:
    assert len(matcher.rank(text)) == len(FAQS)


def said_by(script: str, seed: str) -> str:
    """What a process with other hashes prints."""
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment).stdout.strip()


def test_the_same_is_said_in_another_process_with_other_hashes() -> None:
    script = f"from bot.matching import build; print([build({FAQS!r}).rank(text) for text in {ASKED[:6]!r}])"

    assert said_by(script, "1") == said_by(script, "2")


def test_too_many_phrasings_to_learn_from_are_still_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_WORK", 10)
    many = build(FAQS, semantic=False)

    assert many.index.coefficients is None
    assert all(many.rank(text)[0].id == id for id, texts in FAQS.items() for text in texts)


def test_numpy_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, bot.matching; print([name for name in ('numpy', 'rapidfuzz') if name in sys.modules])"

    assert said_by(script, "1") == "[]"


def test_what_ships_names_its_sources_and_their_licences() -> None:
    sources = calibration()["sources"]

    assert all("CC BY" in source for source in sources)
    assert {source.split(":")[0] for source in sources} == {"CLINC150", "BANKING77"}


def test_an_index_without_meanings_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = build(FAQS, semantic=False)

    assert Matcher(replace(plain.index), open_embedder()).rank("laptop") == plain.rank("laptop")
