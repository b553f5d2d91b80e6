"""The companies that tests ask, opened once, on the one day of all tests; and the question of a case."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from cases import CaseShape, FileShape

from bot.domain.questions import Question, Understood
from bot.load import example_folder, example_names, guidance_folder, load_company, load_shipped
from bot.pipeline import Engine, open_engine
from bot.problems import format_problem

TODAY = date(2026, 11, 22)
HERE = Path(__file__).parent


@cache
def open_company(name: str) -> Engine:
    """The engine of an example, of a company of the tests, or of nobody; opened once."""
    if name == "none":
        loaded = load_company(None, guidance_folder(), TODAY)
    else:
        folder = example_folder(name) if name in example_names() else HERE / "companies" / name
        loaded = load_company(folder, guidance_folder(), TODAY)
    engine, problems = open_engine(loaded, load_shipped())
    errors = [format_problem(found, loaded.sources) for found in problems if found.severity == "error"]
    assert not errors, "\n".join(errors)
    return engine


def make_question(said: str, file: FileShape, case: CaseShape, before: Understood | None) -> Question:
    """The question of an utterance; a case's options go before those of its file."""
    audience = frozenset({"public", *(case.audience or file.audience)})
    role, segment = case.as_ or file.as_ or None, case.segment or file.segment or None
    return Question("" if said == "(nothing)" else said, TODAY, role, segment, case.as_of or file.as_of, audience, before)
