"""Questions as tests: every utterance in `tests/conversations/*.yaml` is one test, at its own line.

    company: acme              # an example, a folder of tests/companies, or `none` for the guidance alone
    as: csm                    # optional, here or in a case: as, segment, as-of, audience
    cases:
      - name: SMB auto-renew
        say: [who owns a 40k smb auto-renew, 40k smb autorenew who owns it]
        match: {intent: who, subject: renew, facts: {segment: smb}}    # understand: intent, subject, step, key, roles, facts, as
        outcome: answered                                              # resolve: outcome (a list is any-of), roles, part, lead, rule, basis
        roles: digital-csm
        text: SMB, auto-renew …                                        # render: the whole first sentence
      - name: a conversation
        turns:
          - {say: who owns renewal?, roles: account-owner}
          - {say: and for SMB?, match: {facts: {segment: smb}}}

`roles` are all holders that the answer names, those of a table of cases included, in any order; `subject: nothing`, `step: nothing`
and `roles: nobody` say that there is none. `facts` must be among those understood and `no-facts` names attributes that must not be;
facts are written as the JSON answer writes them. A turn sees the turns before it. A case that asserts nothing, an unknown key and
the same utterance twice in one company are errors. What is known to fail stands in known_failures.yaml. Today is always 22 November 2026.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cases import CaseShape, Expected, FileShape, check_cases, first_difference
from opened import HERE, make_question, open_company

from bot.domain.questions import Understood
from bot.load import guidance_folder, layout
from bot.load.layout import Part
from bot.load.shaping import shape_part
from bot.load.source import Document, read_file
from bot.pipeline import answer
from bot.problems import Problem, format_problem

pytest_plugins = ["office", "emulate.node"]


@cache
def read_shipped(file: Path, path: str) -> tuple[Document, tuple[Problem, ...]]:
    """A file of `knowledge/`, read once: none of them changes while tests run, and most tests open the guidance anew."""
    document, problems = read_file(file, path)
    return document, tuple(problems)


def read_once(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """Any file; what ships from memory."""
    if SHIPPED not in file.parents:
        return read_file(file, path)
    document, problems = read_shipped(file, path)
    return document, [*problems]


SHIPPED = guidance_folder().parent
layout.read_file = read_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes expectations anew, to be read in the diff; refused where tests decide about a change."""
    parser.addoption("--update", action="store_true", help="Write the expected texts anew.")


def pytest_configure(config: pytest.Config) -> None:
    """Expectations are never rewritten in CI."""
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is not for CI")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """YAML files of conversations are test files."""
    if file_path.suffix == ".yaml" and file_path.parent == HERE / "conversations":
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for every utterance; every mistake in the file at once."""
        document, problems = read_file(self.path, self.path.name)
        part = Part(document, (), document.value)
        shape = shape_part(FileShape, part, problems) if not problems else None
        if shape is not None:
            problems += check_cases(shape, part)
        if problems or shape is None:
            raise self.CollectError("\n".join(format_problem(found, {self.path.name: document.text}) for found in problems))
        for number, case in enumerate(shape.cases):
            yield from self.items(shape, case, number, part)

    def items(self, file: FileShape, case: CaseShape, number: int, part: Part) -> Iterator[pytest.Item]:
        """The items of one case."""
        lone = isinstance(document_value(part, number), str)
        for index, said in enumerate(case.say):
            place = part.at("cases", number, "say", *(() if lone else (index,)))
            yield Utterance.make(self, f"{case.name}::{said}", place.line, file, case, ((said, case),))
        told: tuple[tuple[str, Expected], ...] = ()
        for index, turn in enumerate(case.turns):
            place = part.at("cases", number, "turns", index)
            for said in turn.say:
                yield Utterance.make(self, f"{case.name}::{index + 1}. {said}", place.line, file, case, (*told, (said, turn)))
            told = (*told, (turn.say[0], turn))


def document_value(part: Part, number: int) -> Any:
    """The `say` of a case as it is written."""
    return part.value["cases"][number].get("say")


class Utterance(pytest.Item):
    """One question, with those before it."""

    line: int
    file: FileShape
    case: CaseShape
    turns: tuple[tuple[str, Expected], ...]

    @classmethod
    def make(cls, parent: CaseFile, name: str, line: int, file: FileShape, case: CaseShape, turns: Any) -> Utterance:
        """An item."""
        item: Utterance = cls.from_parent(parent, name=name)
        item.line, item.file, item.case, item.turns = line, file, case, turns
        return item

    def runtest(self) -> None:
        """Asks, and fails at the first stage that differs."""
        engine = open_company(self.file.company)
        before: Understood | None = None
        for said, _ in self.turns:
            done = answer(make_question(said, self.file, self.case, before), engine)
            before = done.understood if done.changes_topic else before
        wrong = first_difference(self.turns[-1][1], done, engine)
        asked = " >> ".join(said for said, _ in self.turns)
        known = known_failures().get((self.file.company, asked))
        if known and not wrong:
            raise WrongAnswerError(f'{self.path.name}:{self.line}: "{asked}" is answered now; take it out of known_failures.yaml')
        if known:
            pytest.xfail(known)
        if wrong:
            raise WrongAnswerError(f'{self.path.name}:{self.line}: {wrong}\n  asked: "{asked}"\n  said: {done.message.headline}')

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The difference alone, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, WrongAnswerError) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the utterance stands."""
        return self.path, self.line - 1, self.name


@cache
def known_failures() -> dict[tuple[str, str], str]:
    """What is known to be answered wrongly, by company and what was asked, with what is lacking: it must fail until it is mended."""
    document, problems = read_file(HERE / "known_failures.yaml", "known_failures.yaml")
    assert not problems
    return {(company, asked): lacking for company, each in document.value.items() for lacking, says in each.items() for asked in says}


class WrongAnswerError(AssertionError):
    """An answer that differs from what a case expects."""
