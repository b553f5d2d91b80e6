"""Spans -> the form that explains the question best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.language import Form, Intent, Language
from bot.understand.lexicon import Span

ALWAYS = frozenset({"fact", "typical", "here"})
"""Tags that fit into any form."""
STANDS_FOR = {"about": ("subject", "step"), "pair": ("role",), "activity": ("subject",), "segment": ("fact",)}


@dataclass(frozen=True, slots=True)
class Fit:
    """A form laid over a question."""

    intent: Intent
    form: Form
    share: float
    """How much of the question's weight it explains, 0 to 1."""
    used: dict[int, str]
    """Index of a span -> the tag under which the form needs it."""


def fit_forms(language: Language, spans: list[Span]) -> list[Fit]:
    """All forms that fit, best first."""
    present = {tag for span in spans for tag in span.tags}
    total = sum(span.weight for span in spans) or 1.0
    fits = [
        fit
        for intent, form in candidates(language.intents, present)
        if (fit := lay(intent, form, spans, total, language.decisive)) is not None
    ]
    return sorted(fits, key=lambda fit: (-round(fit.share, 3), -len(fit.form.needs), -fit.intent.rank))


def candidates(intents: Iterable[Intent], present: set[str]) -> Iterator[tuple[Intent, Form]]:
    """The forms whose needs are all present somewhere."""
    for intent in intents:
        for form in intent.forms:
            if form.bars.isdisjoint(present) and all(
                tag in present or any(each in present for each in STANDS_FOR.get(tag, ())) for tag in form.needs
            ):
                yield intent, form


def lay(intent: Intent, form: Form, spans: list[Span], total: float, decisive: frozenset[str]) -> Fit | None:
    """The form over the spans, or None when two of its needs would share one span."""
    used: dict[int, str] = {}
    for tag in sorted(form.needs, key=lambda need: sum(need in span.tags for span in spans)):
        if not take(tag, spans, used):
            return None
    allowed = form.allows | ALWAYS | set(form.needs)
    if any(span.tags & decisive and span.tags.isdisjoint(allowed) for index, span in enumerate(spans) if index not in used):
        return None
    explained = sum(span.weight for index, span in enumerate(spans) if index in used or not span.tags.isdisjoint(allowed))
    return Fit(intent, form, explained / total, used)


def take(tag: str, spans: list[Span], used: dict[int, str]) -> bool:
    """Marks the span (for a pair all spans) that serve a need."""
    wanted = STANDS_FOR.get(tag, (tag,))
    fit = [index for index, span in enumerate(spans) if index not in used and any(each in span.tags for each in wanted)]
    if tag == "pair":
        if len(fit) < 2:
            return False
        used.update((index, "role") for index in fit)
        return True
    if not fit:
        return False
    best = min(fit, key=lambda index: (len(spans[index].tags), index))
    used[best] = next(each for each in wanted if each in spans[best].tags)
    return True
