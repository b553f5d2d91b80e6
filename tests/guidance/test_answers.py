"""What the guidance answers: the first sentence is the one that was asked for, and an answer is short, without repetition.

Questions are given as frames, so that nothing here depends on how they are worded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from opened import TODAY, open_company

from bot.domain.answers import Message, Resolution
from bot.domain.guidance import Finding
from bot.domain.questions import Fact, Frame, Mention, Question
from bot.domain.regions import Values
from bot.render.message import render
from bot.resolve.resolve import resolve

LINES = 7
"""At most so many lines, the first sentence included, before whose word it is and the sources."""
CSM, AE, AM = "job:csm", "job:account-executive", "job:account-manager"


def frame(
    intent: str, key: str = "own", *, whose: str = "", cues: tuple[str, ...] = (), facts: Mapping[str, str] | None = None, **named: Any
) -> Frame:
    """A question: what is named is given by its kind, each one id or several."""
    many = {kind: (ids,) if isinstance(ids, str) else tuple(ids) for kind, ids in named.items()}
    roles, subjects = many.pop("roles", ()), many.pop("subjects", ())
    stated: dict[str, Values] = {name: frozenset({value}) for name, value in (facts or {}).items()}
    return Frame(
        intent,
        subjects,
        key=key,
        roles=roles,
        facts={name: Fact(name, values, "") for name, values in stated.items()},
        things=many,
        whose=whose,
        mentions=tuple(Mention("", cue, "", 0, 0) for cue in cues),
    )


def ask(asked: Frame, company: str = "none") -> tuple[Resolution, Message]:
    """The answer to a frame."""
    engine = open_company(company)
    _, book, _ = engine.view(frozenset({"public"}))
    resolution = resolve(asked, Question("", TODAY), book, engine.language.declines)
    return resolution, render(resolution, engine.templates)


LEADS: dict[str, tuple[Frame, str]] = {
    # archetypes
    "what an Adopt CSM is": (frame("archetype", "define", archetype="adopt"), "adopt-define"),
    "what a full-service CSM is": (frame("archetype", "define", archetype="adopt-renew-and-expand"), "expand-define"),
    "when Adopt & Renew": (frame("archetype", "when", archetype="adopt-and-renew"), "adopt-and-renew-when"),
    "when not Adopt & Renew": (frame("archetype", "not-when", archetype="adopt-and-renew"), "adopt-and-renew-not-when"),
    "the risk of Adopt & Renew": (frame("archetype", "risk", archetype="adopt-and-renew"), "adopt-and-renew-risk"),
    "a story of Adopt": (frame("archetype", "story", archetype="adopt"), "case-adopt"),
    "the most common": (frame("archetype", "common"), "adopt-most-common"),
    "how many types": (frame("archetype", "list", whose="typical"), "types-one-to-five"),
    "best practice": (frame("benchmark", "best-practice", roles=CSM), "no-best-practice"),
    "an account manager": (frame("compare", archetype="adopt-renew-and-expand", roles=AM), "lineup-expand-account-manager"),
    # pay
    "pay of CSMs": (frame("compensation", whose="typical", roles=CSM), "pay-three-plans"),
    "pay of an Adopt CSM": (frame("compensation", whose="typical", archetype="adopt"), "pay-corporate-mix"),
    "pay of an Adopt & Renew CSM": (frame("compensation", whose="typical", archetype="adopt-and-renew"), "pay-adopt-and-renew"),
    "pay of a full-service CSM": (frame("compensation", whose="typical", archetype="adopt-renew-and-expand"), "pay-at-risk-mix"),
    "the mix": (frame("compensation", "mix", whose="typical"), "mix-csm"),
    "the mix of account managers": (frame("compensation", "mix", whose="typical", roles=AM), "mix-account-manager"),
    "at risk": (frame("compensation", "at-risk", whose="typical", roles=CSM), "pay-at-risk-companies"),
    "an Adopt CSM at risk": (frame("compensation", "at-risk", whose="typical", archetype="adopt"), "pay-corporate-not-at-risk"),
    "measures": (frame("compensation", "measures", whose="typical", roles=CSM), "pay-usage-first"),
    "individual or team": (frame("compensation", "level", whose="typical", roles=CSM), "pay-individual-or-team"),
    "consumption": (frame("compensation", whose="typical", roles=CSM, term="consumption-model"), "consumption-csm-pay"),
    "paid on upsell": (frame("does", "paid", whose="typical", roles=CSM, subjects="upsell"), "contested-upsell-pay"),
    "sellers paid on renewals": (frame("compensation", "paid", whose="typical", roles=AE, subjects="renew"), "credit-renewal-sellers"),
    "pay and archetype": (frame("compensation", whose="typical", roles=CSM, cues=("archetypes",)), "pay-align-archetype"),
    # what is normal
    "a good NRR": (frame("benchmark", "norm", term="nrr"), "norm-nrr"),
    "NRR by contract": (frame("benchmark", "norm", term="nrr", facts={"arr": ""}), "norm-nrr-by-contract"),
    "a good GRR": (frame("benchmark", "norm", term="grr"), "norm-grr"),
    "how common renewals are": (frame("benchmark", "prevalence", roles=CSM, subjects="renew"), "common-renewal-goal"),
    "how common expansion is": (frame("benchmark", "prevalence", roles=CSM, subjects=("upsell", "cross-sell")), "common-expansion-charter"),
    "how common CSMs are": (frame("benchmark", "prevalence", roles=CSM), "trend-almost-all-tech"),
    "options": (frame("benchmark", "options", roles=CSM, subjects="renew"), "options-three"),
    # coverage
    "accounts": (frame("coverage", "ratio", roles=CSM), "ratio-in-short"),
    "accounts in enterprise": (frame("coverage", "ratio", roles=CSM, term="enterprise"), "ratio-enterprise"),
    "ARR": (frame("coverage", "ratio", roles=CSM, term="coverage-ratio"), "ratio-arr-per-csm"),
    "CSMs to sellers": (frame("coverage", "ratio", roles=(CSM, AE)), "coverage-near-one-to-one"),
    "the basis": (frame("coverage", "basis", roles=CSM), "basis-kinds"),
    "a named CSM": (frame("coverage", "ratio", roles=CSM, term="named"), "cost-of-named"),
    "a human": (frame("coverage", "trigger", term="digital"), "trigger-human"),
    "a pod": (frame("coverage", "pod"), "pod-define"),
    # the rest
    "talent": (frame("talent", roles=CSM), "talent-all"),
    "levels": (frame("talent", "level", roles=CSM), "level-in-short"),
    "why CSMs": (frame("deploy", roles=CSM), "purpose-lifetime-value"),
    "why rules": (frame("engagement", "why"), "engage-why"),
    "what rules contain": (frame("engagement", "content"), "engage-content"),
    "feedback": (frame("benchmark", "feedback", archetype="adopt", roles=AE), "feedback-insights"),
    "when the CSM comes": (frame("handoff", "when", roles=CSM), "handoff-when-csm-comes"),
    "pushing back": (frame("handoff", "push-back", roles=CSM), "handoff-push-back"),
    "a holdover": (frame("transfer", "holdover", term="holdover"), "holdover-length"),
    "who decides": (frame("dispute", "dispute", roles=AE, subjects="account", cues=("decides",)), "dispute-decides"),
    "how soon it is decided": (frame("dispute", "dispute", cues=("when",)), "dispute-clock"),
    "when a renewal starts": (frame("when", whose="typical", subjects="renew"), "roe-stage-renewal-start"),
    "the economic buyer": (frame("alignment", stakeholder="economic-buyer"), "meets-economic-buyer"),
    "renewals at PostHog": (frame("who", whose="posthog", subjects="renew"), "posthog-renewal-2026"),
    "pay at PostHog": (frame("compensation", whose="posthog", roles=CSM), "posthog-csm-pay"),
    "coverage at HubSpot": (frame("coverage", "ratio", whose="hubspot", roles=CSM), "hubspot-coverage"),
}  # fmt: skip
SILENT = {
    "pay of sales development": frame("compensation", whose="typical", roles="job:sales-development"),
    "pay at HubSpot": frame("compensation", whose="hubspot", roles=CSM),
    "renewals at HubSpot": frame("who", whose="hubspot", subjects="renew"),
    "a detractor": frame("alignment", stakeholder="detractor"),
    "talent of sellers": frame("talent", roles=AE),
}


@pytest.mark.parametrize("name", LEADS)
def test_the_first_sentence_is_the_one_asked_for(name: str) -> None:
    asked, wanted = LEADS[name]
    resolution, message = ask(asked)
    findings: list[Finding] = resolution.view["findings"]

    assert (resolution.outcome, resolution.basis) == ("answered", "guidance")
    assert findings[0].id == wanted
    assert message.headline == findings[0].told
    assert 1 + len(message.lines) <= LINES
    assert len(set(message.sources)) == len(message.sources) > 0


@pytest.mark.parametrize("name", LEADS)
def test_nothing_is_told_twice(name: str) -> None:
    findings: list[Finding] = ask(LEADS[name][0])[0].view["findings"]
    told = [finding.id for finding in findings]

    assert len(set(told)) == len(told)
    assert not {finding.within for finding in findings[1:]} & set(told)


@pytest.mark.parametrize("name", SILENT)
def test_what_is_known_of_others_only_is_not_an_answer(name: str) -> None:
    assert ask(SILENT[name])[0].outcome == "not-defined"


def test_a_choice_names_the_archetype_its_reasons_and_what_else_would_decide() -> None:
    given = frame("choose", signal=("small-install-base", "junior-team"), facts={"term": "multi-year"})
    message = ask(given)[1]

    assert message.headline == "What you say points to the Adopt CSM."
    assert [line for line in message.lines if line.startswith("- ")] == [
        "- CSMs who are short on skill and tenure were put on adoption alone in one company (Igor Uroic).",
        "- With a small install base there is little to renew and expand, and one such company kept its CSMs to adoption (Igor Uroic).",
        "- Three-year contracts put renewals off, which leaves adoption as the place for a CSM (Igor Uroic).",
    ]
    assert any(line.startswith("What would point elsewhere: ") and "(Adopt & Renew CSM)" in line for line in message.lines)
    assert any("Deploying Customer Success Roles" in source for source in message.sources)
    assert 1 + len(message.lines) <= LINES


def test_facts_that_point_two_ways_are_both_told() -> None:
    both = ask(frame("choose", signal="junior-team", facts={"handling": "auto-renew"}))[1]
    more = ask(frame("choose", signal=("top-accounts", "tenured-csms", "consumption-model")))[1]

    assert both.headline == "What you say points to the Adopt CSM and the Adopt & Renew CSM alike."
    assert more.headline == "What you say points to the Adopt, Renew & Expand CSM above all, and also to the Adopt CSM."


def test_what_facts_speak_against_is_not_named_as_what_would_point_elsewhere() -> None:
    message = ask(frame("choose", facts={"handling": "re-sell"}))[1]

    assert message.headline == "What you say speaks against the Adopt & Renew CSM, and for no other yet."
    assert not any("(Adopt & Renew CSM)" in line for line in message.lines)


def test_without_facts_a_choice_says_what_decides_and_which_facts_would_point_where() -> None:
    message = ask(frame("choose"))[1]

    assert message.headline.startswith("Four things decide which CSM fits:")
    assert [line.partition(":")[0] for line in message.lines[:4]] == [
        "- Adopt CSM", "- Adopt & Renew CSM", "- Adopt, Renew & Upsell CSM", "- Adopt, Renew & Expand CSM"
    ]  # fmt: skip


OWNED = {
    "Only the Adopt, Renew & Expand CSM owns cross-sell; the others support it at most.": frame("archetype", "owns", subjects="cross-sell"),
    "No, the Adopt CSM does not own renewal but supports it.": frame("archetype", "owns", archetype="adopt", subjects="renew"),
    "The Adopt CSM owns adoption and supports upsell, cross-sell and renewal.": frame("archetype", "owns", archetype="adopt"),
    "All of them own adoption; they differ in landing new business, upsell, cross-sell and renewal.": frame("archetype", "owns"),
    "The Adopt & Renew CSM owns renewal, which the Adopt CSM only supports.": frame("compare", archetype=("adopt", "adopt-and-renew")),
    "I know only one of the two: Adopt CSM.": frame("compare", archetype="adopt"),
}


@pytest.mark.parametrize("headline", OWNED)
def test_ownership_of_archetypes_is_told_by_its_difference(headline: str) -> None:
    assert ask(OWNED[headline])[1].headline == headline


def test_figures_of_weak_sources_say_so_and_sources_that_differ_are_named() -> None:
    lines = ask(LEADS["accounts"][0])[1].lines

    assert (
        "The sources differ three- to eightfold for the same label, because contract value, onboarding load and commercial duty differ."
        in lines
    )
    assert "These figures are those of vendors and practitioners, not of a survey." in lines


@pytest.mark.parametrize("whose", ["", "typical"])
def test_pay_here_is_never_answered_with_what_is_typical(whose: str) -> None:
    mine = Frame("compensation", key="mix", mine=True, whose=whose)

    assert ask(mine, "acme")[0].outcome == "not-allowed"
    assert ask(Frame("compensation", mine=True))[0].outcome == "not-allowed"


def test_findings_within_others_name_one_that_exists() -> None:
    findings = open_company("none").company.guidance.findings
    known = {finding.id for finding in findings}

    assert {finding.within for finding in findings} - {""} <= known
    assert not [finding.id for finding in findings if finding.id == finding.within or finding.topic in finding.of]


def test_65_percent_are_companies() -> None:
    told = [finding.says for finding in open_company("none").company.guidance.findings if "65%" in finding.says]

    assert told
    assert all("compan" in says or "retention" in says.lower() or "/" in says for says in told)
