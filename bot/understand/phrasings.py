"""Whole phrasings: a question laid beside the questions that people are known to ask, names put aside. Catches what no form explains.

A phrasing is text such as `who signs off on {entry}`; `{role}` stands for any role, `{about}` for any subject or step, `{entry}` for
the words by which an entry of the intent's section was found, `{metrics}` for any words with that cue. Both sides are cut into the
same units: names, cue words, other words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.domain.language import Form, Intent, Language, Phrasing
from bot.understand.forms import ALWAYS, ENTRY, UNKNOWN, Fit
from bot.understand.lexicon import Lexicon, Span, cue_lexicon
from bot.understand.matters import Match
from bot.understand.text import Token, tokenize
from bot.understand.units import CONTENT, SAID_AROUND, THREAD, Unit, kind_of, named, placeholder, unit_of

NEAR = 0.8
"""How much of the question and the phrasing have to be alike, as the F-measure of what each explains of the other."""
EXPLAINS, EXPLAINS_SHORT = 0.78, 0.88
"""How much of the question a phrasing has to explain; one of few words more, for a word that nobody knows may well be the verb."""
SHORT = 3
"""Phrasings of at most so many units that matter are short."""
SAME = 0.97
"""From here on it is the same question."""
SAME_CUE, LOOSE_CUE = 0.85, 0.6
"""How alike two words are that carry the same cue, and where the cue stands in many a question."""
DENIES = frozenset({"negation", "excluded", "not-done"})
"""Cues that turn a question around: a phrasing without them is another question."""
SAID = DENIES | {"ruling"}
"""Cues of a phrasing that a question has to have."""
MANY = 3
"""So many names say by themselves what is asked: "small base, junior team, three-year contracts"."""
NONE = (0.0, -1)
ALWAYS_SET = frozenset(ALWAYS)
STRANGE = frozenset({UNKNOWN})
"""What a word that nobody knows counts as; it may be the one that matters."""
SPLIT = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True, slots=True)
class Known:
    """A phrasing cut into units."""

    intent: Intent
    phrasing: Phrasing
    units: tuple[Unit, ...]
    weight: float
    form: Form
    """What takes the place of a form when a frame is made of it."""
    asks: bool
    """Whether it says by itself what it asks about: it has a word that decides, or one of content."""
    short: bool
    sole: Unit | None = None
    """The one unit that is no name, where there is but one: without it nothing is asked."""


Likeness = Mapping[Unit, Sequence[tuple[float, int]]]
"""Unit of a phrasing -> how alike it is to units of the question, and which, most alike first."""


class PhraseBook:
    """All phrasings of a language."""

    def __init__(self, language: Language) -> None:
        lexicon = cue_lexicon(language)
        self.cues, self.decisive = frozenset(language.cues), language.decisive
        self.ordinary, self.asking = language.ordinary, language.asking
        shared: dict[object, Unit] = {}
        listed = (know(intent, each, lexicon, language, shared) for intent in language.intents for each in intent.phrasings)
        self.known = tuple(
            each for each in listed if any(map(says_something, each.units)) or sum(bool(unit.names) for unit in each.units) >= MANY
        )
        texts = (each.text for intent in language.intents for each in intent.phrasings)
        self.words = frozenset(token.text for text in texts for token in tokenize(text))
        self.having: dict[str, dict[Unit, None]] = defaultdict(dict)
        """What a unit can be found by -> the units."""
        self.standing: dict[Unit, list[int]] = defaultdict(list)
        """A unit -> the phrasings in which it stands."""
        self.of_entries: dict[str, list[int]] = defaultdict(list)
        """A section -> the phrasings in which an entry of it stands."""
        for number, known in enumerate(self.known):
            for unit in known.units:
                self.standing[unit].append(number)
                for feature in unit.features:
                    self.having[feature][unit] = None
            if ENTRY in known.form.needs:
                self.of_entries[known.intent.matters].append(number)

    def fit(self, tokens: Sequence[Token], spans: Sequence[Span], matches: Mapping[str, Match], going_on: str = "") -> list[Fit]:
        """The phrasings that are near enough, nearest first.

        `going_on` is the intent of the question before: then only phrasings count that go on from an answer, and those that do not say
        themselves what they ask about belong to the same intent.
        """
        units = [named(unit_of(span, tokens, self.cues), span) for span in spans]
        total = sum(unit.weight for unit in units) or 1.0
        likeness = self.compare(units)
        reach = {unit: sum(1 << index for _, index in pairs) for unit, pairs in likeness.items()}
        apart = [unit.weight if ALWAYS_SET.isdisjoint(unit.names | unit.cues) else 0.0 for unit in units]
        spoken = {section: sum(1 << index for index in match.spans) for section, match in matches.items()}
        fits = []
        for known in self.candidates(reach, apart, (1 - EXPLAINS) * total, spoken):
            if (THREAD in known.form.needs) == bool(going_on) and (
                fit := self.lay(known, units, likeness, matches.get(known.intent.matters), total)
            ):
                fits.append(fit)
        fits = [fit for fit in fits if not going_on or fit.asks or fit.intent.id == going_on]
        return sorted(fits, key=lambda fit: (-round(fit.share, 3), fit.intent.id != going_on, -fit.intent.rank))

    def candidates(self, reach: Mapping[Unit, int], apart: Sequence[float], most: float, spoken: Mapping[str, int]) -> Iterator[Known]:
        """The phrasings that may leave no more than `most` of a question's weight over, in their order.

        `reach` and `spoken` say in bits which units of the question a unit of a phrasing is like, and which the entries of a section
        have; `apart` is the weight of each unit that counts. So many units have more weight than `most` together that a phrasing has to
        have one of them: the rarest are looked up.
        """
        having: list[set[int]] = [set() for _ in apart]
        for listed, bits in chain(
            ((self.standing[unit], bits) for unit, bits in reach.items()),
            ((self.of_entries[section], bits) for section, bits in spoken.items() if section in self.of_entries),
        ):
            for index in range(len(apart)):
                if bits >> index & 1:
                    having[index].update(listed)
        found: set[int] = set()
        left = most
        for index in sorted(range(len(apart)), key=lambda index: (not apart[index], len(having[index]))):
            found |= having[index]
            left -= apart[index]
            if left < 0:
                break
        over: dict[int, float] = {}
        for number in sorted(found):
            known = self.known[number]
            has = spoken.get(known.intent.matters, 0) if ENTRY in known.form.needs else 0
            for unit in known.units:
                has |= reach.get(unit, 0)
            if has not in over:
                over[has] = sum(weight for index, weight in enumerate(apart) if not has >> index & 1)
            if over[has] <= most:
                yield known

    def compare(self, units: Sequence[Unit]) -> Likeness:
        """The units of phrasings that are at all like those of a question."""
        found: dict[Unit, list[tuple[float, int]]] = defaultdict(list)
        for index, other in enumerate(units):
            for unit in {unit for feature in other.features for unit in self.having.get(feature, ())}:
                if alike := self.alike(unit, other):
                    found[unit].append((alike, index))
        for pairs in found.values():
            pairs.sort(key=lambda pair: (-pair[0], pair[1]))
        return found

    def lay(self, known: Known, units: Sequence[Unit], likeness: Likeness, match: Match | None, total: float) -> Fit | None:
        """A phrasing beside a question, or None where they are not near or a word that decides is left over."""
        spoken = match.spans if match else frozenset[int]()
        used: dict[int, str] = {}
        said = meant = 0.0
        for unit in known.units:
            if ENTRY in unit.names:
                if not spoken:
                    return None
                meant += unit.weight
                own = [index for index in spoken if index not in used and "role" not in units[index].names]
                said += sum(units[index].weight for index in own)
                used.update((index, ENTRY) for index in own)
                continue
            alike, index = next((pair for pair in likeness.get(unit, ()) if pair[1] not in used), NONE)
            if alike:
                used[index] = kind_of(unit, units[index])
                meant += alike * unit.weight
                said += alike * units[index].weight
            elif is_needed(unit) or unit is known.sole:
                return None
        rest = [index for index in spoken if index not in used] if ENTRY in known.form.needs else []
        said += sum(units[index].weight for index in rest)
        used.update((index, ENTRY) for index in rest)
        return self.judge(known, units, used, (said, meant, total), match.ids if match else ())

    def judge(
        self, known: Known, units: Sequence[Unit], used: Mapping[int, str], sums: tuple[float, float, float], entries: tuple[str, ...]
    ) -> Fit | None:
        """What a phrasing explains of a question, where it is enough and nothing that decides is left over.

        `sums` are the weight of what is explained of the question, of the phrasing, and of the whole question.
        """
        said, meant, total = sums
        left = [unit for index, unit in enumerate(units) if index not in used]
        barred = frozenset(known.intent.bars)
        if any(unit.names == STRANGE or self.decides(unit) or not barred.isdisjoint(unit.cues | unit.names) for unit in left):
            return None
        beside = sum(unit.weight for unit in left if not ALWAYS_SET.isdisjoint(unit.names | unit.cues))
        explains, explained = said / max(total - beside, 0.1), meant / known.weight
        share = 2 * explains * explained / (explains + explained) if said else 0.0
        both = min(explains, explained) if known.short or THREAD in known.form.needs else explains
        if share < NEAR or both < (EXPLAINS_SHORT if known.short else EXPLAINS):
            return None
        return Fit(known.intent, known.form, share, {at: tag for at, tag in used.items() if tag}, entries, len(known.units), known.asks)

    def alike(self, unit: Unit, other: Unit) -> float:
        """How alike a unit of a phrasing and one of a question are, 0 to 1."""
        if unit.names:
            return 1.0 if unit.names & other.names else 0.0
        cues = unit.cues & other.cues
        if unit.words == other.words or (cues and not unit.words):
            return 1.0
        if cues:
            return 1.0 if cues & self.asking else SAME_CUE if cues - self.ordinary else LOOSE_CUE
        both = unit.words & other.words
        return len(both) / len(unit.words | other.words) if both and not self.decides(other) else 0.0

    def decides(self, unit: Unit) -> bool:
        """Whether words must not be passed over: they name a topic, or turn the question around."""
        return not unit.cues.isdisjoint(self.decisive | DENIES) and not unit.names


def know(intent: Intent, phrasing: Phrasing, lexicon: Lexicon, language: Language, shared: dict[object, Unit]) -> Known:
    """A phrasing cut into units; `shared` are those of the phrasings before it."""
    units: list[Unit] = []
    cues = frozenset(language.cues)
    for index, piece in enumerate(SPLIT.split(phrasing.text)):
        if index % 2:
            units.append(placeholder(piece, cues))
            continue
        tokens = tokenize(piece)
        units += [unit_of(span, tokens, cues) for span in lexicon.find(tokens)]
    units = [shared.setdefault((unit.names, unit.words, unit.cues, unit.weight), unit) for unit in units]
    needs = tuple(dict.fromkeys(tag for unit in units for tag in (*sorted(unit.names), *sorted(unit.cues))))
    form = Form(needs, frozenset(needs) | {"role"}, key=phrasing.key, text=phrasing.text)
    asks = any(unit.cues - language.ordinary if unit.cues else not unit.names and unit.weight >= CONTENT for unit in units)
    weight = sum(unit.weight for unit in units) or 1.0
    said = [unit for unit in units if unit.words and unit.weight]
    sole = said[0] if len(said) == 1 else None
    return Known(intent, phrasing, tuple(units), weight, form, asks, sum(unit.weight > SAID_AROUND for unit in units) <= SHORT, sole)


def says_something(unit: Unit) -> bool:
    """Whether a unit of a phrasing is more than a name, a filler, or a word that fits anywhere."""
    return not unit.names and unit.weight > SAID_AROUND and not (unit.cues and unit.cues <= ALWAYS_SET)


def is_needed(unit: Unit) -> bool:
    """Whether a question has to have a unit of a phrasing: what stands for something, or a word that turns it around."""
    return not unit.words or bool(unit.cues & SAID)
