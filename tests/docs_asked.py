"""The questions that the documents show, with their answers: one for every section, three or more for every intent.

Which they are stands in `docs_examples.yaml`. Those of an intent are golden cases of `tests/conversations/`, so that what a page shows
is what the tests expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cases import CaseShape, Expected, FileShape, MatchShape, first_difference, told
from docs_layout import DAY, table
from docs_run import run
from opened import HERE, make_question, open_company

from bot.answers_json import answer_as_json
from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.load import example_folder, example_names, load_shipped
from bot.load.layout import Part, read_folder
from bot.load.shapes import NAMES, PLAIN, RULINGS
from bot.load.shaping import shape_part
from bot.load.source import read_file
from bot.pipeline import answer

WHOSE = {"derived": "derived from an archetype", "guidance": "the guidance", "faq": "an FAQ of {name}", "company": "a ruling of {name}"}
"""The basis of an answer -> whose word it is."""
OTHERWISE = {"not-defined": "nobody has ruled", "not-allowed": "refused", "declined": "declined"}
"""The outcome of an answer without a basis -> what that means."""
END_OF_SENTENCE = re.compile(r"(?<=[.?!])(?<!vs\.) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Shown:
    """A question that a page shows: of whom it is asked, its golden case, and the answer of today."""

    company: str
    says: str
    golden: tuple[FileShape, CaseShape, Expected] | None
    answer: Answer

    @property
    def wrong(self) -> str:
        """Where the answer differs from what its golden case expects; empty when nothing does."""
        if self.golden is None:
            return "no golden case of tests/conversations asks this"
        return first_difference(self.golden[2], self.answer, open_company(self.company))


@cache
def examples() -> Mapping[str, Any]:
    """What stands in `docs_examples.yaml`."""
    document, problems = read_file(HERE / "docs_examples.yaml", "docs_examples.yaml")
    assert not problems, problems
    return document.value


@cache
def golden_cases() -> Mapping[tuple[str, str], tuple[FileShape, CaseShape, Expected]]:
    """Every golden question that opens a conversation, by its company and its words."""
    found: dict[tuple[str, str], tuple[FileShape, CaseShape, Expected]] = {}
    for path in sorted((HERE / "conversations").glob("*.yaml")):
        document, problems = read_file(path, path.name)
        file = shape_part(FileShape, Part(document, (), document.value), problems)
        assert file is not None, problems
        for case in file.cases:
            first = case.turns[0] if case.turns else case
            for said in first.say:
                found.setdefault((file.company, said), (file, case, first))
    return found


def golden_of(company: str, says: str, intent: str) -> tuple[FileShape, CaseShape, Expected] | None:
    """The golden case of a question. What is asked of another company only tells how it is to be understood."""
    known = golden_cases()
    if (company, says) in known:
        return known[company, says]
    others = (case for (_, said), case in known.items() if said == says)
    return next(((file, case, Expected(match=MatchShape(intent=intent))) for file, case, _ in others), None)


@cache
def shown_of(intent: str) -> tuple[Shown, ...]:
    """The questions of an intent with their answers."""
    asked = examples()["intents"].get(intent, {})
    return tuple(show(company, says, intent) for company, questions in asked.items() for says in questions)


def show(company: str, says: str, intent: str) -> Shown:
    """A question with its answer, asked as its golden case asks it."""
    golden = golden_of(company, says, intent)
    question = make_question(says, golden[0], golden[1], None) if golden and golden[0].company == company else Question(says, DAY)
    return Shown(company, says, golden, answer(question, open_company(company)))


def intent_examples(intent: str) -> str:
    """What an intent is about, and its questions in a table."""
    about = next(each.about for each in load_shipped().language.intents if each.id == intent)
    rows = [(say_question(each), f"`{each.company}`", first_sentence(each.answer), say_whose(each)) for each in shown_of(intent)]
    asked = table(("question", "asked of", "the answer begins", "whose word it is"), rows)
    return f"{about[0].upper()}{about[1:]}.\n\n{asked}"


def say_question(shown: Shown) -> str:
    """The question, and who asks if that matters."""
    question, company = shown.answer.question, open_company(shown.company).company
    role = company.parties.get(question.as_role or "")
    audience = ", ".join(sorted(question.audiences - {"public"}))
    return f"{shown.says}{f' (the {role.name} asks)' if role else ''}{f' (for the audience {audience})' if audience else ''}"


def first_sentence(done: Answer) -> str:
    """The first sentence of an answer."""
    return END_OF_SENTENCE.split(done.message.headline, maxsplit=1)[0]


def say_whose(shown: Shown) -> str:
    """Whose word the answer is."""
    resolution = shown.answer.resolution
    name = open_company(shown.company).company.name
    return WHOSE[resolution.basis].format(name=name) if resolution.basis in WHOSE else OTHERWISE.get(resolution.outcome, "Rolecall's own")


def example_of(section: str) -> str:
    """An entry of a section as an example company writes it, a question about it, and the answer."""
    chosen = examples()["sections"][section]
    file, text = entry_text(chosen["company"], section, chosen["entry"])
    asked = [f'rolecall ask "{chosen["ask"]}" --company {chosen["company"]}']
    asked += [f"{asked[0]} --audience {chosen['audience']}"] if "audience" in chosen else []
    answers = "\n\n".join(f"$ {command}\n{run(command)}" for command in asked)
    written = f"For example, in `knowledge/companies/{chosen['company']}/{file}`:\n\n```yaml\n{text}\n```"
    return f"{written}\n\n```console\n{answers}\n```"


def answer_about(section: str) -> tuple[str, Answer, set[str]]:
    """The entry that a section's example is about, the answer, and the ids that it names."""
    chosen = examples()["sections"][section]
    engine = open_company(chosen["company"])
    audiences = frozenset({"public", *filter(None, [chosen.get("audience")])})
    done = answer(Question(chosen["ask"], DAY, audiences=audiences), engine)
    return chosen["entry"], done, set(named_in(done, chosen["company"]))


def named_in(done: Answer, company: str) -> Iterator[str]:
    """The ids that an answer goes by: what was understood, what is told, who holds it, for whom it is meant."""
    said = answer_as_json(done, open_company(company).company)
    yield from told(done)
    yield from (said["result"] or {}).get("roles", ())
    for value in said["slots"].values():
        yield from value if isinstance(value, list | dict) else (value,)
    yield done.resolution.audience


def entry_text(company: str, section: str, entry: str) -> tuple[str, str]:
    """An entry as it is written in an example company: its file, and its lines without the indentation around it."""
    folder, problems = read_folder(example_folder(company), (*NAMES, *RULINGS), PLAIN)
    assert not problems, problems
    for part in folder.section(section):
        listed = part.value.items() if isinstance(part.value, dict) else ((each["id"], each) for each in part.value)
        for number, (id, _) in enumerate(listed):
            if id == entry:
                place = part.at(id if isinstance(part.value, dict) else number, key=isinstance(part.value, dict))
                return place.path, lines_from(folder.sources[place.path], place.line)
    raise AssertionError(f"{company} has no {entry} under {section}")


def lines_from(text: str, first: int) -> str:
    """The line with this number and those that are further in than it."""
    lines = text.splitlines()[first - 1 :]
    margin = len(lines[0]) - len(lines[0].lstrip())
    inner = next((n for n, line in enumerate(lines[1:], 1) if line.strip() and len(line) - len(line.lstrip()) <= margin), len(lines))
    return "\n".join(line[margin:].rstrip() for line in lines[:inner]).rstrip()


def company_table() -> str:
    """The example companies with what each shows: the sentence at the top of its model."""
    rows = []
    for name in example_names():
        company = open_company(name).company.name
        top = (example_folder(name) / "company.yaml").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        first = END_OF_SENTENCE.split(top, maxsplit=1)[0].removeprefix(f"{company}: ")
        rows.append((f"`{name}`", company, f"{first[0].upper()}{first[1:]}"))
    return table(("example", "company", "what it shows"), rows)
