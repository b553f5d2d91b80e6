"""All words that mean something: the language's cues and the names of guidance and company, found longest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.company import Company
from bot.domain.language import Language
from bot.understand.senses import Sense, all_senses, cue_senses
from bot.understand.spelling import Speller
from bot.understand.text import SPELT_OUT, Token, as_written, stem, texts_of, words_of

WEIGHTS = {"subject": 3.0, "step": 3.0, "role": 3.0, "fact": 2.0, "stakeholder": 1.0, "position": 3.0, "implies": 2.0}
WEIGHTS |= {"archetype": 3.0, "process": 3.0, "link": 3.0, "practice": 1.0, "stage": 1.0}
UNKNOWN = 1.5
UNKNOWN_NAME = 0.4
"""The weight of an unknown word with a capital: probably a customer's name."""
ALONE, INSIDE, ELSEWHERE = range(3)
"""How likely a misspelt word means one of the vocabulary: a phrase by itself, a word inside one or a filler, a word of another field."""
GRAMMAR = (
    "under",
    "below",
    "over",
    "above",
    "than",
    "less",
    "more",
    "before",
    "after",
    "since",
    "until",
    "without",
    "days",
    "weeks",
    "months",
    "from",
)
"""Words that amounts and negations hang on; their slips are mended first."""
ARTICLES = frozenset({"the", "a", "an"})
LOOSE = frozenset({"process"})
"""Names of several words that are put together from other names: "renewal in SMB" is the renewal, and SMB."""
SAYS_SO = frozenset({"steps"})
"""The tag of a name that says of itself what it is: "at-risk process"."""
PIECES = frozenset({"subject", "step", "fact", "implies", "process", "stage", "procedure", "steps"})
"""What such a name may be put together from."""
ABOUT = frozenset({"subject", "step", "stage"})
"""What it has to be about."""
WHOLE = frozenset({"fact", "implies", "signal", "term", "process", "link"})
"""Names of several words that may hold the name of a subject: an "early renewal" is about the renewal."""
TURNING = frozenset({"of", "on", "about", "for"})
"""Words by which a name is said from its end."""
TURNED = frozenset({"subject", "step"})
SHORT = 3
"""Words of so many letters have no plural that is taken for granted: "ons" is no word."""
MANY = 99
"""More words than any phrase has."""
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the question and what they can mean; without senses they are filler (weight 0) or unknown."""

    typed: str
    start: int
    senses: tuple[Sense, ...]
    weight: float
    repaired: str = ""
    position: int = 0
    """Its first token's index in the question."""
    length: int = 1
    tags: frozenset[str] = frozenset()
    """The tags that it can have."""

    def sense(self, tag: str) -> Sense | None:
        """Its meaning under a tag."""
        return next((sense for sense in self.senses if sense.tag == tag), None)


def make_span(typed: str, start: int, senses: tuple[Sense, ...], weight: float, at: tuple[int, int] = (0, 1), repaired: str = "") -> Span:
    """A span with the tags of its senses; `at` is its position and length in tokens."""
    return Span(typed, start, senses, weight, repaired, *at, frozenset(sense.tag for sense in senses))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the lexicon: what they can mean, under which tags, and how much they weigh."""

    senses: tuple[Sense, ...]
    tags: frozenset[str]
    weight: float


@dataclass(slots=True)
class Lexicon:
    """The index of all phrases."""

    phrases: dict[Stems, Phrase]
    longest: dict[str, int]
    """First stem -> the length of its longest phrase."""
    filler: frozenset[str]
    speller: Speller

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The spans of a question; numbers and stops are left out."""
        stems = [token.stem for token in tokens]
        spans: list[Span] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            length = 0 if token.is_stop else self.match(stems, index)
            if length > 1 and token.text in ARTICLES and 1 + self.match(stems, index + 1) > length:
                length = 0
            length = self.before_role(stems, index, length) if length > 1 else length
            pieces = self.pieces(tokens, stems, index, length) if length > 1 else []
            turned = self.turned(tokens, stems, index, length)
            spans += pieces or turned
            if turned:
                length = turned[0].length
            elif length and not pieces:
                phrase = self.phrases[tuple(stems[index : index + length])]
                repaired = " ".join(each.fixed for each in tokens[index : index + length] if each.fixed)
                typed = " ".join(each.typed for each in tokens[index : index + length])
                spans.append(Span(typed, token.start, phrase.senses, phrase.weight, repaired, index, length, phrase.tags))
                if length > 1 and is_name(phrase.tags, WHOLE):
                    spans += self.inside(tokens, stems, index, length)
            elif not length and not token.is_stop and not token.is_number:
                weight = self.weight_of(token, stems[index])
                spans.append(Span(token.typed, token.start, (), weight, "", index))
            index += max(1, length)
        return spans

    def before_role(self, stems: list[str], index: int, length: int) -> int:
        """How many words of a phrase are left to it where a role's name begins in it and reaches beyond: "which account executive"."""
        if "role" in self.phrases[tuple(stems[index : index + length])].tags:
            return length
        for at in range(index + 1, index + length):
            reaches = self.match(stems, at)
            if at + reaches > index + length and "role" in self.phrases[tuple(stems[at : at + reaches])].tags:
                return self.match(stems, index, at - index)
        return length

    def pieces(self, tokens: Sequence[Token], stems: list[str], index: int, length: int) -> list[Span]:
        """The names of which a name is put together, where these are all that it says; the subject means the whole as well."""
        whole = self.phrases[tuple(stems[index : index + length])]
        if not is_name(whole.tags, LOOSE):
            return []
        spans: list[Span] = []
        at = index
        while at < index + length:
            size = self.match(stems[: index + length], at, length - 1)
            phrase = self.phrases.get(tuple(stems[at : at + size]))
            inner = self.pieces(tokens, stems, at, size) if size > 1 else []
            if inner:
                spans += inner
            elif phrase and phrase.tags <= PIECES:
                spans.append(make_span(tokens[at].typed, tokens[at].start, phrase.senses, phrase.weight, (at, size)))
                spans += self.inside(tokens, stems, at, size) if size > 1 and is_name(phrase.tags, WHOLE) else ()
            elif tokens[at].text not in self.filler:
                return []
            at += max(1, size)
        return means_too(spans, whole.senses)

    def turned(self, tokens: Sequence[Token], stems: list[str], index: int, length: int) -> list[Span]:
        """A name that was said from its end: "the letter about the price increase" is the price increase letter."""
        at = index + 1
        said = self.phrases.get((stems[index],))
        if length > 1 or at >= len(tokens) or tokens[at].text not in TURNING or (said and not said.tags <= TURNED):
            return []
        at += 2 if at + 1 < len(tokens) and tokens[at + 1].text in ARTICLES else 1
        for size in (2, 1):
            phrase = self.phrases.get((*stems[at : at + size], stems[index])) if at + size <= len(tokens) else None
            if phrase and phrase.tags <= TURNED:
                typed = " ".join(token.typed for token in tokens[index : at + size])
                return [make_span(typed, tokens[index].start, phrase.senses, phrase.weight, (index, at + size - index))]
        return []

    def inside(self, tokens: Sequence[Token], stems: list[str], index: int, length: int) -> Iterator[Span]:
        """The subject that a value's name holds: an "early renewal" is about the renewal."""
        for at in range(index, index + length):
            for size in range(min(length - 1, index + length - at), 0, -1):
                phrase = self.phrases.get(tuple(stems[at : at + size]))
                named = tuple(sense for sense in phrase.senses if sense.tag == "subject") if phrase else ()
                if named:
                    yield make_span(tokens[at].typed, tokens[at].start, named, 0.0, (at, size))
                    return

    def match(self, stems: list[str], index: int, most: int = MANY) -> int:
        """The length of the longest phrase that starts here, of at most so many words; 0 when none does."""
        longest = min(self.longest.get(stems[index], 0), len(stems) - index, most) if index < len(stems) else 0
        return next((size for size in range(longest, 0, -1) if tuple(stems[index : index + size]) in self.phrases), 0)

    def repair(self, tokens: list[Token]) -> list[Token]:
        """The tokens with misspelt words repaired."""
        return self.speller.repair(tokens)

    def weight_of(self, token: Token, stemmed: str) -> float:
        """How much a word without meaning weighs against an answer."""
        if token.text in self.filler or stemmed in self.filler or len(token.text) == 1:
            return 0.0
        is_name = token.typed[:1].isupper() and token.start > 0 and not token.typed.isupper()
        return UNKNOWN_NAME if is_name and token.text not in self.speller.known else UNKNOWN


def is_name(tags: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether words are names of these kinds and nothing else; the name of a process may say that it is one."""
    return tags - SAYS_SO <= kinds and tags != SAYS_SO


def means_too(spans: list[Span], senses: tuple[Sense, ...]) -> list[Span]:
    """The pieces of a name, where one is what it is about: that means the whole as well."""
    about = next((span for span in spans if not span.tags.isdisjoint(ABOUT)), None)
    if about is None:
        return []
    both = make_span(about.typed, about.start, tuple(dict.fromkeys((*senses, *about.senses))), about.weight, (about.position, about.length))
    return [both if span is about else span for span in spans]


def build_lexicon(company: Company, language: Language, spoken_of: Iterable[str] = ()) -> Lexicon:
    """The index for one company; `spoken_of` are words of its entries, which are not to be mistaken for misspelt names."""
    found: dict[Stems, list[Sense]] = defaultdict(list)
    spoken: dict[str, int] = {}
    for phrase, sense in all_senses(company, language):
        words = words_of(phrase)
        rank = ELSEWHERE if sense.tag in language.decisive else ALONE if len(words) == 1 else INSIDE
        if words and sense not in found[words]:
            for form in dict.fromkeys((words, as_written(phrase))):
                found[form].append(sense)
        if words:
            spoken.update({word: min(rank, spoken.get(word, rank)) for word in (*words, *texts_of(phrase))})
    longest: dict[str, int] = {}
    for words in found:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    roles = {words[0] for words, senses in found.items() if len(words) == 1 and any(sense.tag == "role" for sense in senses)}
    speller = speller_of(company, language, spoken, frozenset(spoken_of), roles)
    return Lexicon(as_phrases(found, language), longest, language.filler, speller)


def speller_of(company: Company, language: Language, spoken: Mapping[str, int], said: frozenset[str], roles: Iterable[str]) -> Speller:
    """What repairs words towards those that are `spoken`, with their rank, and that its entries have `said`."""
    plain = language.filler | language.known
    plural = (word + "s" for word in (*plain, *spoken) if len(word) > SHORT and word[-1] != "s")
    known = {*plain, *said, *(stem(word) for word in plain), *plural}
    named = {*roles, *(word + "s" for word in roles)}
    plurals = {word + "s": rank for word, rank in spoken.items() if word[-1] != "s" and (len(word) > SHORT or word + "s" in named)}
    plainly = dict.fromkeys((*language.filler, *GRAMMAR, *SPELT_OUT, *measures(company)), ALONE)
    texts = dict.fromkeys((word for word in said if word not in plain), ELSEWHERE)
    return Speller({**texts, **plainly, **plurals, **spoken}, known, named, language.shorthand, language.wording)


def cue_lexicon(language: Language) -> Lexicon:
    """The index of a language's cues alone, for texts that belong to no company."""
    found: dict[Stems, list[Sense]] = defaultdict(list)
    longest: dict[str, int] = {}
    for phrase, sense in cue_senses(language):
        words = words_of(phrase)
        found[words].append(sense)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Lexicon(as_phrases(found, language), longest, language.filler, Speller({}, ()))


def measures(company: Company) -> Iterator[str]:
    """The words for what is counted: employees, hosts, seats."""
    for attribute in company.attributes.values():
        if attribute.kind in ("count", "money", "percent"):
            for phrase in (attribute.name, *attribute.aka):
                yield from (word.lower() for word in phrase.split())


def as_phrases(found: Mapping[Stems, list[Sense]], language: Language) -> dict[Stems, Phrase]:
    """The senses of each phrase, parties merged; the many that can mean the same are one."""
    known: dict[tuple[Sense, ...], Phrase] = {}
    phrases: dict[Stems, Phrase] = {}
    for words, senses in found.items():
        merged = merge_parties(senses)
        phrases[words] = known[merged] = known.get(merged) or as_phrase(merged, language)
    return phrases


def as_phrase(merged: tuple[Sense, ...], language: Language) -> Phrase:
    """Some senses with their weight: that of the heaviest tag."""
    weight = max(language.weights.get(sense.tag, WEIGHTS.get(sense.tag, 2.0)) for sense in merged)
    return Phrase(merged, frozenset(sense.tag for sense in merged), weight)


def merge_parties(senses: list[Sense]) -> tuple[Sense, ...]:
    """Several parties under one phrase as one sense with several ids."""
    ids = tuple(dict.fromkeys(id for sense in senses if sense.tag == "role" for id in sense.ids))
    rest = [sense for sense in senses if sense.tag != "role"]
    return (*rest, *([Sense("role", ids)] if ids else []))
