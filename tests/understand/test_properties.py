"""What must hold for any question: no exception, and nothing that has no meaning changes what is meant."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.company import Company, Party
from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Understood
from bot.load import guidance_folder, load_company, load_shipped
from bot.understand import Prepared, prepare_understanding, understand

TODAY = date(2026, 11, 22)
ACME = Path(__file__).parent.parent / "companies" / "acme"
QUESTIONS = (
    "who owns renewal",
    "who owns a 40k smb auto-renew",
    "does the csm own the renewal",
    "upsell 60 days before renewal, ae or csm",
    "what does the csm do in the renewal",
    "when do we quote the renewal",
    "what are the steps of a renewal",
    "why is renewal with the account owner",
    "who supports the renewal without a csm",
    "who gets credit for the renewal",
    "who owns adoption for a customer with 6,000 employees",
    "who owns the office lease renewal",
    "which accounts renew this quarter",
)
few = settings(max_examples=60, deadline=None, derandomize=True)
fewer = settings(few, max_examples=20)
"""Where every example is a model of its own."""


@cache
def company() -> Company:
    return load_company(ACME, guidance_folder(), TODAY).company


@cache
def prepared() -> Prepared:
    return prepare_understanding(company(), load_shipped().language)


def ask(text: str, known: Prepared | None = None, before: Understood | None = None) -> Understood:
    return understand(Question(text, TODAY, before=before), known or prepared())


def meaning(found: Understood) -> object:
    """What a question means, without the words it was said in."""
    match found:
        case Frame():
            facts = {name: fact.values for name, fact in found.facts.items()}
            return found.intent, found.subjects, found.step, found.key, found.roles, facts, found.as_role, found.mine, found.topic
        case Ambiguous():
            return found.about, tuple(map(str, (meaning(option.frame) for option in found.options)))
        case NotUnderstood():
            return found.reason


@few
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    ask(text)


@few
@given(
    st.lists(
        st.sampled_from(
            ["who", "own", "renewal", "csm", "or", "40k", "under", "60 days", "before", "why", "mine", "no", "?", "smb", "and"]
        ),
        max_size=12,
    )
)
def test_any_words_are_read_in_any_thread(words: list[str]) -> None:
    text = " ".join(words)
    first = ask(text)
    for before in ("who owns renewal", "is this renewal mine", "who covers?", "show me the roe"):
        ask(text, before=ask(before))
    ask("and for smb?", before=first)


@few
@given(st.sampled_from(QUESTIONS), st.randoms(use_true_random=False), st.sampled_from(["", "?", "!", "???", ".", " ?", "  "]))
def test_case_spaces_and_final_punctuation_mean_nothing(text: str, chance: random.Random, final: str) -> None:
    spelled = "".join(letter.upper() if chance.random() < 0.3 else letter for letter in text)
    spaced = "".join(letter + " " * chance.randrange(3) if letter == " " else letter for letter in spelled)
    assert meaning(ask(f"  {spaced}{final}")) == meaning(ask(text))


@fewer
@given(st.permutations(["Torvin", "Quellary", "Brimsa", "Oxlade", "Vantor", "Yarrowin", "Zephrine"]), st.randoms(use_true_random=False))
def test_roles_may_be_called_anything(names: list[str], chance: random.Random) -> None:
    parties: dict[str, Party] = {}
    left = iter(names)
    for id, party in company().parties.items():
        fresh = next(left) if party.kind == "role" else ""
        parties[id] = replace(party, name=fresh, aka=(f"{fresh} lead",), job=None) if fresh else party
    other = prepare_understanding(replace(company(), parties=parties), load_shipped().language)
    role = chance.choice(["ae", "am", "csm"])
    name = parties[role].name
    for text in (f"does the {name} own the renewal", f"does the {name.lower()} lead own the renewal", f"what does the {name} do"):
        found = ask(text, other)
        assert isinstance(found, Frame)
        assert found.roles == (role,)
    for text in ("who owns renewal", "who owns a 40k smb auto-renew", "when do we quote the renewal"):
        assert meaning(ask(text, other)) == meaning(ask(text))


@cache
def with_further(name: str) -> Prepared:
    """The model with one more role."""
    parties = {**company().parties, "further": Party("further", name, aka=(f"the {name}",))}
    return prepare_understanding(replace(company(), parties=parties), load_shipped().language)


@few
@given(st.sampled_from(["Zugzwang Officer", "Quibble Manager", "Flummox Desk"]), st.sampled_from(QUESTIONS))
def test_a_further_role_changes_no_exact_match(name: str, text: str) -> None:
    found, expected = ask(text, with_further(name)), ask(text)
    if isinstance(expected, Frame):
        assert meaning(found) == meaning(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n\t ", "empty"), ("renewal " * 2_000, "long"), ("🎉" * 500, ""), ("من يملك التجديد", ""), ("?" * 1_000, "")],
)
def test_what_is_no_question_is_refused(text: str, reason: str) -> None:
    found = ask(text)
    assert isinstance(found, NotUnderstood)
    assert found.reason == reason


def test_markup_is_not_read() -> None:
    expected = meaning(ask("who owns renewal"))
    for text in ("<@U123ABC> who owns *renewal*?", "who owns _renewal_ :pray:", "`who owns renewal`", "who owns <#C1|general> renewal"):
        assert meaning(ask(text)) == expected


def test_an_unknown_segment_beside_the_question_is_said() -> None:
    found = understand(Question("who owns renewal", TODAY, segment="galactic"), prepared())
    assert isinstance(found, NotUnderstood)
    assert found.reason == "segment"
