"""Models in memory for the tests of loading: files as text, loaded and checked as `rolecall check` does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.load import Loaded, guidance_folder, load_company
from bot.problems import Problem, format_github, format_json, format_problem, in_order
from bot.resolve import prepare_rules

TODAY = date(2026, 11, 22)
COMPANY = """company: Acme
currency: USD
segments:
  smb: {name: SMB, when: {arr: under 50k}}
  mid-market: {name: Mid-Market, aka: [MM], when: {arr: 50k to 250k}}
  enterprise: {name: Enterprise, when: {arr: 250k or more}}
roles:
  csm: {name: Customer Success Manager, job: csm}
  ae: {name: Account Executive, job: account-executive, aka: [rep]}
  am: {name: Account Manager}
  digital-csm: {name: Digital CSM}
teams:
  revops: {name: RevOps, channel: "#revops"}
  deal-desk: {name: Deal Desk}
"""
RENEWAL = """- id: renewal
  of: renew
  own: am
  support: [csm]
  because: Whoever holds the account holds the number.
  kept-by: revops
  verified: {on: 2026-09-01, by: revops}
  steps:
    quote: {own: deal-desk, start: 90 days before renewal}
  except:
    - when: {segment: smb, arr: under 20k}
      own: digital-csm
    - when: {segment: enterprise}
      co-own: [ae, csm]
      lead: ae
  examples:
    - {given: {segment: smb, arr: 10k}, own: digital-csm}
"""
UPSELL = """- id: upsell
  of: upsell
  own: ae
  kept-by: revops
  verified: {on: 2026-09-01, by: revops}
- id: upsell-near-renewal
  of: upsell
  when: {days-to-renewal: 60 days or less}
  own: {as: renew}
  kept-by: revops
  verified: {on: 2026-09-01, by: revops}
"""
SMALL = {"company.yaml": COMPANY, "rules/renewal.yaml": RENEWAL, "rules/upsell.yaml": UPSELL}


def load(files: Mapping[str, str | bytes]) -> tuple[Loaded, list[Problem]]:
    """The files as a company, and everything wrong with them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "model"
        root.mkdir()
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", errors="replace"))
        loaded = load_company(root, guidance_folder(), TODAY)
        _, problems = prepare_rules(loaded.company, loaded.today)
        return loaded, in_order([*loaded.problems, *problems])


def problems_of(files: Mapping[str, str | bytes]) -> list[Problem]:
    return load(files)[1]


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The small model with one change."""
    assert old in SMALL[file]
    return {**SMALL, file: SMALL[file].replace(old, new, 1)}


def assert_well_said(files: Mapping[str, str | bytes]) -> None:
    """Loading never raises, and every problem has an address and a remedy, in words, in every format."""
    loaded, problems = load(files)
    for found in problems:
        assert found.place.path
        assert found.place.line >= 1
        assert found.place.column >= 1
        assert all((found.slug, found.what, found.expected, found.fix))
        text = format_problem(found, loaded.sources)
        assert all(c.isprintable() or c == "\n" or ord(c) > 127 for c in text)
        said = f"{found.what} {found.expected} {found.fix}"
        assert not any(word in said for word in ("NoneType", "<class", "Traceback", "pydantic"))
        assert "\n" not in format_github(found)
    format_json(problems).encode("utf-8")
