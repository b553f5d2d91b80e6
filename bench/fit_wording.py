"""Makes what `bot/understand/wording.py` reads: which words stand beside which, and which are common English.

    python bench/fit_wording.py [--common FILE]

Read are the utterances of `knowledge/said/`, the phrasings of `knowledge/language/` and the findings of the guidance; the names of roles
count as one word. Written is `knowledge/language/wording.json`. The list of common words is kept as it is; `--common` makes it anew of a
file with a word and its count in each line, such as `frequency_dictionary_en_82_765.txt` of symspellpy (MIT; from SCOWL and Google's
n-grams). The labelled questions of `bench/questions/` are not looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from bot.load import example_folder, guidance_folder, load_company, load_shipped
from bot.load.source import read_file
from bot.understand.senses import all_senses
from bot.understand.text import tokenize
from bot.understand.wording import CUT, NUMBER, ROLE, SHORTEST, START, STOP, TENTHS

ROOT = Path(__file__).resolve().parent.parent
SAID = ROOT / "knowledge" / "said"
FILE = ROOT / "knowledge" / "language" / "wording.json"
HEARD_BY = ("gitlab-fy24", "every-feature", "consumption-pods", "fleet", "")
"""The companies whose roles are told from other words; one has no rules."""
PLACEHOLDER = re.compile(r"\{([a-z-]+)\}")
STAND_INS = {"role": "csm", "subject": "renewal", "about": "renewal", "activity": "forecast", "step": "quote", "segment": "enterprise"}
"""What is read where a phrasing has a name of some kind; the others cut it."""
MOST, LONG, MOST_LONG = 30_000, 6, 60_000
"""So many common words are kept, and more of the long ones, of which few are a slip away from others."""
SAYS_MORE = 3
"""An utterance counts as often as so many findings: it is what people ask."""


def texts() -> Iterator[tuple[str, int]]:
    """Everything that is read, with how much it counts."""
    for file in sorted(SAID.glob("*.yaml")):
        document, problems = read_file(file, file.name)
        assert not problems, problems
        yield from ((text, SAYS_MORE) for text in document.value.get("said", ()))
    for intent in load_shipped().language.intents:
        for phrasing in intent.phrasings:
            plain = phrasing.text.replace("[", " ").replace("]", " ")
            yield PLACEHOLDER.sub(lambda found: STAND_INS.get(found[1], "."), plain), SAYS_MORE
    yield from ((finding.says, 1) for finding in open_one("").guidance.findings)


def open_one(name: str):
    """An example company, or the guidance alone."""
    return load_company(example_folder(name) if name else None, guidance_folder(), date(2026, 6, 1)).company


def role_words(common: frozenset[str]) -> frozenset[str]:
    """The names of roles that are abbreviations."""
    language = load_shipped().language
    named = (pair for name in HEARD_BY for pair in all_senses(open_one(name), language))
    roles = {phrase.lower() for phrase, sense in named if sense.tag == "role" and phrase.isalpha() and phrase.lower() not in common}
    return frozenset({*roles, *(role + "s" for role in roles)})


def words_in(text: str, roles: frozenset[str]) -> list[str]:
    """The words of a text, between where it begins and where it ends."""
    words = [START]
    for token in tokenize(text):
        words.append(STOP if token.is_stop else NUMBER if token.is_number else ROLE if token.text in roles else token.text)
    return [*words, STOP]


def counted(those: Iterable[tuple[str, int]], roles: frozenset[str]) -> tuple[Counter[str], Mapping[str, Counter[str]]]:
    """How often each word was said, the names of roles too, and which words behind it."""
    counts: Counter[str] = Counter()
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for text, worth in those:
        words = words_in(text, roles)
        for token in tokenize(text):
            counts[token.text] += worth if token.text in roles else 0
        counts.update(dict.fromkeys(words, 0))
        for word, then in pairwise(words):
            counts[word] += worth
            after[word][then] += worth
    return counts, after


def common_words(file: Path) -> Mapping[str, str]:
    """The commonest words of a list, under their first letters."""
    lines = (line.split() for line in file.read_text(encoding="utf-8-sig").splitlines())
    counts = {word: int(count) for word, count in lines if word.isalpha() and word.isascii() and len(word) >= SHORTEST}
    whole = sum(counts.values())
    found: dict[str, str] = defaultdict(lambda: " ")
    for place, word in enumerate(sorted(counts, key=lambda each: -counts[each])):
        if place < (MOST_LONG if len(word) >= LONG else MOST):
            found[word[:CUT]] += f"{word}={round(-math.log10(counts[word] / whole) * TENTHS)} "
    return dict(sorted(found.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Count which words stand beside which.")
    parser.add_argument("--common", type=Path, metavar="FILE", help="make the list of common words anew, of this one")
    given = parser.parse_args()
    common = common_words(given.common) if given.common else json.loads(FILE.read_text(encoding="utf-8"))["common"]
    roles = role_words(frozenset(pair.split("=")[0] for text in common.values() for pair in text.split()))
    counts, after = counted(texts(), roles)
    held = {
        "total": sum(count for word, count in counts.items() if word not in roles),
        "counts": {word: count for word, count in sorted(counts.items()) if count},
        "after": {word: "".join(f" {then}={n}" for then, n in sorted(those.items())) + " " for word, those in sorted(after.items())},
        "common": common,
    }
    FILE.write_text(json.dumps(held, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    pairs = sum(map(len, after.values()))
    print(f"{FILE.relative_to(ROOT)}: {len(held['counts'])} words, {pairs} pairs, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
