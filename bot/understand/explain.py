"""How a question was read: the words that counted and those that did not, the repairs, and the readings side by side.

Nothing is decided here: the same forms and phrasings are laid over the same words once more, and all that fit are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.questions import Frame, Question, Understood, frame_of
from bot.understand.forms import ALWAYS, STANDS_FOR, Fit
from bot.understand.frames import Reading, subjects_of
from bot.understand.lexicon import Span
from bot.understand.phrasings import SPLIT
from bot.understand.prepare import Prepared
from bot.understand.roots import root
from bot.understand.situations import likely_subjects
from bot.understand.text import MAX_CHARACTERS, tokenize
from bot.understand.understanding import heard

Use = Literal["needed", "fits", "around", "unknown", "left over"]
"""What became of words: the reading needs them, allows them, passes over them because they mean nothing; nobody knows them; or they are
known and the reading has no place for them."""
MOST = 5
"""So many readings are kept."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words of the question that belong together."""

    typed: str
    meant: str
    """What they were taken for, where they were misspelt."""
    kinds: tuple[tuple[str, str], ...]
    """What they can mean: kind and ids."""
    use: Use
    weight: float

    @property
    def counted(self) -> bool:
        """Whether the reading is made of them."""
        return self.use in ("needed", "fits")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of the question: the intent, the form or phrasing that fits, and how much it explains, 0 to 1."""

    intent: str
    by: Literal["form", "phrasing"]
    text: str
    share: float
    fit: Fit


@dataclass(frozen=True, slots=True)
class Explained:
    """How a question was read."""

    words: tuple[Word, ...]
    repairs: tuple[tuple[str, str], ...]
    """Misspelt words, and what they were taken for."""
    readings: tuple[Candidate, ...]
    """The best reading of each intent, best first."""
    chosen: Candidate | None
    """The one that was taken; None where none was, or where the question goes on from the one before."""
    reading: Reading
    guessed: tuple[tuple[str, float], ...] = ()
    """The subjects that no word names, each with how likely all words are about it, 0 to 1."""

    @property
    def runner_up(self) -> Candidate | None:
        """The best reading of another intent than the one that was taken."""
        return next((each for each in self.readings if self.chosen is None or each.intent != self.chosen.intent), None)

    @property
    def distance(self) -> float | None:
        """By how much less the runner-up explains; None where there are no two."""
        return round(self.chosen.share - self.runner_up.share, 3) if self.chosen and self.runner_up else None


def explain(question: Question, understood: Understood, prepared: Prepared) -> Explained:
    """How a question was read that was understood so."""
    _, reading = heard(replace(question, text=question.text[:MAX_CHARACTERS]), prepared)
    found = list(candidates(reading, prepared))
    frame = frame_of(understood)
    chosen = None
    if frame is not None:
        own = [each for each in found if each.intent == frame.intent]
        chosen = min(own, key=lambda each: abs(min(1.0, each.share) - frame.confidence), default=None)
    best = {each.intent: each for each in sorted(found, key=lambda each: each.share)}
    if chosen is not None:
        best[chosen.intent] = chosen
    readings = sorted(best.values(), key=lambda each: (each is not chosen, -each.share))[:MOST]
    repairs = tuple((token.typed, token.fixed) for token in reading.tokens if token.fixed)
    fit = chosen or next(iter(readings), None)
    words = tuple(word_of(index, span, fit, reading) for index, span in enumerate(reading.spans))
    guessed = tuple(guesses(frame, chosen.fit, reading, prepared)) if frame is not None and chosen is not None else ()
    return Explained(words, repairs, tuple(readings), chosen, reading, guessed)


def guesses(frame: Frame, fit: Fit, reading: Reading, prepared: Prepared) -> Iterator[tuple[str, float]]:
    """What a frame is about that is not among what its words name, and is likely by all of them."""
    named, likely = subjects_of(reading, fit, prepared.grounds), dict(likely_subjects(reading, prepared))
    return ((subject, likely[subject]) for subject in frame.subjects if subject not in named and subject in likely)


def candidates(reading: Reading, prepared: Prepared) -> Iterable[Candidate]:
    """Every form and phrasing that fits."""
    for fit in prepared.forms.fit(reading.spans, reading.matches):
        yield Candidate(fit.intent.id, "form", fit.form.text, fit.share, fit)
    for fit in prepared.near_phrasings(reading):
        yield Candidate(fit.intent.id, "phrasing", fit.form.text, fit.share, fit)


def word_of(index: int, span: Span, candidate: Candidate | None, reading: Reading) -> Word:
    """What became of the words of a span in a reading."""
    kinds = tuple((sense.tag, ", ".join(sense.ids)) for sense in span.senses)
    return Word(span.typed, span.repaired, kinds, use_of(index, span, candidate, reading), span.weight)


def use_of(index: int, span: Span, candidate: Candidate | None, reading: Reading) -> Use:
    """What became of the words of a span."""
    if candidate is None:
        return "left over" if span.senses else "unknown" if span.weight else "around"
    match = reading.matches.get(candidate.fit.intent.matters)
    spoken = match.spans if match and candidate.fit.entries else frozenset()
    if index in candidate.fit.used or index in spoken or says_same(span, candidate, reading):
        return "needed"
    if not span.senses:
        return "unknown" if span.weight else "around"
    form = candidate.fit.form
    allowed = {each for tag in (*form.allows, *form.needs, *ALWAYS) for each in STANDS_FOR.get(tag, (tag,))}
    return "fits" if not span.tags.isdisjoint(allowed) else "left over"


def says_same(span: Span, candidate: Candidate, reading: Reading) -> bool:
    """Whether a phrasing has the words themselves."""
    if candidate.by == "form" or not span.weight:
        return False
    said = {root(token.text) for piece in SPLIT.split(candidate.text)[::2] for token in tokenize(piece)}
    return all(root(token.text) in said for token in reading.tokens[span.position : span.position + span.length] if not token.is_stop)
