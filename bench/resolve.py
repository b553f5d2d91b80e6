"""Loading, checking and resolving at 20, 200 and 2,000 rules, side by side in one run.

    python bench/resolve.py

The models are generated from a fixed seed: eight subjects, on each a base rule and narrower rules by country and segment, every
rule with exceptions on handling, ARR and partner, support, steps with clocks, and references to other subjects. No two questions
are the same. Times are processor time, so that other work on the machine does not show. Nothing here is a test.
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

sys.path.pop(0)  # this folder: it has a module that is called http
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.domain.questions import Fact, Frame, Question
from bot.domain.regions import Values
from bot.load import Loaded, guidance_folder, load_company
from bot.resolve import RuleBook, prepare_rules, resolve
from bot.resolve.book import prepare_book

SEED = 20260601
TODAY = date(2026, 6, 1)
SIZES = (20, 200, 2_000)
QUESTIONS = 4_000
SUBJECTS = ("land", "adopt", "upsell", "cross-sell", "renew", "account", "opportunity", "business-review")
SEGMENTS = ("smb", "mid-market", "enterprise", "strategic")
COUNTRIES = tuple(f"country-{number:02}" for number in range(1, 65))
ROLES = ("ae", "am", "csm", "digital-csm", "renewals-manager", "deal-desk", "solutions-consultant", "partner-manager")
STEPS = ("quote", "negotiate", "sign", "handoff")
HANDLINGS = ("auto-renew", "re-order", "re-sell")
BANDS = ("under 20k", "20k to 50k", "50k to 100k", "100k or more")


def make_rules(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """So many rules: on each subject a base, then one for a country and segment after the other."""
    corners = list(product(COUNTRIES, SEGMENTS))
    for number in range(count):
        subject, place = SUBJECTS[number % len(SUBJECTS)], number // len(SUBJECTS)
        rule: dict[str, Any] = {"id": f"rule-{number}", "of": subject, "kept-by": "revops", "verified": "2026-05-01"}
        if place:
            country, segment = corners[(place - 1) % len(corners)]
            rule["when"] = {"country": country, "segment": segment}
        yield {**rule, **make_body(subject, chance), "except": list(make_exceptions(chance))}


def make_body(subject: str, chance: random.Random) -> dict[str, Any]:
    """Who has which part, and the steps."""
    refers = subject in ("upsell", "cross-sell") and chance.random() < 0.2
    owner: Any = {"as": "renew"} if refers else "account-owner" if subject == "renew" and chance.random() < 0.3 else chance.choice(ROLES)
    steps = {step: {"own": chance.choice(ROLES), "start": f"{chance.randint(1, 12) * 10} days before renewal"} for step in STEPS[:2]}
    return {"own": owner, "support": [chance.choice(ROLES)], "because": "That is how it was agreed.", "steps": steps}


def make_exceptions(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Up to four exceptions, the first by ARR and handling, one of them with an exception of its own."""
    band, handling = chance.choice(BANDS[:2]), chance.choice(HANDLINGS[:2])
    inner = {"when": {"partner-led": "yes"}, "own": "partner-manager"}
    yield {"when": {"arr": band, "handling": handling}, "own": chance.choice(ROLES), "except": [inner]}
    if chance.random() < 0.6:
        yield {"when": {"partner-led": "yes"}, "own": "partner-manager", "support": ["am"]}
    if chance.random() < 0.5:
        yield {"when": {"handling": "re-sell", "arr": BANDS[3]}, "co-own": ["ae", "csm"], "lead": "ae"}
    if chance.random() < 0.3:
        yield {"when": {"terms": "restructured"}, "own": "deal-desk", "steps": {"quote": {"own": "deal-desk"}}}


def make_model(count: int) -> dict[str, Any]:
    """The files of a model of so many rules."""
    chance = random.Random(SEED)
    company = {
        "company": "Bench",
        "roles": {role: {} for role in ROLES},
        "segments": {segment: {} for segment in SEGMENTS},
        "attributes": {"country": {"kind": "enum", "values": list(COUNTRIES)}},
    }
    files: dict[str, Any] = {"company.yaml": company}
    for rule in make_rules(count, chance):
        files.setdefault(f"rules/{rule['of']}-{int(rule['id'][5:]) // 400}.yaml", []).append(rule)
    return files


def make_questions(count: int) -> list[Frame]:
    """So many different questions: most give all facts, a fifth two of them, a tenth one, a few none."""
    chance = random.Random(SEED + 1)
    frames: dict[Any, Frame] = {}
    while len(frames) < count:
        facts: dict[str, Values] = {
            "country": frozenset({chance.choice(COUNTRIES)}),
            "segment": frozenset({chance.choice(SEGMENTS)}),
            "handling": frozenset({chance.choice(HANDLINGS)}),
        }
        cents = chance.randint(1, 200_000) * 100
        facts["arr"] = ((cents, cents + 1),)
        given = chance.choices((4, 3, 2, 1, 0), (50, 18, 20, 10, 2))[0]
        names = chance.sample(sorted(facts), given)
        key, step = chance.choice((("own", None), ("own", None), ("support", None), ("own", "quote")))
        said = {name: Fact(name, facts[name], name) for name in sorted(names)}
        frame = Frame("who", (chance.choice(SUBJECTS),), step, key, facts=said)
        frames.setdefault((frame.subjects, step, key, tuple(said.items())), frame)
    return list(frames.values())


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """How many seconds of processor time something takes, and what comes of it."""
    gc.collect()
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def memory() -> float:
    """The memory of this process in MB: now where that can be read, else the most so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def time_questions(book: RuleBook, frames: list[Frame]) -> list[float]:
    """Microseconds for each question."""
    question, taken = Question("", TODAY), []
    for frame in frames:
        started = time.process_time_ns()
        resolve(frame, question, book, {})
        taken.append((time.process_time_ns() - started) / 1_000)
    return sorted(taken)


def measure(count: int, frames: list[Frame]) -> dict[str, float]:
    """Everything about a model of so many rules."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in make_model(count).items():
            Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
            Path(folder, path).write_text(json.dumps(content, indent=1), encoding="utf-8")
        before = memory()
        loading, loaded = clock(lambda: load_company(Path(folder), guidance_folder(), TODAY))
    return {"rules": count, "load s": loading, **measure_resolving(loaded, frames), "memory MB": memory() - before}


def measure_resolving(loaded: Loaded, frames: list[Frame]) -> dict[str, float]:
    """The rule book, its checks, questions, the sheet and a role."""
    ordering, _ = clock(lambda: prepare_book(loaded.company))
    checking, (book, problems) = clock(lambda: prepare_rules(loaded.company, TODAY))
    errors = [found for found in (*loaded.problems, *problems) if found.severity == "error"]
    if errors:
        raise SystemExit(f"the generated model has {len(errors)} errors, the first: {errors[0]}")
    time_questions(book, frames[:200])
    gc.collect()
    taken = time_questions(book, frames)
    question = Question("", TODAY)
    sheet, _ = clock(lambda: resolve(Frame("sheet"), question, book, {}))
    role, _ = clock(lambda: resolve(Frame("role", roles=("csm",)), question, book, {}))
    return {
        "order s": ordering,
        "order + check s": checking,
        "p50 us": statistics.median(taken),
        "p99 us": taken[int(len(taken) * 0.99)],
        "max us": taken[-1],
        "sheet ms": sheet * 1_000,
        "role ms": role * 1_000,
    }


def say(value: float) -> str:
    """A figure with as many digits as matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def main() -> None:
    """Prints one table: a row for each size, then the last as a multiple of the first, in all and for each rule."""
    frames = make_questions(QUESTIONS)
    rows = [measure(count, frames) for count in SIZES]
    names = list(rows[0])
    first, last = rows[0], rows[-1]
    growth = last["rules"] / first["rules"]
    lines = [names, *([say(row[name]) for name in names] for row in rows)]
    lines.append([f"{last['rules']:,.0f} / {first['rules']:,.0f}", *(f"x{say(last[name] / first[name])}" for name in names[1:])])
    lines.append(["for each rule", *(f"x{say(last[name] / first[name] / growth)}" for name in names[1:])])
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|")


if __name__ == "__main__":
    main()
