"""Raw labelled questions -> bench/questions/keep and tune: run once, before anything is mended.

    python bench/split_questions.py RAW... [--into bench/questions] [--seed 20261122]

Left out is what stands in the tests or in knowledge/language too, word for word, and what is asked twice. The rest is split by a fixed
seed, two thirds to keep and one third to tune, evenly over companies, intents, and what sounds like ours and does not. `why:` is not
written. Nothing is written over: the sets are split once.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml
from sentences import known_sentences, sentences_of

from bot.domain.labels import Conversation
from bot.load.questions import read_questions
from bot.load.source import read_file
from bot.problems import Place, format_problem, in_order

SEED = 20261122
SETS = ("keep", "keep", "tune")
"""Of three questions that follow each other, where each goes, from a place that chance decides."""
HEADS = {
    "keep": "# Run only to report: nobody reads which of these questions fail.",
    "tune": "# May be looked at and mended for, so that its figures are no evidence.",
}
Raw = tuple[Conversation, dict[str, Any]]
"""A conversation as it was read, and as it is written in its file."""


def main() -> None:
    options = read_options()
    there = [folder for name in HEADS if (folder := options.into / name).exists()]
    if there:
        sys.exit(f"{', '.join(map(str, there))} is there already. The sets are split once.")
    raw = list(read_raw(options.raw))
    kept, dropped = without_known(raw)
    for line in dropped:
        print(line)
    for (name, company), those in split(kept, options.seed).items():
        target = options.into / name / f"{company}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{HEADS[name]}\n{as_text(company, those)}", encoding="utf-8")
        print(f"{target}: {len(those)}")
    print(f"{len(raw)} read, {len(dropped)} left out")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Split labelled questions into those to keep and those to tune by.")
    parser.add_argument("raw", nargs="+", type=Path, help="files, or folders of them")
    parser.add_argument("--into", type=Path, default=Path("bench/questions"), help="where keep and tune are made")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def read_raw(paths: Iterable[Path]) -> Iterator[Raw]:
    """Every conversation with what is written of it; ends with everything that is wrong with the files."""
    read = read_questions(paths)
    if read.problems:
        sys.exit("\n\n".join(format_problem(found, read.sources) for found in in_order(read.problems)))
    written: dict[Place, dict[str, Any]] = {}
    for path in read.sources:
        document, _ = read_file(Path(path), path)
        for section in ("questions", "conversations"):
            for number, each in enumerate(document.value.get(section) or ()):
                written[document.at((section, number))] = each
    yield from ((each, written[each.place]) for each in read.conversations)


def without_known(raw: Iterable[Raw]) -> tuple[list[Raw], list[str]]:
    """What shares no sentence with the tests or the language and is not asked twice; and a line on each that is left out."""
    known, asked = known_sentences(), dict[str, str]()
    kept, dropped = [], []
    for each, written in raw:
        said = list(sentences_of(each))
        stands = next((known[sentence] for sentence in said if sentence in known), "") or asked.get(said[0], "")
        if stands:
            dropped.append(f"{each.place.short}: left out, it stands in {stands}")
        else:
            kept.append((each, written))
            asked[said[0]] = each.place.short
    return kept, dropped


def split(raw: Iterable[Raw], seed: int) -> Mapping[tuple[str, str], list[Raw]]:
    """The questions by set and company: those of one kind in an order of chance, one kind after the other, and every third to tune."""
    chance = random.Random(seed)
    by_company: dict[tuple[str, bool], list[Raw]] = defaultdict(list)
    for each in raw:
        by_company[each[0].company, each[0].is_alone].append(each)
    found: dict[tuple[str, str], list[Raw]] = {(name, company): [] for company, _ in sorted(by_company) for name in HEADS}
    for (company, _), those in sorted(by_company.items()):
        chance.shuffle(those)
        those.sort(key=kind_of)
        start = chance.randrange(len(SETS))
        for number, each in enumerate(those):
            found[SETS[(start + number) % len(SETS)], company].append(each)
    return {at: those for at, those in found.items() if those}


def kind_of(raw: Raw) -> tuple[str, str]:
    """What the two sets are to have alike."""
    return raw[0].turns[0].label.intent, raw[0].group


def as_text(company: str, raw: Iterable[Raw]) -> str:
    """A file of questions."""
    lines = [f"company: {company}"]
    for section, is_alone in (("questions", True), ("conversations", False)):
        those = [written for each, written in raw if each.is_alone is is_alone]
        lines += [f"{section}:"] if those else []
        for written in those:
            lines += indented(entry_lines(written))
    return "\n".join(lines) + "\n"


def entry_lines(written: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a question or a conversation, but for why it is labelled so."""
    for key, value in written.items():
        if key == "turns":
            yield "turns:"
            yield from (f"- {in_line({name: inner for name, inner in turn.items() if name != 'why'})}" for turn in value)
        elif key != "why":
            yield f"{key}: {in_line(value)}"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """The lines as an entry of a list."""
    for number, line in enumerate(lines):
        yield ("  " if number else "- ") + line


def in_line(value: Any) -> str:
    """A value on one line of YAML."""
    text: str = yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


if __name__ == "__main__":
    main()
