"""A question in a thread, read once more: as if it stood alone, and as if it said what the thread was about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.domain.questions import Ambiguous, Frame, Mention, Question, last_of
from bot.understand.frames import Reading
from bot.understand.matters import TEXTS
from bot.understand.others import Other, others
from bot.understand.prepare import Prepared
from bot.understand.rulings import texts_at
from bot.understand.understanding import hear

NAMED = 2
"""So many subjects of what was asked before are said again."""


def others_in_thread(reading: Reading, question: Question, prepared: Prepared) -> Iterator[Other]:
    """Further readings of a question that goes on from another one, in no order; some may be the same. One that says nothing that is known,
    "lol", goes on from nothing."""
    alone = replace(question, before=None)
    yield from read_again(alone, prepared)
    before = last_of(question.before)
    is_known = any(span.senses and span.weight for span in reading.spans)
    if not is_known or not isinstance(before, Frame):
        return
    for said in said_before(before, prepared):
        for other in read_again(replace(alone, text=said + question.text), prepared):
            yield replace(other, meant=gone_on(other.meant, before, len(said)), has_thread=True)


def read_again(question: Question, prepared: Prepared) -> Iterator[Other]:
    """A question that stands alone, as it is understood and otherwise."""
    understood, reading = hear(question, prepared)
    if reading is None:
        return
    if isinstance(understood, Frame | Ambiguous):
        yield Other(understood, "alone", 0, reading=reading)
    yield from (replace(other, reading=reading) for other in others(reading, question, prepared))


def said_before(before: Frame, prepared: Prepared) -> Iterator[str]:
    """What was asked about, in words: its subjects, or its roles; and the ruling that was told."""
    company = prepared.company
    subjects = [company.subjects[id].name for id in before.subjects[:NAMED] if id in company.subjects]
    names = subjects or [company.parties[id].name for id in before.roles[:NAMED] if id in company.parties]
    if names:
        yield f"{', '.join(names)}: "
    ids = before.things.get("entry", ())[:1]
    told = ((entry, keys) for section, keys in TEXTS.items() for entry in company.section(section) if entry.id in ids)
    for text in islice((text for entry, keys in told for text in texts_at(entry, keys)), 1):
        yield f"{text}: "


def gone_on(meant: Frame | Ambiguous, before: Frame, by: int) -> Frame | Ambiguous:
    """What is meant, with the facts given before, and the words that were recognised where they stand in the question itself."""
    if isinstance(meant, Ambiguous):
        return meant
    mentions = tuple(at(each, by) for each in meant.mentions if each.start >= by)
    return replace(meant, facts={**before.facts, **meant.facts}, mentions=mentions)


def at(mention: Mention, by: int) -> Mention:
    """Words that stand so much further ahead."""
    return replace(mention, start=mention.start - by, end=mention.end - by)
