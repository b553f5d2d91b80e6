"""What people write in a model, and what is made of it: read where the meaning is plain, one problem at the very word where it is not."""

from __future__ import annotations

import pytest
from models_in_memory import COMPANY, RENEWAL, SMALL, UPSELL, changed, load, problems_of

from bot.domain.rules import Clock
from bot.load.amounts import has_dotted_thousands, other_currency, read_amount

K = 100_000
COMPANY_FILE, RULES, OTHER = "company.yaml", "rules/renewal.yaml", "rules/upsell.yaml"


def test_the_model_itself_is_clean() -> None:
    assert problems_of(SMALL) == []


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("10k-20k", "money", (10 * K, 20 * K)),
        ("10-20k", "money", (10 * K, 20 * K)),
        ("$10K – $20K", "money", (10 * K, 20 * K)),
        ("from 10k to 20k", "money", (10 * K, 20 * K)),
        ("between 10 and 20k", "money", (10 * K, 20 * K)),
        ("500 to 5k", "money", (50_000, 5 * K)),
        ("0.5 to 1m", "money", (500 * K, 1000 * K)),
        ("6 to 12 months", "duration", (180, 365)),
        ("30-60 days", "duration", (30, 60)),
        ("2 weeks to 3 months", "duration", (14, 90)),
        ("2-5", "count", (2, 5)),
        ("10% or less", "percent", (-(10**18), 1001)),
        ("under 10%", "percent", (-(10**18), 1000)),
        ("up to 15%", "percent", (-(10**18), 1501)),
        ("over 10%", "percent", (1001, 10**18)),
        ("20%+", "percent", (2000, 10**18)),
        ("10% to 20%", "percent", (1000, 2000)),
        ("10-20%", "percent", (1000, 2000)),
        ("over 10% to 20%", "percent", (1001, 2001)),
        ("over 10 to 20", "percent", (1001, 2001)),
        ("more than 10% and up to 20%", "percent", (1001, 2001)),
        ("10% to 20% inclusive", "percent", (1000, 2001)),
        ("15", "percent", (1500, 1501)),
        ("10.5 percent", "percent", (1050, 1051)),
        ("12,5%", "percent", (1250, 1251)),
        ("12,500%", "percent", None),
        ("10.125%", "percent", None),
        ("over 10% and 20%", "percent", None),
        ("over 2-15k", "money", (2 * K + 1, 15 * K + 1)),
        ("over 2k up to 15k", "money", (2 * K + 1, 15 * K + 1)),
        ("2 to 15k inclusive", "money", (2 * K, 15 * K + 1)),
        ("20 to under 50k", "money", (20 * K, 50 * K)),
        ("over 10 to 20", "count", (11, 21)),
        ("over 30 to 60 days", "duration", (31, 61)),
        ("≤ 5", "count", (-(10**18), 6)),
        ("2026-02-01 to 2026-03-01", "date", (739648, 739676)),
    ],
)
def test_ranges_are_read_with_the_unit_of_both_ends(text: str, kind: str, span: tuple[int, int] | None) -> None:
    assert read_amount(text, kind) == span  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "currency", "other"),
    [
        ("under $5k", "USD", None),
        ("under $5k", "CAD", None),
        ("under $5k", "EUR", "a dollar currency"),
        ("under €5k", "USD", "EUR"),
        ("5k EUR", "EUR", None),
        ("under 5k", "JPY", None),
    ],
)
def test_signs_of_another_currency_are_noticed(text: str, currency: str, other: str | None) -> None:
    assert other_currency(text, currency) == other


@pytest.mark.parametrize(
    ("text", "dotted"), [("50.000", True), ("1.500.000", True), ("1.5", False), ("1.250k", False), ("50000", False), ("0.125m", False)]
)
def test_points_that_can_be_thousands_are_noticed(text: str, dotted: bool) -> None:
    assert has_dotted_thousands(text) is dotted


@pytest.mark.parametrize("written", ["SMB", "smb", "[SMB, MM]", "Mid-Market", "mid_market", "Mid Market", "not SMB", "MM", '"SMB "'])
def test_segments_are_known_by_id_name_and_other_words(written: str) -> None:
    assert problems_of(changed(RULES, "{segment: enterprise}", f"{{segment: {written}}}")) == []


@pytest.mark.parametrize(
    "files",
    [
        {**SMALL, COMPANY_FILE: b"\xef\xbb\xbf" + COMPANY.replace("\n", "\r\n").encode()},
        {"company.yml": COMPANY, "rules/renewal.yml": RENEWAL, "rules/Upsell.YAML": UPSELL},
        {COMPANY_FILE: COMPANY, "rules/emea/renewal.yaml": RENEWAL, OTHER: UPSELL},
        {**SMALL, "terms.yaml": "", "faqs.yaml": "# none yet\n", "faqs/later.yaml": "---\n"},
        {**SMALL, ".hidden/rules.yaml": "- {}", ".draft.yaml": "{"},
        changed(COMPANY_FILE, "  am: {", "  no: {name: NO}\n  on: {name: ON}\n  1: {name: One}\n  am: {"),
        changed(RULES, "  kept-by: revops\n", "  kept-by: revops\n  until: 9999-12-31\n"),
        changed(RULES, "arr: under 20k", "arr: '< $20,000'"),
        {**SMALL, "rules/land.yaml": "- {id: l, of: land, own: ae, except: [{when: {arr: 0}, own: csm}]}\n"},
        {"company.yaml": "company: Acme\n", "roles.yaml": "roles:\n  csm: {}\nteams:\n  ops: {}\n"},
    ],
    ids=lambda files: "",
)
def test_what_means_only_one_thing_is_read(files: dict[str, str | bytes]) -> None:
    assert [found.what for found in problems_of(files)] == []


ONE_MISTAKE = {
    "own by another case": (changed(RULES, "own: am", "own: AM"), "unknown-party", 'did you mean "am"?'),
    "own by name": (changed(RULES, "own: am", "own: Account Manager"), "unknown-party", 'did you mean "am"?'),
    "own by another word": (changed(OTHER, "own: ae", "own: rep"), "unknown-party", 'did you mean "ae"?'),
    "owner": (changed(RULES, "own: am", "owner: am"), "unknown-key", 'did you mean "own"?'),
    "co_own": (changed(RULES, "co-own:", "co_own:"), "unknown-key", 'did you mean "co-own"?'),
    "a key of a role": (changed(COMPANY_FILE, "am: {name", "am: {nme"), "unknown-key", 'did you mean "name"?'),
    "a role as text": (
        changed(COMPANY_FILE, "am: {name: Account Manager}", "am: Account Manager"),
        "wrong-type",
        "am: {name: Account Manager}",
    ),
    "an id with spaces": (changed(COMPANY_FILE, "digital-csm:", "Digital CSM:"), "bad-id", '"digital-csm"'),
    "a section": (changed(COMPANY_FILE, "roles:", "role:"), "unknown-key", 'did you mean "roles"?'),
    "an archetype": (changed(COMPANY_FILE, "job: csm}", "job: csm, archetype: adpot}"), "unknown-name", 'did you mean "adopt"?'),
    "a brace": (changed(COMPANY_FILE, "job: csm}", "job: csm"), "not-yaml", 'write "}"'),
    "a motion": (changed(RULES, "of: renew", "of: renewal"), "unknown-subject", 'did you mean "renew"?'),
    "no motion": (changed(RULES, "  of: renew\n", ""), "missing-key", "of: renew"),
    "no id": (changed(RULES, "- id: renewal\n  of", "- of"), "missing-key", "id: renewal"),
    "a dash": ({**SMALL, OTHER: UPSELL.replace("- id: upsell-near", "  id: upsell-near")}, "duplicate-key", "put `- ` before it"),
    "a folder": ({COMPANY_FILE: COMPANY, "rule/renewal.yaml": RENEWAL, OTHER: UPSELL}, "unknown-file", 'did you mean "rules"?'),
    "a segment in a rule": (
        changed(RULES, "segment: smb, arr: under 20k", "segment: small, arr: under 20k"),
        "unknown-value",
        "`segments:`",
    ),
    "segments in one text": (changed(RULES, "{segment: enterprise}", "{segment: smb or mm}"), "unknown-value", "[smb, mid-market]"),
    "a segment's definition": (changed(COMPANY_FILE, "arr: under 50k", "arr: bananas"), "bad-condition", "under 50k"),
    "a condition as text": (changed(RULES, "when: {segment: enterprise}", "when: arr >= 50k"), "wrong-type", "when: {arr: at least 50k}"),
    "an attribute's kind": (
        {**SMALL, "attributes.yaml": "region: {kind: text}\n", "rules/x.yaml": "- {id: x, of: land, own: ae, when: {region: emea}}\n"},
        "bad-value",
        "choose one of them",
    ),
    "a name of an attribute": (
        changed(RULES, "{segment: enterprise}", "{Deal Size: over 50k}"),
        "unknown-attribute",
        'did you mean "deal-size"?',
    ),
    "a rule that another is over": ({**SMALL, OTHER: "- {id: Up Sell, of: upsell, own: ae}\n"}, "bad-id", '"up-sell"'),
    "an assumption": (changed(COMPANY_FILE, "currency: USD", "currency: USD\nassume: {chanel: direct}"), "unknown-attribute", '"channel"'),
    "a broken reference behind another": (
        changed(OTHER, "own: {as: renew}", "own: {as: renewal}"),
        "unknown-subject",
        'did you mean "renew"?',
    ),
    "an example's subject": (
        changed(RULES, "own: digital-csm}\n", "own: digital-csm, of: upsell}\n"),
        "unknown-subject",
        "name one of them",
    ),
    "a comma in a number": (changed(RULES, "arr: under 20k", "arr: under 20,000"), "bad-value", '"under 20,000", or write under 20k'),
    "a handoff from a role": ({**SMALL, "handoffs.yaml": "- {id: h, from: ae, to-role: csm, trigger: x}\n"}, "bad-value", '"from-role"'),
    "a handoff to a role": ({**SMALL, "handoffs.yaml": "- {id: h, from-role: ae, to: csm, trigger: x}\n"}, "unknown-key", '"to-role"'),
    "measures as words": (
        {**SMALL, "plans.yaml": "- {id: p, role: csm, type: bonus, measures: [retention]}\n"},
        "wrong-type",
        "measures: [{metric: retention}]",
    ),
    "push-back as a name": (
        {**SMALL, "handoffs.yaml": "- {id: h, from-role: ae, to-role: csm, trigger: x, push-back: csm}\n"},
        "wrong-type",
        "push-back: {who: csm}",
    ),
    "a step as a name": (changed(RULES, "quote: {own: deal-desk, start: 90 days before renewal}", "quote: am"), "wrong-type", "{own: am}"),
    "steps of a process as words": (
        {**SMALL, "processes.yaml": "- {id: p, name: Kickoff, steps: [call them]}\n"},
        "wrong-type",
        "steps: [{do: call them}]",
    ),
    "a condition as a list": (
        changed(RULES, "when: {segment: enterprise}", "when: [{segment: enterprise}, {arr: over 1m}]"),
        "wrong-type",
        "when: {segment: enterprise, arr: over 1m}",
    ),
    "a day in another order": (
        changed(RULES, "  kept-by: revops\n", "  kept-by: revops\n  from: 1/9/2026\n"),
        "bad-value",
        "2026-09-01 or",
    ),
    "two owners in one text": (changed(RULES, "own: am", "own: am and csm"), "unknown-party", "co-own: [am, csm]"),
    "other words without brackets": (changed(COMPANY_FILE, "aka: [rep]", "aka: rep, seller"), "bad-value", "aka: [rep, seller]"),
    "the owner of an escalation": (
        {**SMALL, "escalations.yaml": "- {id: e, level: red, owner: csm}\n"},
        "unknown-key",
        'did you mean "lead"?',
    ),
    "too many alternatives": (
        changed(COMPANY_FILE, "when: {arr: under 50k}", f"when: {{any-9-of: [{'{arr: under 50k}, ' * 30}]}}"),
        "bad-condition",
        "fewer",
    ),
}


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_one_mistake_is_one_problem_that_says_what_to_do(name: str) -> None:
    files, slug, fix = ONE_MISTAKE[name]
    found = problems_of(files)
    assert [each.slug for each in found] == [slug], [each.what for each in found]
    assert fix in found[0].fix


def test_two_mistakes_are_two_problems() -> None:
    files = {
        **changed(RULES, "own: am", "owner: am"),
        COMPANY_FILE: COMPANY.replace("am: {name", "am: {nme"),
        "rules/x.yaml": "- {id: y, of: land, own: x}\n",
    }
    assert [found.slug for found in problems_of(files)] == ["unknown-key", "unknown-key", "unknown-party"]


def test_other_subjects_are_still_compared() -> None:
    land = "- {id: a, of: land, when: {segment: smb}, own: ae}\n"
    found = problems_of({**changed(RULES, "own: am", "owner: am"), "rules/land.yaml": land})
    assert [each.slug for each in found] == ["hole", "unknown-key"]


def test_the_order_of_files_does_not_matter() -> None:
    def rules(files: dict[str, str]) -> list[tuple[str, str]]:
        return sorted((rule.id, rule.subject) for rule in load(files)[0].company.rules)

    renamed = {COMPANY_FILE: COMPANY, "rules/a.yaml": UPSELL, "rules/z.yaml": RENEWAL}
    swapped = {COMPANY_FILE: COMPANY, "rules/a.yaml": RENEWAL, "rules/z.yaml": UPSELL}
    assert rules(renamed) == rules(swapped)
    assert problems_of(renamed) == problems_of(swapped) == []


def test_a_place_is_the_very_word() -> None:
    found = problems_of(changed(RULES, "support: [csm]", "support: [ae, 🎉, cms]"))
    assert [(each.place.line, each.place.column, each.place.width) for each in found] == [(4, 17, 1), (4, 20, 3)]


@pytest.mark.parametrize(
    ("written", "days", "before", "anchor"),
    [
        ("T-90", 90, True, "renewal"),
        ("T - 90 days", 90, True, "renewal"),
        ("T+14", 14, False, "renewal"),
        ("2 business days after close", 2, False, "close"),
        ("10 working days before renewal", 10, True, "renewal"),
        ("120 days before the renewal", 120, True, "renewal"),
        ("when product says so", None, True, ""),
        ("3 days later than usual", None, True, ""),
    ],
)
def test_clocks_are_read(written: str, days: int | None, before: bool, anchor: str) -> None:
    loaded, problems = load(changed(RULES, "90 days before renewal", written))
    clock = next(rule for rule in loaded.company.rules if rule.id == "renewal").node.says["quote.start"].ruling

    assert problems == []
    assert clock == Clock(written, days, before, anchor)


@pytest.mark.parametrize(
    "written", ["90 days befor renewal", "90 days bevore renewal", "2 weeks aftr close", "2 business days affter close"]
)
def test_a_side_that_is_nearly_written_is_a_problem(written: str) -> None:
    found = problems_of(changed(RULES, "90 days before renewal", written))

    assert [each.slug for each in found] == ["bad-value"]
    assert 'did you mean "before"?' in found[0].fix or 'did you mean "after"?' in found[0].fix


def test_what_is_declared_under_a_built_in_id_keeps_its_other_names() -> None:
    plain = load(SMALL)[0].company
    again = {**SMALL, "motions.yaml": "renew: {name: prolonging}\n", "steps.yaml": "quote: {name: price letter}\n"}
    kept = load(again)[0].company
    alone = load({**SMALL, "motions.yaml": "renew: {aka: [prolongation]}\n"})[0].company

    assert kept.subjects["renew"].name == "prolonging"
    assert {*plain.subjects["renew"].aka, plain.subjects["renew"].name} == set(kept.subjects["renew"].aka)
    assert {*plain.steps["quote"].aka, plain.steps["quote"].name} == set(kept.steps["quote"].aka)
    assert alone.subjects["renew"].aka == ("prolongation",)


@pytest.mark.parametrize(
    "segments",
    [
        "government: {when: {public: yes}}\nsmall: {when: {staff: under 100}}\nbig: {when: {staff: 100 or more}}\n",
        "small: {when: {staff: under 100}}\nrest: {name: everybody else}\n",
        "small: {when: {staff: under 100}}\n",
        "big: {when: {any-2-of: [{staff: 100 or more}, {arr: over 50k}, {public: yes}]}}\nrest: {}\n",
    ],
)
def test_segments_that_leave_nothing_open_are_clean(segments: str) -> None:
    files = {"company.yaml": "company: A\n", "attributes.yaml": "staff: {kind: count}\npublic: {kind: yes-no}\n", "segments.yaml": segments}

    assert [each.what for each in problems_of(files)] == []
