"""A made-up company of any size, with FAQs beside its rules; and questions as people type them: about the rules, and near the FAQs.

The rules are those of bench/resolve.py. The FAQs are about laptops and lockers, which no rule or guidance speaks of, so that what is
asked about them is matched with what was asked before. The same for the same numbers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench.resolve import SEED, make_model, make_questions
from bot.domain.questions import Fact, Frame

DOES = "order replace return clean borrow label unlock repair store reset ship paint insure register wrap photograph stack polish tow mend"
THINGS = (
    "laptop badge monitor headset desk chair bicycle locker projector kettle microwave fridge whiteboard keyboard charger umbrella plant "
    "van printer scanner toaster lamp carpet window blind coat-hook fan heater speaker microphone camera tripod ladder toolbox trolley "
    "sofa beanbag piano poster flag banner mug teapot dishwasher bin shredder stapler doorbell aquarium hammock"
)
TAUGHT = (
    "how do i {does} a {thing}",
    "where can i {does} my {thing}",
    "what is the way to {does} the {thing}",
    "i have to {does} a {thing}, whom do i tell",
    "{does} {thing}",
)
TYPED = (
    "hi, how can i {does} the {thing} here",
    "i would like to {does} my {thing} please",
    "is there a form to {does} a {thing}?",
    "any idea how one gets to {does} the {thing}",
    "{thing}: {does} it how",
    "need to {does} this {thing} asap",
)
SUBJECTS = {
    "land": "the land",
    "adopt": "adoption",
    "upsell": "the upsell",
    "cross-sell": "the cross-sell",
    "renew": "the renewal",
    "account": "the account",
    "opportunity": "the opportunity",
    "business-review": "the business review",
}


def faqs(phrasings: int) -> Iterator[dict[str, object]]:
    """FAQs with so many phrasings in all, five each."""
    for does, thing in islice(pairs(), phrasings // len(TAUGHT)):
        ask = [each.format(does=does, thing=thing) for each in TAUGHT]
        said = f"Tell the front desk to {does} the {thing}."
        yield {"id": f"{does}-{thing}", "ask": ask, "answer": said, "kept-by": "revops", "verified": "2026-05-01"}


def pairs() -> Iterator[tuple[str, str]]:
    """What may be done with what, in an order that mixes both."""
    found = [(does, thing) for does in DOES.split() for thing in THINGS.split()]
    random.Random(SEED).shuffle(found)
    return iter(found)


def write_model(folder: Path, rules: int, phrasings: int) -> None:
    """The files of a company."""
    for path, content in {**make_model(rules), "faqs.yaml": list(faqs(phrasings))}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(content, indent=1), encoding="utf-8")


def phrasings_of(phrasings: int) -> list[str]:
    """All phrasings of the FAQs."""
    return [str(text) for faq in faqs(phrasings) for text in faq["ask"]]  # type: ignore[attr-defined]


def questions_about_faqs(phrasings: int, count: int) -> list[str]:
    """So many questions that are near an FAQ and no phrasing of it."""
    chance = random.Random(SEED + 2)
    known = [(does, thing) for does, thing in islice(pairs(), phrasings // len(TAUGHT))]
    asked = [each.format(does=does, thing=thing) for does, thing in known for each in TYPED]
    return chance.sample(asked, min(count, len(asked)))


def questions_about_rules(count: int) -> list[str]:
    """So many different questions that are answered by a rule."""
    return [say(frame) for frame in make_questions(count)]


def say(frame: Frame) -> str:
    """A frame as somebody would type it."""
    verb = "supports" if frame.key == "support" else "owns"
    about = f"the quote for {SUBJECTS[frame.subjects[0]]}" if frame.step else SUBJECTS[frame.subjects[0]]
    return " ".join((f"who {verb} {about}", *(say_fact(frame.facts[name]) for name in sorted(frame.facts, reverse=True))))


def say_fact(fact: Fact) -> str:
    """A condition in words."""
    values: Sequence[object] = sorted(fact.values) if isinstance(fact.values, frozenset) else fact.values
    match fact.attribute:
        case "country":
            return f"in {values[0]}"
        case "segment":
            return f"for {values[0]}"
        case "arr":
            return f"at {fact.values[0][0] // 100} USD arr"  # type: ignore[index]
        case _:
            return f"on {values[0]}"
