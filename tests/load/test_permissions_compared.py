"""Permissions side by side: which are fine as they stand, and what is said of those that are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.load import guidance_folder, load_company

TODAY = date(2026, 11, 22)
FIRST = """
company: Acme
roles:
  farmer: {name: Farmer}
  inside: {name: Inside farmer, kind-of: farmer}
  vp: {name: VP}
  cfo: {name: CFO}
segments: {smb: {name: SMB}, enterprise: {name: Enterprise}}
attributes: {discount: {kind: count, name: percent discount}}
permissions:
"""
YES, NO, BY_VP, BY_CFO = (
    "allowed: yes",
    "allowed: no",
    "allowed: with-approval, approved-by: vp",
    "allowed: with-approval, approved-by: cfo",
)


def slugs(tmp_path: Path, *permissions: str) -> list[str]:
    lines = [f"  - {{id: p{number}, {text}}}" for number, text in enumerate(permissions)]
    (tmp_path / "company.yaml").write_text(FIRST + "\n".join(lines), encoding="utf-8")
    return [found.slug for found in load_company(tmp_path, guidance_folder(), TODAY).problems]


def may(says: str, discount: str = "", role: str = "farmer", text: str = "give a discount", more: str = "") -> str:
    when = f", when: {{discount: {discount}{more}}}" if discount else ""
    return f"role: {role}, may: {text}, {says}{when}"


FINE = {
    "an exception": [may(YES, "10 or less"), may(NO, "5 to 9")],
    "an exception to one for everything": [may(YES), may(BY_VP, "11 or more")],
    "tiers that follow": [may(YES, "10 or less"), may(BY_VP, "11 to 21"), may(BY_CFO, "21 or more")],
    "the same twice": [may(YES, "10 or less"), may(YES, "20 or less")],
    "other roles": [may(YES), may(NO, role="vp")],
    "another deed": [may(YES), may(NO, text="give a refund")],
    "names with numbers": [may(YES, text="lead an S1 call"), may(NO, text="lead an S2 call")],
    "another subject": [may(YES), may(NO) + ", of: renew"],
    "one after the other": [may(YES) + ", until: 2026-12-31", may(NO) + ", from: 2027-01-01"],
    "a narrower kind of role": [may(YES, "10 or less"), may(BY_VP, "6 to 11", role="inside")],
    "settled by a third": [
        may(BY_VP, "10 or more"),
        may(BY_CFO, "5 to 20", more=", segment: smb"),
        may(NO, "10 to 20", more=", segment: smb"),
    ],
    "a hole that another text fills": [
        may(YES, "10 or less") + ", of: renew",
        may(BY_CFO, "21 or more") + ", of: renew",
        may(BY_VP, "10 to 22", text="give a large discount") + ", of: renew",
    ],
}
WRONG = {
    "equal conditions": ([may(YES, "10 or less"), may(NO, "10 or less")], ["permission-conflict"]),
    "limits in the text": (
        [may(YES, "10 or less", text="give up to 10%"), may(NO, "10 or more", text="give over 10%")],
        ["permission-conflict"],
    ),
    "yes and with approval": ([may(YES), may(BY_VP)], ["permission-differs"]),
    "a kind of role": ([may(YES, "10 or less"), may(NO, "5 to 15", role="inside")], ["permission-differs"]),
    "a hole in one segment": (
        [may(YES, "10 or less"), may(BY_VP, "11 to 21", more=", segment: smb"), may(BY_CFO, "21 or more")],
        ["permission-gap"],
    ),
    "an unread condition is no contradiction": ([may(YES, "10 or less"), may(NO, "many")], ["bad-condition"]),
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_fine_is_not_reported(name: str, tmp_path: Path) -> None:
    assert slugs(tmp_path, *FINE[name]) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_reported_once(name: str, tmp_path: Path) -> None:
    permissions, expected = WRONG[name]
    assert slugs(tmp_path, *permissions) == expected
