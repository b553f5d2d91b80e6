"""The JSON Schema accepts what the loader accepts, and refuses what it refuses, as far as a schema can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from models_in_memory import COMPANY, RENEWAL, SMALL, UPSELL

from bot.cli import main
from bot.load import example_folder, example_names
from bot.load.source import read_file, read_text

FILES = [file for name in example_names() for file in sorted(example_folder(name).rglob("*.yaml"))]


@pytest.fixture(scope="module")
def validator() -> Any:
    done = CliRunner().invoke(main, ["schema"])
    assert done.exit_code == 0
    schema = json.loads(done.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def name_of(file: Path) -> str:
    return file.relative_to(file.parents[1]).as_posix()


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_every_file_of_the_examples_is_valid(file: Path, validator: Any) -> None:
    document, problems = read_file(file, file.name)
    assert problems == []
    errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(document.value)]
    assert errors == []


@pytest.mark.parametrize("text", [*SMALL.values(), "company: Acme\n"])
def test_the_small_model_is_valid(text: str, validator: Any) -> None:
    assert validator.is_valid(read_text(text, "x.yaml")[0].value)


@pytest.mark.parametrize(
    "text",
    [
        COMPANY.replace("roles:", "role:"),
        COMPANY.replace("am: {name", "am: {nme"),
        COMPANY.replace("am: {name: Account Manager}", "am: Account Manager"),
        COMPANY.replace("digital-csm:", "Digital CSM:"),
        "company: Acme\nrules:\n  renewal: {of: renew, own: csm}\n",
        "company: Acme\nroles:\n  - {id: csm}\n",
        RENEWAL.replace("own: am", "owner: am"),
        "company: Acme\npermissions:\n  - {id: a, role: csm, may: sign, allowed: no, examples: [{ask: may a csm sign?, outcome: sure}]}\n",
        "company: Acme\npermissions:\n  - {id: a, role: csm, may: sign, allowed: no, examples: [{roles: csm}]}\n",
        RENEWAL.replace("  of: renew\n", ""),
        RENEWAL.replace("own: am", "own: {role: am}"),
        RENEWAL.replace("support: [csm]", "support: {csm: yes}"),
        RENEWAL.replace("id: renewal", "id: Renewal Rule"),
        RENEWAL.replace("when: {segment: enterprise}", "when: segment = enterprise"),
        UPSELL.replace("of: upsell", "of: {upsell: yes}"),
        "just text\n",
    ],
)
def test_broken_models_are_refused(text: str, validator: Any) -> None:
    assert not validator.is_valid(read_text(text, "x.yaml")[0].value)
