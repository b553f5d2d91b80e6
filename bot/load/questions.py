"""Files of labelled questions -> conversations, or problems at the place of the mistake.

Knows the shape of the files; whether a role or a segment exists is for whoever has opened the company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.labels import DECLINED, Conversation, Either, Label, Turn
from bot.folders import example_names
from bot.load.layout import Part, list_files
from bot.load.shapes.questions import AskedShape, LabelShape, QuestionsShape
from bot.load.shaping import shape_part
from bot.load.source import KeyPath, read_file
from bot.problems import Place, Problem, did_you_mean, printable, problem

GUIDANCE_ALONE = "none"
NAMING = ("q", "intent", "roles", "as", "segment")
"""Keys of a question whose values are looked up in the company."""


@dataclass(slots=True)
class Questions:
    """Labelled questions as far as they could be read, what is wrong with their files, and the text of these."""

    conversations: list[Conversation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)


def read_questions(paths: Iterable[Path]) -> Questions:
    """The questions of files, and of all YAML files below folders."""
    read = Questions()
    for path in paths:
        files, refused = list_files(path) if path.is_dir() else ([(path, path.name)], [])
        read.problems += refused
        if path.is_dir() and not files:
            read.problems.append(nothing_here(path))
        for file, relative in files:
            read_one(file, printable(str(path / relative if path.is_dir() else path)), read)
    return read


def nothing_here(folder: Path) -> Problem:
    """The problem of a folder without questions."""
    return problem(
        "unreadable",
        Place(printable(str(folder))),
        "there is no file of questions in this folder",
        expected="files that end in .yaml, as bench/questions/README.md describes them",
        fix="give another folder, or a file",
    )


def read_one(file: Path, path: str, read: Questions) -> None:
    """Adds the conversations of a file to those that were read."""
    document, problems = read_file(file, path)
    read.sources[path] = document.text
    if not problems:
        whole = Part(document, (), document.value if document.value is not None else {})
        shape = shape_part(QuestionsShape, whole, problems)
        if shape is not None and not problems:
            company, found = find_model(shape.company, file, whole)
            problems += [*found, *check_shape(shape, whole)]
            read.conversations += conversations_of(shape, company, whole)
    read.problems += problems


def find_model(name: str, file: Path, whole: Part) -> tuple[str, list[Problem]]:
    """What a command opens for a company's name: an example, nobody, or a folder beside the file or here."""
    beside = file.parent / name
    if name in (GUIDANCE_ALONE, *example_names()):
        return name, []
    if beside.exists() or Path(name).exists():
        return str(beside if beside.exists() else name), []
    known = (*example_names(), GUIDANCE_ALONE)
    return name, [
        problem(
            "unknown-name",
            whole.at("company"),
            f'there is no company "{name[:60]}"',
            expected=f"the folder of a model, or one of {', '.join(known)}",
            fix=f"{did_you_mean(name, known)}Otherwise write the folder's path, seen from this file",
        )
    ]


def check_shape(shape: QuestionsShape, whole: Part) -> Iterator[Problem]:
    """What a file of the right shape can still lack."""
    if not shape.questions and not shape.conversations:
        yield problem(
            "missing-key",
            whole.at(),
            "no question is asked here",
            expected="`questions:` or `conversations:`",
            fix="add `questions:` and below it `- {q: who owns renewal?, intent: who, expect: answered}`",
        )
    for number, question in enumerate(shape.questions):
        if question.group and question.intent != DECLINED:
            yield problem(
                "bad-value",
                whole.at("questions", number, "group"),
                "only what has to be refused is in a group",
                expected="`group` with `intent: declined`, and with no other",
                fix="remove `group`, or mend the intent",
            )


def conversations_of(shape: QuestionsShape, company: str, whole: Part) -> Iterator[Conversation]:
    """The conversations of a file, those of one question first."""
    for number, question in enumerate(shape.questions):
        path = ("questions", number)
        yield make_conversation(company, question, (turn_of(question, whole, path, path),), whole.at(*path))
    for number, talk in enumerate(shape.conversations):
        path = ("conversations", number)
        turns = tuple(turn_of(turn, whole, (*path, "turns", index), path) for index, turn in enumerate(talk.turns))
        yield make_conversation(company, talk, turns, whole.at(*path), is_alone=False)


def make_conversation(company: str, asked: AskedShape, turns: tuple[Turn, ...], place: Place, *, is_alone: bool = True) -> Conversation:
    """A conversation with who asks and how."""
    return Conversation(company, turns, asked.from_, asked.as_, asked.segment, asked.style, asked.group, is_alone, place)


def turn_of(shape: LabelShape, whole: Part, path: KeyPath, around: KeyPath) -> Turn:
    """A question with its label; `around` is the path of the conversation, which says who asks."""
    places = {key: whole.at(*(around if key in ("as", "segment") else path), key) for key in NAMING}
    roles = None if shape.roles is None else either(shape.roles)
    label = Label(shape.expect, shape.intent, roles, either(shape.says), either(shape.never))
    return Turn(shape.q, label, whole.at(*path), places)


def either(texts: Iterable[str]) -> tuple[Either, ...]:
    """Texts with `|` between the ways to say a thing."""
    return tuple(tuple(way.strip() for way in text.split("|") if way.strip()) for text in texts)
