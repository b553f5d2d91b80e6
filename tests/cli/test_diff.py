"""What `rolecall diff` tells: the answers that change, exactly where, and what changes besides; also for large models."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.diff import COMPARED
from bot.compare import compare
from bot.domain.regions import INFINITE, Values
from bot.load import guidance_folder, load_company
from bot.resolve import RuleBook, prepare_rules
from bot.resolve.decide import Moment, decide

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.resolve import BANDS, COUNTRIES, HANDLINGS, SEGMENTS, make_model

TODAY = date(2026, 6, 1)
BASE = """company: A
roles: {ae: {}, csm: {archetype: adopt}}
attributes: {employees: {kind: count}}
segments:
  small: {when: {employees: under 100}}
  big: {when: {employees: 50 or more}}
rules: [{id: r, of: renew, own: ae, except: [{when: {segment: small}, own: csm}]}]
"""


def diff(folder: Path, one: str, two: str) -> str:
    for name, text in (("one.yaml", one), ("two.yaml", two)):
        (folder / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", str(folder / "one.yaml"), str(folder / "two.yaml")], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("under 100", "under 80", "  segments small: employees 99 or less -> employees 79 or less\n"),
        ("big: {when: {employees: 50 or more}}", "big: {name: Big}", "  segments big: employees 50 or more -> no definition\n"),
        ("roles: {ae: {}, ", "roles: {ae: {}, am: {}, ", "  roles am: added\n"),
        ("archetype: adopt}", "archetype: adopt-and-renew}", "  roles csm: archetype adopt -> adopt-and-renew\n"),
        (
            "  small: {when: {employees: under 100}}\n  big: {when: {employees: 50 or more}}\n",
            "  big: {when: {employees: 50 or more}}\n  small: {when: {employees: under 100}}\n",
            "  segments big: before small now, where both hold (employees 50 to under 100)\n",
        ),
    ],
)
def test_what_changes_besides_is_told(old: str, new: str, expected: str, tmp_path: Path) -> None:
    assert old in BASE

    said = diff(tmp_path, BASE, BASE.replace(old, new))

    assert "also\n" in said
    assert expected in said


def test_a_definition_in_other_words_is_no_change(tmp_path: Path) -> None:
    assert diff(tmp_path, BASE, BASE.replace("under 100", "99 or less")) == f"No answer changes.\n\n{COMPARED}\n"


def test_the_order_of_segments_that_share_no_customer_is_no_change(tmp_path: Path) -> None:
    apart = BASE.replace("50 or more", "100 or more")
    turned = apart.replace("  small: {when: {employees: under 100}}\n", "").replace(
        "rules:", "  small: {when: {employees: under 100}}\nrules:"
    )

    assert diff(tmp_path, apart, turned) == f"No answer changes.\n\n{COMPARED}\n"


def write(files: dict[str, object], folder: Path) -> RuleBook:
    """The book of a generated model."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(content), encoding="utf-8")
    return prepare_rules(load_company(folder, guidance_folder(), TODAY).company, TODAY)[0]


def make_tangle(count: int, chance: random.Random) -> dict[str, object]:
    """A generated model in which each rule is on three of five attributes, so that most rules meet most others."""
    files = make_model(count)
    for path, rules in files.items():
        for rule in rules if path.startswith("rules/") else ():
            if "when" in rule:
                facts = {
                    "country": chance.sample(COUNTRIES, 20),
                    "segment": chance.sample(SEGMENTS, 2),
                    "handling": chance.choice(HANDLINGS),
                    "arr": chance.choice(BANDS),
                    "partner-led": "yes",
                }
                rule["when"] = {name: facts[name] for name in chance.sample(sorted(facts), 3)}
                rule["over"] = [each["id"] for each in rules if "when" in each and int(each["id"][5:]) < int(rule["id"][5:])]
                del rule["except"]
    return files


def change_some(files: dict[str, object], chance: random.Random) -> dict[str, object]:
    """The same model with another owner here and there."""
    changed = json.loads(json.dumps(files))
    for path, rules in changed.items():
        for rule in rules if path.startswith("rules/") else ():
            if chance.random() < 0.1:
                rule["own"] = "partner-manager"
    return changed  # type: ignore[no-any-return]


def test_large_models_are_compared_in_seconds(tmp_path: Path) -> None:
    files = make_tangle(200, random.Random(1))
    before = write(files, tmp_path / "before")
    after = write(change_some(files, random.Random(2)), tmp_path / "after")

    started = time.process_time()
    found = compare(before, after, TODAY.toordinal())

    assert found.differences
    assert time.process_time() - started < 10


def test_a_difference_is_told_where_the_answers_differ_and_nowhere_else(tmp_path: Path) -> None:
    files = make_tangle(48, random.Random(3))
    before = write(files, tmp_path / "before")
    after = write(change_some(files, random.Random(4)), tmp_path / "after")
    told = {(each.subject, each.key) for each in compare(before, after, TODAY.toordinal()).differences}
    chance, moment = random.Random(5), Moment(TODAY.toordinal())

    for subject, key in dict.fromkeys((*before.tables, *after.tables)):
        for _ in range(40):
            box = {name: one_of(values, chance) for name, values in before.company.domains.items()}
            answers = {decide(book, subject, key, box, moment)[0].sense for book in (before, after)}
            assert len(answers) == 1 or (subject, key) in told


def one_of(values: Values, chance: random.Random) -> Values:
    """One value."""
    if isinstance(values, frozenset):
        return frozenset({chance.choice(sorted(values))})
    low, high = values[0]
    one = chance.randint(low, min(high - 1, low + 20_000_000)) if high <= INFINITE else low
    return ((one, one + 1),)


def test_what_is_assumed_and_the_currency_show(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    text = "company: A\nroles: {ae: {}, csm: {}}\nrules: [{id: r, of: renew, own: ae, except: [{when: {health: red}, own: csm}]}]\n"
    one.write_text(text, encoding="utf-8")
    two.write_text(text + "assume: {health: red}\ncurrency: EUR\n", encoding="utf-8")

    said = CliRunner().invoke(main, ["diff", str(one), str(two)]).output

    assert "assume health: green -> red" in said
    assert "currency all amounts: USD -> EUR" in said
