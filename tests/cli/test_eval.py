"""`rolecall eval`: labelled questions in, figures out; every mistake in the files is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.eval import progress

FILE = """company: start-up
questions:
- {q: who owns renewal?, from: seller, intent: who, style: terse, expect: answered, roles: [ae]}
- {q: who owns upsell?, from: csm, intent: who, style: [plain, terse], expect: answered, roles: [csm]}
- {q: what is the weather, from: csm, intent: declined, group: far, expect: declined}
conversations:
- from: manager
  turns:
  - {q: who owns renewal?, intent: who, expect: answered, roles: [ae]}
  - {q: why?, expect: answered, says: [adoption]}
"""

FIGURES = '{"asked": 1e999, "confident-wrong": {"count": 1}, "in scope": {"asked": 1, "right": {"count": 1}}, "out of scope": {}}'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ROLECALL_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "asked.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path / "asked.yaml"


def evaluate(*arguments: object) -> Result:
    done = CliRunner().invoke(main, ["eval", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_figures_are_counts_shares_and_intervals_and_name_no_question(file: Path) -> None:
    said = evaluate(file)

    assert said.exit_code == 0
    assert "5 questions asked, 1 conversation among them." in said.stdout
    assert "  confident-wrong            1   25.0%    4.6% to 69.9%" in said.stdout
    assert "failed at: resolve 1" in said.stdout
    assert "upsell" not in said.stdout
    assert said.stderr == ""


def test_what_failed_is_listed_on_demand(file: Path) -> None:
    wrong, every = evaluate(file, "--show", "wrong").stdout, evaluate(file, "--show", "all").stdout

    assert "asked.yaml:4: confident-wrong at resolve: who owns upsell?\n  lacking: roles csm\n  got: answered who (ae): " in wrong
    assert "renewal?" not in every


def test_json_has_the_same_figures(file: Path) -> None:
    said = json.loads(evaluate(file, "--json").stdout)

    assert said["asked"] == 5
    assert said["in scope"]["right"] == {"count": 3, "share": 0.75, "interval": [0.3006, 0.9544]}
    assert said["conversations"]["right throughout"]["count"] == 1
    assert said["by"]["asker"]["csm"]["confident-wrong"]["count"] == 1
    assert "questions" not in said
    assert [each["stage"] for each in json.loads(evaluate(file, "--json", "--show", "all").stdout)["questions"]] == ["resolve"]


def test_a_baseline_fails_when_more_is_confident_wrong_and_only_then(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "baseline.json"
    evaluate(file, "--write-baseline", kept)
    same = evaluate(file, "--baseline", kept)
    file.write_text(FILE.replace("roles: [ae]}", "roles: [csm]}", 1), encoding="utf-8")
    worse = evaluate(file, "--baseline", kept)
    file.write_text(FILE.replace("roles: [csm]", "roles: [ae]"), encoding="utf-8")
    better = evaluate(file, "--baseline", kept)

    assert (same.exit_code, worse.exit_code, better.exit_code) == (0, 1, 0)
    assert "confident-wrong: 2 of 5 (40.0%), 1 of 5 (20.0%) in the baseline" in worse.stdout
    assert worse.stderr == "More answers are confident-wrong than in the baseline.\n"


def test_a_baseline_of_other_questions_is_compared_by_shares(file: Path, tmp_path: Path) -> None:
    evaluate(file, "--write-baseline", tmp_path / "baseline.json")
    file.write_text(FILE.partition("conversations:")[0], encoding="utf-8")

    said = evaluate(file, "--baseline", tmp_path / "baseline.json")

    assert "The baseline is of other questions: 5 then, 3 now; shares are compared." in said.stdout
    assert said.exit_code == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"asked": "many"}', "no figures", "[" * 100_000, FIGURES])
def test_a_file_without_figures_is_no_baseline(file: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")

    said = evaluate(file, "--baseline", tmp_path / "baseline.json")

    assert said.exit_code == 2
    assert "holds no figures.\nWrite them with `rolecall eval FILE... --write-baseline" in said.stderr


def test_files_that_are_not_there_or_cannot_be_written_are_told(file: Path, tmp_path: Path) -> None:
    assert "cannot be read" in evaluate(tmp_path / "nowhere.yaml").stderr
    assert "cannot be read: No such file" in evaluate(file, "--baseline", tmp_path / "nowhere.json").stderr
    assert "cannot be written" in evaluate(file, "--write-baseline", tmp_path / "no" / "such.json").stderr
    assert "Which questions?" in evaluate().stderr
    (tmp_path / "empty").mkdir()
    assert "there is no file of questions in this folder" in evaluate(tmp_path / "empty").stderr


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "expect: answered, roles: [csm]",
            "expect: answerd",
            'asked.yaml:4:80: error: "answerd" is not one of the allowed words [bad-value]',
        ),
        ("expect: answered, roles: [csm]", "roles: [csm]", '"expect" is missing here [missing-key]'),
        ("intent: who, style: terse,", "style: terse,", '"intent" is missing here [missing-key]'),
        ("roles: [csm]", "roles: [cms]", 'there is no role, team or position "cms" in the company asked [unknown-party]'),
        ("intent: who, style: terse", "intent: whom, style: terse", 'there is no intent "whom" in the company asked [unknown-name]'),
        ("from: manager", "from: manager\n  segment: smallish", 'there is no segment "smallish" in the company asked [unknown-value]'),
        ("from: manager", "from: boss", '"boss" is not one of the allowed words [bad-value]'),
        ("company: start-up", "company: star-up", 'there is no company "star-up" [unknown-name]'),
        ("roles: [csm]", "role: [csm]", 'there is no key "role" here [unknown-key]'),
        ("roles: [csm]", "roles: [csm], group: near", "only what has to be refused is in a group [bad-value]"),
        (FILE, "company: none\n", "no question is asked here [missing-key]"),
        (FILE, "- q: who", "a list stands where an entry belongs [wrong-type]"),
        (FILE, "questions: {", "[not-yaml]"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place_and_the_remedy(file: Path, before: str, after: str, told: str) -> None:
    file.write_text(FILE.replace(before, after, 1), encoding="utf-8")

    said = evaluate(file)

    assert said.exit_code == 2
    assert told in said.stderr
    assert said.stderr.count("  expected: ") == said.stderr.count("  fix: ") == 1
    assert "1 problem in the labelled questions, so none was asked." in said.stderr
    assert said.stdout == ""


def test_questions_may_be_of_a_model_beside_them_or_of_the_one_given(file: Path, tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "company.yaml").write_text("company: Acme\nroles:\n  ae: {name: AE, job: account-executive}\n", encoding="utf-8")
    file.write_text(FILE.replace("start-up", "acme").replace("[csm]", "[ae]"), encoding="utf-8")

    assert "5 questions asked" in evaluate(file).stdout
    file.write_text(FILE.replace("start-up", "nobody-knows"), encoding="utf-8")
    assert "5 questions asked" in evaluate(file, "--company", "start-up").stdout


def test_slips_are_put_into_every_question(file: Path) -> None:
    said = evaluate(file, "--typos", 3, "--show", "all").stdout

    assert "each with one or two slips of the keyboard (seed 3)." in said


def test_progress_is_told_to_whoever_watches_and_to_nobody_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(progress(range(25), 25)) == list(range(25))
    assert capsys.readouterr().err == ""

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(progress(range(25), 25)) == list(range(25))
    assert capsys.readouterr().err == "\r10 of 25 questions\r20 of 25 questions\r25 of 25 questions\n"


def test_what_would_have_a_question_answered_is_told_under_it(file: Path) -> None:
    file.write_text(FILE.replace("who owns upsell?", "who frobnicates the discount?"), encoding="utf-8")

    assert '  try: if "frobnicates" says the same as "own": add ' in evaluate(file, "--show", "all").stdout
    assert json.loads(evaluate(file, "--show", "all", "--json").stdout)["questions"][0]["suggestion"].startswith('if "frobnicates" says')
