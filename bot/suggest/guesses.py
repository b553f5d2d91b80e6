"""What an unknown word might be, and which phrasing a question might become: guesses, by what is known around it, likeliest first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from bot.domain.company import Company, Party, Segment, Step, Subject
from bot.domain.language import Language, Phrasing
from bot.domain.questions import Frame, Question
from bot.suggest.changes import LANGUAGE, Change, OtherName, OtherPhrasing, OtherValue, OtherWord, file_of
from bot.understand import Prepared, understand
from bot.understand.explain import Candidate, Explained, explain
from bot.understand.forms import ALWAYS
from bot.understand.frames import WEAK
from bot.understand.lexicon import Span
from bot.understand.phrasings import SPLIT
from bot.understand.roots import root
from bot.understand.sample import KINDS, name_of
from bot.understand.senses import OPENER
from bot.understand.text import tokenize

RUNS = 2
"""So many unknown words, or runs of them, are looked at; with more a question is rather of something else."""
ALIKE, BEGINNING = 0.7, 4
"""How alike a word and a name are that may mean the same; with so many letters at its beginning it is alike whatever follows."""
SPELT = 2
"""So many of those are guessed at."""
HEAVY = 1.5
"""Cues that weigh less stand beside what is asked."""
SURE = 0.9
"""How much of the question has to be explained with a guess."""
BEFORE_NAMES = frozenset({"the", "a", "an", "our", "my", "their", "this", "that", "your", "for", "of", "on", "about", "with", "to"})
"""Words after which rather a name comes than a verb."""
DECLINED, GREETING = "declined", frozenset({"greeting"})
LIKE = 0.4
"""How much a question and a phrasing have in common that may ask the same."""
NAMED, AROUND = 0.5, 0.3
"""What names, and words that are only said around them, weigh beside other words where phrasings are compared."""
PLACEHOLDERS = (("about", {"subject", "step"}), ("role", {"role"}), ("fact", {"fact"}))
"""What stands in a phrasing for names of some kinds; of other kinds the kind itself."""


Thing = Subject | Step | Party | Segment


@dataclass(frozen=True, slots=True)
class Guess:
    """A change, and how likely it is meant."""

    change: Change
    near: float
    """How alike the word is to what it may mean, 0 where that tells nothing."""
    fits: bool
    """Whether it leads to what the question is near to anyway: where a word is like nothing, only that is guessed."""
    rank: tuple[float, ...]
    """The least first, of those that are as near."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A question that was not understood, with all that is known of it."""

    question: Question
    explained: Explained
    prepared: Prepared
    runs: tuple[tuple[str, bool], ...]
    """Unknown words, those that follow each other together; and whether each is rather a name."""
    nearest: tuple[tuple[str, str], ...]
    """The intents that it is nearest to as it stands, with the key, the nearest first."""

    @property
    def near_to(self) -> set[str]:
        """The same intents."""
        return {intent for intent, _ in self.nearest}


def unread(question: Question, explained: Explained, prepared: Prepared) -> Unread:
    """What is known of a question that was not understood."""
    runs = unknown_runs(explained)
    return Unread(question, explained, prepared, runs, tuple(dict.fromkeys(nearest_intents(question, explained, prepared, runs))))


def guess_words(asked: Unread, *, only_roles: bool = False) -> Iterator[Change]:
    """Other names and other words for cues: what an unknown word is spelt like, else what fits best where it stands."""
    for word, is_name in asked.runs[:RUNS]:
        names = list(guess_names(word, asked, only_roles=only_roles))
        cues = [] if only_roles else list(guess_cues(word, asked))
        near = sorted((guess for guess in (*names, *cues) if guess.near), key=lambda guess: (-guess.near, guess.rank))
        fit = sorted((guess for guess in (names if is_name else cues) if guess.fits), key=lambda guess: guess.rank)
        yield from (guess.change for guess in (near[:SPELT] or fit[:1]))


def unknown_runs(explained: Explained) -> tuple[tuple[str, bool], ...]:
    """Unknown words, those that follow each other together; and whether each is rather a name."""
    reading, runs = explained.reading, []
    unknown = [span for span in reading.spans if not span.senses and span.weight]
    for _, run in groupby(enumerate(unknown), lambda pair: pair[1].position - pair[0]):
        spans = [span for _, span in run]
        at = spans[0].position - 1
        runs.append((" ".join(span.typed for span in spans), at >= 0 and reading.tokens[at].text in BEFORE_NAMES))
    return tuple(runs)


def with_name(question: Question, word: str, name: str) -> Question | None:
    """The question with a known word in the place of an unknown one."""
    text, count = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: name, question.text, count=1)
    return replace(question, text=text) if count else None


def guess_names(word: str, asked: Unread, *, only_roles: bool) -> Iterator[Guess]:
    """The things of the company that the word may be another name of."""
    company = asked.prepared.company
    for order, (thing, kind) in enumerate(named_things(asked.prepared)):
        if only_roles and not isinstance(thing, Party):
            continue
        said = with_name(asked.question, word, thing.name)
        chosen, frame = read_as(said, asked.prepared) if said else (None, None)
        if chosen and frame and thing.id in named_in(frame):
            near = max(likeness(word, name) for name in (thing.name, thing.id.replace("-", " "), *thing.aka))
            fits = only_roles or (chosen.intent in asked.near_to and not (isinstance(thing, Subject) and is_second(thing, asked)))
            yield Guess(change_of(word.lower(), thing, kind, company), near, fits, (*rank_of(chosen), order))


def named_things(prepared: Prepared) -> Iterator[tuple[Thing, str]]:
    """What has names, with its kind: motions first, of these what is ruled on; positions after roles and teams."""
    company, ruled = prepared.company, prepared.grounds.ruled
    subjects = sorted(company.subjects.values(), key=lambda each: (each.kind != "motion", each.id not in ruled))
    yield from ((each, each.kind) for each in subjects)
    yield from ((each, each.kind) for each in sorted(company.parties.values(), key=lambda each: each.kind == "position"))
    yield from ((each, "segment") for each in company.segments.values())
    yield from ((each, "step") for each in company.steps.values())


def is_second(subject: Subject, asked: Unread) -> bool:
    """Whether a subject would be named beside another one, or is the customer, of whom every second question speaks."""
    named = (sense for span in asked.explained.reading.spans if span.weight and (sense := span.sense("subject")))
    return subject.id in WEAK or any(not set(sense.ids) <= set(WEAK) for sense in named)


def read_as(question: Question, prepared: Prepared) -> tuple[Candidate | None, Frame | None]:
    """The reading and the frame of a question, where it is understood as one that is ours and nearly all of it is explained."""
    understood = understand(question, prepared)
    if not isinstance(understood, Frame) or understood.intent == DECLINED or understood.confidence < SURE:
        return None, None
    return explain(question, understood, prepared).chosen, understood


def named_in(frame: Frame) -> set[str]:
    """What a frame is about."""
    values = (fact.values for fact in frame.facts.values())
    facts = {value for each in values if isinstance(each, frozenset) for value in each}
    return {*frame.subjects, *frame.roles, *filter(None, (frame.step,)), *facts}


def change_of(word: str, thing: Thing, kind: str, company: Company) -> Change:
    """The other name as a change."""
    if isinstance(thing, Segment):
        return OtherValue(word, thing, thing.place.path or "the model")
    return OtherName(word, thing, kind, file_of(thing, company))


def guess_cues(word: str, asked: Unread) -> Iterator[Guess]:
    """The cues that the word may carry: those without which the question would not be understood."""
    language = asked.prepared.language
    for cue, words in language.cues.items():
        if cue in (*ALWAYS, *KINDS, OPENER) or language.weights.get(cue, HEAVY) < HEAVY:
            continue
        said = with_name(asked.question, word, name_of(cue, words))
        chosen, _ = read_as(said, asked.prepared) if said else (None, None)
        if chosen and cue in chosen.fit.used.values():
            near = max(likeness(word, each) for each in words)
            needed = sum(cue in form.needs for form in chosen.fit.intent.forms)
            change = OtherWord(word.lower(), cue, name_of(cue, words), LANGUAGE + language.places[cue].path)
            yield Guess(change, near, chosen.intent in asked.near_to, (cue in language.decisive, *rank_of(chosen), -needed))


def rank_of(chosen: Candidate) -> tuple[float, ...]:
    """How little a reading explains and needs."""
    return -chosen.share, -len(chosen.fit.form.needs)


def likeness(word: str, other: str) -> float:
    """How alike two words are, 0 to 1; 0 where they are not alike enough to mean the same."""
    one, two = word.lower(), other.lower()
    alike = difflib.SequenceMatcher(None, one, two).ratio()
    return alike if alike >= ALIKE or (len(two) >= BEGINNING and one.startswith(two)) else 0.0


def guess_phrasings(asked: Unread, meant: Sequence[tuple[str, str]] = ()) -> Iterator[OtherPhrasing]:
    """The question as a phrasing of the intents that are meant, else of the nearest: with names put aside, and as it stands."""
    intents = {each.id: each for each in asked.prepared.language.intents}
    texts = dict.fromkeys(as_phrasing(asked.explained, names=names) for names in (True, False))
    for intent, key in meant or asked.nearest:
        for text in texts:
            if text and intent != DECLINED:
                yield OtherPhrasing(text, intent, key, LANGUAGE + intents[intent].place.path)


def as_phrasing(explained: Explained, *, names: bool) -> str:
    """The words of a question as a phrasing is written: with what stands for names, or word for word; without greetings."""
    spans = (span for span in explained.reading.spans if span.tags != GREETING)
    return " ".join((placeholder(span) if names else "") or span.typed.lower() for span in spans)


def placeholder(span: Span) -> str:
    """What stands for a name in a phrasing; empty for other words, and for the customer, who is in every second question."""
    kinds, subject = span.tags & KINDS.keys(), span.sense("subject")
    if not kinds or not span.weight or (subject and set(subject.ids) <= set(WEAK)):
        return ""
    return f"{{{next((name for name, of in PLACEHOLDERS if kinds & of), min(kinds))}}}"


def nearest_intents(
    question: Question, explained: Explained, prepared: Prepared, runs: Sequence[tuple[str, bool]]
) -> Iterator[tuple[str, str]]:
    """The intents, with the key, that a question is nearest to: without its unknown words, by the likest phrasing, by the likest form."""
    known: Question | None = question
    for word, _ in runs:
        known = with_name(known, word, "") if known else None
    chosen, _ = read_as(known, prepared) if known and runs else (None, None)
    if chosen:
        yield chosen.intent, chosen.fit.form.key
    near = nearest_phrasing(explained, prepared.language)
    if near:
        yield near[0], near[1].key
    yield from ((each.intent, each.fit.form.key) for each in explained.readings[:1])


def nearest_phrasing(explained: Explained, language: Language) -> tuple[str, Phrasing] | None:
    """The intent and the phrasing that have most words in common with a question, where these are enough."""
    said = words_in(as_phrasing(explained, names=True), language)
    found = ((likeness_of(said, words), intent, phrasing) for intent, phrasing, words in all_phrasings(language))
    share, intent, phrasing = max(found, key=lambda one: one[0], default=(0.0, "", None))
    return (intent, phrasing) if phrasing and share >= LIKE else None


@lru_cache(maxsize=2)
def all_phrasings(language: Language) -> tuple[tuple[str, Phrasing, Mapping[str, float]], ...]:
    """Every phrasing with its intent and its words."""
    return tuple((intent.id, each, words_in(each.text, language)) for intent in language.intents for each in intent.phrasings)


def words_in(text: str, language: Language) -> Mapping[str, float]:
    """The roots and placeholders of a phrasing, with what they weigh: names, and what is only said around them, tell little."""
    pieces: Sequence[str] = SPLIT.split(text)
    said = {root(token.text): AROUND if token.text in language.filler else 1.0 for piece in pieces[::2] for token in tokenize(piece)}
    return {**said, **{f"{{{name}}}": NAMED for name in pieces[1::2]}}


def likeness_of(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of the weight of two phrasings is in both, 0 to 1."""
    both, all_words = one.keys() & other.keys(), {**one, **other}
    return sum(all_words[word] for word in both) / sum(all_words.values()) if all_words else 0.0
