"""Every problem that a model can have.

`tests/problems/SLUG/[VARIANT/]` is the smallest model with it, `expected.txt` what `rolecall check` prints.
`pytest tests/test_problems.py --update` writes the texts anew. What cannot be kept as a file is made here. docs/problems.md has a
heading for every slug; its broken examples are shown to have the problem, its mended ones to be clean.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.load import guidance_folder, load_company, load_shipped
from bot.problems import SLUGS, format_problem
from bot.render import Templates

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parent / "problems"
DOCS = Path(__file__).parent.parent / "docs" / "problems.md"
KEPT = sorted({file.parent for file in ROOT.rglob("*.yaml") if file.parent.name not in ("rule",)})
SEVERAL = {"two-owners/archetypes"}
"""Cases of one mistake on several motions, each of which is a problem."""
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def slug_of(folder: Path) -> str:
    return folder.relative_to(ROOT).parts[0]


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("bot.cli.opening", "bot.cli.check"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


def run_check(folder: Path, *options: str) -> tuple[str, int]:
    done = CliRunner().invoke(main, ["check", str(folder), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output, done.exit_code


def compare(folder: Path, text: str, update: bool) -> None:
    file = folder / "expected.txt"
    if update:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def slugs_in(text: str) -> set[str]:
    return set(re.findall(r"^\S.*?: (?:error|warning): .* \[([a-z-]+)\]$", text, re.MULTILINE))


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_the_model_has_exactly_this_problem(folder: Path, request: pytest.FixtureRequest) -> None:
    text, code = run_check(folder)
    assert slugs_in(text) == {slug_of(folder)}
    assert len(re.findall(r"^  expected: \S", text, re.MULTILINE)) == len(re.findall(r"^  fix: \S", text, re.MULTILINE))
    assert text.count("  fix: ") == 1 or folder.relative_to(ROOT).as_posix() in SEVERAL, "one mistake is one problem"
    assert code == (SLUGS[slug_of(folder)] == "error")
    compare(folder, text, request.config.getoption("--update"))


def make_nothing(root: Path) -> None:
    (root / "notes.txt").write_text("no model here")


def make_link(root: Path) -> None:
    (root.parent / "elsewhere.yaml").write_text("company: Other\n")
    (root / "company.yaml").write_text("company: Acme\n")
    (root / "roles.yaml").symlink_to(root.parent / "elsewhere.yaml")


def make_pipe(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\n")
    os.mkfifo(root / "roles.yaml")


def make_dangling(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\n")
    (root / "roles.yaml").symlink_to(root / "gone.yaml")


def make_linked_folder(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\n")
    (root.parent / "rules").mkdir()
    (root / "rules").symlink_to(root.parent / "rules", target_is_directory=True)


def make_large(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\n" + "# a long story\n" * 70_000)


def make_many_parts(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\nmaintainers: [" + "a," * 210_000 + "]\n")


def make_many_files(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\n")
    (root / "faqs").mkdir()
    for number in range(1_000):
        (root / "faqs" / f"faq-{number:04}.yaml").write_text("")


def make_binary(root: Path) -> None:
    (root / "company.yaml").write_bytes(b"PK\x03\x04\x00\x00\xff\xfe")


def make_latin(root: Path) -> None:
    (root / "company.yaml").write_bytes("company: Acme\nroles:\n  csm: {name: Chargé de clientèle}\n".encode("latin-1"))


def make_utf16(root: Path) -> None:
    (root / "company.yaml").write_bytes("company: Acme\n".encode("utf-16"))


def make_deep(root: Path) -> None:
    (root / "company.yaml").write_text("company: " + "[" * 100_000 + "]" * 100_000)


def make_laughs(root: Path) -> None:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]" for one, two in zip("abcdefgh", "bcdefghi", strict=True)]
    (root / "company.yaml").write_text("\n".join(lines))


def make_circle(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\nroles: &roles\n  csm: *roles\n")


def make_control(root: Path) -> None:
    (root / "company.yaml").write_text("company: Acme\x1b[31m\n")


MADE: dict[str, Callable[[Path], None]] = {
    "no-model": make_nothing,
    "unreadable/link-out": make_link,
    "unreadable/pipe": make_pipe,
    "unreadable/dangling": make_dangling,
    "unreadable/linked-folder": make_linked_folder,
    "too-large/bytes": make_large,
    "too-large/parts": make_many_parts,
    "too-large/files": make_many_files,
    "not-text/binary": make_binary,
    "not-text/latin": make_latin,
    "not-text/utf-16": make_utf16,
    "too-deep/brackets": make_deep,
    "alias/billion-laughs": make_laughs,
    "alias/circle": make_circle,
    "not-yaml/control-character": make_control,
}


@pytest.mark.parametrize("name", MADE)
def test_the_files_have_exactly_this_problem(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = tmp_path / "model"
    root.mkdir()
    MADE[name](root)
    text, code = run_check(root)
    assert slugs_in(text) == {name.split("/", maxsplit=1)[0]}
    assert text.count("  fix: ") == 1, "one mistake is one problem"
    assert code == 1
    compare(ROOT / name, text, request.config.getoption("--update"))


def test_a_broken_template_is_a_problem_at_its_line(request: pytest.FixtureRequest) -> None:
    texts = {**load_shipped().templates, "answered/who.j2": "{% block headline %}\n{{ view.subject }\n{% endblock %}\n"}
    problems = Templates(texts, load_company(None, guidance_folder(), TODAY).company).check()
    assert {found.slug for found in problems} == {"bad-template"}
    shown = "\n".join(format_problem(found, {}) for found in problems) + "\n"
    compare(ROOT / "bad-template", shown, request.config.getoption("--update"))


def test_every_slug_has_a_case() -> None:
    assert {slug_of(folder) for folder in KEPT} | {name.split("/")[0] for name in MADE} | {"bad-template"} == set(SLUGS)


def test_no_expectation_is_left_over() -> None:
    expected = {file.parent for file in ROOT.rglob("expected.txt")}
    assert expected == {*KEPT, *(ROOT / name for name in MADE), ROOT / "bad-template"}


# docs/problems.md


WITHOUT_EXAMPLE = {"no-model", "unreadable", "too-large", "not-text", "bad-template"}
"""Slugs whose problem is a file, not something in it."""


@cache
def sections() -> dict[str, str]:
    """The text under each slug's heading."""
    parts = re.split(r"^### `([a-z-]+)`$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def shared_lines() -> str:
    found = FENCE.search(DOCS.read_text(encoding="utf-8"))
    assert found
    return found[1]


def slugs_of_example(text: str, root: Path) -> set[str]:
    """The problems of an example over the lines that all of them share; `# rules/renewal.yaml` at its top names its file."""
    named = re.match(r"# (\S+\.yaml)\n", text)
    files = {"company.yaml": shared_lines(), named[1] if named else "example.yaml": text}
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return slugs_in(run_check(root)[0])


def test_every_slug_has_a_heading() -> None:
    assert set(sections()) == set(SLUGS)


def test_the_lines_that_examples_share_are_clean(tmp_path: Path) -> None:
    assert slugs_of_example(f"# company.yaml\n{shared_lines()}", tmp_path) == set()


@pytest.mark.parametrize("slug", sorted(set(SLUGS) - WITHOUT_EXAMPLE))
def test_the_broken_example_has_the_problem_and_the_mended_one_has_none(slug: str, tmp_path: Path) -> None:
    examples = FENCE.findall(sections()[slug])
    assert len(examples) == 2, "a broken and a mended example"
    assert slugs_of_example(examples[0], tmp_path / "broken") == {slug}
    assert slugs_of_example(examples[1], tmp_path / "mended") == set()


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_the_heading_says_how_bad_it_is(slug: str) -> None:
    words = {"error": "An error", "warning": "A warning"}
    assert sections()[slug].lstrip().startswith(words[SLUGS[slug]])


def test_strict_makes_warnings_errors() -> None:
    folder = ROOT / "hole" / "case"
    assert run_check(folder)[1] == 0
    text, code = run_check(folder, "--strict")
    assert code == 1
    assert ": error: " in text
    assert ": warning: " not in text


def test_a_model_without_problems_says_so(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("company: Acme\n")
    assert run_check(tmp_path) == ("Acme: 0 rules, nothing wrong.\n", 0)
    assert run_check(tmp_path, "--strict")[1] == 0
    assert run_check(tmp_path, "--format", "json") == ("[]\n", 0)
    assert run_check(tmp_path, "--format", "github") == ("", 0)
