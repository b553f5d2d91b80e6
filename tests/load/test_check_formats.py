"""`rolecall check` for people, editors and GitHub; what it leaves with; and text from files that cannot steer what reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.problems import Place, format_github, format_problem, in_order, problem

BROKEN = "company: Acme\nroles:\n  csm: {nme: CSM}\nrules:\n  - {id: small, of: renew, own: cms}\n"
HOLE = """company: Acme
roles: {csm: {}}
segments: {smb: {}, big: {}}
rules:
  - {id: small, of: renew, when: {segment: smb}, own: csm}
"""


def check(folder: Path, text: str, *options: str) -> tuple[str, int]:
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(folder), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output, done.exit_code


def test_text_has_an_address_a_caret_what_is_expected_and_a_fix(tmp_path: Path) -> None:
    text, code = check(tmp_path, BROKEN)
    assert code == 1
    assert "company.yaml:3:9: error: there is no key" in text
    assert "    3 |   csm: {nme: CSM}\n      |         ^^^\n" in text
    assert text.endswith("Acme: 2 errors, 0 warnings in 1 rule.\n")


def test_json_has_everything(tmp_path: Path) -> None:
    text, code = check(tmp_path, BROKEN, "--format", "json")
    assert code == 1
    found = json.loads(text)
    assert [each["slug"] for each in found] == ["unknown-key", "unknown-party"]
    assert set(found[0]) == {"path", "line", "column", "severity", "slug", "what", "expected", "fix", "also"}
    assert (found[0]["path"], found[0]["line"], found[0]["column"], found[0]["severity"]) == ("company.yaml", 3, 9, "error")


def test_github_has_an_annotation_a_line(tmp_path: Path) -> None:
    text, code = check(tmp_path, BROKEN, "--format", "github")
    assert code == 1
    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=company.yaml,line=3,col=9,title=unknown-key::")


@pytest.mark.parametrize(("options", "severity", "code"), [((), "warning", 0), (("--strict",), "error", 1)])
def test_strict_counts_warnings_as_errors(tmp_path: Path, options: tuple[str, ...], severity: str, code: int) -> None:
    text, left = check(tmp_path, HOLE, "--format", "json", *options)
    assert left == code
    assert [(each["slug"], each["severity"]) for each in json.loads(text)] == [("hole", severity)]


def test_a_folder_that_does_not_exist_is_said_so() -> None:
    done = CliRunner().invoke(main, ["check", "no-such-folder"])
    assert done.exit_code == 2
    assert 'no folder "no-such-folder"' in done.output


def test_problems_are_sorted_and_told_once() -> None:
    late = problem("hole", Place("b.yaml", 2), "w", expected="e", fix="f")
    early = problem("hole", Place("a.yaml", 9), "w", expected="e", fix="f")
    assert in_order([late, early, late]) == [early, late]


def test_files_cannot_steer_a_terminal_or_a_log() -> None:
    found = problem("hole", Place("a,b:c\n.yaml"), "what\x1b[31m \u202e\n::error::x", expected="e", fix="f")
    assert format_github(found).count("\n") == 0
    assert format_github(found).startswith("::warning file=a%2Cb%3Ac%0A.yaml,line=1")
    shown = format_problem(found, {"a,b:c\n.yaml": "x\x1b[0m"})
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("line", "column", "width", "caret"),
    [("ab cd", 4, 2, "   ^^"), ("日本 cd", 4, 2, "     ^^"), ("🎉: x", 1, 1, "^^"), ("é́ x", 4, 1, "  ^")],
)
def test_the_caret_stands_under_the_word(line: str, column: int, width: int, caret: str) -> None:
    found = problem("hole", Place("a.yaml", 1, column, width), "w", expected="e", fix="f")
    assert format_problem(found, {"a.yaml": line}).splitlines()[2] == f"      | {caret}"


def test_a_long_line_is_shown_around_the_word() -> None:
    line = "x" * 1000 + "HERE" + "y" * 1000
    found = problem("hole", Place("a.yaml", 1, 1001, 4), "w", expected="e", fix="f")
    _, shown, caret, *_ = format_problem(found, {"a.yaml": line}).splitlines()
    assert len(shown) < 200
    start = caret.index("^")
    assert shown[start : start + 4] == "HERE"
    assert caret.count("^") == 4
