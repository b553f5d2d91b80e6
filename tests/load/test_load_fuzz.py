"""Whatever stands in the files: loading and checking never raises, and every problem has a place, what was expected and a remedy."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from models_in_memory import COMPANY, RENEWAL, SMALL, assert_well_said

from bot.load import example_folder, example_names
from bot.load.shapes import NAMES, PLAIN, RULINGS

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SECTIONS = [*NAMES, *RULINGS, *PLAIN]
KEYS = sorted(
    {field.alias or name for shape in {**NAMES, **RULINGS}.values() for name, field in shape.model_fields.items()}
    | {"any", "any-2-of", "as", "share", "shares", "names", "segment", "arr", "days-to-renewal", "csm", "ae", "renew", "quote", "given"}
)
WORDS = [
    "csm",
    "ae",
    "AE",
    "renew",
    "upsell",
    "account",
    "account-owner",
    "nobody",
    "undefined",
    "disputed",
    "yes",
    "no",
    "smb",
    "not smb",
    "under 50k",
    "50k-100k",
    "100k to 50k",
    "60",
    "2026-09-01",
    "0001-01-01",
    "9999-12-31",
    "50%",
    "120 days before renewal",
    "adopt",
    "public",
    "revops",
    "expand",
    "compensation",
    "enum",
    "money",
    "date",
    "before 2026-01-01",
    "",
    " ",
    "1e9",
    "null",
    "~",
    "-1",
    "99999999999999999999",
    "€5",
    "x" * 200,
    "\u202e",
    "🎉",
    "{{ x }}",
]
scalars = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
keys = st.one_of(st.sampled_from(KEYS), st.sampled_from(WORDS), st.text(max_size=6))
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), scalars),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)


def as_yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


@QUICK
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert_well_said({"company.yaml": text})


@QUICK
@given(st.text(alphabet=":-{}[]'\"#&*!|>%@`?,\t\n ab\\\r\x85\u2028\ufeff\x00\u00a0", max_size=80))
def test_any_punctuation(text: str) -> None:
    assert_well_said({"company.yaml": f"company: Acme\nroles:\n  csm: {text}\n"})


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert_well_said({"company.yaml": b"company: Acme\n" + content})


@QUICK
@given(st.dictionaries(st.one_of(st.sampled_from(SECTIONS), st.text(max_size=8)), values, max_size=5))
def test_any_values(model: dict[str, Any]) -> None:
    assert_well_said({"company.yaml": as_yaml(model)})


@QUICK
@given(st.sampled_from(sorted(RULINGS)), st.lists(st.dictionaries(keys, values, max_size=6), min_size=1, max_size=3))
def test_any_rulings(section: str, entries: list[dict[str, Any]]) -> None:
    listed = [{"id": f"entry-{index}", "of": "renew", **entry} for index, entry in enumerate(entries)]
    assert_well_said({"company.yaml": COMPANY, f"{section}.yaml": as_yaml(listed)})


@QUICK
@given(st.sampled_from(sorted(NAMES)), st.dictionaries(keys, st.dictionaries(keys, values, max_size=5), max_size=4))
def test_any_names(section: str, entries: dict[str, Any]) -> None:
    assert_well_said({"company.yaml": COMPANY, "rules/renewal.yaml": RENEWAL, f"{section}/more.yaml": as_yaml(entries)})


@QUICK
@given(st.dictionaries(keys, values, max_size=4), st.dictionaries(keys, values, max_size=4))
def test_any_rule(body: dict[str, Any], exception: dict[str, Any]) -> None:
    rule = {"id": "renewal", "of": "renew", "own": "csm", "except": [{"when": {"segment": "smb"}, **exception}], **body}
    assert_well_said({"company.yaml": COMPANY, "rules.yaml": as_yaml([rule])})


@QUICK
@given(
    st.sampled_from(["arr", "segment", "days-to-renewal", "stage", "partner-led", "go-live"]),
    st.one_of(scalars, st.text(max_size=60), values),
)
def test_any_condition(attribute: str, value: Any) -> None:
    rules = [
        {"id": "one", "of": "renew", "own": "csm", "when": {attribute: value}},
        {"id": "two", "of": "renew", "own": "ae", "when": {"term": "annual"}, "except": [{"when": {attribute: value}, "own": "am"}]},
    ]
    assert_well_said({"company.yaml": COMPANY, "attributes.yaml": "go-live: {kind: date}\n", "rules.yaml": as_yaml(rules)})


@QUICK
@given(st.dictionaries(st.sampled_from(["from", "until", "verified", "over", "id", "of"]), scalars, max_size=4), st.sampled_from(WORDS))
def test_any_version(first: dict[str, str], start: str) -> None:
    rules = [{"id": "one", "of": "renew", "own": "csm", **first}, {"id": "one", "of": "renew", "own": "ae", "from": start}]
    assert_well_said({"company.yaml": COMPANY, "rules.yaml": as_yaml(rules)})


@cache
def company_files(name: str) -> dict[str, str]:
    root = example_folder(name)
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.yaml"))}


def mutate(files: dict[str, str], seed: int) -> dict[str, str]:
    """The files with one to three slips: a line lost, doubled, moved or indented, a character changed, a word put elsewhere."""
    chance = random.Random(seed)
    changed = dict(files)
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(sorted(changed))
        lines = changed[path].split("\n")
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[at]
        spot = chance.randrange(len(line) + 1)
        match chance.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, line)
            case 2:
                lines[at], lines[other] = lines[other], line
            case 3:
                lines[at] = " " * chance.randint(1, 3) + line
            case 4:
                lines[at] = line[:spot] + chance.choice(":-{}[]'\"#,&*!%\t 0aé🎉") + line[spot + 1 :]
            case 5:
                lines[at] = line[:spot]
            case 6:
                words = line.split(" ")
                words[chance.randrange(len(words))] = chance.choice([*WORDS, *KEYS]) + chance.choice(["", ":", ","])
                lines[at] = " ".join(words)
            case _:
                lines[at] = line.removeprefix("  ")
        changed[path] = "\n".join(lines)
    return changed


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_slips_in_a_small_model(seed: int) -> None:
    assert_well_said(mutate(SMALL, seed))


@pytest.mark.parametrize("name", example_names())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_slips_in_the_example_companies(name: str, seed: int) -> None:
    assert_well_said(mutate(company_files(name), seed))
