"""Nothing of the two documents is lost: every sentence of theirs is carried by named findings, signals or cells, or says why not.

`documents.yaml` beside this file has a row for every sentence. The documents themselves are not part of the project; where
ROLECALL_DOCUMENTS names a folder with their two text files, the article first by name, the rows are compared with them as well.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.domain.guidance import Cell, Cited, Guidance
from bot.load import guidance_folder, load_company
from bot.load.source import read_file

HERE = Path(__file__).parent
DOCUMENTS = ("article", "talk")
SPEAKERS = ("Igor Uroic", "Daniel Kravitz")
KEYS = {"starts", "sha256", "findings", "signals", "cells", "nothing"}
END_OF_SENTENCE = re.compile(r"(?:(?<=[.?!])|(?<=[.?!]”))(?<!vs\.)\s+(?=[A-Z“])")
Place = tuple[str, int]
"""A document and a paragraph of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: where it stands, who says it, how it begins, and what carries it."""

    place: Place
    speaker: str
    starts: str
    sha256: str
    carried_by: Mapping[str, tuple[str, ...]]
    """Findings, signals and cells by their ids."""
    nothing: str

    def __str__(self) -> str:
        return f"{self.place[0]}, paragraph {self.place[1]}: {self.starts} …"


@cache
def rows() -> tuple[Row, ...]:
    """The rows of both documents, in order."""
    document, problems = read_file(HERE / "documents.yaml", "documents.yaml")
    assert not problems
    assert tuple(document.value) == DOCUMENTS
    return tuple(
        row_of((name, int(paragraph["paragraph"])), paragraph.get("speaker", ""), sentence)
        for name, paragraphs in document.value.items()
        for paragraph in paragraphs
        for sentence in paragraph["sentences"]
    )


def row_of(place: Place, speaker: str, written: Mapping[str, object]) -> Row:
    """A row as it is written."""
    assert set(written) <= KEYS, set(written) - KEYS
    carried_by = {kind: tuple(written[kind]) for kind in ("findings", "signals", "cells") if kind in written}
    return Row(place, speaker, str(written["starts"]), str(written["sha256"]), carried_by, str(written.get("nothing", "")))


@cache
def guidance() -> Guidance:
    """The industry's knowledge as it is shipped."""
    loaded = load_company(None, guidance_folder(), date(2026, 11, 22))
    assert not loaded.problems
    return loaded.company.guidance


def cited_in(kind: str) -> dict[str, tuple[Cited, ...]]:
    """What the findings or the signals cite of the two documents; those that cite neither are left out."""
    listed = guidance().findings if kind == "findings" else guidance().signals.values()
    cited = {each.id: tuple(where for where in each.cited if where.source in DOCUMENTS) for each in listed}
    return {id: where for id, where in cited.items() if where}


def places_in_rows(kind: str) -> dict[str, set[Place]]:
    """Where the rows say that something stands."""
    places: dict[str, set[Place]] = defaultdict(set)
    for row in rows():
        for id in row.carried_by.get(kind, ()):
            places[id].add(row.place)
    return dict(places)


def stated_cells() -> Iterator[tuple[str, Cell]]:
    """The cells of the ownership grid that were stated, each as archetype/motion."""
    for archetype in guidance().archetypes.values():
        yield from ((f"{archetype.id}/{motion}", cell) for motion, cell in archetype.cells.items() if cell.stated)


def test_paragraphs_are_counted_from_one() -> None:
    for document in DOCUMENTS:
        counted = [row.place[1] for row in rows() if row.place[0] == document]
        assert sorted(counted) == counted
        assert set(counted) == set(range(1, counted[-1] + 1))


@pytest.mark.parametrize("row", rows(), ids=str)
def test_a_sentence_is_carried_or_says_why_not(row: Row) -> None:
    assert bool(row.nothing) != any(row.carried_by.values()), "either something carries it, or `nothing:` says why"
    assert all(row.carried_by.values()), "an empty list says nothing"
    assert 1 <= len(row.starts.split()) <= 6, "only the opening words"
    assert re.fullmatch("[0-9a-f]{64}", row.sha256)
    assert row.speaker in (SPEAKERS if row.place[0] == "talk" else ("",))


@pytest.mark.parametrize("kind", ["findings", "signals"])
def test_what_cites_a_document_and_the_rows_agree_on_where(kind: str) -> None:
    cited = {id: {(where.source, each) for where in found for each in where.paragraphs} for id, found in cited_in(kind).items()}

    assert places_in_rows(kind) == cited


@pytest.mark.parametrize("kind", ["findings", "signals"])
def test_whoever_is_cited_said_it(kind: str) -> None:
    speakers = {row.place: row.speaker for row in rows()}
    wrong = [
        (id, where)
        for id, found in cited_in(kind).items()
        for where in found
        if not where.paragraphs or any(speakers.get((where.source, each)) != where.speaker for each in where.paragraphs)
    ]

    assert not wrong


def test_stated_cells_and_the_rows_agree_on_the_document() -> None:
    stated = {id: {source for source in cell.sources if source in DOCUMENTS} for id, cell in stated_cells()}
    named = {id: {document for document, _ in places} for id, places in places_in_rows("cells").items()}

    assert named == stated


def test_findings_that_disagree_exist() -> None:
    known = {finding.id for finding in guidance().findings}

    assert {other for finding in guidance().findings for other in finding.disagrees_with} <= known


@pytest.mark.skipif("ROLECALL_DOCUMENTS" not in os.environ, reason="the documents are not part of the project")
def test_the_rows_are_the_documents() -> None:
    files = sorted(Path(os.environ["ROLECALL_DOCUMENTS"]).glob("*.txt"))
    assert len(files) == len(DOCUMENTS)
    found = [sentence for name, file in zip(DOCUMENTS, files, strict=True) for sentence in sentences(name, file)]

    assert len(found) == len(rows())
    for row, (place, speaker, text) in zip(rows(), found, strict=True):
        assert (row.place, row.speaker, row.starts, row.sha256) == (place, speaker, opening(text, row), digest(text))


def sentences(document: str, file: Path) -> Iterator[tuple[Place, str, str]]:
    """The sentences of a document with their places and speakers."""
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    for number, line in enumerate(lines, 1):
        name, colon, said = line.partition(": ")
        spoken = bool(colon) and name in SPEAKERS
        for text in END_OF_SENTENCE.split(" ".join((said if spoken else line).split())):
            yield (document, number), name if spoken else "", text


def opening(text: str, row: Row) -> str:
    """As many opening words as the row has."""
    return " ".join(text.split()[: len(row.starts.split())])


def digest(text: str) -> str:
    """What stands for a sentence in the rows."""
    return hashlib.sha256(text.encode()).hexdigest()
