"""Small random models: as plain descriptions for the reference, and as YAML for the real loader."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.load import load_company
from bot.load.build import Loaded

TODAY = date(2026, 6, 1)
SUBJECTS = ("renew", "land", "account")
ROLES = ("ae", "csm", "desk")
GUIDANCE = {
    "attributes.yaml": {
        "segment": {"kind": "enum"},
        "handling": {"kind": "enum", "values": ["auto", "manual"]},
        "arr": {"kind": "money", "name": "ARR"},
        "partner": {"kind": "yes-no", "assume": "no"},
    },
    "motions.yaml": {"renew": {}, "land": {}},
    "activities.yaml": {"account": {}},
    "positions.yaml": {"account-owner": {"owner-of": "account"}},
    "steps.yaml": {"quote": {}},
    "jobs.yaml": {"renewal": {"owns": ["renewals"], "sources": ["paper"]}},
    "sources.yaml": {"paper": {"cite": "a paper", "grade": "published"}},
    "archetypes.yaml": {
        "renewer": {
            "job": "renewal",
            "means": "renews",
            "does": ["renews"],
            "sources": ["paper"],
            "cells": {"renew": {"part": "own", "stated": "yes", "sources": ["paper"]}},
        }
    },
}
COMPANY = {
    "company": "Test",
    "roles": {"ae": {}, "csm": {}, "desk": {}},
    "segments": {"smb": {}, "mid": {}, "ent": {}},
    "assume": {"handling": "manual"},
}
POINTS = {
    "segment": ("smb", "mid", "ent"),
    "handling": ("auto", "manual"),
    "arr": ("10k", "20k", "90k"),
    "partner": ("yes", "no"),
}
ARR = {
    "under 20k": ("10k",),
    "20k to 50k": ("20k",),
    "50k or more": ("90k",),
    "under 50k": ("10k", "20k"),
    "20k or more": ("20k", "90k"),
}
DAYS = tuple(date(2026, month, 1) for month in (4, 8))
Point = tuple[str, ...]
NAMES = tuple(POINTS)
ALL_POINTS: tuple[Point, ...] = tuple(product(*POINTS.values()))


@dataclass
class Body:
    """A rule's body or an exception: what it says by key, under which condition."""

    says: dict[str, Any]
    when: dict[str, Any] = field(default_factory=dict)
    exceptions: list[Body] = field(default_factory=list)


@dataclass
class Spec:
    """One version of a rule."""

    id: str
    subject: str
    body: Body
    over: list[str] = field(default_factory=list)
    starts: date | None = None
    until: date | None = None


@dataclass
class Model:
    """Rules, and whether a role has the archetype that owns renewals."""

    rules: list[Spec]
    derived: bool = False


def allows(name: str, written: Any, value: str) -> bool:
    """Whether a written condition on one attribute allows a value."""
    if isinstance(written, list):
        return any(allows(name, each, value) for each in written)
    if name == "arr":
        return value in ARR[written]
    return value != written[4:] if written.startswith("not ") else value == written


def holds(when: dict[str, Any], point: Point) -> bool:
    """Whether a `when:` holds at a point."""
    known = dict(zip(NAMES, point, strict=True))
    return all(
        any(holds(each, point) for each in written) if name == "any" else allows(name, written, known[name])
        for name, written in when.items()
    )


def without_contradictions(body: Body, around: tuple[Point, ...] = ALL_POINTS) -> Body:
    """The body without exceptions that contradict what is around them; the loader refuses those."""
    here = tuple(point for point in around if holds(body.when, point))
    kept = [each for each in body.exceptions if any(holds(each.when, point) for point in here)]
    return Body(body.says, body.when, [without_contradictions(each, here) for each in kept])


conditions_on = {
    "segment": st.sampled_from(["smb", "mid", "ent", "not smb", ["smb", "ent"], ["smb", "mid", "ent"]]),
    "handling": st.sampled_from(["auto", "not auto"]),
    "arr": st.sampled_from([*ARR, ["under 20k", "50k or more"]]),
    "partner": st.sampled_from(["yes", "no"]),
}


@st.composite
def conditions(draw: st.DrawFn, least: int = 1) -> dict[str, Any]:
    """A `when:` on a few attributes, sometimes with alternatives."""
    names = draw(st.lists(st.sampled_from(sorted(conditions_on)), min_size=least, max_size=2, unique=True))
    when = {name: draw(conditions_on[name]) for name in names}
    if draw(st.integers(0, 5)) == 0:
        first, second = draw(st.lists(st.sampled_from(sorted(conditions_on)), min_size=2, max_size=2))
        when["any"] = [{first: draw(conditions_on[first])}, {second: draw(conditions_on[second])}]
    return when


rulings = st.one_of(
    st.sampled_from([*ROLES, "nobody", "undefined"]),
    st.sampled_from(ROLES),
    st.sampled_from([*SUBJECTS, "renew.quote"]).map(lambda subject: {"as": subject}),
)
owners = st.one_of(rulings, rulings, st.just("account-owner"))


@st.composite
def bodies(draw: st.DrawFn, depth: int, *, conditional: bool) -> Body:
    """A body with at least one key, and exceptions down to some depth."""
    keys = draw(st.lists(st.sampled_from(["own", "own", "support", "quote.own"]), min_size=1, max_size=2, unique=True))
    says = {key: draw(owners if key == "own" else rulings) for key in keys}
    when = draw(conditions(least=1 if conditional else 0).filter(lambda when: any(holds(when, point) for point in ALL_POINTS)))
    exceptions = draw(st.lists(bodies(depth - 1, conditional=True), max_size=2)) if depth else []
    return Body(says, when, exceptions)


@st.composite
def models(draw: st.DrawFn, *, settled: bool = False, dated: bool = True, most: int = 5) -> Model:
    """A model; a settled one has no two rules without a winner, because each is over all those after it."""
    rules: list[Spec] = []
    subjects = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=most))
    for number, subject in enumerate(subjects):
        rule = Spec(f"r{number}", subject, without_contradictions(draw(bodies(2, conditional=False))))
        rule.over = [f"r{later}" for later in range(number + 1, len(subjects)) if settled or draw(st.integers(0, 3)) == 0]
        if dated and draw(st.integers(0, 3)) == 0:
            rule.starts = draw(st.sampled_from(DAYS))
        if dated and draw(st.integers(0, 7)) == 0:
            rule.until = draw(st.sampled_from([day for day in DAYS if not rule.starts or day >= rule.starts]))
        rules.append(rule)
        if dated and draw(st.integers(0, 5)) == 0:
            later = draw(st.sampled_from([day for day in DAYS if day != rule.starts]))
            rules.append(Spec(rule.id, subject, without_contradictions(draw(bodies(1, conditional=False))), rule.over, later))
    known = {rule.id for rule in rules}
    for rule in rules:
        rule.over = [id for id in rule.over if id in known]
    return Model(rules, derived=draw(st.integers(0, 3)) == 0)


def body_as_yaml(body: Body) -> dict[str, Any]:
    """A body as it stands in a file."""
    plain: dict[str, Any] = {key: value for key, value in body.says.items() if "." not in key}
    steps = {key.split(".")[0]: {"own": value} for key, value in body.says.items() if "." in key}
    if steps:
        plain["steps"] = steps
    if body.when:
        plain["when"] = body.when
    if body.exceptions:
        plain["except"] = [body_as_yaml(exception) for exception in body.exceptions]
    return plain


def rule_as_yaml(rule: Spec) -> dict[str, Any]:
    """A rule as it stands in a file."""
    plain = {"id": rule.id, "of": rule.subject, **body_as_yaml(rule.body)}
    if rule.over:
        plain["over"] = rule.over
    if rule.starts:
        plain["from"] = rule.starts.isoformat()
    if rule.until:
        plain["until"] = rule.until.isoformat()
    return plain


def files_of(model: Model, order: Sequence[int] | None = None, files: int = 1) -> dict[str, Any]:
    """The model's files, its rules in some order and dealt out over several files."""
    company: dict[str, Any] = {**COMPANY, "roles": {**COMPANY["roles"]}}  # type: ignore[dict-item]
    if model.derived:
        company["roles"]["csm"] = {"archetype": "renewer"}
    found: dict[str, Any] = {"company.yaml": company}
    for place, number in enumerate(order or range(len(model.rules))):
        found.setdefault(f"rules/{'zyx'[place % files]}.yaml", []).append(rule_as_yaml(model.rules[number]))
    return found


def load(files: dict[str, Any], today: date = TODAY) -> Loaded:
    """The company of these files, through the real loader, over a small guidance."""
    with tempfile.TemporaryDirectory() as folder:
        for root, contents in ((Path(folder, "model"), files), (Path(folder, "guidance"), GUIDANCE)):
            for path, content in contents.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(content if isinstance(content, str) else json.dumps(content, indent=1))
        return load_company(Path(folder, "model"), Path(folder, "guidance"), today)
