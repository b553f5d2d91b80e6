"""Whole phrasings: a question laid beside the questions that people are known to ask, names put aside. Catches what no form explains.

A phrasing is text such as `who signs off on {entry}`; `{role}` stands for any role, `{about}` for any subject or step, `{entry}` for
the words by which an entry of the intent's section was found, `{metrics}` for any words with that cue. Both sides are cut into the
same units: names, cue words, other words.
"""

from __future__ import annotations

import math
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
    needed: frozenset[Unit]
    """The units that a question has to have. A unit that is alone in being no name is one of them: without it nothing is asked."""


Likeness = Mapping[Unit, Sequence[tuple[float, int]]]
"""Unit of a phrasing -> how alike it is to units of the question, and which, most alike first."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A question, as phrasings are laid beside it. Bits are the numbers of its units."""

    units: Sequence[Unit]
    matches: Mapping[str, Match]
    """The entries that it speaks of, by section."""
    likeness: Likeness
    reach: Mapping[Unit, int]
    """Unit of a phrasing -> the units that it is like, as bits."""
    spoken: Mapping[str, int]
    """Section -> the units that its entries have, as bits."""
    having: tuple[set[int], ...]
    """For each unit the phrasings that have something like it."""
    apart: tuple[float, ...]
    """The weight of each unit that counts."""
    rarest: tuple[int, ...]
    """The units that count, those first that the fewest phrasings have."""

    total: float
    """The weight of the whole question."""

    def left_by(self, has: int) -> float:
        """The weight of the units that count and are not among these."""
        return sum(weight for index, weight in enumerate(self.apart) if not has >> index & 1)


class PhraseBook:
    """All phrasings of a language."""

    def __init__(self, language: Language) -> None:
        lexicon = cue_lexicon(language)
        self.cues, self.deciding = frozenset(language.cues), language.decisive | DENIES
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
        self.needing: dict[Unit | None, set[int]] = defaultdict(set)
        """A unit -> the phrasings that need it, each at the rarest that it needs; None -> those that need none."""
        for number, known in enumerate(self.known):
            self.needing[min(known.needed, key=lambda unit: len(self.standing[unit]), default=None)].add(number)

    def beside(self, tokens: Sequence[Token], spans: Sequence[Span], matches: Mapping[str, Match]) -> Beside:
        """A question as the phrasings are laid beside it."""
        units = [named(unit_of(span, tokens, self.cues), span) for span in spans]
        likeness = self.compare(units)
        reach = {unit: sum(1 << index for _, index in pairs) for unit, pairs in likeness.items()}
        spoken = {section: sum(1 << index for index in match.spans) for section, match in matches.items()}
        having: list[set[int]] = [set() for _ in units]
        for listed, bits in chain(
            ((self.standing[unit], bits) for unit, bits in reach.items()),
            ((self.of_entries[section], bits) for section, bits in spoken.items() if section in self.of_entries),
        ):
            for index in range(len(units)):
                if bits >> index & 1:
                    having[index].update(listed)
        apart = [unit.weight if ALWAYS_SET.isdisjoint(unit.names | unit.cues) else 0.0 for unit in units]
        rarest = tuple(sorted(range(len(units)), key=lambda index: (not apart[index], len(having[index]))))
        total = sum(unit.weight for unit in units) or 1.0
        return Beside(units, matches, likeness, reach, spoken, tuple(having), tuple(apart), rarest, total)

    def fit(self, beside: Beside, going_on: str = "", least: float = NEAR) -> list[Fit]:
        """The phrasings that are near enough, nearest first; all that are at least `least` near, and perhaps others.

        `going_on` is the intent of the question before: then only phrasings count that go on from an answer, and those that do not say
        themselves what they ask about belong to the same intent.
        """
        fits = (self.lay(known, beside) for known in self.candidates(beside, least) if (THREAD in known.form.needs) == bool(going_on))
        found = [fit for fit in fits if fit and (not going_on or fit.asks or fit.intent.id == going_on)]
        return sorted(found, key=lambda fit: (-round(fit.share, 3), fit.intent.id != going_on, -fit.intent.rank))

    def candidates(self, beside: Beside, least: float) -> Iterator[Known]:
        """The phrasings that may be at least `least` near, in their order.

        One that is may leave only so much of the question over. So many units have more weight than that together that a phrasing has
        to have one of them: the rarest are looked up.
        """
        both = least / (2 - least)  # what each explains of the other at least, were all of that one explained
        most = (1 - max(EXPLAINS, both)) * beside.total
        found: set[int] = set()
        left = most
        for index in beside.rarest:
            found |= beside.having[index]
            left -= beside.apart[index]
            if left < 0:
                break
        found &= self.needing[None].union(*(self.needing[unit] for unit in beside.reach if unit in self.needing))
        over: dict[int, float] = {}
        for known in (self.known[number] for number in sorted(found)):
            has = covered(known, beside, both)
            if has not in over:
                over[has] = beside.left_by(has) if has >= 0 else math.inf
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

    def lay(self, known: Known, beside: Beside) -> Fit | None:
        """A phrasing beside a question, or None where they are not near or a word that decides is left over."""
        units, match = beside.units, beside.matches.get(known.intent.matters)
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
            alike, index = next((pair for pair in beside.likeness.get(unit, ()) if pair[1] not in used), NONE)
            if alike:
                used[index] = kind_of(unit, units[index])
                meant += alike * unit.weight
                said += alike * units[index].weight
            elif unit in known.needed:
                return None
        rest = [index for index in spoken if index not in used] if ENTRY in known.form.needs else []
        said += sum(units[index].weight for index in rest)
        used.update((index, ENTRY) for index in rest)
        return self.judge(known, units, used, (said, meant, beside.total), match.ids if match else ())

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
        return not unit.cues.isdisjoint(self.deciding) and not unit.names


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
    sole = said if len(said) == 1 else []
    needed = frozenset({*(unit for unit in units if is_needed(unit) and ENTRY not in unit.names), *sole})
    return Known(intent, phrasing, tuple(units), weight, form, asks, sum(unit.weight > SAID_AROUND for unit in units) <= SHORT, needed)


def says_something(unit: Unit) -> bool:
    """Whether a unit of a phrasing is more than a name, a filler, or a word that fits anywhere."""
    return not unit.names and unit.weight > SAID_AROUND and not (unit.cues and unit.cues <= ALWAYS_SET)


def covered(known: Known, beside: Beside, least: float) -> int:
    """The units of a question that a phrasing can explain, as bits; -1 where the question cannot explain so much of the phrasing."""
    if not known.needed <= beside.reach.keys():
        return -1
    has, meant = 0, 0.0
    for unit in known.units:
        bits = beside.spoken.get(known.intent.matters, 0) if ENTRY in unit.names else beside.reach.get(unit, 0)
        if bits:
            has |= bits
            meant += unit.weight
    return has if meant >= least * known.weight else -1


def is_needed(unit: Unit) -> bool:
    """Whether a question has to have a unit of a phrasing: what stands for something, or a word that turns it around."""
    return not unit.words or bool(unit.cues & SAID)
