"""Spans -> the form that explains the question best. Tags are bits, so that laying a form over a question is a few comparisons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.language import Form, Intent, Language
from bot.understand.lexicon import Span
from bot.understand.matters import Match

ALWAYS = ("fact", "typical", "here", "follow", "pronoun", "greeting", "practice", "ruling")
"""Tags that fit into any form."""
UNKNOWN = "unknown"
"""The tag, of forms alone, that words which nobody knows may stand there; they count for most of their weight."""
FORGIVEN = 0.7
ENTRY = "entry"
"""The need of a form that an entry of the intent's section is spoken of."""
TOPIC = 2
"""A need that is a decisive cue counts so much more: it is what the question is about."""
NO_MATCHES: Mapping[str, Match] = {}
STANDS_FOR = {
    "about": ("subject", "step", "implies"),
    "subject": ("subject", "implies"),
    "pair": ("role",),
    "activity": ("subject",),
    "segment": ("fact",),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A form laid over a question."""

    intent: Intent
    form: Form
    share: float
    """How much of the question's weight it explains, 0 to 1."""
    used: dict[int, str]
    """Index of a span -> the tag under which the form needs it."""
    entries: tuple[str, ...] = ()
    """The entries of the intent's section that the question speaks of."""
    size: int = 0
    """How many things it needs; the words that an entry has count each, and decisive cues more."""

    asks: bool = True
    """Whether its words say by themselves what is asked about."""

    @property
    def is_about(self) -> bool:
        """Whether the form itself is about something."""
        return not {"about", "subject", "step"}.isdisjoint(self.form.needs)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form as bits."""

    intent: Intent
    form: Form
    needs: tuple[tuple[str, int], ...]
    """Each need with the bits that serve it."""
    required: tuple[int, ...]
    allowed: int
    bars: int
    section: str = ""
    """The section of which it needs an entry."""
    forgives: bool = False
    """Whether words that nobody knows may stand beside what it needs."""


class FormBook:
    """All forms of a language."""

    def __init__(self, language: Language) -> None:
        self.bits: dict[str, int] = {}
        self.masks: dict[frozenset[str], int] = {}
        self.decisive, self.fact = self.mask(language.decisive), self.mask(("fact",))
        self.patterns = tuple(self.compile(intent, form) for intent in language.intents for form in intent.forms)
        self.leaning = {intent.id: tuple(self.compile(intent, form) for form in intent.leans) for intent in language.intents}
        """What a question has to name whose words only lean to an intent."""
        counts = Counter(bits for pattern in self.patterns for bits in pattern.required)
        self.found_by: dict[int, list[int]] = defaultdict(list)
        """Bits of which a question has to have one -> the patterns that it rules out fastest."""
        for number, pattern in enumerate(self.patterns):
            self.found_by[min(pattern.required, key=lambda bits: counts[bits], default=0)].append(number)

    def mask(self, tags: Iterable[str]) -> int:
        """The bits of tags."""
        bits = 0
        for tag in tags:
            for each in STANDS_FOR.get(tag, (tag,)):
                bits |= self.bits.setdefault(each, 1 << len(self.bits))
        return bits

    def compile(self, intent: Intent, form: Form) -> Pattern:
        """A form as bits."""
        needs = tuple((tag, self.mask((tag,))) for tag in form.needs if tag != ENTRY)
        allowed = self.mask((*form.allows, *ALWAYS, *(tag for tag, _ in needs)))
        section = intent.matters if ENTRY in form.needs else ""
        return Pattern(
            intent,
            form,
            needs,
            tuple(dict.fromkeys(bits for _, bits in needs)),
            allowed,
            self.mask(form.bars),
            section,
            UNKNOWN in form.allows,
        )

    def masks_of(self, spans: Sequence[Span]) -> list[int]:
        """The bits of each span."""
        masks = []
        for span in spans:
            found = self.masks.get(span.tags)
            if found is None:
                found = self.masks[span.tags] = self.mask(span.tags)
            masks.append(found)
        return masks

    def fit(self, spans: Sequence[Span], matches: Mapping[str, Match] = NO_MATCHES) -> list[Fit]:
        """All forms that fit, best first: by what they explain, what they need, their rank, their order.

        `matches` are the entries that the question speaks of, by section.
        """
        masks = self.masks_of(spans)
        present = 0
        for mask in masks:
            present |= mask
        total = sum(span.weight for span in spans) or 1.0
        fits = [
            fit
            for pattern in self.candidates(present)
            if not pattern.bars & present and all(bits & present for bits in pattern.required)
            if not pattern.section or pattern.section in matches
            if (fit := self.lay(pattern, spans, masks, total, matches.get(pattern.section))) is not None
        ]
        return sorted(fits, key=lambda fit: (-round(fit.share, 3), -fit.size, -fit.intent.rank))

    def loosely(self, intent: str, spans: Sequence[Span], matches: Mapping[str, Match] = NO_MATCHES) -> list[Fit]:
        """The forms of an intent that have all they need, whatever else is said, those that explain most first; then what is enough
        where words only lean to it."""
        own = [fit for pattern in self.patterns if pattern.intent.id == intent and (fit := self.lay_loosely(pattern, spans, matches))]
        bare = [fit for pattern in self.leaning.get(intent, ()) if (fit := self.lay_loosely(pattern, spans, matches))]
        return [*sorted(own, key=lambda fit: (-round(fit.share, 2), -fit.size)), *bare]

    def lay_loosely(self, pattern: Pattern, spans: Sequence[Span], matches: Mapping[str, Match]) -> Fit | None:
        """The form over the spans, whatever is left over; None where it has not all that it needs."""
        match, used, masks = matches.get(pattern.section), dict[int, str](), self.masks_of(spans)
        if (pattern.section and not match) or not serve(pattern.needs, spans, masks, used):
            return None
        spoken = match.spans if match else frozenset[int]()
        said = sum(
            span.weight * (bool(at in used or at in spoken or mask & pattern.allowed) - bool(mask & pattern.bars))
            for at, (span, mask) in enumerate(zip(spans, masks, strict=True))
        )
        share = said / (sum(span.weight for span in spans) or 1.0)
        return Fit(pattern.intent, pattern.form, share, used, match.ids if match else (), len(pattern.form.needs))

    def candidates(self, present: int) -> Iterator[Pattern]:
        """The patterns, in their order, that a question with these bits may have what they need for."""
        found = (number for bits, numbers in self.found_by.items() if bits & present or not bits for number in numbers)
        return (self.patterns[number] for number in sorted(found))

    def lay(self, pattern: Pattern, spans: Sequence[Span], masks: list[int], total: float, match: Match | None) -> Fit | None:
        """The form over the spans, or None when two of its needs would share one span or a decisive word is left over."""
        used: dict[int, str] = {}
        spoken = match.spans if match else frozenset[int]()
        if not serve(pattern.needs, spans, masks, used):
            return None
        explained = 0.0
        for index, mask in enumerate(masks):
            if index in used or index in spoken or mask & pattern.allowed:
                explained += spans[index].weight
            elif not mask and pattern.forgives:
                explained += FORGIVEN * spans[index].weight
            if (
                mask & self.decisive
                and index not in used
                and index not in spoken
                and not mask & (pattern.allowed & self.decisive | self.fact)
            ):
                return None
        topics = sum(bool(bits & self.decisive) for _, bits in pattern.needs)
        size = len(pattern.form.needs) + max(0, len(spoken) - 1) + TOPIC * topics + pattern.form.plus
        return Fit(pattern.intent, pattern.form, explained / total, used, match.ids if match else (), size)


def serve(needs: Sequence[tuple[str, int]], spans: Sequence[Span], masks: list[int], used: dict[int, str]) -> bool:
    """Marks the spans that serve the needs, those first that the fewest serve; whether there is one for each."""
    if len(needs) > 1:
        needs = sorted(needs, key=lambda need: sum(1 for mask in masks if mask & need[1]))
    return all(take(tag, bits, spans, masks, used) for tag, bits in needs)


def take(tag: str, bits: int, spans: Sequence[Span], masks: list[int], used: dict[int, str]) -> bool:
    """Marks the span (for a pair all spans) that serve a need."""
    fit = [index for index, mask in enumerate(masks) if mask & bits and index not in used]
    if tag == "pair":
        if len(fit) < 2:
            return False
        used.update((index, "role") for index in fit)
        return True
    if not fit:
        return False
    best = min(fit, key=lambda index: (len(spans[index].tags), index))
    wanted = STANDS_FOR.get(tag, (tag,))
    used[best] = next(each for each in wanted if each in spans[best].tags)
    return True
