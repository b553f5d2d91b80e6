"""Fits what `bot/understand/leaning.py` reads: to which intent words lean.

    python bench/fit_leanings.py [--check] [--subjects]

Read are the utterances of `knowledge/said/` and the questions of `bench/practice/`, each as several companies would hear it, and the
phrasings of `knowledge/language/`. Written is `knowledge/language/leanings.json`, the same from the same texts. With `--check` a fifth of
the utterances is held out and counted instead. With `--subjects` it is `knowledge/said/subjects/`, and
`knowledge/language/situations.json`: which subject a story is about.
Needs numpy, which the bot does not. The labelled questions of `bench/questions/` are not looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bot.load import example_folder, guidance_folder, load_company, load_shipped
from bot.load.shipped import shipped_folder
from bot.load.source import read_file
from bot.understand import Prepared, prepare_understanding
from bot.understand.leaning import features, pack
from bot.understand.prepare import read
from bot.understand.roots import root
from bot.understand.situations import NOTHING, situation_features
from bot.understand.text import tokenize

ROOT = Path(__file__).resolve().parent.parent
SAID = ROOT / "knowledge" / "said"
PRACTICE = ROOT / "bench" / "practice"
HEARD_BY = ("gitlab-fy24", "every-feature", "consumption-pods", "fleet", "")
"""The companies whose words the utterances are read with; one has no rules."""
SEED = 20261128
ROUNDS, STEP, SHRINK, RARE = 14, 0.5, 5e-5, 2
"""Passes over all examples, how far each goes, how weights shrink; features of fewer examples are left out."""
SHRINK_FEW = 1e-3
"""The same where there are few examples of each."""
STEPS = 127
MARKS = frozenset("{#^$@")
"""What features begin with that are no words."""
DECLINED, DECLINED_TIMES = "declined", 3
"""What is not answered is asked in more ways than can be listed, so that each counts so many times."""


@dataclass(frozen=True, slots=True)
class Example:
    """The features of an utterance, its intent, and which utterance it was."""

    found: frozenset[str]
    intent: str
    number: int


def read_said() -> Iterator[tuple[str, str]]:
    """Utterances with their intents."""
    for file in sorted(SAID.glob("*.yaml")):
        document, problems = read_file(file, file.name)
        assert not problems, problems
        yield from ((text, document.value["intent"]) for text in document.value.get("said", ()))


def read_practice() -> Iterator[tuple[str, str]]:
    """The questions of `bench/practice` with their intents: what somebody really asked says more than what somebody thought of."""
    return ((each["q"], each["intent"]) for each in practised() if each.get("intent"))


def practised() -> Iterator[Mapping[str, Any]]:
    """The questions of `bench/practice`, as they are written."""
    for file in sorted(PRACTICE.glob("*.yaml")):
        document, problems = read_file(file, file.name)
        assert not problems, problems
        yield from document.value.get("questions", ())


def examples() -> Iterator[Example]:
    """Everything that is learnt from."""
    language = load_shipped().language
    heard = [prepare_understanding(open_one(name), language) for name in HEARD_BY]
    for number, (text, intent) in enumerate([*read_said(), *read_practice()]):
        for found in dict.fromkeys(features_of(text, prepared) for prepared in heard):
            yield Example(found, intent, number)
    for known in heard[0].phrasings.known:
        sections = (known.intent.matters,) if "entry" in known.form.needs else ()
        yield Example(features(known.units, sections), known.intent.id, -1)


def open_one(name: str):
    """An example company, or the guidance alone."""
    return load_company(example_folder(name) if name else None, guidance_folder(), date(2026, 6, 1)).company


def features_of(text: str, prepared: Prepared) -> frozenset[str]:
    """What an utterance has, as a company hears it."""
    reading = read(prepared.lexicon.repair(tokenize(text)), prepared, "")
    return features(prepared.beside(reading).units, reading.matches)


class Fitted:
    """Logistic regression, one pass after the other (AdaGrad), each example scaled by its number of features."""

    def __init__(self, those: Sequence[Example], shrink: float = SHRINK) -> None:
        self.shrink = shrink
        counts = Counter(each for example in those for each in example.found)
        self.places = {name: place for place, name in enumerate(sorted(name for name, count in counts.items() if count >= RARE))}
        self.intents = sorted({example.intent for example in those})
        shape = (len(self.places) + 1, len(self.intents))
        self.weights, self.steps = np.zeros(shape), np.full(shape, 1e-6)
        rows = [
            (self.row(example.found), self.intents.index(example.intent))
            for example in those
            for _ in range(DECLINED_TIMES if example.intent == DECLINED else 1)
        ]
        chance = np.random.default_rng(SEED)
        for _ in range(ROUNDS):
            for number in chance.permutation(len(rows)):
                self.learn(*rows[number])

    def row(self, found: Iterable[str]) -> np.ndarray:
        """The places of features; the last is always there."""
        return np.array([*sorted(self.places[name] for name in found if name in self.places), len(self.places)])

    def odds(self, row: np.ndarray) -> np.ndarray:
        """The share of each intent."""
        sums = self.weights[row].sum(0) / np.sqrt(len(row))
        odds = np.exp(sums - sums.max())
        return odds / odds.sum()

    def learn(self, row: np.ndarray, intent: int) -> None:
        """One step towards an example."""
        wrong = self.odds(row)
        wrong[intent] -= 1
        slope = (wrong / np.sqrt(len(row)))[None, :] + self.shrink * self.weights[row]
        self.steps[row] += slope * slope
        self.weights[row] -= STEP * slope / np.sqrt(self.steps[row])


def stories() -> Iterator[Example]:
    """Stories and practised questions with what they are about; what is about none of the subjects of stories, or for nobody here, is
    about nothing."""
    grammar = load_shipped().language.grammar
    document, problems = read_file(SAID / "subjects" / "situations.yaml", "situations.yaml")
    assert not problems, problems
    situations = document.value["situations"]
    told = [(text, subject) for subject, texts in situations.items() for text in texts]
    told += [(each["q"], each["about"] if each["about"] in situations else NOTHING) for each in practised() if each.get("about")]
    told += [(text, NOTHING) for text, intent in (*read_said(), *read_practice()) if intent == DECLINED]
    for number, (text, subject) in enumerate(told):
        yield Example(situation_features(tokenize(text), grammar), subject, number)


def digest() -> str:
    """What stands in the texts that are read."""
    files = [
        *sorted(SAID.rglob("*.yaml")),
        *sorted(PRACTICE.glob("*.yaml")),
        *sorted((shipped_folder("knowledge") / "language").rglob("*.yaml")),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def check(those: Sequence[Example], shrink: float) -> None:
    """Prints how often utterances that were not learnt from are taken for what they are."""
    numbers = sorted({example.number for example in those if example.number >= 0})
    random.Random(SEED).shuffle(numbers)
    held = frozenset(numbers[: len(numbers) // 5])
    fitted = Fitted([example for example in those if example.number not in held], shrink)
    tried = [example for example in those if example.number in held]
    told = [(fitted.odds(fitted.row(example.found)), example) for example in tried]
    for least in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        sure = [(fitted.intents[int(odds.argmax())] == example.intent) for odds, example in told if odds.max() >= least]
        print(f"at {least:.1f}: {len(sure) / len(told):.0%} are told, {sum(sure) / max(1, len(sure)):.1%} of them rightly")


def names_somebody(feature: str, weights: np.ndarray, intents: Sequence[str], listed: frozenset[str]) -> bool:
    """Whether a feature has a word that no list has and speaks for nothing as much as for what is not answered: a customer's name."""
    words = [word for part in feature.split() if part[0] not in MARKS for word in part.split("+")]
    return any(word not in listed for word in words) and intents[int(weights.argmax())] == DECLINED


def listed_roots() -> frozenset[str]:
    """The roots of words that are in some list: common ones, and those that mean something to somebody."""
    language = load_shipped().language
    spellers = [prepare_understanding(open_one(name), language).lexicon.speller for name in HEARD_BY]
    common = (each.partition("=")[0] for text in spellers[0].wording.common.values() for each in text.split())
    own = (word for speller in spellers for word in (*speller.vocabulary, *speller.shorthand))
    return frozenset(map(root, (*common, *own, *language.known)))


def write(fitted: Fitted, name: str) -> None:
    """Writes a file; what customers are called in questions that are not answered is left out."""
    scale = float(np.abs(fitted.weights).max()) / STEPS
    whole = np.rint(fitted.weights / scale).astype(int)
    listed = listed_roots()
    for feature, place in fitted.places.items():
        if DECLINED in fitted.intents and names_somebody(feature, whole[place], fitted.intents, listed):
            whole[place] = 0
    held = {
        "of": digest(),
        "intents": fitted.intents,
        "scale": round(scale, 6),
        "always": [round(float(each), 3) for each in fitted.weights[-1]],
        "weights": {name: pack([int(each) for each in whole[place]]) for name, place in fitted.places.items() if whole[place].any()},
    }
    file = ROOT / "knowledge" / "language" / name
    file.write_text(json.dumps(held, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{file.relative_to(ROOT)}: {len(held['weights'])} features, {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit to which intent words lean.")
    parser.add_argument("--check", action="store_true", help="hold a fifth out and count, and write nothing")
    parser.add_argument("--subjects", action="store_true", help="fit which subject a story is about instead")
    given = parser.parse_args()
    those = list(stories() if given.subjects else examples())
    print(
        f"{len(those)} examples of {len({each.number for each in those})} utterances and {sum(each.number < 0 for each in those)} phrasings"
    )
    shrink = SHRINK_FEW if given.subjects else SHRINK
    check(those, shrink) if given.check else write(Fitted(those, shrink), "situations.json" if given.subjects else "leanings.json")


if __name__ == "__main__":
    main()
