"""Companies for the tests of Slack's views: the examples, one whose every name is markup, and one that is far too large."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from opened import TODAY, open_company

from bot.load import guidance_folder, load_company, load_shipped
from bot.pipeline import Engine, open_engine
from bot.slack.views.here import Here

HOSTILE = "<!channel> *b* <@U123456> {{ 7*7 }} & `x` @here"


def engine_of(model: dict[str, Any]) -> Engine:
    """The engine of a model that is written as values."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "model.yaml"
        root.write_text(json.dumps(model, ensure_ascii=True), encoding="utf-8")
        loaded = load_company(root, guidance_folder(), TODAY)
    engine, problems = open_engine(loaded, load_shipped())
    assert not [found for found in problems if found.severity == "error"], problems
    return engine


@cache
def here_at(name: str, day: date = TODAY) -> Here:
    """What everybody may see of a company."""
    made = {"hostile": hostile, "huge": huge}
    return Here(engine_of(made[name]()) if name in made else open_company(name), day)


def hostile() -> dict[str, Any]:
    """Names, reasons and conditions that are markup."""
    return {
        "company": f"Evil {HOSTILE}",
        "segments": {"smb": {"name": f"S {HOSTILE}"}, "ent": {"name": "E <https://evil.example|wiki>"}},
        "roles": {"ae": {"name": f"AE {HOSTILE}", "aka": ["seller"]}, "csm": {"name": "CSM \u202e*x*"}},
        "teams": {"revops": {"name": f"Ops {HOSTILE}", "channel": "<!channel>"}},
        "boundaries": [{"id": "b", "role": "csm", "not": f"sell {HOSTILE}", "instead": "ae", "kept-by": "revops"}],
        "rules": [
            {
                "id": "renewal",
                "of": "renew",
                "own": "ae",
                "support": ["csm"],
                "because": HOSTILE,
                "kept-by": "revops",
                "from": "2026-11-01",
                "steps": {"quote": {"name": f"q {HOSTILE}", "own": "csm", "start": "90 days before renewal"}},
                "except": [{"when": {"segment": "smb"}, "own": "csm"}],
            }
        ],
    }


def huge() -> dict[str, Any]:
    """More segments, roles, subjects and cases than any view holds, with long names."""
    segments = {f"segment-{number}": {"name": f"Segment number {number} with a name that goes on"} for number in range(130)}
    roles = {f"role-{number}": {"name": f"Role number {number} with a title that nobody reads to its end"} for number in range(120)}
    activities = {f"activity-{number}": {"name": f"Activity number {number}", "aka": [f"act{number}"]} for number in range(180)}
    rules = [
        {
            "id": f"rule-{number}",
            "of": f"activity-{number}",
            "own": f"role-{number % 120}",
            "support": [f"role-{(number + 7) % 120}", f"role-{(number + 11) % 120}"],
            "except": [{"when": {"segment": f"segment-{case}"}, "own": f"role-{(number + case) % 120}"} for case in range(1, 4)],
        }
        for number in range(180)
    ]
    return {"company": "Huge", "segments": segments, "roles": roles, "activities": activities, "rules": rules}
