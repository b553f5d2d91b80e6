"""The documents stay true: examples run, tables are generated, every command, section, key and decision is described.

`UPDATE_DOCS=1 python -m pytest tests/test_docs.py` rewrites the generated parts and the answers shown; a person reads the diff.

In a page, a block ```` ```yaml acme/rules.yaml ```` is written to that file of a model, and a block ```` ```console ```` is run in the
folder of these models: each line `$ rolecall …` is a command, what follows is what it must print.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import get_args

import pytest
from docs_asked import answer_about, examples, shown_of
from docs_layout import ROOT, anchor
from docs_rows import ROW, replay_row, rows_of, write_row
from docs_run import commands, run
from docs_shapes import documented_keys, guidance_shapes
from docs_tables import GENERATED, INTENTS

from bot.domain.answers import Outcome
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES, NAMES, PLAIN, RULINGS

UPDATE = os.environ.get("UPDATE_DOCS", "") not in ("", "0")
PAGES = ["README.md", "CHANGELOG.md", *sorted(page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").rglob("*.md"))]
OURS = [page for page in PAGES if page != "docs/problems.md"]
POLICY = "docs/from-a-policy.md"
DECISIONS = [page for page in PAGES if page.startswith("docs/decisions/")]

BLOCK = re.compile(r"^```(?P<kind>[\w-]+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
GENERATED_PART = re.compile(r"<!-- generated: (?P<name>[\w-]+) -->\n.*?<!-- end of (?P=name) -->", re.DOTALL)
OUTSIDE = re.compile(r"(?<![\w.:/~>-])/(?:home|root|work|tmp|usr|Users|mnt|opt|var|private)/")
REGISTRY = re.compile(r"pypi\.org|pythonhosted|npmjs|index-url|artifactory|registry\.", re.IGNORECASE)
PATH = re.compile(r"`((?:bot|knowledge|prompts|docs|tests|bench)/[\w./-]*)`")
DEFINED = re.compile(r"`(\w+)` in `([\w./]+\.py)`")
TWO_SENTENCES = re.compile(r"[a-z`\")\]][.?!] [A-Z\"“]")


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a page outside its blocks and tables."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = not inside
        elif not inside and not line.startswith("|"):
            yield number, line


def replay(body: str) -> str:
    """A console block with every answer as it is now."""
    asked = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    assert asked, "a console block without a command"
    return "\n\n".join(f"$ {command}\n{run(command)}".rstrip() for command in asked) + "\n"


def play(page: str, folder: Path) -> str:
    """The page with its models written, its commands run and its generated parts made anew, in their order."""
    text, done, at = read(page), [], 0

    def block(found: re.Match[str]) -> str:
        if found["kind"] == "yaml":
            write_model(page, found, folder)
        return f"```console\n{replay(found['body'])}```" if found["kind"] == "console" else found.group()

    for part in GENERATED_PART.finditer(text):
        done += [BLOCK.sub(block, text[at : part.start()]), generate(part["name"])]
        at = part.end()
    played = "".join([*done, BLOCK.sub(block, text[at:])])
    return ROW.sub(lambda row: replay_row(row, folder), played) if page == POLICY else played


def write_model(page: str, block: re.Match[str], folder: Path) -> None:
    """A file of a model as the page writes it."""
    assert block["file"], f"{page}: a YAML block has to name its file, as in ```yaml acme/company.yaml: {block['body'][:60]}"
    target = folder / block["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(block["body"], encoding="utf-8")


def write_models(page: str, folder: Path) -> None:
    """The models of a page as they are at its end."""
    for block in BLOCK.finditer(GENERATED_PART.sub("", read(page))):
        if block["kind"] == "yaml":
            write_model(page, block, folder)


def generate(name: str) -> str:
    """A generated part as it is now, between its marks."""
    return f"<!-- generated: {name} -->\n\n{GENERATED[name]()}\n\n<!-- end of {name} -->"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ROLECALL_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", OURS)
def test_examples_and_generated_parts_are_as_they_would_be_now(page: str, folder: Path) -> None:
    now = play(page, folder)

    if UPDATE:
        (ROOT / page).write_text(now, encoding="utf-8")
    shown = "\n".join(unified_diff(read(page).splitlines(), now.splitlines(), page, "as it would be now", lineterm="", n=2))
    assert not shown, f"{shown}\n\nIf that is right: UPDATE_DOCS=1 python -m pytest tests/test_docs.py"


@pytest.mark.parametrize("page", ["docs/model.md", "docs/rules.md", POLICY])
def test_the_models_of_a_page_are_whole(page: str, folder: Path) -> None:
    write_models(page, folder)

    for model in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "broken"):
        assert run(f"rolecall check {model.name} --strict").endswith("nothing wrong."), model.name


def test_each_sentence_of_a_policy_is_a_whole_model(folder: Path) -> None:
    write_models(POLICY, folder)
    rows = list(rows_of(read(POLICY)))

    assert len(rows) >= 30, "a row that is written otherwise is not tried"
    assert len(rows) == len(re.findall(r"^\|.*\| \*", read(POLICY), re.MULTILINE)), "a row with a question is not tried"
    for row in rows:
        assert run(f"rolecall check {write_row(row, folder)} --strict").endswith("nothing wrong."), row["sentence"]


def test_the_model_of_the_afternoon_has_what_is_promised(folder: Path) -> None:
    write_models("docs/model.md", folder)

    rules = "".join(file.read_text(encoding="utf-8") for file in (folder / "acme").rglob("*.yaml"))
    assert len(re.findall(r"^ +- (?:\{when|when):", rules, re.MULTILINE)) == 11, "README.md and docs/model.md say eleven exceptions"
    assert len(re.findall(r"^(?:smb|mid-market|enterprise): ", rules, re.MULTILINE)) == 3


@pytest.mark.parametrize("section", [*NAMES, *RULINGS])
def test_every_section_and_key_is_described(section: str) -> None:
    text = read("docs/keys.md")
    part = text.partition(f"\n### `{section}`\n")[2].partition("\n### ")[0]

    assert part, f"docs/keys.md has no heading for {section}"
    for shape, key, says in documented_keys({**NAMES, **RULINGS}[section]):
        assert says, f"{shape}.{key} has no sentence under its field"
        assert f"| `{key}` |" in text, f"docs/keys.md does not describe {shape}.{key}"


@pytest.mark.parametrize("section", [*NAMES, *RULINGS])
def test_every_section_shows_a_question_that_is_answered_from_it(section: str) -> None:
    assert section in examples()["sections"], f"tests/docs_examples.yaml has no question for {section}"
    entry, done, named = answer_about(section)

    assert done.resolution.outcome in ("answered", "depends")
    assert entry in named, f"the answer to {done.question.text!r} does not go by {entry}, but by {sorted(map(str, named))}"


@pytest.mark.parametrize("section", guidance_shapes())
def test_the_keys_of_the_guidance_are_described(section: str) -> None:
    part = read("docs/keys.md").partition(f"\n### The guidance's `{section}`\n")[2]

    assert part, f"docs/keys.md has no heading for the guidance's {section}"
    for shape, key, says in documented_keys(guidance_shapes()[section]):
        assert says, f"{shape}.{key} has no sentence under its field"
        assert f"| `{key}` |" in read("docs/keys.md"), f"docs/keys.md does not describe {shape}.{key}"


def test_plain_keys_and_guidance_are_described() -> None:
    text = read("docs/keys.md")

    for name in (*PLAIN, *GUIDANCE_NAMES, *GUIDANCE_LISTS):
        assert f"`{name}`" in text, f"docs/keys.md does not mention {name}"


@pytest.mark.parametrize("intent", [each.id for each in INTENTS])
def test_every_intent_shows_three_golden_questions(intent: str) -> None:
    text = read("docs/intents.md")
    shown = shown_of(intent)

    assert f"\n### `{intent}`\n\n<!-- generated: intent-{intent} -->" in text, f"docs/intents.md has no heading for {intent}"
    assert len(shown) >= 3, f"tests/docs_examples.yaml has {len(shown)} questions for {intent}; it needs three"
    for each in shown:
        frame = each.answer.frame
        assert frame, f"{each.says!r} is not understood"
        assert frame.intent == intent, f"{each.says!r} is taken for {frame.intent}"
        assert not each.wrong, f"{each.says!r}: {each.wrong}"


def test_questions_are_shown_for_intents_and_sections_that_exist() -> None:
    assert set(examples()["intents"]) == {each.id for each in INTENTS}
    assert set(examples()["sections"]) == {*NAMES, *RULINGS}


def test_every_command_is_described() -> None:
    text = read("docs/cli.md")

    assert commands(), "no command can be imported"
    for name in commands():
        assert f"\n## `rolecall {name}`\n" in text


def test_the_readme_names_every_command() -> None:
    table = [line for line in read("README.md").splitlines() if line.startswith("| `rolecall")]

    assert [name for name in commands() if not any(f"`rolecall {name}`" in line for line in table)] == []


def test_the_json_of_an_answer_is_described() -> None:
    text = read("docs/cli.md")
    shown = next(line for line in text.splitlines() if line.startswith('{"question"'))

    assert re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE) == [*json.loads(shown), *get_args(Outcome)]


def test_decisions_are_numbered_short_and_listed() -> None:
    listed = read("docs/tour.md")

    assert DECISIONS, "no decisions"
    for number, page in enumerate(DECISIONS, 1):
        text = read(page)
        assert Path(page).name.startswith(f"{number:04}-"), f"{page} is out of sequence"
        assert text.startswith(f"# {number:04}: "), f"{page} does not start with its number"
        assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"], page
        assert len(text.split()) <= 450, f"{page} is longer than a page"
        assert f"({page.removeprefix('docs/')})" in listed, f"docs/tour.md does not list {page}"


@pytest.mark.parametrize("page", OURS)
def test_paths_names_and_links_exist(page: str) -> None:
    text = read(page)

    for path in PATH.findall(text):
        assert (ROOT / path).exists(), f"{page} names {path}, which does not exist"
    for name, path in DEFINED.findall(text):
        assert re.search(rf"^\s*(?:def|class) {name}\b|^{name}\b.* = ", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (
            f"{page} looks for {name} in {path}"
        )
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        target, _, anchor = link.partition("#")
        if not target.startswith("http"):
            file = (ROOT / page).parent / target if target else ROOT / page
            assert file.exists(), f"{page} links to {link}"
            assert not anchor or anchor in anchors(file.read_text(encoding="utf-8")), f"{page} links to {link}"


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as they are made on the web."""
    headings = [line.lstrip("#").strip() for _, line in prose(text) if line.startswith("#")]
    return {anchor(heading) for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_points_outside(page: str) -> None:
    for number, line in enumerate(read(page).splitlines(), 1):
        assert not OUTSIDE.search(line), f"{page}:{number}: an absolute path"
        assert not REGISTRY.search(line), f"{page}:{number}: the address of a registry"


@pytest.mark.parametrize("page", OURS)
def test_one_sentence_a_line(page: str) -> None:
    for number, line in prose(GENERATED_PART.sub("", read(page))):
        assert not TWO_SENTENCES.search(line), f"{page}:{number}: more than one sentence: {line}"


def test_the_readme_names_make_targets_that_exist() -> None:
    makefile = ROOT / "Makefile"
    if makefile.exists():
        targets = set(re.findall(r"^([\w-]+):", makefile.read_text(encoding="utf-8"), re.MULTILINE))
        assert set(re.findall(r"(?:^|`)make ([\w-]+)", read("README.md"), re.MULTILINE)) <= targets


def test_the_changelog_is_kept() -> None:
    text = read("CHANGELOG.md")

    assert text.startswith("# Changelog\n")
    assert re.search(r"^## \[0\.1\.0\] - (?:unreleased|\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
