"""What other tools rely on: commands, options, the JSON of an answer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, main
from bot.cli.diff import COMPARED
from bot.load import example_folder, example_names

KEYS = ["question", "outcome", "intent", "slots", "result", "rule", "faq", "basis", "text", "sources", "confidence", "micros"]
OUTCOMES = {"answered", "depends", "ask-back", "not-defined", "not-allowed", "declined", "not-understood"}
ACME = str(Path(__file__).resolve().parent.parent / "companies" / "acme")


@pytest.fixture(autouse=True)
def no_company_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ROLECALL_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)


def rolecall(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=typed, catch_exceptions=False)


def test_an_answer_in_json_has_exactly_the_agreed_keys() -> None:
    said = json.loads(rolecall("ask", "who owns renewal?", "--company", "five-lines", "--json").stdout)

    assert list(said) == KEYS
    assert said["outcome"] == "answered"
    assert said["intent"] == "who"
    assert said["result"] == {"kind": "own", "roles": ["csm"], "part": "own", "lead": None}
    assert said["basis"] == "derived"
    assert said["slots"]["motion"] == ["renew"]
    assert isinstance(said["micros"], int)


def test_a_batch_answers_a_line_a_line_in_order_and_threads_follow_up() -> None:
    lines = [
        "who owns renewal for smb?",
        json.dumps({"question": "who owns renewal?", "thread": "a", "segment": "enterprise"}),
        json.dumps({"question": "who owns adoption?", "thread": "b"}),
        json.dumps({"question": "and for smb?", "thread": "a"}),
        "",
        '{"broken',
        json.dumps({"question": "who owns renewal?", "segment": "no such segment"}),
        json.dumps({"question": "who owns renewal?", "as_of": "yesterday"}),
    ]

    done = rolecall("ask", "--batch", "-", "--json", "--company", "gitlab-fy24", typed="\n".join(lines) + "\n")
    said = [json.loads(line) for line in done.stdout.splitlines()]

    assert len(said) == len(lines)
    assert all(list(each) == KEYS and each["outcome"] in OUTCOMES for each in said)
    assert said[0]["result"]["roles"] == ["ae"]
    assert said[1]["result"]["roles"] == ["sal"]
    assert said[3]["slots"]["motion"] == ["renew"]
    assert said[3]["result"]["roles"] == ["ae"]
    assert said[4]["outcome"] == "not-understood"
    assert said[5]["question"] == '{"broken'
    assert "There is no segment" in said[6]["text"]
    assert "is not a date" in said[7]["text"]


def test_no_word_of_python_reaches_a_person_who_mistypes() -> None:
    for arguments, expected in [
        (("ask",), "What do you want to know?"),
        (("ask", "who owns renewal?", "--company", "nowhere"), 'There is no folder "nowhere"'),
        (("ask", "who owns renewal?", "--as-of", "soon", "--company", ACME), "is not a date"),
        (("ask", "who owns renewal?", "--segment", "smbb", "--company", ACME), "did you mean"),
        (("ask", "is this mine?", "--as", "wizard", "--company", ACME), 'There is no role "wizard"'),
        (("sheet", "--motion", "renwal", "--company", ACME), 'There is no motion "renwal"'),
        (("sheet", "--role", "wizard", "--company", ACME), 'There is no role "wizard"'),
        (("init", ".."), "is not empty"),
        (("init", "new", "--from", "nothing"), "There is no example"),
        (("check", "nowhere"), 'There is no folder "nowhere"'),
        (("ask", "who owns renewal?", "--model", "2020-01-01", "--company", "five-lines"), "The model did not exist yet"),
        (("ask", "who owns renewal?", "--model", "long ago", "--company", "five-lines"), "neither a date"),
    ]:
        done = rolecall(*arguments)
        assert done.exit_code != 0
        assert expected in done.stderr, (arguments, done.stderr)
        assert "Traceback" not in done.output


def test_the_question_is_answered_whatever_is_typed() -> None:
    for text in [
        "",
        "?",
        "who owns " + "renewal " * 2000,
        "👩‍💻🔥",
        "من يملك التجديد؟",
        "\x00\x07",
        "{{ 7*7 }} {% raw %}",
        "<!channel> who owns renewal",
        "'" * 300,
    ]:
        done = rolecall("ask", text, "--company", ACME, "--json")
        said = json.loads(done.stdout)
        assert said["outcome"] in OUTCOMES
        assert said["text"]
        assert "<!channel>" not in said["text"]
        assert "49" not in said["text"]


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_the_sheet_comes_in_every_format(form: str) -> None:
    done = rolecall("sheet", "--company", ACME, "--segment", "smb", "--format", form)

    assert done.exit_code == 0
    assert "enewal" in done.stdout
    if form == "json":
        assert json.loads(done.stdout)["rows"]


def test_diff_shows_the_answers_that_change_and_where(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    rule = "  - id: r\n    of: renew\n    own: ae\n    except:\n      - {when: {arr: under 50k}, own: csm}\n"
    text = f"company: A\nroles: {{ae: {{}}, csm: {{}}}}\nrules:\n{rule}"
    one.write_text(text, encoding="utf-8")
    two.write_text(text.replace("50k", "80k"), encoding="utf-8")

    same = rolecall("diff", str(one), str(one))
    changed = rolecall("diff", str(one), str(two))

    assert same.stdout == f"No answer changes.\n\n{COMPARED}\n"
    assert changed.stdout == f"renewal\n  ARR $50k to under $80k: the AE -> the CSM\n\n{COMPARED}\n"


def test_init_writes_a_valid_model_from_answers_and_from_defaults(tmp_path: Path) -> None:
    typed = 'Foo & "Co"\neur\nAccount Executive, Account Manager, Customer Success Manager\n1\n-\nae\nam\nae + am\n?\n'

    answered = rolecall("init", "answered", typed=typed)
    default = rolecall("init", "default", typed="")

    assert answered.exit_code == 0, answered.output
    assert default.exit_code == 0
    for model in ("answered", "default"):
        checked = rolecall("check", model, "--strict")
        assert checked.exit_code == 0, checked.stdout


def test_an_example_copied_by_init_is_valid_and_an_occupied_folder_is_left_alone(tmp_path: Path) -> None:
    rolecall("init", "mine", "--from", "start-up")

    assert rolecall("check", "mine").exit_code == 0
    again = rolecall("init", "mine")
    assert again.exit_code == 2
    assert "not empty" in again.stderr


def test_the_past_of_a_model_is_asked_through_git(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    file = model / "company.yaml"

    def commit(own: str, day: str) -> str:
        file.write_text(f"company: A\nroles: {{ae: {{}}, csm: {{}}}}\nrules: [{{id: r, of: renew, own: {own}}}]\n", encoding="utf-8")
        environment = {
            "GIT_AUTHOR_DATE": f"{day}T12:00:00",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00",
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
        }
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
        subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
        subprocess.run(["git", "-C", str(tmp_path), *identity, "commit", "-qm", own], check=True, env=environment)
        return subprocess.run(["git", "-C", str(tmp_path), "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()

    first = commit("ae", "2026-01-10")
    commit("csm", "2026-06-10")

    ask = ("ask", "who owns renewal?", "--company", str(model))
    assert rolecall(*ask).stdout.startswith("The CSM")
    assert rolecall(*ask, "--model", "2026-03-01").stdout.startswith("The AE")
    assert rolecall(*ask, "--model", first[:10]).stdout.startswith("The AE")
    assert "did not exist yet" in rolecall(*ask, "--model", "2025-12-31").stderr


def test_why_names_the_winner_and_the_losers_with_file_and_line() -> None:
    done = rolecall("why", "who owns renewal for a 40k smb auto-renew?", "--company", ACME)

    assert "decided by" in done.stdout
    assert ".yaml:" in done.stdout
    assert "\n  - " in done.stdout


def test_the_company_is_taken_from_the_environment_and_from_dotenv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"ROLECALL_COMPANY={ACME}\n", encoding="utf-8")
    assert "Acme" in rolecall("check").stdout

    monkeypatch.setenv("ROLECALL_COMPANY", str(tmp_path / "gone"))
    done = rolecall("ask", "who owns renewal?")
    assert done.exit_code == 2
    assert "ROLECALL_COMPANY" in done.stderr


def test_chat_follows_up_and_ends_at_an_empty_line() -> None:
    done = rolecall("chat", "--company", "gitlab-fy24", typed="who owns renewal in enterprise?\nand for smb?\n\n")

    assert "Strategic Account Leader owns renewal" in done.stdout
    assert "Account Executive owns renewal" in done.stdout


@pytest.mark.parametrize("word", ["exit", "Quit", "bye", "Bye!", ":q", "goodbye."])
def test_chat_ends_kindly_at_a_word_that_means_the_end(word: str) -> None:
    done = rolecall("chat", "--company", "five-lines", typed=f"{word}\nwho owns renewal?\n")

    assert done.exit_code == 0
    assert done.stdout.rstrip().endswith("Goodbye.")
    assert "renewal" not in done.stdout


def test_chat_ends_kindly_at_the_end_of_its_input_and_help_says_how_to_end() -> None:
    done = rolecall("chat", "--company", "five-lines", typed="help\n")

    assert done.stdout.count("To end: exit") == 2
    assert done.stdout.rstrip().endswith("Goodbye.")


def test_a_question_on_somebody_who_quits_does_not_end_the_chat() -> None:
    done = rolecall("chat", "--company", "gitlab-fy24", typed="my ae quit, who gets the accounts?\nwho owns renewal in enterprise?\n")

    assert "Strategic Account Leader owns renewal" in done.stdout


def test_a_sheet_for_a_segment_lists_no_case_of_another() -> None:
    said = rolecall("sheet", "--company", "every-feature", "--segment", "enterprise").stdout

    assert "Enterprise, red: Strategic CSM" in said
    assert not re.findall(r"(?:SMB|Mid-Market|Public Sector)(?: or|[,;:])", said)


@pytest.mark.parametrize("company", example_names())
def test_no_text_that_people_see_names_a_file_of_the_model(company: str) -> None:
    for file in example_folder(company).rglob("*.yaml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = re.sub(r"(^|\s)#.*", "", line)
            assert ".yaml" not in told, f"{file.name}: {told}"


def test_python_m_bot_is_the_same_and_every_command_has_help() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)

    for command in COMMANDS:
        assert command in done.stdout
        assert rolecall(command, "--help").exit_code == 0


def test_compensation_is_refused_in_the_same_words_whether_or_not_there_is_any() -> None:
    with_plans = rolecall("ask", "what's the csm comp plan?", "--company", ACME).stdout
    without = rolecall("ask", "what's the csm comp plan?", "--company", "five-lines").stdout

    assert with_plans.splitlines()[0] == without.splitlines()[0]
    assert rolecall("ask", "who is paid on the renewal?", "--company", ACME).stdout.splitlines()[0] == with_plans.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"broken', "is not JSON, column 2"),
        ('{"question": 5}', 'no text under "question"'),
        ('{"ask": "who owns renewal?"}', 'no text under "question"'),
        ('{"question": null}', 'no text under "question"'),
        ('{"question": "who owns renewal?", "as": "wizard"}', 'There is no role "wizard"'),
        ('{"question": "who owns renewal?", "as": ["csm"]}', '"as" of this line is not text'),
        ('{"question": "who owns renewal?", "audience": "nope"}', 'There is no audience "nope"'),
        ('{"question": "who owns renewal?", "audience": ["public", "nope"]}', 'There is no audience "nope"'),
        ('{"question": "who owns renewal?", "audience": [1]}', "neither text nor a list"),
        ("{" * 3, "is not JSON"),
        ('{"a":' * 100_000, "This line"),
    ],
)
def test_a_line_of_a_batch_that_cannot_be_read_says_what_is_wrong(line: str, expected: str) -> None:
    done = rolecall("ask", "--batch", "-", "--json", "--company", ACME, typed=f"{line}\nwho owns renewal?\n")
    wrong, right = [json.loads(each) for each in done.stdout.splitlines()]

    assert wrong["outcome"] == "not-understood"
    assert expected in wrong["text"]
    assert list(wrong) == KEYS
    assert right["outcome"] == "answered"


def test_an_unknown_audience_is_refused_with_those_that_are_known() -> None:
    done = rolecall("ask", "who owns renewal?", "--audience", "nope", "--company", ACME)

    assert done.exit_code == 2
    assert 'There is no audience "nope"' in done.stderr
    assert "compensation" in done.stderr
    assert "public" in done.stderr


@pytest.mark.parametrize("option", ["--role", "--motion", "--segment"])
def test_an_unknown_name_lists_no_more_than_a_dozen(option: str) -> None:
    said = rolecall("sheet", option, "no-such-thing", "--company", "gitlab-fy24").stderr

    assert said.partition("Known: ")[2].count(",") <= 11
