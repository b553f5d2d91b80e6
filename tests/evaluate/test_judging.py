"""What an answer is worth: right, confident-wrong, needless, refused or astray, and which stage failed."""

from __future__ import annotations

import doctest

import pytest
from opened import TODAY, open_company

from bot.domain.labels import Conversation, Label, Turn
from bot.evaluate import Judged, ask_all, figures, saying
from bot.evaluate.judge import are_owners
from bot.evaluate.saying import says


def ask(company: str, *turns: tuple[str, Label], as_role: str = "", segment: str = "") -> list[Judged]:
    conversation = Conversation(company, tuple(Turn(text, label) for text, label in turns), as_role=as_role, segment=segment)
    return list(ask_all([conversation], {company: open_company(company)}, TODAY))


def judged(company: str, text: str, label: Label, as_role: str = "", segment: str = "") -> tuple[str, str]:
    (one,) = ask(company, (text, label), as_role=as_role, segment=segment)
    return one.judgement, one.stage


RENEWAL = "who owns renewal?"
AE = Label(("answered",), "who", (("ae",),))


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        (RENEWAL, AE, ("right", "")),
        (RENEWAL, Label(("answered",), "who", (("csm", "ae"),), (("three years", "3 years"),)), ("right", "")),
        (RENEWAL, Label(("answered", "depends"), "who", (("csm",),)), ("confident-wrong", "resolve")),
        (RENEWAL, Label(("answered",), "who", (("ae",), ("csm",))), ("confident-wrong", "resolve")),
        (RENEWAL, Label(("answered",), "who", (("ae",),), (("forty years",),)), ("confident-wrong", "render")),
        (RENEWAL, Label(("answered",), "who", (("ae",),), (), (("adoption",),)), ("confident-wrong", "resolve")),
        (RENEWAL, Label(("answered",), "when", (), (("120 days",),)), ("confident-wrong", "understand")),
        (RENEWAL, Label(("not-defined",), "who"), ("confident-wrong", "resolve")),
        (RENEWAL, Label(("declined",), "declined"), ("confident-wrong", "understand")),
        ("who frobnicates the quux?", AE, ("refused", "understand")),
        ("what is the weather", Label(("declined",), "declined"), ("right", "")),
        ("what is the weather", Label(("declined",), "declined", says=(("umbrella",),)), ("right", "")),
        ("tell me a joke about zebras", Label(("declined",), "declined"), ("right", "")),
    ],
)
def test_an_answer_is_judged_by_its_label(text: str, label: Label, expected: tuple[str, str]) -> None:
    assert judged("start-up", text, label) == expected


def test_a_table_that_has_the_one_right_answer_is_needless() -> None:
    assert judged("gitlab-fy24", RENEWAL, AE) == ("needless", "resolve")
    assert judged("gitlab-fy24", RENEWAL, Label(("answered",), "who", (("csm",),))) == ("confident-wrong", "resolve")
    assert judged("gitlab-fy24", RENEWAL, Label(("depends",), "who", (("ae",), ("sal",)))) == ("right", "")
    assert judged("gitlab-fy24", RENEWAL, AE, segment="smb") == ("right", "")


def test_asking_back_is_needless_where_one_of_the_readings_is_right_and_astray_where_none_is() -> None:
    mine, vendor = "is this upsell mine?", "established-vendor"
    assert judged(vendor, mine, Label(("ask-back",), "does")) == ("right", "")
    assert judged(vendor, mine, Label(("answered", "depends"), "does")) == ("needless", "understand")
    assert judged(vendor, mine, Label(("answered",), "does", (("zebra",),))) == ("astray", "understand")
    assert judged(vendor, mine, Label(("answered", "depends"), "does"), as_role="ae") == ("right", "")


def test_without_an_intent_in_the_label_the_stage_is_unknown() -> None:
    assert judged("start-up", RENEWAL, Label(("answered",), "", (("csm",),))) == ("confident-wrong", "unknown")


def test_the_turns_of_a_conversation_build_on_each_other() -> None:
    because = Label(("answered",), says=(("kept free for adoption",),))
    first, second = ask("start-up", (RENEWAL, AE), ("why?", because))

    assert [first.judgement, second.judgement] == ["right", "right"]
    assert ask("start-up", ("why?", because))[0].judgement != "right"


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ((("ae",),), {"ae"}, True),
        ((("ae",),), {"ae", "csm"}, False),
        ((("ae",), ("csm",)), {"ae"}, False),
        ((("ae", "csm"), ("ae",)), {"ae", "csm"}, True),
        ((("ae", "csm"), ("ae",)), {"csm", "se"}, False),
        ((("nobody",),), set(), True),
        ((("nobody",),), {"ae"}, False),
        ((("nobody", "ae"), ("csm",)), {"csm"}, True),
        ((), set(), True),
        ((), {"ae"}, False),
    ],
)
def test_owners_are_compared_no_more_and_no_fewer(wanted: tuple[tuple[str, ...], ...], found: set[str], same: bool) -> None:
    assert are_owners(wanted, frozenset(found)) is same


@pytest.mark.parametrize(
    ("text", "way", "said"),
    [
        ("It Auto-Renews.", "auto renew", True),
        ("It autorenews.", "auto-renew", True),
        ("starts 120 days before", "20 days", False),
        ("starts 20 days before", "20-days", True),
        ("over 1,020 seats", "20 seats", False),
        ("up to 20.5%", "20", False),
        ("up to 20%.", "20%", True),
        ("maestro", "AE", False),
        ("two AEs", "ae", True),
        ("the CSM's", "CSM", True),
        ("non‑standard", "non-standard", True),
        ("50k or more", "50 k", True),
    ],
)
def test_capitals_hyphens_and_spaces_do_not_count_but_numbers_and_short_names_are_whole(text: str, way: str, said: bool) -> None:
    assert says(text, (way,)) is said


@pytest.mark.parametrize("module", [saying, figures])
def test_the_examples_in_the_code_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_figures_count_questions_conversations_and_stages_apart() -> None:
    told = figures.count(
        [
            *ask("start-up", (RENEWAL, AE)),
            *ask("start-up", (RENEWAL, Label(("answered",), "who", (("csm",),)))),
            *ask("start-up", ("what is the weather", Label(("declined",), "declined"))),
        ]
    )

    assert (told.asked, told.wrong, told.stages) == (3, 1, {"resolve": 1})
    assert told.tables["intent"] == {"who": {"right": 1, "confident-wrong": 1}}
    assert figures.as_json(told)["in scope"]["right"]["interval"] == [0.0945, 0.9055]
