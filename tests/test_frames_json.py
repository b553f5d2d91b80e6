"""What a thread was about goes through JSON and comes back the same, or not at all."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import TODAY, open_company

from bot.domain.questions import Ambiguous, Frame, Question, Several, Understood
from bot.frames_json import understood_as_json, understood_from_json
from bot.load import guidance_folder, load_company, load_shipped
from bot.load.source import read_file
from bot.pipeline import Engine, answer, open_engine

PUBLIC = frozenset({"public"})
FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


def asked_in(file: Path) -> Iterator[tuple[str, Question]]:
    """Every fifth question of a file of conversations, with its company."""
    document = read_file(file, file.name)[0].value
    for case in document["cases"][::5]:
        says = [case["say"]] if isinstance(case.get("say"), str) else case.get("say", [])
        role = case.get("as") or document.get("as")
        yield from ((document.get("company", "none"), Question(said, TODAY, role)) for said in says[:1])


def sent(understood: Understood | None, engine: Engine, audiences: frozenset[str] = PUBLIC) -> Understood | None:
    """What arrives in another process."""
    written = json.loads(json.dumps(understood_as_json(understood) if understood else None))
    return understood_from_json(written, engine.view(audiences)[0].company, engine.language)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_thread_is_gone_on_with_in_another_process_as_in_the_same(file: Path) -> None:
    for company, question in asked_in(file):
        engine = open_company(company)
        first = answer(question, engine)
        if not isinstance(first.understood, Frame | Ambiguous | Several):
            continue
        again = sent(first.understood, engine)

        assert again is not None, question.text
        here, there = (answer(Question("and for SMB?", TODAY, before=before), engine) for before in (first.understood, again))
        assert here.message.headline == there.message.headline, question.text


def test_no_word_of_the_asker_is_written() -> None:
    engine = open_company("acme")
    asked = Question("who owns teh renewl of Contoso's fancy 40k deal, may a csm give a discount to Globex?", TODAY)
    written = json.dumps(understood_as_json(answer(asked, engine).understood))

    assert not [word for word in ("teh", "renewl", "ontoso", "fancy", "lobex") if word in written.lower()]


def test_what_was_asked_back_can_still_be_chosen() -> None:
    engine = open_company("acme")
    first = answer(Question("is this renewal mine?", TODAY), engine)
    assert isinstance(first.understood, Ambiguous)

    again = sent(first.understood, engine)

    assert isinstance(again, Ambiguous)
    assert [option.label for option in again.options] == [option.label for option in first.understood.options]


def test_what_was_not_understood_is_not_written() -> None:
    engine = open_company("acme")

    assert understood_as_json(answer(Question("xyzzy plugh", TODAY), engine).understood) is None


def test_what_only_some_may_see_is_not_read_for_others(tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_text(
        "company: K\nroles: {ae: {name: AE}, csm: {name: CSM}}\naudiences: {board: {who: [U123456]}}\nrules:\n"
        "  - {id: r, of: renew, own: ae}\n"
        "  - {id: s, of: renew, support: csm, audience: board, steps: {whisper: {own: csm}}}\n"
    )
    engine, _ = open_engine(load_company(file, guidance_folder(), TODAY), load_shipped())
    board = PUBLIC | {"board"}
    first = answer(Question("who owns the whisper in renewal?", TODAY, audiences=board), engine)
    assert isinstance(first.understood, Frame)
    assert first.understood.step == "whisper"

    assert sent(first.understood, engine, board) is not None
    assert sent(first.understood, engine) is None


def test_a_name_that_was_taken_out_of_the_model_is_not_read() -> None:
    acme, fleet = open_company("acme"), open_company("fleet")
    first = answer(Question("what does the digital csm do?", TODAY), acme)
    assert sent(first.understood, acme) is not None

    assert sent(first.understood, fleet) is None


GOOD = {"v": 1, "frame": {"intent": "who", "subjects": ["renew"], "facts": {"arr": [[0, 100]], "segment": ["smb"]}}}
BAD: list[Any] = [
    None,
    [],
    "frame",
    {},
    {"v": 2, "frame": {"intent": "who"}},
    {"v": 1},
    {"v": 1, "frame": None},
    {"v": 1, "frame": {"intent": "drop table"}},
    {"v": 1, "frame": {"intent": "who", "subjects": ["nothing"]}},
    {"v": 1, "frame": {"intent": "who", "subjects": "renew"}},
    {"v": 1, "frame": {"intent": "who", "facts": {"arr": [["a", "b"]]}}},
    {"v": 1, "frame": {"intent": "who", "facts": {"arr": []}}},
    {"v": 1, "frame": {"intent": "who", "facts": {"nothing": [[0, 1]]}}},
    {"v": 1, "frame": {"intent": "who", "roles": [None]}},
    {"v": 1, "frame": {"intent": "who", "things": {"archetype": ["nothing"]}}},
    {"v": 1, "frame": {"intent": "who", "as": "nobody"}},
    {"v": 1, "several": {}},
    {"v": 1, "several": [7]},
]


@pytest.mark.parametrize("written", BAD, ids=str)
def test_what_is_unreadable_is_dropped_quietly(written: Any) -> None:
    engine = open_company("acme")

    assert understood_from_json(GOOD, engine.company, engine.language) is not None
    assert understood_from_json(written, engine.company, engine.language) is None


def test_a_chain_without_end_is_not_followed() -> None:
    engine = open_company("acme")
    written: dict[str, Any] = {"v": 1, "frame": {"intent": "why"}}
    inner = written["frame"]
    for _ in range(50):
        inner["before"] = copy.deepcopy({"intent": "why"})
        inner = inner["before"]

    assert understood_from_json(written, engine.company, engine.language) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["v", "frame", "intent", "facts", "things"]), inner),
    max_leaves=12,
)


@given(JSON)
def test_nothing_that_was_written_makes_reading_fail(written: Any) -> None:
    engine = open_company("acme")

    understood_from_json(written, engine.company, engine.language)
