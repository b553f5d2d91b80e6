"""One phrase for two things: where one is meant to be the other, nothing is reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.load import guidance_folder, load_company
from bot.understand import check_words

FIRST = "company: Acme\nroles: {ae: {name: Account Executive}}\n"
FINE = {
    "a value of its subject": "attributes: {kind: {kind: enum, values: {sign: {name: e-signature, of: e-sign}, core: {name: core}}}}\n"
    "activities: {e-sign: {name: e-signatures}}\n",
    "a process of its subject": "activities: {kickoff-call: {name: kickoff call}}\n"
    "processes: [{id: kickoff, name: kickoff call, of: kickoff-call, steps: [{do: call}]}]\n",
    "a term that explains": "activities: {kickoff-call: {name: kickoff call}}\nterms: {kickoff-call: {means: The first call.}}\n",
    "a segment and its value": "attributes: {size: {kind: enum, values: {big: {name: big}, small: {name: small}}}}\n"
    "segments: {big: {name: Big, when: {size: big}}, small: {name: Small, when: {size: small}}}\n",
    "a narrower value": "attributes: {region: {kind: enum, values: {emea: {name: EMEA}, dach: {name: DACH, within: emea}, "
    "rest: {name: rest, aka: [emea], within: emea}}}}\n",
    "a role and its work": "teams: {helpers: {name: Helpers, aka: [first line]}}\nactivities: {first-line: {name: first line}}\n",
    "the same roots alone": "attributes: {signed: {kind: yes-no}, "
    "product: {kind: enum, values: {a: {name: alpha, aka: [sign]}, b: {name: beta}}}}\n",
    "a number and a value": "attributes: {discount: {kind: count}, "
    "on: {kind: enum, values: {a: {name: alpha, aka: [discount]}, b: {name: beta}}}}\n",
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_meant_to_be_the_same_is_not_reported(name: str, tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(FIRST + FINE[name], encoding="utf-8")
    loaded = load_company(tmp_path, guidance_folder(), date(2026, 11, 22))
    assert [found.what for found in (*loaded.problems, *check_words(loaded.called))] == []
