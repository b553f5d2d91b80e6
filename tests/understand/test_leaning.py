"""To which intent words lean where no form reads them, and when that is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from opened import HERE, TODAY, open_company

from bot.domain.questions import Question
from bot.load.language import LEANINGS
from bot.pipeline import answer
from bot.understand.leaning import features, pack, read_leanings
from bot.understand.units import Unit

LANGUAGE = HERE.parent / "knowledge" / "language"


def unit(*words: str, names: tuple[str, ...] = (), cues: tuple[str, ...] = ()) -> Unit:
    return Unit(frozenset(names), frozenset(words), frozenset(cues), 1.0)


def test_the_file_was_fitted_on_the_texts_as_they_are() -> None:
    pytest.importorskip("numpy", reason="fitting needs numpy")

    from bench.fit_leanings import digest  # noqa: PLC0415

    held = json.loads((LANGUAGE / LEANINGS).read_text(encoding="utf-8"))["of"]
    assert held == digest(), "knowledge/said/ or knowledge/language/ has changed: run python bench/fit_leanings.py"


def test_features_know_kinds_of_names_and_what_follows_what() -> None:
    found = features([unit("who", cues=("who",)), unit("zebra", names=("subject",))], ["links"])
    assert {"#who", "{subject}", "^ #who", "#who {subject}", "{subject} $", "@links"} <= found


def test_the_shares_of_intents_add_up() -> None:
    leanings = read_leanings(LANGUAGE / LEANINGS)
    shares = leanings.lean(frozenset({"#who", "{subject}"}))
    assert sum(share for _, share in shares) == pytest.approx(1.0)
    assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)


def test_weights_stand_in_the_file_as_bytes(tmp_path: Path) -> None:
    file = tmp_path / "leanings.json"
    weights = {"#who": [127, -127], "{subject}": [0, 3]}
    held = {"intents": ["who", "when"], "scale": 1.0, "always": [0.0, 0.0], "weights": {name: pack(each) for name, each in weights.items()}}
    file.write_text(json.dumps(held))
    leanings = read_leanings(file)
    assert {name: leanings.steps_of(row).tolist() for name, row in leanings.weights.items()} == weights


@pytest.mark.parametrize(
    "text",
    [
        "they told me all sorts of things yesterday, anyway who owns the renewal then",
        "long call, grumpy procurement, whatever. who owns renewal",
    ],
)
def test_a_story_before_the_question_is_passed_over(text: str) -> None:
    done = answer(Question(text, TODAY), open_company("gitlab-fy24"))
    assert done.resolution.outcome == "depends"


@pytest.mark.parametrize(
    "text", ["who owns the gym membership renewal", "who grills the renewal", "who owns the renewal of our fire insurance"]
)
def test_in_the_clause_that_asks_every_word_has_to_be_known(text: str) -> None:
    done = answer(Question(text, TODAY), open_company("gitlab-fy24"))
    assert done.resolution.outcome in ("not-understood", "declined")
