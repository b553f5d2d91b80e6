"""Says of practised questions what they are about: the one subject on which those of their readings agree whose answers are right.

    python bench/label_subjects.py [FOLDER]

Written is `about:` beside each question of `bench/practice/`, or of another folder of such files, that has none yet and of which that can
be said. `bench/fit_leanings.py --subjects` learns from it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

import argparse

from bench.split_questions import as_text, read_raw
from bench.tried import answers_of
from bot.cli.eval import open_questions
from bot.domain.labels import Conversation
from bot.evaluate.judge import judge
from bot.pipeline import Engine

ROOT = Path(__file__).resolve().parent.parent


def subject_of(asked: Conversation, engine: Engine) -> str:
    """The subject of all right answers to a question, or nothing."""
    right = (done.frame for done in answers_of(asked, engine) if judge(asked, 0, done, engine).judgement == "right")
    subjects = {frame.subjects for frame in right if frame is not None and frame.subjects}
    return str(only[0]) if len(subjects) == 1 and len(only := subjects.pop()) == 1 else ""


def main() -> None:
    parser = argparse.ArgumentParser(description="Say of practised questions what they are about.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "bench" / "practice", help="files of labelled questions")
    folder = parser.parse_args().folder
    _, engines = open_questions([folder], None)
    for file in sorted(folder.glob("*.yaml")):
        raw = list(read_raw([file]))
        for asked, written in raw:
            if asked.is_alone and not written.get("about") and (subject := subject_of(asked, engines[asked.company])):
                written["about"] = subject
        head = file.read_text(encoding="utf-8").split("\n", 1)[0]
        file.write_text(f"{head}\n{as_text(raw[0][0].company, raw)}", encoding="utf-8")
        print(f"{file}: {sum(bool(written.get('about')) for _, written in raw)} of {len(raw)}")


if __name__ == "__main__":
    main()
