"""What is meant for others leaves no trace: the public gets the same answers as from a model without it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers_json import answer_as_json
from bot.domain.questions import Question, Understood
from bot.load import guidance_folder, load_company, load_shipped
from bot.pipeline import Engine, answer, open_engine

TODAY = date(2026, 11, 22)
PUBLIC = """\
company: K
segments: {smb: {name: SMB}, ent: {name: Enterprise}}
roles: {ae: {name: AE}, csm: {name: CSM}, am: {name: AM}}
audiences: {board: {who: [U1]}}
rules:
  - {id: r, of: renew, own: ae, except: [{when: {arr: under 50k}, own: csm}]}
"""
SECRET = """\
  - id: sec
    of: renew
    own: am
    over: r
    audience: board
    support: csm
    paid: am
    when: {segment: smb}
    steps: {secretstep: {own: csm, start: 10 days before renewal, aka: [whisper]}, quote: {own: am, aka: [murmur]}}
  - {id: hidden-motion, of: land, own: am, audience: board, when: {deal-size: 10k or more}}
plans:
  - {id: p, role: csm, type: bonus, mix: 80/20}
  - {id: q, role: am, type: bonus, mix: 60/40, audience: board}
"""
ASKED = [
    ["who owns smb renewal"],
    ["who owns renewal?", "and for smb?", "why?", "then what?"],
    ["who supports the renewal"],
    ["when does the renewal start"],
    ["what are the steps of the renewal"],
    ["who whispers the renewal"],
    ["who has the secretstep"],
    ["who quotes the renewal"],
    ["who murmurs the renewal"],
    ["who quotes"],
    ["who owns it", "landing new business"],
    ["who owns landing new business"],
    ["a 40k renewal, who?"],
    ["does the am own renewal"],
    ["ae or am for smb renewal"],
    ["what does the am do"],
    ["what's the am's part in renewal"],
    ["what does the csm do in renewal"],
    ["show me the rules of engagement"],
    ["roe for smb"],
    ["who is paid on renewal"],
    ["what's the csm comp plan"],
    ["what's the am comp plan"],
    ["is the am on commission"],
    ["help"],
    ["why does the ae own renewal"],
]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Engine]:
    """The model without anything restricted, and with it."""
    folder = tmp_path_factory.mktemp("models")
    return open_model(folder / "k.yaml", PUBLIC), open_model(folder / "l.yaml", PUBLIC + SECRET)


def open_model(file: Path, text: str) -> Engine:
    file.write_text(text, encoding="utf-8")
    engine, problems = open_engine(load_company(file, guidance_folder(), TODAY), load_shipped())
    assert not [found for found in problems if found.severity == "error"]
    return engine


@pytest.mark.parametrize("turns", ASKED, ids=lambda turns: turns[0])
def test_the_public_cannot_tell_whether_there_is_something_to_hide(engines: tuple[Engine, Engine], turns: list[str]) -> None:
    without, with_secrets = (converse(engine, turns, frozenset({"public"})) for engine in engines)

    assert without == with_secrets


def test_those_who_may_see_it_do(engines: tuple[Engine, Engine]) -> None:
    board = frozenset({"public", "board"})

    assert converse(engines[1], ["who owns smb renewal"], board)[0]["result"]["roles"] == ["am"]
    assert converse(engines[1], ["who has the secretstep in renewal for smb"], board)[0]["result"]["roles"] == ["csm"]


def converse(engine: Engine, turns: list[str], audiences: frozenset[str]) -> list[dict[str, object]]:
    """The answers of a conversation, without what differs from run to run."""
    said: list[dict[str, object]] = []
    before: Understood | None = None
    for text in turns:
        done = answer(Question(text, TODAY, audiences=audiences, before=before), engine)
        before = done.understood
        said.append({**answer_as_json(done, engine.company), "micros": 0, "next": done.message.next})
    return said


NAMES = """\
company: N
roles: {ae: {name: AE}, csm: {name: CSM}%s}
activities: {price-book: {name: price book}%s}
audiences: {board: {who: [U1]}}
rules:
  - {id: r, of: renew, own: ae}
  - {id: b, of: price-book, own: csm}
"""
HIDDEN = (", merger-lead: {name: Merger Lead, aka: [integrator], audience: board}", ", merger: {name: merger plan, audience: board}")


@pytest.mark.parametrize(
    "asked", ["who owns the merger plan", "what does the merger lead do", "what does the integrator own", "who owns mergr plan", "help"]
)
def test_names_that_are_meant_for_some_are_not_there_for_others(asked: str, tmp_path: Path) -> None:
    rule = "  - {id: m, of: merger, own: merger-lead, audience: board}\n"
    whole = open_model(tmp_path / "whole.yaml", NAMES % HIDDEN + rule)
    without = open_model(tmp_path / "without.yaml", NAMES % ("", ""))

    assert converse(whole, [asked], frozenset({"public"})) == converse(without, [asked], frozenset({"public"}))
    if "merger" in asked:
        assert "Merger Lead" in str(converse(whole, [asked], frozenset({"public", "board"})))
