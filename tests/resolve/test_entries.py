"""Which rulings beside ownership a frame finds, whatever was typed: by role, words, subject, facts, and what is assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.answers import Resolution
from bot.domain.questions import Fact, Frame, Mention, Question
from bot.load import guidance_folder, load_company
from bot.resolve import RuleBook, prepare_rules, resolve

TODAY = date(2026, 11, 22)
MODEL = """\
company: K
segments: {smb: {name: SMB}, ent: {name: Enterprise}}
attributes:
  pooled: {kind: yes-no, name: pooled, assume: no}
  discount: {kind: count, name: percent discount}
roles: {ae: {name: AE}, csm: {name: CSM}, se: {name: SE}, pooled-ae: {name: Pooled AE}}
teams: {desk: {name: Desk, channel: "#desk"}, ops: {name: Ops}}
rules:
  - {id: land, of: land, own: ae}
  - {id: account, of: account, own: ae}
handoffs:
  - {id: ent, from-role: se, to-role: csm, of: adopt, when: {segment: ent}, trigger: at stage 4, introduces: se, ready-when: [a plan]}
  - {id: smb, from-role: ae, to-role: csm, of: adopt, when: {segment: smb}, trigger: at the close, introduces: ae}
  - {id: own, from-role: csm, to-role: csm, of: adopt, trigger: at a change of books}
  - {id: tour, from-role: ae, to-role: csm, of: kickoff, trigger: at the tour}
permissions:
  - {id: small, of: discount-request, role: ae, may: give a discount of up to 10%, allowed: yes, when: {discount: 10 or less}}
  - {id: large, of: discount-request, role: ae, may: give more, allowed: with-approval, approved-by: desk, when: {discount: 11 or more}}
disputes:
  - {id: any-account, of: account, about: who owns an account, decided-by: ops}
  - {id: smb-account, of: account, about: who owns a small account, decided-by: desk, when: {segment: smb}}
  - {id: price, about: which price holds, decided-by: desk}
coverage:
  - {id: ae, role: ae, basis: territory}
  - {id: pool, role: pooled-ae, basis: pooled, ratio: 80 each, when: {pooled: yes}}
routes:
  - {id: near, request: legal-redlines, to: ops, when: {deal-size: under 25k}}
  - {id: far, request: legal-redlines, to: desk, when: {deal-size: 25k or more}}
alignment:
  - {id: before, stage: land, stakeholder: champion, by: [ae, se], lead: ae}
  - {id: after, stage: adopt, stakeholder: [champion, end-user], by: csm}
"""
SMB = Fact("segment", frozenset({"smb"}), "smb")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    folder: Path = tmp_path_factory.mktemp("k")
    (folder / "company.yaml").write_text(MODEL, encoding="utf-8")
    loaded = load_company(folder, guidance_folder(), TODAY)
    assert [each for each in loaded.problems if each.severity == "error"] == []
    return prepare_rules(loaded.company, TODAY)[0]


def ask(book: RuleBook, frame: Frame) -> Resolution:
    return resolve(frame, Question("", TODAY), book, {})


def told(answer: Resolution) -> list[str]:
    return [row.entry.id for row in answer.view["rows"]]


def test_who_introduces_depends_until_the_segment_is_known(book: RuleBook) -> None:
    frame = Frame("handoff", key="introduces", roles=("csm",))

    open_one, sure = ask(book, frame), ask(book, replace(frame, facts={"segment": SMB}))

    assert (open_one.outcome, told(open_one), open_one.view["on"]) == ("depends", ["ent", "smb"], ("segment",))
    assert (sure.outcome, sure.result and sure.result.roles) == ("answered", ("ae",))


def test_a_role_named_twice_hands_over_to_itself(book: RuleBook) -> None:
    twice = (Mention("csm", "role", "csm", 0, 3), Mention("csm", "role", "csm", 7, 10))

    assert told(ask(book, Frame("handoff", roles=("csm",), mentions=twice))) == ["own"]


def test_a_silence_on_what_the_model_has_is_the_companys(book: RuleBook) -> None:
    smb = Frame("handoff", key="ready", roles=("csm",), facts={"segment": SMB})

    assert (ask(book, smb).outcome, ask(book, smb).basis) == ("not-defined", "company")
    assert ask(book, replace(smb, roles=("desk",))).basis == "none"


def test_a_permission_is_found_by_its_subject_and_narrowed_by_the_percentage(book: RuleBook) -> None:
    frame = Frame("permission", subjects=("discount-request",), key="may", roles=("ae",))
    given = {"discount": Fact("discount", ((15, 16),), "15%")}

    assert ask(book, frame).outcome == "depends"
    answer = ask(book, replace(frame, facts=given))
    assert (told(answer), answer.result and answer.result.roles) == (["large"], ("desk",))


@pytest.mark.parametrize("key", ["may", "approver"])
def test_what_no_permission_says_is_not_defined_and_tells_the_owner(book: RuleBook, key: str) -> None:
    answer = ask(book, Frame("permission", subjects=("land",), key=key))

    assert answer.outcome == "not-defined"
    assert answer.view["owner"].decided.ruling.holders == ("ae",)


def test_the_owner_may(book: RuleBook) -> None:
    answer = ask(book, Frame("permission", subjects=("land",), key="may", roles=("ae",)))

    assert (answer.template, answer.view["yes"]) == ("does", ("ae",))


def test_a_narrower_dispute_on_the_same_subject_goes_first(book: RuleBook) -> None:
    spoken = Frame("dispute", key="dispute", things={"entry": ("any-account",)})

    assert told(ask(book, spoken)) == ["any-account"]
    assert told(ask(book, replace(spoken, facts={"segment": SMB}))) == ["smb-account"]


def test_a_claim_on_nothing_in_particular_is_on_an_account(book: RuleBook) -> None:
    assert "price" not in told(ask(book, Frame("dispute", key="dispute")))
    assert ask(book, Frame("dispute", key="dispute", subjects=("renew",))).outcome == "not-defined"


def test_what_is_assumed_gives_way_to_a_role_that_needs_the_contrary(book: RuleBook) -> None:
    answer = ask(book, Frame("coverage", key="ratio", roles=("pooled-ae",)))

    assert (told(answer), answer.view["rows"][0].when) == (["pool"], "pooled")


def test_a_ratio_that_nobody_gave_is_not_defined(book: RuleBook) -> None:
    assert ask(book, Frame("coverage", key="ratio", roles=("ae",))).outcome == "not-defined"
    assert ask(book, Frame("coverage", key="basis", roles=("ae",))).outcome == "answered"


def test_routes_are_narrowed_by_facts(book: RuleBook) -> None:
    frame = Frame("where", subjects=("legal-redlines",))
    small = {"deal-size": Fact("deal-size", ((1_000_000, 1_000_001),), "10k")}

    assert ask(book, frame).outcome == "depends"
    assert told(ask(book, replace(frame, facts=small))) == ["near"]


def test_the_lead_of_an_alignment_is_named_at_its_stage(book: RuleBook) -> None:
    frame = Frame("alignment", things={"stakeholder": ("champion",)})

    assert ask(book, frame).view["on"] == ("stage",)
    before = ask(book, replace(frame, things={**frame.things, "stage": ("land",)}, subjects=("land",)))
    assert before.result is None or before.result.lead == "ae"


def test_whom_a_role_meets_is_told_by_stage(book: RuleBook) -> None:
    answer = ask(book, Frame("alignment", roles=("csm",)))

    assert (answer.outcome, answer.view["by_stage"], told(answer)) == ("answered", True, ["after"])
