"""The company's own names go before the words that everybody has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.domain.attributes import Choice
from bot.domain.company import Company, Party, Segment, Step, Subject
from bot.domain.questions import Frame, Question
from bot.load import guidance_folder, load_company, load_shipped
from bot.understand import prepare_understanding, understand

TODAY = date(2026, 11, 22)
ACME = Path(__file__).parent.parent / "companies" / "acme"


@cache
def acme() -> Company:
    return load_company(ACME, guidance_folder(), TODAY).company


def ask(text: str, company: Company) -> Frame:
    found = understand(Question(text, TODAY), prepare_understanding(company, load_shipped().language))
    assert isinstance(found, Frame)
    return found


def with_segment(id: str, name: str, *aka: str) -> Company:
    company = acme()
    segment = company.attributes["segment"]
    choices = {**segment.choices, id: Choice(id, name, aka)}
    segments = {**company.segments, id: Segment(id, name, aka)}
    return replace(company, segments=segments, attributes={**company.attributes, "segment": replace(segment, choices=choices)})


@pytest.mark.parametrize(
    ("name", "aka", "said"), [("Growth", (), "growth"), ("Rising", ("farming",), "farming"), ("Evergreen", (), "evergreen")]
)
def test_a_segment_goes_before_a_byname(name: str, aka: tuple[str, ...], said: str) -> None:
    frame = ask(f"who owns renewal in {said}", with_segment("rising", name, *aka))
    assert frame.subjects == ("renew",)
    assert frame.facts["segment"].values == frozenset({"rising"})
    assert set(frame.facts) == {"segment"}


@pytest.mark.parametrize("name", ["Retention", "Procurement", "Prospecting", "Hunting"])
@pytest.mark.parametrize("kind", ["role", "team"])
def test_a_role_or_team_goes_before_a_byname(name: str, kind: str) -> None:
    party = Party("theirs", name, aka=(f"{name} crew",))
    company = replace(acme(), parties={**acme().parties, "theirs": replace(party, kind=kind)})  # type: ignore[arg-type]
    frame = ask(f"does {name} own the upsell", company)
    assert (frame.intent, frame.roles, frame.subjects) == ("does", ("theirs",), ("upsell",))


@pytest.mark.parametrize("name", ["pilot", "welcome call", "usage", "save plan"])
def test_an_activity_goes_before_a_byname(name: str) -> None:
    subjects = {**acme().subjects, "theirs": Subject("theirs", name, "activity")}
    company = replace(acme(), subjects=subjects, declared=frozenset({"theirs"}))
    assert ask(f"who owns the {name}", company).subjects == ("theirs",)


def test_a_step_goes_before_a_byname_of_a_step() -> None:
    company = acme()
    rule = next(rule for rule in company.rules if rule.id == "land")
    says = {**rule.node.says, "theirs.own": next(iter(rule.node.says.values()))}
    ruled = replace(rule, node=replace(rule.node, says=says))
    company = replace(company, steps={**company.steps, "theirs": Step("theirs", "trial")}, rules=(*company.rules, ruled))
    assert ask("who owns the trial on new business", company).step == "theirs"


def test_a_value_goes_before_a_byname() -> None:
    company = acme()
    region = company.attributes["region"]
    choices = {**region.choices, "theirs": Choice("theirs", "growth")}
    company = replace(company, attributes={**company.attributes, "region": replace(region, choices=choices)})
    frame = ask("who owns renewal for growth", company)
    assert frame.subjects == ("renew",)
    assert frame.facts["region"].values == frozenset({"theirs"})


def test_a_name_of_the_guidance_stays() -> None:
    company = with_segment("rising", "Growth")
    assert ask("who owns expansion", company).subjects == ("upsell", "cross-sell")


def test_a_built_in_subject_gives_way_to_what_is_ruled_on() -> None:
    company = replace(acme(), subjects={**acme().subjects, "theirs": Subject("theirs", "save plan", "activity", ("rescue mission",))})
    assert ask("who owns the save plan", company).subjects == ("save-play",)
    assert ask("who owns the rescue mission", company).subjects == ("save-play",)
